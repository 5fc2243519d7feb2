"""What nobody answers goes on to somebody else in time, and words are forgotten when their time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspect_app.concerns import duties, operations, queries
from inspect_app.concerns.models import Concern, Hazard
from inspect_app.concerns.rules import MOST_REMINDERS
from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import at, now
from tests.concerns.conftest import WHO, WORDS, raised, reported

HOUR = timedelta(hours=1)


def later(hours: float) -> None:
    """Let the worker look after some time."""
    with at(now() + HOUR * hours):
        duties.watch()
        db.session.commit()


def test_a_concern_without_an_answer_goes_on_to_the_deputy(world, mails) -> None:
    got = raised(world)
    later(3.9)
    assert [to for to, _ in mails()] == ["nadia"]
    later(4)
    assert sorted(to for to, _ in mails()) == ["dev", "nadia", "nadia"]
    assert queries.concern_for(world.dev, got.id)
    assert all(WORDS not in letter for _, letter in mails())


def test_when_somebody_is_in_danger_now_it_goes_on_sooner(world) -> None:
    got = raised(world, now=True)
    later(1)
    assert queries.concern_for(world.dev, got.id)


def test_it_is_asked_again_and_again_but_not_for_ever(world, mails) -> None:
    raised(world)
    for hours in range(0, 400, 2):
        later(hours)
    letters = [letter for to, letter in mails() if to == "dev"]
    assert len(letters) == MOST_REMINDERS
    assert "still waits" in letters[0]


def test_an_answer_in_time_keeps_it_from_the_deputy_for_good(world, mails) -> None:
    got = raised(world)
    operations.acknowledge(got.id, actor=world.nadia)
    later(50)
    with pytest.raises(Refused):
        queries.concern_for(world.dev, got.id)
    assert [to for to, _ in mails()] == ["nadia"]


def test_one_who_is_involved_is_never_asked(world, mails) -> None:
    raised(world, about_lead=True)
    for hours in (4, 8, 12):
        later(hours)
    assert {to for to, _ in mails()} == {"dev"}


def test_who_is_appointed_later_hears_of_what_waits(world, mails) -> None:
    world.nadia.active = world.dev.active = False
    raised(world)
    world.nadia.active = True
    later(0.1)
    later(0.2)
    assert [to for to, _ in mails() if to == "nadia"] == ["nadia"]


def test_a_hazard_without_an_answer_reaches_every_coordinator_once(world, mails) -> None:
    reported(world)
    later(1.9)
    assert "tomasz" not in {to for to, _ in mails()}
    later(2.1)
    later(5)
    assert [to for to, _ in mails() if to == "tomasz"] == ["tomasz"]
    assert [one.kind for one in journal.entries(world.inspection.id)] == ["hazard.reported", "hazard.reminded"]


def test_a_hazard_that_was_answered_is_left_alone(world) -> None:
    got = reported(world)
    operations.acknowledge_hazard(world.inspection, got.id, actor=world.kenny)
    later(9)
    assert db.session.get_one(Hazard, got.id).reminded_at is None


def test_words_are_forgotten_when_their_time_is_over_and_the_chain_still_holds(world) -> None:
    got, open_one = raised(world), raised(world, what="Still open")
    operations.acknowledge(got.id, actor=world.nadia)
    operations.add_note(got.id, "Rang the police", actor=world.nadia)
    operations.close(got.id, "He is safe", actor=world.nadia)
    with at(now() + timedelta(days=364)):
        assert duties.forget() == 0
    with at(now() + timedelta(days=366)):
        assert duties.forget() == 1
        assert duties.forget() == 0
    db.session.commit()
    db.session.expire_all()
    concern = db.session.get_one(Concern, got.id)
    assert (concern.what, concern.who, concern.place, concern.outcome, concern.salt) == (None,) * 5
    assert [note.text for note in concern.notes] == [None]
    assert concern.digest == journal.restricted_entries(("concern", got.id))[0].facts["digest"]
    assert db.session.get_one(Concern, open_one.id).what == "Still open"
    assert list(journal.broken_chains()) == []
    with pytest.raises(Refused, match="forgotten"):
        operations.add_note(got.id, "More", actor=world.nadia)


def test_a_forgotten_concern_says_so_and_what_comes_again_is_not_lost(world, as_person) -> None:
    got = raised(world)
    operations.acknowledge(got.id, actor=world.nadia)
    operations.close(got.id, "He is safe", actor=world.nadia)
    with at(now() + timedelta(days=366)):
        duties.forget()
    page = as_person(world.nadia).get(f"/safeguarding/{got.id}").text
    assert "were forgotten on" in page
    assert WHO not in page
    again = raised(world, id=got.id)
    assert (again.different, again.repeated) == (True, False)
    assert raised(world, id=got.id).id == again.id
