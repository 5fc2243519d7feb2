"""What the office says to each entry, and what it holds afterwards: the receipts' table, row by row."""

from __future__ import annotations

import base64
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork import queries
from inspect_app.fieldwork.models import KeptWords, Observation, Seal
from inspect_app.fieldwork.rules import Rater
from inspect_app.tablet.models import DeviceKey, ReceivedEntry
from tests.fieldwork.conftest import move_to
from tests.tablet.conftest import entry_of, note, rating, seal, send, text_of


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def stands(world, person, key=0):
    return queries.own_rating(world.inspection, Rater("inspector", person.id), world.keys[key])


def test_a_rating_is_safe_and_the_receipt_names_its_text(world, sends) -> None:
    entry = rating(world, world.ana)
    answer = sends(world.ana, entry)
    assert (answer.status_code, answer.json["state"], answer.json["id"]) == (200, "safe", entry["id"])
    assert answer.json["digest"] == answer.digest
    assert answer.json["revision"] == entry["id"]
    revision = stands(world, world.ana).revision_id
    assert str(revision) == entry["id"]
    assert db.session.get(Revision, revision).device == "tablet-1"
    assert db.session.scalar(select(ReceivedEntry.body)) == text_of(entry)


def test_the_same_text_any_number_of_times_is_one(world, sends) -> None:
    text = text_of(rating(world, world.ana, reason="Ümlaut 🧂"))
    answers = [sends(world.ana, text).json for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert (count(Revision), count(ReceivedEntry)) == (1, 1)


def test_the_same_id_with_other_words_keeps_both(world, sends) -> None:
    first = rating(world, world.ana, "good")
    sends(world.ana, first)
    other = rating(world, world.ana, "weak", reason="I changed it.", id=first["id"])
    answer = sends(world.ana, other)
    assert (answer.status_code, answer.json["state"], answer.json["digest"]) == (409, "different", answer.digest)
    assert sends(world.ana, other).json == answer.json
    assert stands(world, world.ana).value == "good"
    assert count(ReceivedEntry) == 2
    kept = db.session.scalars(select(KeptWords)).one()
    assert (kept.person_id, kept.content["reason"], kept.content["value"]) == (world.ana.id, "I changed it.", "weak")


def test_an_older_state_of_one_tablet_is_told_so(world, sends) -> None:
    sends(world.ana, rating(world, world.ana, "good", sequence=2))
    answer = sends(world.ana, rating(world, world.ana, "weak", sequence=1))
    assert (answer.status_code, answer.json["state"]) == (200, "older")
    assert stands(world, world.ana).value == "good"
    assert count(Revision) == 2


def test_two_tablets_are_told_of_each_other(world, sends) -> None:
    sends(world.ana, rating(world, world.ana, "good", reason="On one.", device="one"))
    answer = sends(world.ana, rating(world, world.ana, "weak", reason="On two.", device="two"))
    assert (answer.status_code, answer.json["state"]) == (200, "two")
    assert (answer.json["words"], answer.json["reason"], answer.json["shown"]) == ("Good", "On one.", True)
    assert count(Revision) == 2


def test_the_same_words_again_are_a_state_of_their_own(world, sends) -> None:
    first = rating(world, world.ana)
    again = rating(world, world.ana, based_on=first["id"], sequence=2)
    sends(world.ana, first)
    assert sends(world.ana, again).json["state"] == "safe"
    assert str(stands(world, world.ana).revision_id) == again["id"]


@pytest.mark.parametrize("make", [rating, note])
def test_what_comes_after_the_stage_moved_on_is_kept_for_its_author(world, sends, make) -> None:
    move_to(world, "moderation")
    answer = sends(world.ana, make(world, world.ana))
    assert (answer.status_code, answer.json["state"], answer.json["digest"]) == (200, "kept", answer.digest)
    assert "kept for you alone" in answer.json["sentence"]
    assert count(Revision) == 0
    assert db.session.scalars(select(KeptWords.person_id)).all() == [world.ana.id]


@pytest.mark.parametrize("state", ["released", "conflict", "declined"])
def test_what_somebody_sends_who_left_the_team_is_kept_for_them(world, sends, state) -> None:
    world.inspection.members[0].state = state
    answer = sends(world.ana, rating(world, world.ana))
    assert (answer.status_code, answer.json["state"]) == (200, "kept")
    assert "not on this team any more" in answer.json["sentence"]
    assert count(Revision) == 0
    assert db.session.scalars(select(KeptWords.content)).one()["words"] == "Good"


def test_what_comes_after_the_seal_is_kept(world, sends) -> None:
    ratings = [rating(world, world.ana, key=number, sequence=number) for number in range(len(world.keys))]
    for one in ratings:
        sends(world.ana, one)
    assert sends(world.ana, seal(world, world.ana, *ratings)).json["state"] == "safe"
    assert sends(world.ana, rating(world, world.ana, "weak", sequence=99)).json["state"] == "kept"
    assert sends(world.ana, note(world, world.ana, sequence=100)).json["state"] == "kept"
    assert stands(world, world.ana).value == "good"


def test_a_question_that_is_gone_keeps_the_answer(world, sends) -> None:
    entry = rating(world, world.ana)
    entry["content"]["question"] = "gone"
    answer = sends(world.ana, entry)
    assert (answer.status_code, answer.json["state"]) == (200, "kept")
    assert db.session.scalars(select(KeptWords.content)).one()["reason"] == "It works."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [({"value": "splendid"}, "Choose one of the answers"), ({"reason": "x" * 10_001}, "at most 10,000 letters")],
)
def test_what_cannot_be_stored_as_it_is_says_what_to_do(world, sends, content, sentence) -> None:
    entry = rating(world, world.ana)
    entry["content"] |= content
    answer = sends(world.ana, entry)
    assert (answer.status_code, answer.json["state"]) == (422, "wrong")
    assert sentence in answer.json["sentence"]
    assert (count(Revision), count(ReceivedEntry)) == (0, 0)


