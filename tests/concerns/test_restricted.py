"""A concern reaches the lead, or the deputy, and nobody else."""

from __future__ import annotations

import uuid
from itertools import product

import pytest

from inspect_app.concerns import events, operations, post, queries, rules
from inspect_app.concerns.models import Concern
from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.journal import Audience, EntryKind
from inspect_app.inspections.timeline import timeline
from tests.concerns.conftest import WHERE, WHO, WORDS, raised, reported

OTHERS = ("ana", "bilal", "sam", "olive", "oscar", "stranger", "helen", "tomasz", "leanne", "kenny")


def test_the_lead_reads_it_and_nobody_else(world) -> None:
    got = raised(world)
    assert queries.concern_for(world.nadia, got.id).what == WORDS
    for who in (*OTHERS, "dev"):
        with pytest.raises(Refused) as refusal:
            queries.concern_for(getattr(world, who), got.id)
        assert refusal.value.status == 404
        assert queries.concerns_for(getattr(world, who)).total == 0


def test_when_the_lead_is_involved_it_goes_to_the_deputy_alone(world, mails) -> None:
    got = raised(world, about_lead=True)
    assert queries.concern_for(world.dev, got.id)
    assert queries.concerns_for(world.nadia).total == 0
    assert [to for to, _ in mails()] == ["dev"]
    with pytest.raises(Refused):
        queries.concern_for(world.nadia, got.id)


def test_without_a_lead_the_deputy_reads_it_at_once(world, mails) -> None:
    world.nadia.active = False
    got = raised(world)
    assert queries.concern_for(world.dev, got.id)
    assert [to for to, _ in mails()] == ["dev"]


def test_without_anybody_the_coordinators_hear_that_somebody_is_missing_and_nothing_else(world, mails) -> None:
    world.nadia.active = world.dev.active = False
    raised(world)
    raised(world)
    assert sorted(to for to, _ in mails()) == ["helen", "tomasz"]
    assert all(word not in letter for _, letter in mails() for word in (WORDS, WHO, WHERE, "NC-1", "Ana"))


def test_the_mail_carries_no_word_and_no_name_of_anybody_else(world, mails) -> None:
    got = raised(world)
    [(to, letter)] = mails()
    assert to == "nadia"
    assert f"/safeguarding/{got.id}" in letter
    for word in (WORDS, WHO, WHERE, "Ana", "NC-1", "Web and print"):
        assert word not in letter


def test_the_mail_about_a_hazard_says_where_and_names_nobody(world, mails) -> None:
    got = reported(world, where="By Mrs Smith’s door")
    assert sorted(to for to, _ in mails()) == ["helen", "kenny", "leanne"]
    for _, letter in mails():
        assert f"/inspections/NC-1/dangers/{got.id}" in letter
        assert "Library" in letter
        assert not {"Ana", "Smith", "Ice"} & set(letter.replace("’", " ").split())


def test_no_kind_of_entry_is_forgotten_by_the_mails() -> None:
    assert set(post.CONCERNS) == {kind.name for kind in events.CONCERNS}
    assert set(post.HAZARDS) == {kind.name for kind in events.HAZARDS}


def test_concerns_have_a_chain_of_their_own_that_no_other_door_opens(world) -> None:
    got = raised(world)
    operations.acknowledge(got.id, actor=world.nadia)
    found = journal.restricted_entries(("concern", got.id))
    assert [one.kind for one in found] == ["concern.raised", "concern.acknowledged"]
    assert {one.chain_id for one in found} == {journal.RESTRICTED_CHAIN}
    assert timeline(world.inspection)[0] == []
    with pytest.raises(ValueError, match="restricted"):
        journal.entries(journal.RESTRICTED_CHAIN)
    for word in (WORDS, WHO, WHERE):
        assert word not in str([one.facts for one in found])


def test_a_change_on_the_restricted_chain_is_found_out(world) -> None:
    got = raised(world)
    assert list(journal.broken_chains()) == []
    journal.restricted_entries(("concern", got.id))[0].actor_id = world.bilal.id
    db.session.flush()
    assert len(list(journal.broken_chains())) == 1


def test_nothing_restricted_stands_on_another_chain_and_nothing_else_on_this(world) -> None:
    with pytest.raises(ValueError, match="chain"):
        journal.append("concern.raised", actor=None, inspection=world.inspection.id)
    with pytest.raises(ValueError, match="chain"):
        journal.append("hazard.reported", actor=None, inspection=journal.RESTRICTED_CHAIN)
    for wrong in ({"public": True}, {"hears": (Audience.COORDINATORS,)}):
        with pytest.raises(ValueError, match="restricted"):
            EntryKind("x", "x", restricted=True, **wrong)


def test_what_is_kept_is_what_was_said(world) -> None:
    concern = db.session.get_one(Concern, raised(world).id)
    told = rules.Told(WORDS, WHO, WHERE)
    [entry] = journal.restricted_entries(("concern", concern.id))
    assert entry.facts["digest"] == concern.digest == rules.digest(told.as_facts(), concern.salt)


@pytest.mark.parametrize(
    ("is_lead", "is_deputy", "some_lead", "handed_on", "involved"), list(product([True, False], repeat=5))
)
def test_the_rule_and_the_list_say_the_same(world, is_lead, is_deputy, some_lead, handed_on, involved) -> None:
    concern = db.session.get_one(Concern, raised(world).id)
    concern.deputy_since = concern.received_at if handed_on else None
    concern.kept_from = [str(world.dev.id), str(uuid.uuid4())] if involved else [str(uuid.uuid4())]
    world.nadia.active = some_lead
    for name, held in (("safeguarding_lead", is_lead), ("safeguarding_deputy", is_deputy)):
        world.dev.roles = [one for one in world.dev.roles if one.name != name]
        if held:
            world.dev.roles.append(type(world.nadia.roles[0])(name=name, granted_at=concern.received_at))
    db.session.flush()
    listed = queries.concerns_for(world.dev).total == 1
    assert listed == rules.reads(queries.reader_of(world.dev), concern.kept_from, concern.deputy_since)
    assert listed == any(one.id == world.dev.id for one in queries.readers(concern))
    assert listed == (not involved and (is_lead or (is_deputy and (handed_on or not some_lead))))
