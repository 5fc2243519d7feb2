"""Asking, answering, conflicts of interest, letting go."""

from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import access, journal
from inspect_app.core.access import Standing
from inspect_app.core.errors import Refused
from inspect_app.inspections import operations, queries
from tests.inspections.conftest import plan


def kinds_of(inspection: Any) -> list[str]:
    return [entry.kind for entry in journal.entries(inspection.id)]


def test_a_blocking_conflict_takes_somebody_off_at_once(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    member = operations.answer_invitation(inspection, "accept", world.bilal, conflict="family-works-there")
    assert member.state == "conflict"
    assert kinds_of(inspection)[-1] == "conflict.declared"
    assert not access.standings(world.bilal, inspection) & {Standing.INSPECTOR, Standing.INVITED}
    with pytest.raises(Refused, match="ties them"):
        operations.invite_member(inspection, world.bilal, "inspector", world.helen)


def test_using_the_service_does_not_block(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    member = operations.answer_invitation(inspection, "accept", world.bilal, conflict="uses-it")
    assert member.state == "accepted"
    assert Standing.INSPECTOR in access.standings(world.bilal, inspection)


def test_a_conflict_can_be_declared_later(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.answer_invitation(inspection, "accept", world.bilal)
    operations.declare_conflict(inspection, "dispute", world.bilal, reason="A claim for a broken wheel.")
    assert queries.accepted(inspection) == []


def test_asking_and_answering_twice_is_once(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    before = len(inspection.members)
    operations.invite_member(inspection, world.ana, "inspector", world.helen)
    for _ in range(2):
        operations.answer_invitation(inspection, "accept", world.ana)
    assert len(inspection.members) == before
    assert kinds_of(inspection).count("member.accepted") == 1
    assert kinds_of(inspection).count("member.invited") == 3


def test_nobody_answers_for_somebody_else(world: SimpleNamespace, new: Any) -> None:
    with pytest.raises(Refused):
        operations.answer_invitation(plan(world, new()), "accept", world.carol)


def test_who_works_for_the_service_is_not_asked(world: SimpleNamespace, new: Any) -> None:
    from inspect_app.core.time import now
    from inspect_app.people.models import Grant

    world.stuart.roles.append(Grant(name="inspector", granted_at=now()))
    with pytest.raises(Refused, match="works for a service"):
        operations.invite_member(new(), world.stuart, "inspector", world.helen)


def test_the_reviewer_was_on_no_visit(world: SimpleNamespace, new: Any) -> None:
    from inspect_app.core.time import now
    from inspect_app.people.models import Grant

    inspection = new()
    world.ana.roles.append(Grant(name="reviewer", granted_at=now()))
    member = operations.invite_member(inspection, world.ana, "inspector", world.helen)
    operations.release_member(inspection, member, "Moved away", world.helen)
    with pytest.raises(Refused, match="part of the visits"):
        operations.invite_member(inspection, world.ana, "reviewer", world.helen)


def test_replacing_keeps_the_place_and_starts_fresh(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    operations.answer_invitation(inspection, "accept", world.ana)
    ana = queries.member_of(inspection, world.ana.id)
    gone, fresh = operations.replace_member(inspection, ana, "She is ill.", world.carol, world.helen)
    assert (gone.state, gone.state_reason, gone.is_lead) == ("released", "She is ill.", False)
    assert (fresh.state, fresh.is_lead, fresh.no_conflict_at) == ("invited", True, None)
    assert queries.is_released(inspection, world.ana.id)
    assert kinds_of(inspection)[-2:] == ["member.released", "member.invited"]


def test_a_reason_is_asked_for(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    with pytest.raises(Refused) as refusal:
        operations.release_member(inspection, inspection.members[0], "  ", world.helen)
    assert refusal.value.status == 422


def test_a_supporter_helps_one_inspector_of_the_team(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    with pytest.raises(Refused, match="which inspector"):
        operations.invite_member(inspection, world.sam, "supporter", world.helen, supports=world.carol)
    member = operations.invite_member(inspection, world.sam, "supporter", world.helen, supports=world.ana)
    operations.answer_invitation(inspection, "accept", world.sam)
    assert member.supports_id == world.ana.id
    assert access.standings(world.sam, inspection) >= {Standing.SUPPORTER}


def test_nobody_joins_after_the_visits(world: SimpleNamespace, new: Any) -> None:
    inspection = plan(world, new())
    inspection.stage = "moderation"
    with pytest.raises(Refused, match="too late"):
        operations.invite_member(inspection, world.carol, "inspector", world.helen)
    with pytest.raises(Refused, match="too late"):
        operations.answer_invitation(inspection, "accept", world.bilal)