def test_strangers_are_refused(world, sends) -> None:
    for person in (world.stranger, world.leanne, world.oscar, world.sam, world.olive):
        answer = sends(person, rating(world, person))
        assert (answer.status_code, answer.json["state"]) == (403, "refused"), person.name
    nowhere = rating(world, world.ana, inspection="NO-1")
    assert (sends(world.ana, nowhere).status_code, sends(world.ana, nowhere).json["state"]) == (403, "refused")
    assert count(ReceivedEntry) == 0


@pytest.mark.parametrize("stage", ["planning", "preparing"])
def test_before_the_visits_the_tablet_tries_again(world, sends, stage) -> None:
    move_to(world, stage)
    answer = sends(world.ana, rating(world, world.ana))
    assert (answer.status_code, answer.json["state"]) == (503, "later")
    assert answer.headers["Retry-After"]
    assert count(ReceivedEntry) == 0


def test_on_hold_the_tablet_tries_again(world, sends) -> None:
    world.inspection.suspended_from = "fieldwork"
    move_to(world, "suspended")
    assert sends(world.ana, rating(world, world.ana)).json["state"] == "later"


def test_somebody_else_is_signed_in(world, sends) -> None:
    answer = sends(world.bilal, rating(world, world.ana))
    assert (answer.status_code, answer.json["state"]) == (409, "other")
    assert count(ReceivedEntry) == 0


def test_nobody_is_signed_in(world, client) -> None:
    answer = send(client, rating(world, world.ana))
    assert (answer.status_code, answer.json["state"]) == (401, "out")
    assert client.post("/tablet/key", json={"device": "x"}).status_code == 401


