"""The paper: a real PDF, whole, readable aloud, with the photos that may be shown."""

from __future__ import annotations

from io import BytesIO

import page as page_validation
import pikepdf
import pytest
from PIL import Image

from inspect_app.core import files, jobs
from inspect_app.core.database import db
from inspect_app.fieldwork.models import Evidence
from inspect_app.reports import content, operations_drafts, paper, queries
from tests.reports.conftest import NOW
from tests.reports.steps import drafted
from tests.reports.test_editions import published


def add_photo(world, caption: str, seen_by: str) -> None:
    out = BytesIO()
    Image.new("RGB", (80, 60), "#8899aa").save(out, "JPEG")
    stored = files.store(out.getvalue(), "image/jpeg", "photo.jpg")
    db.session.add(
        Evidence(
            inspection_id=world.inspection.id,
            author_id=world.ana.id,
            observation_id=world.notes[0].id,
            file_id=stored.id,
            caption=caption,
            seen_by=seen_by,
            added_at=NOW,
        )
    )
    db.session.flush()
    db.session.expire(world.notes[0])


def test_the_worker_makes_a_draft_with_the_photos_that_may_be_shown(world):
    add_photo(world, "A bus stop without a number", "report")
    add_photo(world, "Somebody's face", "team")
    made = drafted(world)
    html = paper.page_of(made.content, stamp="Draft 1")
    assert html.count("<figure>") == 1
    assert "Somebody" not in html
    assert "What is in this report" in html
    assert "Was in diesem Bericht steht" in paper.page_of({**made.content, "language": "de"}, stamp="Draft 1")
    db.session.commit()
    jobs.work_until_empty()
    draft = queries.latest_draft(world.inspection.id)
    assert draft is not None
    assert draft.file is not None
    assert files.read(draft.file).startswith(b"%PDF")
    assert paper.make_draft_file(draft).id == draft.file_id


@pytest.mark.alike
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_an_edition_can_be_archived_and_read_aloud(world, profile, tmp_path, monkeypatch):
    add_photo(world, "A bus stop without a number", "report")
    answer = {"words": "Accepted", "reason": "We will.", "day": "2026-04-02", "actions": []}
    monkeypatch.setattr(content, "_parts", [])
    content.add_part_with(lambda _: {"answers": {str(queries.recommendations_of(world.inspection.id)[0].id): answer}})
    stored = paper.make_edition_file(published(world))
    path = tmp_path / "edition.pdf"
    path.write_bytes(files.read(stored))
    report = page_validation.validate_pdf(path, profile=profile)
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == "Winter maintenance"


@pytest.mark.alike
def test_a_very_long_answer_is_printed_whole(world):
    long = "Many words. " * 1500 + "The very end."
    world.notes[0].text = long
    made = drafted(world).content
    assert content.paragraphs(made)["3.1a"] == long
    assert "The very end." in paper.page_of(made)


def test_a_question_that_nobody_answered_is_not_printed(world):
    made = content.build(operations_drafts.gather(world.inspection, with_minority=False))
    printed = [one["key"] for theme in made["themes"] for one in theme["questions"]]
    assert printed == world.keys


def test_what_was_said_at_the_meeting_is_printed_and_who_was_there_is_not(world, monkeypatch):
    monkeypatch.setattr(content, "_parts", [])
    met = {"day": "2026-04-02", "place": "Village hall", "notes": "The paths come first.\nAll agreed."}
    content.add_part_with(lambda _: {"meetings": [met]})
    assert "When we met" not in paper.page_of(drafted(world).content)
    html = paper.page_of(published(world).content, journal_head="1")
    assert 'href="#met"' in html
    assert "<dt>2 April 2026</dt><dd>Village hall</dd>" in html
    assert "The paths come first.<br>All agreed." in html
