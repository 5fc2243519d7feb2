"""Two people agree on one question at the same moment: both are kept, one stands, the later one is told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import history
from inspect_app.moderation import queries
from inspect_app.moderation.models import MinorityStatement
from tests.fieldwork.conftest import make_world, move_to, sealed
from tests.together import at_once, entries, post, statuses


@pytest.fixture
def world(app):
    made = make_world()
    for one in (made.ana, made.bilal):
        sealed(made, one)
    move_to(made, "moderation")
    return made


def agree(app, world, person, value, reason, **more):
    path = f"/inspections/NC-1/agreeing/{world.keys[0]}"
    return post(app, person, path, **{"value": value, "reason": reason, "revision": str(new_id()), **more})


@pytest.mark.parametrize("again", [False, True], ids=["the first time", "anew"])
def test_two_agree_at_once(app, world, again) -> None:
    known, base = 0, ""
    if again:
        at_once(agree(app, world, world.ana, "fair", "At first."))
        known, base = 1, str(queries.agreed(world.inspection.id)[world.keys[0]].revision_id)
    said = at_once(
        agree(app, world, world.ana, "weak", "The signs.", based_on=base),
        agree(app, world, world.bilal, "good", "The website.", based_on=base),
    )
    assert statuses(said) == [303, 409]
    told = next(one.text for one in said if one.status == 409)
    assert "The signs." in told
    assert "The website." in told
    standing = queries.agreed(world.inspection.id)[world.keys[0]]
    kept = history(("agreed_rating", standing.id))
    assert {one.content["reason"] for one in kept} >= {"The signs.", "The website."}
    assert [one.id for one in kept if one.is_top] == [standing.revision_id]
    assert len(entries(world.inspection, "rating.agreed")) == known + 1


def test_a_press_twice_on_agree_is_one(app, world) -> None:
    same = {"revision": str(new_id())}
    said = at_once(*(agree(app, world, world.ana, "weak", "The signs.", **same) for _ in range(2)))
    assert statuses(said) == [303, 303]
    assert len(entries(world.inspection, "rating.agreed")) == 1


def test_nobody_agrees_after_the_stage_has_moved_on(app, world) -> None:
    for key in world.keys[1:]:
        at_once(post(app, world.ana, f"/inspections/NC-1/agreeing/{key}", value="good", reason="Yes."))
    at_once(agree(app, world, world.ana, "fair", "At first."))
    base = str(queries.agreed(world.inspection.id)[world.keys[0]].revision_id)
    agreed, moved = at_once(
        agree(app, world, world.bilal, "good", "The website.", based_on=base),
        post(app, world.helen, "/inspections/NC-1/move-on", stage="moderation"),
    )
    assert moved.status == 303
    assert agreed.status in (303, 409)
    kinds = [one.kind for one in entries(world.inspection, "rating.agreed", "stage.writing")]
    assert kinds[-1] == "stage.writing"
    if agreed.status == 409:
        assert "The website." in agreed.text, "the words are given back"


def test_a_dissent_sent_twice_is_one(app, world) -> None:
    at_once(agree(app, world, world.ana, "fair", "At first."))
    path = f"/inspections/NC-1/agreeing/{world.keys[0]}/minority"
    said = at_once(*(post(app, world.bilal, path, text="I saw it otherwise.") for _ in range(2)))
    assert statuses(said) == [303, 303]
    assert len(db.session.scalars(select(MinorityStatement)).all()) == 1
    assert len(entries(world.inspection, "minority.stated")) == 1