def test_an_old_token_is_told_in_json(app, world, as_person, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = send(as_person(world.ana), rating(world, world.ana))
    assert (answer.status_code, answer.json["state"]) == (400, "token")
    answer = send(client, rating(world, world.ana))
    assert (answer.status_code, answer.json["state"]) == (401, "out")


def test_a_supporter_types_and_both_are_named(world, sends) -> None:
    answer = sends(world.sam, rating(world, world.sam, author=str(world.bilal.id)))
    assert answer.json["state"] == "safe"
    revision = db.session.get(Revision, stands(world, world.bilal).revision_id)
    assert (revision.author_id, revision.typist_id, revision.source) == (world.bilal.id, world.sam.id, "supporter")
    for_another = sends(world.sam, rating(world, world.sam, author=str(world.ana.id)))
    assert (for_another.status_code, for_another.json["state"]) == (403, "refused")


def test_a_coordinator_types_from_paper_and_sees_nothing_of_what_stands(world, sends) -> None:
    sends(world.bilal, rating(world, world.bilal, "weak", reason="My own words."))
    answer = sends(world.helen, rating(world, world.helen, author=str(world.bilal.id), device="desk"))
    assert (answer.json["state"], answer.json["shown"]) == ("two", False)
    assert "My own words." not in answer.text
    typed = db.session.scalars(select(Revision).where(Revision.typist_id == world.helen.id)).one()
    assert typed.source == "paper"


def test_what_a_supporter_typed_too_late_is_kept_for_the_author(world, sends) -> None:
    move_to(world, "moderation")
    assert sends(world.sam, rating(world, world.sam, author=str(world.bilal.id))).json["state"] == "kept"
    assert db.session.scalars(select(KeptWords.person_id)).one() == world.bilal.id


def test_notes_are_saved_changed_and_taken_back(world, sends) -> None:
    first = note(world, world.ana)
    name = first["content"]["note"]
    assert sends(world.ana, first).json["state"] == "safe"
    changed = note(world, world.ana, "Two doors are locked.", note=name, based_on=first["id"], sequence=2)
    assert sends(world.ana, changed).json["state"] == "safe"
    back = entry_of(world, "note_withdrawn", world.ana, {"note": name, "reason": "It was open."}, sequence=3)
    assert sends(world.ana, back).json["state"] == "safe"
    assert sends(world.ana, back).json["state"] == "safe"
    row = db.session.get(Observation, db.session.scalars(select(Observation.id)).one())
    assert (row.text, row.withdrawn_reason) == ("Two doors are locked.", "It was open.")


def test_a_count_is_read_as_it_was_written(world, sends) -> None:
    for amount, kept in ((7, "7"), ("2,5", "2.5"), (2.5, "2.5")):
        entry = note(world, world.ana)
        entry["content"] |= {"kind": "counted", "amount": amount, "unit": "bus stops"}
        assert sends(world.ana, entry).json["state"] == "safe"
        row = db.session.scalars(select(Observation).order_by(Observation.noted_at.desc())).first()
        assert (row.amount.normalize(), row.unit) == (Decimal(kept), "bus stops")


def test_a_note_taken_back_before_it_arrived_waits_for_it(world, sends) -> None:
    name = new_id()
    back = entry_of(world, "note_withdrawn", world.ana, {"note": str(name), "reason": "No."})
    answer = sends(world.ana, back)
    assert (answer.status_code, answer.json["state"], answer.json["after"]) == (422, "wrong", [str(name)])
    sends(world.ana, note(world, world.ana, note=name))
    assert sends(world.ana, back).json["state"] == "safe"


def test_a_seal_waits_for_what_it_covers_and_covers_nothing_else(world, sends) -> None:
    ratings = [rating(world, world.ana, key=number, sequence=number) for number in range(len(world.keys))]
    sealing = seal(world, world.ana, *ratings, sequence=90)
    for one in ratings[1:]:
        sends(world.ana, one)
    answer = sends(world.ana, sealing)
    assert (answer.status_code, answer.json["state"], answer.json["after"]) == (422, "wrong", [ratings[0]["id"]])
    other = rating(world, world.ana, "weak", reason="Another tablet.", device="two")
    sends(world.ana, other)
    sends(world.ana, ratings[0])
    assert sends(world.ana, sealing).json["state"] == "safe"
    standing = db.session.scalars(select(Seal)).one()
    assert set(standing.revisions) == {one["id"] for one in ratings}
    assert str(stands(world, world.ana).revision_id) == ratings[0]["id"]
    tops = select(Revision.id).where(Revision.is_top, Revision.subject_kind == "rating")
    assert {str(one) for one in db.session.scalars(tops)} == {one["id"] for one in ratings}
    opened = entry_of(world, "seal_opened", world.ana, {"reason": "A mistake."}, based_on=sealing["id"])
    assert sends(world.ana, opened).json["state"] == "safe"
    assert sends(world.ana, opened | {"id": str(new_id())}).json["state"] == "older"


def test_a_seal_with_a_question_left_says_so(world, sends) -> None:
    one = rating(world, world.ana)
    sends(world.ana, one)
    answer = sends(world.ana, seal(world, world.ana, one))
    assert (answer.status_code, answer.json["state"]) == (422, "wrong")
    assert "have no answer yet" in answer.json["sentence"]


def test_a_key_is_the_same_for_one_person_on_one_tablet(world, as_person) -> None:
    ana, bilal = as_person(world.ana), as_person(world.bilal)
    first = ana.post("/tablet/key", json={"device": "t"})
    assert first.headers["Cache-Control"] == "no-store"
    assert first.json == ana.post("/tablet/key", json={"device": "t"}).json
    assert first.json["person"] == str(world.ana.id)
    assert len(base64.b64decode(first.json["key"])) == 32
    others = [bilal.post("/tablet/key", json={"device": "t"}), ana.post("/tablet/key", json={"device": "u"})]
    assert len({first.json["key"], *(one.json["key"] for one in others)}) == 3
    for wrong in ({}, {"device": ""}, {"device": "x" * 61}, {"device": 7}, []):
        assert ana.post("/tablet/key", json=wrong).status_code == 422
    assert count(DeviceKey) == 3


def test_a_tablet_that_is_switched_off_and_on_stays_signed_in(world, as_person) -> None:
    browser = as_person(world.ana)
    browser.get("/session/token")
    assert browser.get_cookie("session").expires is None, "elsewhere a sign-in ends with the browser"
    browser.get("/session/token", headers={"X-Outbox": "1"})
    assert browser.get_cookie("session").expires is not None
