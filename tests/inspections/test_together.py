"""Two people at the same moment while an inspection is planned and joined."""

from __future__ import annotations

import pytest

from inspect_app.core.database import db
from inspect_app.inspections import queries
from inspect_app.inspections.models import Agreement
from tests.inspections.conftest import join, plan, train
from tests.together import at_once, entries, post, statuses


@pytest.fixture
def inspection(world, new):
    return plan(world, new())


def here(inspection, path: str) -> str:
    return f"/inspections/{inspection.reference}/{path}"


def test_who_is_released_while_saying_yes_is_released(app, world, inspection) -> None:
    member = queries.member_of(inspection, world.bilal.id)
    accepted, released = at_once(
        post(app, world.bilal, here(inspection, "invitation/tie"), tie="none"),
        post(app, world.helen, here(inspection, f"team/{member.id}/release"), reason="The team is full."),
    )
    assert released.status == 303
    kinds = [one.kind for one in entries(inspection, "member.accepted", "member.released")]
    if accepted.status == 303:
        assert kinds == ["member.accepted", "member.released"]
    else:
        assert accepted.status in (403, 409)
        assert kinds == ["member.released"]
    assert queries.member_of(inspection, world.bilal.id).state == "released"


def test_a_yes_and_a_no_at_once_are_one_answer(app, world, inspection) -> None:
    said = at_once(
        post(app, world.bilal, here(inspection, "invitation/tie"), tie="none"),
        post(app, world.bilal, here(inspection, "invitation"), answer="decline"),
    )
    assert statuses(said)[0] == 303
    assert statuses(said)[1] in (403, 409)
    found = entries(inspection, "member.accepted", "member.declined")
    assert len(found) == 1
    assert found[0].kind.endswith(queries.member_of(inspection, world.bilal.id).state)


def test_two_who_ask_the_same_person_ask_once(app, world, inspection) -> None:
    fields = {"person": str(world.carol.id), "role": "inspector"}
    said = at_once(*(post(app, world.helen, here(inspection, "team/ask"), **fields) for _ in range(2)))
    assert all(one.status < 500 for one in said)
    assert [one.person_id for one in inspection.members].count(world.carol.id) == 1
    invited = [one for one in entries(inspection, "member.invited") if one.about_id == world.carol.id]
    assert len(invited) == 1


def test_agreeing_to_the_charter_twice_is_once(app, world, inspection) -> None:
    join(world, inspection)
    before = len(entries(inspection, "charter.agreed"))
    db.session.delete(inspection.agreements.pop(0))
    db.session.commit()
    left = db.session.query(Agreement).count()
    mine = world.ana if not queries.has_agreed(inspection, world.ana.id) else world.bilal
    said = at_once(*(post(app, mine, here(inspection, "charter"), service="") for _ in range(2)))
    assert statuses(said) == [303, 303]
    assert db.session.query(Agreement).count() == left + 1
    assert len(entries(inspection, "charter.agreed")) == before + 1


def test_two_coordinators_move_it_on_once(app, world, inspection) -> None:
    train(world.ana, world.bilal)
    said = at_once(*(post(app, world.helen, here(inspection, "move-on"), stage="planning") for _ in range(2)))
    assert statuses(said) == [303, 409]
    assert "Somebody else moved it on meanwhile. It is now in" in "".join(one.text for one in said)
    assert inspection.stage == "preparing"
    assert len(entries(inspection, "stage.preparing")) == 1


def test_moving_on_and_putting_on_hold_do_not_pass_each_other(app, world, inspection) -> None:
    moved, held = at_once(
        post(app, world.helen, here(inspection, "move-on"), stage="planning"),
        post(app, world.helen, here(inspection, "hold"), reason="Snow."),
    )
    assert held.status == 303
    assert moved.status in (303, 409)
    assert inspection.suspended_from == ("preparing" if moved.status == 303 else "planning")
    left = [one.facts["from"] for one in entries(inspection, "stage.suspended")]
    assert left == [inspection.suspended_from]


def test_a_visit_that_took_place_is_not_cancelled_meanwhile(app, world, inspection) -> None:
    from datetime import timedelta

    from inspect_app.core.time import at

    visit = inspection.visits[0]
    join_and_start(world, inspection)
    with at(visit.starts_at + timedelta(hours=1)):
        held, cancelled = at_once(
            post(app, world.helen, here(inspection, f"visits/{visit.id}/held")),
            post(app, world.helen, here(inspection, f"visits/{visit.id}/cancel"), reason="Snow."),
        )
    assert sorted((held.status, cancelled.status)) == [303, 409]
    assert (visit.held_at is None) != (visit.cancelled_at is None)
    assert len(entries(inspection, "visit.held", "visit.cancelled")) == 1


def join_and_start(world, inspection) -> None:
    inspection.stage = "fieldwork"
    db.session.commit()
