"""Whatever two devices send, in whatever order, however often: nothing is lost, and one state stands on top."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.models import Rating
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.rules import Rater
from inspect_app.frameworks.operations import publish_framework
from tests.fieldwork.rooms import LOUNGE, ROOMS

VALUES = ["very-weak", "weak", "fair", "good", "very-good", "not_seen", None]
NAMES = ["Lounge", "Hall", "Day room", "does_not_apply", None]
EDIT = st.tuples(st.sampled_from("ab"), st.integers(0, 100), st.booleans(), st.integers(0, 3))
"""Device, which value, whether the device looked at what stands before, and how far back its save is held up."""


@pytest.mark.parametrize("kind", ["a rating", "the name of a room"])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(EDIT, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_nothing_is_lost(world, kind, edits, chance) -> None:
    key, values = world.keys[0], VALUES
    if kind != "a rating":
        world.inspection.framework_version = publish_framework(ROOMS, None)
        key, values = f"rooms--name-{LOUNGE}", NAMES
    db.session.execute(delete(Rating))
    db.session.execute(delete(Revision))
    db.session.expire_all()
    rater = Rater("inspector", world.ana.id)
    sends, last = [], {"a": None, "b": None}
    for number, (device, place, looks, held) in enumerate(edits, 1):
        made, value = new_id(), values[place % len(values)]
        sends.append((number + held, number, looks, device, value, Sent(made, last[device], device, number)))
        last[device] = made
    sends += [chance.choice(sends) for _ in range(2)]  # the network repeats itself
    sends.sort(key=lambda one: one[0])
    for _, number, looks, device, value, sent in sends:
        known = db.session.get(Revision, sent.id)
        top = queries.own_rating(world.inspection, rater, key)
        follows = looks and known is None
        if follows:
            sent = Sent(sent.id, top and top.revision_id, device, number)
        saved = operations.capture(world.inspection, key, value, f"{device}{number}", actor=world.ana, sent=sent)
        passed = any(one.device == device and one.sequence > number for one in db.session.scalars(select(Revision)))
        assert saved.on_top or passed or not follows, "whoever saw what stands comes on top"
        assert saved.on_top or saved.repeated or passed or saved.meanwhile is not None, "the later one is told"
    kept = db.session.scalars(select(Revision)).all()
    assert {one.content["reason"] for one in kept} == {f"{edit[0]}{n}" for n, edit in enumerate(edits, 1)}
    standing = queries.own_rating(world.inspection, rater, key)
    tops = [one for one in kept if one.is_top]
    assert [one.id for one in tops] == [standing.revision_id]
    assert tops[0].content == {"value": standing.value, "reason": standing.reason}
    if len({edit[0] for edit in edits}) == 1 and not any(edit[2] for edit in edits):
        assert standing.reason.endswith(str(len(edits))), "from one device its latest stands, in any order"
