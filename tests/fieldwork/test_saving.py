"""Saving a rating: nothing is lost, twice is once, and the later of two is told."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision
from inspect_app.core.time import now
from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.models import Rating
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.rules import Rater
from tests.fieldwork.conftest import move_to, rate_all, sealed


def rating(world, person=None, key=0) -> Rating | None:
    rater = Rater("inspector", (person or world.ana).id)
    return queries.own_rating(world.inspection, rater, world.keys[key])


def save(world, value, reason="", key=0, actor=None, rater=None, **sent):
    return operations.capture(
        world.inspection, world.keys[key], value, reason, actor=actor or world.ana, rater=rater, sent=Sent(**sent)
    )


def test_a_rating_is_a_revision_with_where_it_comes_from(world) -> None:
    saved = save(world, "good", "Works.", device="t1", sequence=4)
    assert saved.on_top
    assert (rating(world).value, rating(world).reason) == ("good", "Works.")
    revision = saved.revision
    assert revision.content == {"value": "good", "reason": "Works."}
    assert (revision.author_id, revision.typist_id, revision.device, revision.sequence) == (world.ana.id, None, "t1", 4)
    assert revision.framework_version_id == world.inspection.framework_version_id


def test_the_same_id_twice_is_one(world) -> None:
    one = new_id()
    save(world, "good", id=one)
    assert save(world, "good", id=one).repeated
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 1


def test_the_same_words_again_are_no_new_revision(world) -> None:
    first = save(world, "good", "Yes.")
    again = save(world, "good", "Yes.", id=new_id(), based_on=first.revision.id)
    assert again.repeated
    assert again.revision.id == first.revision.id


def test_two_tablets_both_are_kept_and_the_later_is_told(world) -> None:
    first = save(world, "good", "First.", device="a", sequence=1)
    save(world, "fair", "On a.", device="a", sequence=2, based_on=first.revision.id)
    late = save(world, "weak", "On b.", device="b", sequence=1, based_on=first.revision.id)
    assert late.on_top, "captured last, as far as clocks can tell"
    assert late.meanwhile.content["value"] == "fair"
    early = save(world, "good", "On c.", device="c", based_on=first.revision.id, captured_at=now() - timedelta(hours=1))
    assert not early.on_top
    assert early.meanwhile.content["value"] == "weak"
    assert rating(world).value == "weak"
    chosen = save(world, "fair", "On c.", device="c", sequence=2, based_on=early.meanwhile.id)
    assert chosen.on_top
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 5


def test_what_a_coordinator_typed_never_hides_ones_own_words(world) -> None:
    bilal = Rater("inspector", world.bilal.id)
    save(world, "good", "Mine.", actor=world.bilal)
    typed = save(world, "weak", "From paper.", actor=world.helen, rater=bilal, source="paper")
    assert (typed.on_top, rating(world, world.bilal).value) == (False, "good")
    save(world, "fair", "From paper.", actor=world.helen, rater=bilal, source="paper", key=1)
    own = save(world, "good", "Mine.", actor=world.bilal, key=1, captured_at=now() - timedelta(hours=1))
    assert (own.on_top, own.meanwhile.content["value"]) == (True, "fair")


def test_an_older_save_never_hides_a_newer(world) -> None:
    save(world, "good", device="a", sequence=2)
    assert not save(world, "weak", device="a", sequence=1).on_top
    assert rating(world).value == "good"


@pytest.mark.parametrize("value", ["splendid", "", "7", "x" * 300])
def test_a_value_that_is_no_point_is_refused(world, value) -> None:
    with pytest.raises(Refused) as refusal:
        save(world, value)
    assert refusal.value.status == 422


def test_a_question_of_another_framework_is_refused(world) -> None:
    with pytest.raises(Refused) as refusal:
        operations.capture(world.inspection, "nothing", "good", "", actor=world.ana)
    assert refusal.value.status == 404


@pytest.mark.parametrize("stage", ["planning", "preparing", "moderation", "writing", "suspended"])
def test_inspectors_rate_in_the_visits_alone(world, stage) -> None:
    if stage == "suspended":
        world.inspection.suspended_from = "fieldwork"
    move_to(world, stage)
    with pytest.raises(Refused) as refusal:
        save(world, "good")
    assert refusal.value.status == 409
    assert rating(world) is None


@pytest.mark.parametrize("who", ["helen", "sam", "olive", "oscar", "stranger", "leanne", "kenny"])
def test_nobody_but_an_inspector_of_the_team_rates(world, who) -> None:
    with pytest.raises(Refused) as refusal:
        save(world, "good", actor=getattr(world, who))
    assert refusal.value.status == 403


def test_what_is_typed_in_names_who_typed_it(world) -> None:
    bilal = Rater("inspector", world.bilal.id)
    saved = save(world, "weak", "He said so.", actor=world.helen, rater=bilal, source="phone")
    assert (saved.revision.author_id, saved.revision.typist_id) == (world.bilal.id, world.helen.id)
    assert rating(world, world.bilal).value == "weak"
    save(world, "fair", actor=world.helen, rater=bilal, source="phone", based_on=saved.revision.id)
    typed = journal.entries(world.inspection.id, "paper.typed")
    assert [entry.facts["person"] for entry in typed] == [str(world.bilal.id)]


def test_a_supporter_types_for_the_one_they_support(world) -> None:
    assert save(world, "good", actor=world.sam, rater=Rater("inspector", world.bilal.id), source="supporter").on_top
    for rater, source in ((world.ana, "supporter"), (world.ana, "paper"), (world.bilal, "screen")):
        with pytest.raises(Refused):
            save(world, "good", actor=world.sam, rater=Rater("inspector", rater.id), source=source)


def test_one_inspector_never_writes_for_another(world) -> None:
    for source in ("screen", "paper", "supporter"):
        with pytest.raises(Refused):
            save(world, "good", actor=world.ana, rater=Rater("inspector", world.bilal.id), source=source)
    with pytest.raises(Refused):
        save(world, "good", actor=world.ana, rater=Rater("inspector", uuid.uuid4()), source="paper")


def test_a_seal_covers_each_revision_and_shuts(world) -> None:
    rate_all(world, world.ana, but=1)
    with pytest.raises(Refused) as refusal:
        operations.seal(world.inspection, actor=world.ana)
    assert refusal.value.status == 422
    seal = sealed(world, world.ana)
    assert len(seal.revisions) == len(world.keys)
    entry = journal.entries(world.inspection.id, "ratings.sealed")[0]
    assert entry.facts["digest"] == seal.digest
    assert entry.facts["count"] == len(world.keys)
    with pytest.raises(Refused):
        save(world, "weak")
    assert operations.seal(world.inspection, actor=world.ana) is seal


def test_a_seal_opens_with_a_reason_until_the_team_compares(world) -> None:
    sealed(world, world.ana)
    with pytest.raises(Refused) as refusal:
        operations.open_seal(world.inspection, " ", actor=world.ana)
    assert refusal.value.status == 422
    operations.open_seal(world.inspection, "I saw more.", actor=world.ana)
    assert save(world, "weak", based_on=rating(world).revision_id).on_top
    assert operations.seal(world.inspection, actor=world.ana).number == 2
    move_to(world, "moderation")
    with pytest.raises(Refused):
        operations.open_seal(world.inspection, "Too late.", actor=world.ana)


def test_only_the_author_seals(world) -> None:
    rate_all(world, world.bilal)
    for person in (world.sam, world.helen, world.ana):
        with pytest.raises(Refused) as refusal:
            operations.seal(world.inspection, actor=person, rater=Rater("inspector", world.bilal.id))
        assert refusal.value.status == 403


def test_a_service_rates_itself_and_its_lead_seals(world) -> None:
    own = Rater("service", world.service.id)
    move_to(world, "preparing")
    for key in world.keys:
        operations.capture(world.inspection, key, "good", "Ours.", actor=world.kenny, rater=own)
    assert queries.self_ratings(world.inspection) == {}
    with pytest.raises(Refused):
        operations.seal(world.inspection, actor=world.kenny, rater=own)
    operations.seal(world.inspection, actor=world.leanne, rater=own)
    assert queries.self_ratings(world.inspection)[world.keys[0]][0].value == "good"
    assert journal.entries(world.inspection.id, "self_rating.sealed")[0].facts["service"] == str(world.service.id)
    for person in (world.ana, world.helen):
        with pytest.raises(Refused):
            operations.capture(world.inspection, world.keys[0], "good", "", actor=person, rater=own)


def test_a_team_that_rates_together_seals_nothing(world) -> None:
    world.kind.rating = "together"
    with pytest.raises(Refused):
        save(world, "good")
    with pytest.raises(Refused):
        operations.seal(world.inspection, actor=world.ana)
