"""What planning and preparing wait for, and moving on."""

from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import journal
from inspect_app.core.database import new_id
from inspect_app.core.errors import Refused
from inspect_app.inspections import gates, operations, queries, readiness
from tests.inspections.conftest import join, plan, train


def test_an_empty_plan_names_all_that_is_missing(world: SimpleNamespace) -> None:
    kind = next(one for one in queries.kinds() if one.key == "full")
    inspection = operations.create_inspection(id=new_id(), title="Bins", kind=kind, actor=world.helen)
    sentences = " ".join(one.sentence for one in gates.missing(inspection))
    for word in ("service", "questions", "charter", "visit", "Nobody is asked to join", "lead", "reviewer"):
        assert word in sentences
    with pytest.raises(Refused) as refusal:
        operations.move_on(inspection, world.helen)
    assert refusal.value.status == 409
    assert "No visit is planned yet." in refusal.value.sentence
    assert inspection.stage == "planning"


def test_a_whole_plan_goes_on(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    assert gates.missing(inspection) == []
    assert operations.move_on(inspection, world.helen) == "preparing"
    last = journal.entries(inspection.id)[-1]
    assert (last.kind, last.facts) == ("stage.preparing", {"from": "planning", "to": "preparing"})


def test_preparing_says_who_is_waited_for(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.move_on(inspection, world.helen)
    operations.answer_invitation(inspection, "accept", world.ana)
    found = {(one.what, one.whom or one.service) for one in readiness.preparing_misses(inspection) if one.what}
    assert ("invitation", str(world.bilal.id)) in found
    assert ("training", str(world.ana.id)) in found
    assert ("charter", str(world.ana.id)) in found
    assert ("charter", str(world.service.id)) in found
    lacking = next(one.sentence for one in readiness.preparing_misses(inspection) if one.what == "training")
    assert "Ana" in lacking
    assert "Keeping people safe" in lacking


def test_a_trained_team_that_agreed_is_ready(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.move_on(inspection, world.helen)
    join(world, inspection)
    assert readiness.preparing_misses(inspection) == []


def test_a_waiver_lets_it_go_on(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.move_on(inspection, world.helen)
    train(world.ana, world.bilal)
    for one in (world.ana, world.bilal, world.olive):
        operations.answer_invitation(inspection, "accept", one)
    for one in (world.ana, world.bilal):
        operations.waive(inspection, "charter", "Agreed by telephone.", world.helen, person_id=one.id)
    for _ in range(2):
        operations.waive(inspection, "charter", "Away until May.", world.helen, service_id=world.service.id)
    assert readiness.preparing_misses(inspection) == []
    assert len(inspection.waivers) == 3


def test_an_invitation_is_never_waived(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    with pytest.raises(Refused, match="release or replace"):
        operations.waive(inspection, "invitation", "No time", world.helen, person_id=world.bilal.id)


def test_two_who_press_at_once_move_it_once(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.move_on(inspection, world.helen, seen="planning")
    with pytest.raises(Refused, match="Somebody else"):
        operations.move_on(inspection, world.helen, seen="planning")
    assert inspection.stage == "preparing"


def test_only_a_coordinator_ends_the_planning(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.answer_invitation(inspection, "accept", world.ana)
    for one in (world.ana, world.stuart):
        with pytest.raises(Refused):
            operations.move_on(inspection, one)


def test_on_hold_and_back(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.suspend(inspection, "Snow everywhere.", world.helen)
    assert (inspection.stage, inspection.suspended_from) == ("suspended", "planning")
    with pytest.raises(Refused):
        operations.move_on(inspection, world.helen)
    operations.resume(inspection, world.helen)
    assert (inspection.stage, inspection.suspended_from, inspection.halt_reason) == ("planning", None, None)


def test_one_on_hold_can_be_cancelled(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.suspend(inspection, "Snow.", world.helen)
    operations.cancel(inspection, "The service closes.", world.helen)
    assert (inspection.stage, inspection.halt_reason) == ("cancelled", "The service closes.")


def test_one_reminder_a_day(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.remind(inspection, world.bilal, "invitation", world.helen)
    with pytest.raises(Refused, match="reminded today"):
        operations.remind(inspection, world.bilal, "invitation", world.helen)
    operations.remind(inspection, world.ana, "invitation", world.helen)


def test_the_plan_is_fixed_after_planning(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.move_on(inspection, world.helen)
    operations.change_inspection(inspection, world.helen, title="Icy roads")
    with pytest.raises(Refused, match="planning is over"):
        operations.change_inspection(inspection, world.helen, charter=None)
    assert inspection.title == "Icy roads"
