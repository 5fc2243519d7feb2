"""Whatever somebody tells is taken in once, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from inspect_app.concerns import operations, queries
from inspect_app.concerns.models import Concern, Hazard
from inspect_app.concerns.rules import clean
from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from tests.concerns.conftest import WHERE, WHO, WORDS, raised, reported


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_a_concern_is_kept_whole(world) -> None:
    got = raised(world, now=True)
    concern = db.session.get_one(Concern, got.id)
    assert (concern.what, concern.who, concern.place, concern.is_now) == (WORDS, WHO, WHERE, True)
    assert (concern.raised_by_id, concern.typed_by_id) == (world.ana.id, world.ana.id)
    assert concern.acknowledge_by - concern.received_at == timedelta(hours=1)


def test_the_same_id_with_the_same_words_is_one(world) -> None:
    first = raised(world, id=(one := new_id()))
    again = [raised(world, id=one) for _ in range(3)]
    assert {got.id for got in again} == {first.id}
    assert all(got.repeated and not got.different for got in again)
    assert count(Concern) == 1
    assert len(journal.restricted_entries(("concern", first.id))) == 1


def test_the_same_id_with_other_words_keeps_both_once(world) -> None:
    first = raised(world, id=(one := new_id()))
    others = [raised(world, id=one, what="Now he is gone") for _ in range(3)]
    theirs = [raised(world, "bilal", id=one) for _ in range(2)]
    assert {first.id} & {got.id for got in (*others, *theirs)} == set()
    assert all(got.different for got in (*others, *theirs))
    assert [got.repeated for got in others] == [False, True, True]
    assert count(Concern) == 3


def test_a_hazard_comes_once_and_other_words_beside_it(world) -> None:
    first = reported(world, id=(one := new_id()))
    assert reported(world, id=one).repeated
    other = reported(world, id=one, what="The rail is loose too")
    assert other.different
    assert other.id != first.id
    assert count(Hazard) == 2


@pytest.mark.parametrize("who", ["ana", "bilal", "sam", "olive", "helen", "tomasz", "leanne", "kenny"])
def test_everybody_with_a_part_can_tell(world, who) -> None:
    raised(world, who)
    reported(world, who)


@pytest.mark.parametrize("who", ["stranger", "oscar", "nadia", "dev"])
def test_somebody_without_any_part_cannot(world, who) -> None:
    for tell in (raised, reported):
        with pytest.raises(Refused) as refusal:
            tell(world, who)
        assert refusal.value.status == 403


def test_what_waited_on_a_tablet_comes_in_after_its_author_was_released(world) -> None:
    member = next(one for one in world.inspection.members if one.person_id == world.ana.id)
    member.state, member.state_reason = "released", "Moved away"
    db.session.flush()
    assert raised(world).id
    assert reported(world).id


def test_it_can_be_told_in_every_stage(world) -> None:
    for stage in ("planning", "moderation", "closed", "cancelled"):
        world.inspection.stage = stage
        assert raised(world).id


@pytest.mark.parametrize(("typist", "author", "whose"), [("sam", "bilal", "bilal"), ("sam", "ana", "sam"),
                                                         ("helen", "ana", "ana"), ("ana", "bilal", "ana"),
                                                         ("ana", "stranger", "ana")])  # fmt: skip
def test_who_types_and_whose_words_they_are(world, typist, author, whose) -> None:
    got = raised(world, typist, author=getattr(world, author).id)
    concern = db.session.get_one(Concern, got.id)
    assert concern.raised_by_id == getattr(world, whose).id
    assert concern.typed_by_id == getattr(world, typist).id


@pytest.mark.parametrize("words", ["", "  \n\t ", "\x00\x01"])
def test_nothing_is_no_concern(world, words) -> None:
    with pytest.raises(Refused) as refusal:
        raised(world, what=words)
    assert refusal.value.status == 422


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    what=st.text(st.characters(), min_size=1, max_size=300),
    who=st.none() | st.text(max_size=300),
    captured=st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
)
def test_whatever_is_written_is_kept(world, what, who, captured) -> None:
    if not clean(what):
        with pytest.raises(Refused, match="Write"):
            raised(world, what=what, who=who, captured_at=captured)
        return
    got = raised(world, what=what, who=who, captured_at=captured)
    reported(world, what=what, where=clean(who) or "here", captured_at=captured)
    db.session.commit()
    db.session.expire_all()
    concern = db.session.get_one(Concern, got.id)
    assert concern.what == clean(what)
    assert abs(concern.captured_at - now()) < timedelta(days=401)


def test_a_clock_that_cannot_be_right_is_not_believed(world) -> None:
    got = raised(world, captured_at=datetime(1970, 1, 1, tzinfo=UTC))
    concern = db.session.get_one(Concern, got.id)
    assert concern.captured_at == concern.received_at
    before = now() - timedelta(days=20)
    assert db.session.get_one(Concern, raised(world, captured_at=before).id).captured_at == before


def test_a_visit_of_another_inspection_is_left_out(world) -> None:
    assert db.session.get_one(Hazard, reported(world, visit=new_id()).id).visit_id is None


def test_there_is_always_a_number_to_ring(world) -> None:
    ring = queries.whom_to_ring()
    assert (ring.emergency, ring.lines[0].phone) == ("999", "01632 960101")


def test_many_at_once_are_all_kept(world) -> None:
    for number in range(30):
        raised(world, what=f"{WORDS} {number}")
    assert queries.concerns_for(world.nadia).total == 30
    assert operations.acknowledge(queries.concerns_for(world.nadia).items[0].id, actor=world.nadia).acknowledged_by
