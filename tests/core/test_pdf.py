"""PDF: archivable, accessible, complete, and blind to everything outside."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from flask import Flask, render_template_string
from PIL import Image

from inspect_app.core.languages import give_words
from inspect_app.core.pdf import OwnFilesOnly, PdfError, render_pdf

ROOT = Path(__file__).parents[2]
VERAPDF = ROOT.parent / "shared" / "tools" / "verapdf" / "verapdf"
HOSTILE = ROOT.parent / "shared" / "data" / "hostile"
TITLE = "Winter maintenance: what we saw"

SAMPLE = """
{% extends "layouts/pdf.html" %}
{% block running %}Winter maintenance{% endblock %}
{% block cover %}
<section class="cover"><h1>Winter maintenance</h1><div class="foot">2 April 2026</div></section>
{% endblock %}
{% block body %}
<section id="saw"><h1>What we saw</h1>
<table><caption>Ratings</caption>
<thead><tr><th>Question</th><th class="number">Agreed</th></tr></thead>
<tbody>{% for n in range(40) %}
<tr><th>Question {{ n }}</th><td class="number">{{ n }}</td></tr>
{% endfor %}</tbody></table>
<figure><img src="inspect-file:a1" alt="Ice on a step">
<figcaption>Photo 12. Ice on a step.</figcaption></figure>
<div class="card"><h2>Put one number on every stop.</h2>
<dl class="pairs"><dt>We heard</dt><dd class="quote">“Good”</dd></dl>
<svg viewBox="0 0 320 54" width="320" height="54" role="img"><title>Ratings</title>
<circle cx="160" cy="30" r="15"/></svg></div>
<div class="minority"><p>“I do not agree.”</p></div></section>
{% endblock %}
"""


@pytest.fixture(scope="module")
def paper() -> Iterator[Flask]:
    app = Flask("paper", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    give_words(app.jinja_env)
    with app.app_context():
        yield app


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 60), "#8899aa").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def sample(paper: Flask) -> bytes:
    chapters = [{"id": "saw", "title": "What we saw"}]
    html = render_template_string(SAMPLE, title=TITLE, language="en", chapters=chapters)
    return render_pdf(html, title=TITLE, language="en-GB", images={"a1": photo()})


def never(*_: object, **__: object) -> None:
    raise AssertionError("went out")


def words(pdf: bytes, tmp_path: Path, *options: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path / "words.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=True, text=True).stdout


def simple(body: str, **more: object) -> bytes:
    style = "<link rel=stylesheet href=/static/css/pdf.css>"
    html = f"<!doctype html><html lang=en><title>T</title>{style}<body>{body}"
    return render_pdf(html, title="T", language="en", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_report_can_be_archived_and_read_aloud(sample: bytes, profile: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample)
    report = page.validate_pdf(path, profile=profile)
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_verapdf_agrees(sample: bytes, profile: str, tmp_path: Path) -> None:
    if not VERAPDF.is_file():
        pytest.skip(f"veraPDF is not here: {VERAPDF}")
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample)
    outcome = subprocess.run([str(VERAPDF), profile, str(path)], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_document_bears_title_language_and_marks(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo.Title) == TITLE
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] == "3"
            assert metadata["dc:title"] == TITLE


def test_each_table_heading_says_what_it_heads(sample: bytes) -> None:
    scopes = []
    with pikepdf.open(BytesIO(sample)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
                given = thing.A if isinstance(thing.A, pikepdf.Array) else [thing.A]
                scopes.append(next(str(one.Scope) for one in given if "/Scope" in one))
    assert scopes.count("/Row") == 40
    assert scopes.count("/Column") >= 2
    assert len(scopes) == 40 + scopes.count("/Column")


def test_the_typeface_is_our_own(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as pdf:
        fonts = {
            str(thing.BaseFont)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing
        }
    assert fonts
    assert all("Atkinson" in font for font in fonts), fonts


def test_a_missing_picture_is_an_error(paper: Flask) -> None:
    with pytest.raises(PdfError, match="b2"):
        simple("<img src='inspect-file:b2' alt='x'>")


def test_a_picture_must_be_jpeg_or_png(paper: Flask) -> None:
    with pytest.raises(PdfError, match="neither"):
        simple("<img src='inspect-file:b2' alt='x'>", images={"b2": b"<svg/>"})


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x",
        "https://inspect.invalid.example.org/static/css/pdf.css",
        "https://inspect.invalid/static/../pyproject.toml",
        "https://inspect.invalid/static/%2e%2e/pyproject.toml",
        "https://inspect.invalid/static/%2fetc/passwd",
        "https://inspect.invalid/static//etc/passwd",
        "https://inspect.invalid/wsgi.py",
        "https://inspect.invalid/static/js/app.js",
        "https://inspect.invalid@127.0.0.1/static/css/pdf.css",
        "ftp://127.0.0.1/x",
        "data:text/css,p{color:red}",
    ],
)
def test_nothing_outside_can_be_fetched(url: str) -> None:
    with pytest.raises(ValueError, match=r"nothing from outside|not for documents"):
        OwnFilesOnly(ROOT / "static", {}).fetch(url)


HOSTILE_BODY = """
<base href="file:///etc/"><img src="passwd" alt="a"><img src="file:///etc/passwd" alt="b">
<link rel=stylesheet href="http://127.0.0.1:9/x.css"><link rel=attachment href="file:///etc/passwd">
<style>@import "file:///etc/passwd"; p { background: url(http://127.0.0.1:9/) }</style>
<object data="file:///etc/passwd"></object><embed src="file:///etc/passwd"><iframe src="file:///etc/passwd"></iframe>
<svg><title>t</title><image href="file:///etc/passwd"/><use href="http://127.0.0.1:9/#x"/></svg>
<a rel=attachment href="file:///etc/passwd">x</a><script>alert(1)</script><p>still here</p>
"""


def test_hostile_mark_up_reads_nothing(paper: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("socket.socket.connect", never, raising=False)
    monkeypatch.setattr("weasyprint.urls.URLFetcher.open", never)
    pdf = simple(HOSTILE_BODY)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert not opened.attachments
        assert all(b"root:" not in thing.read_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream))
    assert "still here" in words(pdf, tmp_path)


def test_hostile_drawings_read_nothing(paper: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    drawings = sorted(HOSTILE.glob("*.svg"))
    if not drawings:
        pytest.skip(f"the collection of hostile files is not here: {HOSTILE}")
    monkeypatch.setattr("socket.socket.connect", never, raising=False)
    for drawing in drawings:
        inline = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?\]>", "", drawing.read_text(errors="replace"), flags=re.DOTALL)
        assert simple(inline).startswith(b"%PDF")


A4_WIDTH, A4_HEIGHT = 595, 842  # points
LONG = " ".join(f"w{n}" for n in range(4000))


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='card'><p>{}</p></div>",
        "<div class='minority'><p>{}</p></div>",
        "<div class='card'><dl class='pairs'><dt>We saw</dt><dd>{}</dd></dl></div>",
        "<table><tr><td>{}</td><td>b</td></tr></table>",
        "<figure><figcaption>{}</figcaption></figure>",
    ],
    ids=["card", "minority", "pairs", "table", "figure"],
)
def test_long_answers_are_never_cut(paper: Flask, frame: str, tmp_path: Path) -> None:
    marks = words(simple(frame.format(LONG)), tmp_path, "-bbox")
    found = re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)">(w\d+)<', marks)
    assert {word for _, _, word in found} == set(LONG.split())
    assert max(float(right) for right, _, _ in found) < A4_WIDTH
    assert max(float(bottom) for _, bottom, _ in found) < A4_HEIGHT


def test_a_word_without_end_stays_on_the_paper(paper: Flask, tmp_path: Path) -> None:
    found = words(simple(f"<p>{'x' * 5000}</p>"), tmp_path)
    assert found.count("x") == 5000
    assert max(len(line) for line in found.splitlines()) < 200
