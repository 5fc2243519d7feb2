"""Whatever two devices send, in whatever order, however often: nothing is lost, and one state stands on top."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.models import Rating
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.rules import Rater

VALUES = ["very-weak", "weak", "fair", "good", "very-good", "not_seen", None]
EDIT = st.tuples(st.sampled_from("ab"), st.sampled_from(VALUES), st.booleans(), st.integers(0, 3))
"""Device, value, whether the device looked at what stands before, and how far back its save is held up."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDIT, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_nothing_is_lost(world, edits, chance) -> None:
    db.session.execute(delete(Rating))
    db.session.execute(delete(Revision))
    db.session.expire_all()
    rater = Rater("inspector", world.ana.id)
    sends, last = [], {"a": None, "b": None}
    for number, (device, value, looks, held) in enumerate(edits, 1):
        made = new_id()
        sends.append((number + held, number, looks, device, value, Sent(made, last[device], device, number)))
        last[device] = made
    sends += [chance.choice(sends) for _ in range(2)]  # the network repeats itself
    sends.sort(key=lambda one: one[0])
    for _, number, looks, device, value, sent in sends:
        known = db.session.get(Revision, sent.id)
        top = queries.own_rating(world.inspection, rater, world.keys[0])
        follows = looks and known is None
        if follows:
            sent = Sent(sent.id, top and top.revision_id, device, number)
        saved = operations.capture(
            world.inspection, world.keys[0], value, f"{device}{number}", actor=world.ana, sent=sent
        )
        passed = any(one.device == device and one.sequence > number for one in db.session.scalars(select(Revision)))
        assert saved.on_top or passed or not follows, "whoever saw what stands comes on top"
        assert saved.on_top or saved.repeated or passed or saved.meanwhile is not None, "the later one is told"
    kept = db.session.scalars(select(Revision)).all()
    assert {one.content["reason"] for one in kept} == {f"{edit[0]}{n}" for n, edit in enumerate(edits, 1)}
    standing = queries.own_rating(world.inspection, rater, world.keys[0])
    tops = [one for one in kept if one.is_top]
    assert [one.id for one in tops] == [standing.revision_id]
    assert tops[0].content == {"value": standing.value, "reason": standing.reason}
    if len({edit[0] for edit in edits}) == 1 and not any(edit[2] for edit in edits):
        assert standing.reason.endswith(str(len(edits))), "from one device its latest stands, in any order"
