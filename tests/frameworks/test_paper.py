"""Questions on paper: a form that can be read aloud, with room for every kind of answer and a code on each sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import page as page_validation
import pikepdf
import pytest

from inspect_app.core import jobs, journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.qr import runs_of
from inspect_app.core.time import now
from inspect_app.frameworks import paper, shelf
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.paper import Edition, Owner, Wish
from inspect_app.frameworks.paper_booklet import sides
from inspect_app.frameworks.paper_conditions import condition_in_words
from inspect_app.frameworks.paper_words import WORDS, words_in
from inspect_app.frameworks.plain import criteria
from inspect_app.people.models import Grant, Person

WALK, CARE, YOUNG = (
    shelf.starting_point(one) for one in ("urban-quality-walk", "care-environment-walk", "young-peoples-view")
)
OWNER = Owner("NC-2026-03", "Winter gritting", "Ana Silva")


def test_the_form_says_the_same_in_every_language() -> None:
    assert {language: set(words) for language, words in WORDS.items()} == {one: set(WORDS["en"]) for one in WORDS}
    assert all(word.strip() for words in WORDS.values() for word in words.values())
    assert words_in("de-AT") is WORDS["de"]
    assert words_in("fr") is WORDS["en"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${kind-of-room} = 'bathroom'", "question 4: Toilet or bathroom"),
        ("selected(${kind-of-room}, 'bedroom') or ${lift-works} = 'no'",
         "question 4: Bedroom or ward, or question 19: No"),
        ("${clean} != 'fail' and ${quiet} > 1", "question 5: not Fail, and question 8: more than 1"),
        ("count(${rooms}) > 2", "count(question rooms) > 2"),
        ("not(${clean} = 'fail')", "not(question 5 = 'fail')"),
        ("${clean", "${clean"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words_or_as_it_is_written(text: str, said: str) -> None:
    numbers = {one.key: number for number, one in enumerate(criteria(CARE), 1)}
    assert condition_in_words(text, CARE, numbers, WORDS["en"]) == said


def test_every_question_is_printed_and_what_repeats_as_often_as_wished(app) -> None:
    html = paper.page_of(CARE, Wish(Edition.NORMAL, "de", copies=3), OWNER)
    assert html.count("<article") == 20 + 2 * 9
    assert [number for number in (1, 2, 3, 4) if f"Raum für Raum: Raum {number}<" in html] == [1, 2, 3]
    assert "Nur wenn Frage 4: Toilette oder Bad" in html
    assert html.count("Ana Silva") == 2
    assert "Hinsehen" in html
    assert "Look" not in html
    assert "<img" not in html
    assert len(paper.copies_of(replace(CARE.themes[1], most=2), 50)) == 2


def test_each_kind_of_answer_has_its_room(app) -> None:
    html = paper.page_of(WALK, Wish(copies=1)) + paper.page_of(YOUNG, Wish(Edition.EASY))
    for said in ("One stroke for each:", "metres (from 10 to 5000)", "Tick all that fit.", "Write 1 beside the first",
                 "this is worked out later", "In your own words:", "Take a photo.", "Partly"):  # fmt: skip
        assert said in html, said
    assert html.count("<img") == len(list(criteria(YOUNG)))


@pytest.mark.parametrize("edition", [Edition.LARGE, Edition.EASY])
def test_the_form_can_be_read_aloud_and_each_sheet_bears_its_code(app, edition, tmp_path) -> None:
    short = replace(YOUNG, themes=(YOUNG.themes[3], YOUNG.themes[5]))
    told: list[int] = []

    def code_of(sheet: int) -> str:
        told.append(sheet)
        return f"https://example.org/inspections/NC-2026-03/type-in?sheet={sheet}"

    printed = paper.render_form(short, Wish(edition, "it"), OWNER, code_of)
    made, path = printed.data, tmp_path / "form.pdf"
    path.write_bytes(made)
    assert [one for sheet in printed.sheets for one in sheet] == [(one.key, 1) for one in criteria(short)]
    assert len(printed.sheets) == len(told) > 1
    report = page_validation.validate_pdf(path, profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.docinfo.Title) == "Lo sguardo dei ragazzi"
        assert told == list(range(1, len(pdf.pages) + 1))
        drawn = b"\n".join(part.read_bytes() for part in pdf.pages[0].Contents)
    squares = re.search(rb"Q /Artifact BMC q 0 0 0 rg\n(.*)\nf Q EMC", drawn, re.DOTALL)
    assert squares is not None
    assert squares[1].count(b" re") == len(runs_of("https://example.org/inspections/NC-2026-03/type-in?sheet=1")[1])


def test_a_wish_that_cannot_be_had_is_refused() -> None:
    assert paper.wish_of({"edition": "easy"}, CARE) == Wish(Edition.EASY, "en", 2)
    assert paper.languages_of(CARE) == {"en": "English", "de": "Deutsch", "it": "Italiano"}
    for asked in ({}, {"edition": "huge"}, {"edition": "easy", "language": "fr"}, {"edition": "easy", "copies": "x"}):
        with pytest.raises(Refused):
            paper.wish_of(asked, CARE)


def test_a_booklet_is_folded_from_sheets_of_four_pages() -> None:
    assert list(sides(8)) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert list(sides(5)) == [(None, 0), (1, None), (None, 2), (3, 4)]
    assert list(sides(1)) == [(None, 0), (None, None)]


def test_a_coordinator_prints_a_version_and_a_draft_for_nobody_in_particular(app, as_person) -> None:
    helen = Person(
        id=new_id(), name="Helen", email="helen@example.org", fs_uniquifier="helen", added_at=now(), active=True,
        roles=[Grant(name="coordinator", granted_at=now())],
    )  # fmt: skip
    db.session.add(helen)
    version = publish_framework(shelf.text_of("look-see"), actor=None)
    draft = begin_draft(replace(YOUNG, themes=YOUNG.themes[:1]), helen, id=new_id())
    db.session.commit()
    pages = f"/frameworks/{version.id}/paper", f"/frameworks/drafts/{draft.id}/paper"
    assert "Large print" in as_person(helen).get(pages[0]).text
    sent = as_person(helen).post(pages[0], data={"edition": "normal"})
    assert as_person(helen).get(f"{sent.location}.pdf").status_code == 409
    assert "Waiting for its turn" in as_person(helen).get(sent.location).text
    assert as_person(helen).post(pages[0], data={"edition": "normal"}).location == sent.location
    booklet = as_person(helen).post(pages[1], data={"edition": "easy", "order": "booklet"}).location
    assert jobs.work_until_empty() == 2
    answer = as_person(helen).get(f"{sent.location}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert "look-see-2-en-normal.pdf" in answer.headers["Content-Disposition"]
    assert "for printing only" in as_person(helen).get(booklet).text
    with pikepdf.open(BytesIO(as_person(helen).get(f"{booklet}.pdf").data)) as pdf:
        assert len(pdf.pages) % 2 == 0
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 842, 595]
    assert as_person(helen).post(pages[0], data={"edition": "normal"}).location == sent.location
    assert as_person(helen).post(pages[0], data={}).status_code == 422
    printed = [one for one in journal.entries(journal.PROGRAMME_CHAIN) if one.kind.startswith("paper.")]
    assert [(one.kind, one.facts["edition"]) for one in printed] == [
        ("paper.printed", "normal"), ("paper.draft_printed", "easy"), ("paper.printed", "normal"),
    ]  # fmt: skip
    assert (printed[0].actor_id, printed[0].facts["version"]) == (helen.id, 2)


def test_the_command_prints_a_framework(app, tmp_path) -> None:
    run, out = app.test_cli_runner().invoke, tmp_path / "form.pdf"
    asked = ["framework", "export", "look-see-customers", "--format", "paper", "--out", str(out)]
    done = run(args=[*asked, "--edition", "easy", "--language", "cy"])
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")
    refused = run(args=[*asked, "--language", "fr"])
    assert refused.exit_code == 1
    assert "not written in this language" in refused.output
