from __future__ import annotations

import pytest

from inspect_app.core import journal
from inspect_app.core.errors import Refused
from inspect_app.core.languages import in_language
from inspect_app.reports import content, queries
from inspect_app.reports import operations_checking as checks
from inspect_app.reports import operations_editions as operations
from tests.reports.steps import checking, enter


def published(world):
    checking(world)
    checks.close_check(world.inspection, world.stuart)
    enter(world, "answering")
    enter(world, "improving", answered=False)
    edition = queries.latest_edition(world.inspection.id)
    assert edition is not None
    return edition


def test_improving_publishes_with_the_head_of_the_journal(world):
    edition = published(world)
    entries = journal.entries(world.inspection.id)
    assert entries[-1].kind == "report.published"
    assert edition.journal_head == entries[-1].previous
    assert edition.digest == content.digest(edition.content)
    assert world.inspection.published_at is not None
    assert edition.content["clocks"]


def test_upper_rooms_add_their_part(world, monkeypatch):
    monkeypatch.setattr(content, "_parts", [])
    content.add_part_with(lambda _: {"answers": {}})
    assert published(world).content["answers"] == {}


def test_a_correction_is_a_new_edition_and_the_old_one_stays(world):
    first = published(world)
    before = first.digest
    second = operations.publish(world.inspection, world.helen, "The hour was wrong.", {"1.2": "It closes at six."})
    assert second is not None
    assert (second.number, second.reason) == (2, "The hour was wrong.")
    assert content.paragraphs(second.content)["1.2"] == "It closes at six."
    assert content.digest(first.content) == before
    operations.withdraw_edition(world.inspection, first, "It was wrong.", world.helen)
    assert queries.latest_edition(world.inspection.id) is second


def test_a_correction_needs_a_reason_and_a_paragraph_that_is_there(world):
    published(world)
    with pytest.raises(Refused, match="Say what was wrong"):
        operations.publish(world.inspection, world.helen, " ")
    with pytest.raises(Refused, match=r"no paragraph 9\.9"):
        operations.publish(world.inspection, world.helen, "Wrong.", {"9.9": "x"})
    with pytest.raises(Refused) as refusal:
        operations.publish(world.inspection, world.ana, "Wrong.")
    assert refusal.value.status == 403


def test_practice_is_never_published(world):
    world.inspection.kind.practice = True
    assert operations.publish(world.inspection, None) is None


def test_what_is_frozen_is_in_the_reports_language_whoever_freezes_it(world):
    with in_language("de"):
        published(world)
        second = operations.publish(world.inspection, world.helen, "The hour was wrong.", {"1.2": "It closes at six."})
    assert second is not None
    said = " ".join(one["sentence"] for one in second.content["clocks"])
    assert "day" in said
    assert "Tag" not in said
