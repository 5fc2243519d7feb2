"""Planning, visits, papers and hours."""

import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import journal
from inspect_app.core.database import new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import at, now
from inspect_app.inspections import operations, queries
from inspect_app.inspections.timeline import timeline
from tests.inspections.conftest import plan


def test_the_same_identifier_is_one_inspection(world: SimpleNamespace) -> None:
    kind, same = queries.kinds()[0], new_id()
    first, second = (
        operations.create_inspection(id=same, title="Bins", kind=kind, actor=world.helen) for _ in range(2)
    )
    assert first is second
    assert first.reference.startswith("NC-")


def test_a_copy_takes_the_plan_but_not_the_people(world: SimpleNamespace, new: Any) -> None:
    source = plan(world, new())
    copy = operations.copy_inspection(id=new_id(), source=source, title="Again", actor=world.helen)
    assert copy.services == source.services
    assert copy.framework_version_id == source.framework_version_id
    assert copy.members == []
    assert copy.reference != source.reference


def test_only_a_coordinator_plans(world: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refusal:
        operations.create_inspection(id=new_id(), title="Mine", kind=queries.kinds()[0], actor=world.ana)
    assert refusal.value.status == 403


def test_a_visit_ends_after_it_starts(world: SimpleNamespace, new: Any) -> None:
    inspection, moment = new(), now()
    with pytest.raises(Refused, match="after the start"):
        operations.plan_visit(
            inspection, id=new_id(), purpose="See", starts_at=moment, ends_at=moment, place="Hall", actor=world.helen
        )


def test_hours_say_that_the_visit_took_place_once(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.move_on(inspection, world.helen)
    operations.answer_invitation(inspection, "accept", world.ana)
    visit, same = inspection.visits[0], new_id()
    with pytest.raises(Refused, match="not begun"):
        operations.record_hours(inspection, id=same, minutes=90, visit=visit, actor=world.ana)
    with at(visit.ends_at + timedelta(hours=1)):
        for _ in range(2):
            operations.record_hours(inspection, id=same, minutes=90, visit=visit, actor=world.ana)
        row = operations.record_hours(
            inspection, id=new_id(), minutes=60, visit=visit, actor=world.helen, person=world.stuart
        )
        with pytest.raises(Refused, match="your own time"):
            operations.record_hours(inspection, id=new_id(), minutes=5, actor=world.ana, person=world.helen)
    assert visit.held_at == visit.ends_at
    assert len(journal.entries(inspection.id, "visit.held")) == 1
    assert [one.side for one in queries.hours_of(inspection)].count("citizen") == 1
    assert row.side == "service"


def test_papers_are_kept_once_and_can_be_taken_back(world: SimpleNamespace, new: Any) -> None:
    inspection, same = plan(world, new()), new_id()
    for _ in range(2):
        paper = operations.add_document(
            inspection, id=same, title="Plan", data=io.BytesIO(b"%PDF-1.4\n%%EOF"), name="plan.pdf", actor=world.stuart
        )
    assert len(inspection.documents) == 1
    with pytest.raises(Refused):
        operations.withdraw_document(inspection, paper, world.ana)
    operations.withdraw_document(inspection, paper, world.stuart)
    assert paper.withdrawn_at is not None


def test_the_timeline_speaks_plainly(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    told, _ = timeline(inspection)
    texts = [one.text for one in told]
    assert "Helen asked Bilal to join as inspector." in texts
    assert any(text.startswith("Helen planned a visit for ") for text in texts)


def test_the_journal_holds_no_words_of_people(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.release_member(inspection, inspection.members[0], "A private reason", world.helen)
    assert "private" not in str([entry.facts for entry in journal.entries(inspection.id)])
