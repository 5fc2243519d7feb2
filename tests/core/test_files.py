"""Files: kept once, by what is in them; sent so that nothing in them can run."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from inspect_app.core import files, filetypes
from inspect_app.core.errors import Refused
from inspect_app.core.filetypes import document_type


def packed(*names: str, mimetype: str | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (50, 50), "red").save(out, "JPEG", comment=b"secret place")
    return out.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


def test_what_is_stored_can_be_read_again(app: Flask) -> None:
    stored = files.store(b"text", "text/plain", "a.txt")
    assert files.read(stored) == b"text"
    with files.open_file(stored) as content:
        assert content.read() == b"text"
    assert stored.sha256_received == stored.sha256_stored == hashlib.sha256(b"text").hexdigest()


def test_the_same_content_is_kept_once(app: Flask) -> None:
    first, second = (
        files.store(b"same", "text/plain", "a.txt"),
        files.store(BytesIO(b"same"), "text/plain", "b.txt"),
    )
    assert first.id != second.id
    assert files.path_of(first.sha256_stored) == files.path_of(second.sha256_stored)
    assert not [path for path in files.files_folder().rglob(".*") if path.is_file()], "no half-written file stays"


def test_a_damaged_file_is_mended_by_the_same_content(app: Flask) -> None:
    stored = files.store(b"good", "text/plain", "a.txt")
    files.path_of(stored.sha256_stored).write_bytes(b"evil")
    files.store(b"good", "text/plain", "a.txt")
    assert files.read(stored) == b"good"


def test_a_photo_keeps_two_hashes(app: Flask) -> None:
    data = jpeg()
    stored = files.store_photo(data, "IMG_1.jpg")
    assert stored.sha256_received == hashlib.sha256(data).hexdigest()
    assert stored.sha256_stored == hashlib.sha256(files.read(stored)).hexdigest() != stored.sha256_received


def test_a_picture_among_documents_loses_its_secrets_too(app: Flask) -> None:
    stored = files.store_document(jpeg(), "plan.jpg")
    assert b"secret place" not in files.read(stored)


@pytest.mark.parametrize("store", [files.store_photo, files.store_document])
def test_too_large_is_refused_with_the_limit(app: Flask, store: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in ("MAX_PHOTO_BYTES", "MAX_DOCUMENT_BYTES"):
        monkeypatch.setitem(app.config, setting, 1024 * 1024)
    for data in (bytes(1024 * 1024 + 1), BytesIO(bytes(1024 * 1024 + 1))):
        with pytest.raises(Refused, match="1 MB") as refusal:
            store(data, "big")  # type: ignore[operator]
        assert refusal.value.status == 413


def test_check_names_what_is_missing_and_what_has_changed(app: Flask) -> None:
    gone, changed = (
        files.store(b"gone", "text/plain", "gone.txt"),
        files.store(b"old", "text/plain", "old.txt"),
    )
    files.store(b"fine", "text/plain", "fine.txt")
    files.path_of(gone.sha256_stored).unlink()
    files.path_of(changed.sha256_stored).write_bytes(b"new")
    sentences = list(files.missing_or_changed())
    assert len(sentences) == 2
    assert "gone.txt” is missing" in sentences[0]
    assert "old.txt” has changed" in sentences[1]


def test_a_file_is_sent_so_that_nothing_in_it_runs(app: Flask) -> None:
    stored = files.store(b"<script>", "text/plain", "a.txt")
    with app.test_request_context():
        response = files.send(stored, "../odd\r\nname.html")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["ETag"] == f'"{stored.sha256_stored}"'
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "oddname.html.txt" in disposition
    response.close()


def test_a_browser_that_has_the_file_is_told_so(app: Flask) -> None:
    stored = files.store(b"text", "text/plain", "a.txt")
    with app.test_request_context(headers={"If-None-Match": f'"{stored.sha256_stored}"'}):
        response = files.send(stored, "a.txt")
    assert response.status_code == 304
    response.close()


def test_a_pdf_may_be_shown_in_the_browser(app: Flask) -> None:
    stored = files.store(b"%PDF-1.7", filetypes.PDF, "a.pdf")
    with app.test_request_context():
        response = files.send(stored, "report", inline=True)
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" not in response.headers["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.exe", filetypes.PDF),
        (DOCX, "a.zip", filetypes.DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "a", filetypes.XLSX),
        (packed("content.xml", mimetype=filetypes.ODT), "a", filetypes.ODT),
        (packed("content.xml", mimetype=filetypes.ODS), "a", filetypes.ODS),
        ("Grüße, 3 < 4".encode(), "a.txt", "text/plain"),
        ("Grüße".encode("cp1252"), "a.txt", "text/plain"),
        (b"a,b\n1,2\n", "A.CSV", "text/csv"),
        (b"\x89PNG\r\n\x1a\n", "a", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", "image/webp"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_a_document_is_judged_by_what_is_in_it(data: bytes, name: str, expected: str) -> None:
    assert document_type(data, name) == expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03", "kind of file"),
        (b"<!doctype html><p>", "kind of file"),
        (b"  <svg xmlns='x'>", "kind of file"),
        (b"<?xml version='1.0'?><x/>", "kind of file"),
        (b"GIF89a;alert(1)", "kind of file"),
        (packed("a.txt"), "kind of file"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro"),
        (DOCX[:60], "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",  # a packed file tells the time
)
def test_other_documents_are_refused_in_plain_words(data: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word) as refusal:
        document_type(data, "plan.pdf")
    assert refusal.value.status == 422


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "MAX_UNPACKED_BYTES", 1)
    with pytest.raises(Refused):
        document_type(DOCX)
