"""Two people, or one twice, at the same moment in fieldwork: both kept, one told, and a seal covers what stands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from sqlalchemy import select

from inspect_app.core import files
from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Revision, history
from inspect_app.fieldwork import queries
from inspect_app.fieldwork.models import Evidence, KeptWords, Observation, Seal
from inspect_app.fieldwork.operations.ratings import rating_id
from inspect_app.fieldwork.rules import Rater
from tests.fieldwork.conftest import photo, rate_all, sealed
from tests.together import at_once, browser, entries, post, statuses

LATE = "The clock by the door was wrong."
HERE = "/inspections/NC-1"


@pytest.mark.parametrize("question", [0, -1], ids=["changed", "answered the first time"])
def test_a_seal_covers_what_stands_whoever_comes_first(app, world, question) -> None:
    rate_all(world, world.ana, but=1 if question else 0)
    key = world.keys[question]
    standing = queries.own_rating(world.inspection, Rater("inspector", world.ana.id), key)
    sent = {"revision": str(new_id()), "based_on": str(standing.revision_id) if standing else ""}
    seal, save = at_once(
        post(app, world.ana, f"{HERE}/seal"),
        post(app, world.ana, f"{HERE}/questions/{key}", value="weak", reason=LATE, **sent),
    )
    rating = queries.own_rating(world.inspection, Rater("inspector", world.ana.id), key)
    standing = db.session.scalar(select(Seal))
    if seal.status == 422:  # the seal came first, and a question was still open
        assert (standing, save.status, rating.reason) == (None, 303, LATE)
        return
    assert seal.status == 303
    assert str(rating.revision_id) in standing.revisions
    assert len(entries(world.inspection, "ratings.sealed")) == 1
    if save.status == 303:
        assert rating.reason == LATE
    else:
        assert save.status == 409
        assert "These ratings are sealed." in save.text
        assert "kept for you alone" in save.text
        assert db.session.scalar(select(KeptWords.content))["reason"] == LATE


def test_a_note_and_a_photo_come_before_the_seal_or_not_at_all(app, world) -> None:
    rate_all(world, world.ana)
    picture = browser(app, world.ana)

    def send() -> int:
        files = {
            "photo": (BytesIO(photo()), "door.jpg"),
            "caption": "The door",
            "people": "nobody",
            "id": str(new_id()),
        }
        return picture.post(f"{HERE}/photos/new", data=files).status_code

    seal, note, shown = at_once(
        post(app, world.ana, f"{HERE}/seal"),
        post(app, world.ana, f"{HERE}/observations/new", kind="seen", text=LATE, note=str(new_id())),
        send,
    )
    assert seal.status == 303
    standing = db.session.scalar(select(Seal))
    written = db.session.scalar(select(Revision).where(Revision.subject_kind == "observation"))
    if note.status == 303:
        assert written.received_at <= standing.sealed_at
    else:
        assert (note.status, written) == (409, None)
        assert "kept for you alone" in note.text
    added = db.session.scalars(select(Evidence)).all()
    assert (shown, len(added)) in ((303, 1), (409, 0))
    assert all(one.added_at <= standing.sealed_at for one in added)
    assert len(entries(world.inspection, "evidence.added")) == len(added)


def test_a_press_twice_on_seal_seals_once(app, world) -> None:
    rate_all(world, world.ana)
    said = at_once(*(post(app, world.ana, f"{HERE}/seal") for _ in range(3)))
    assert statuses(said) == [303, 303, 303]
    assert len(db.session.scalars(select(Seal)).all()) == 1
    assert len(entries(world.inspection, "ratings.sealed")) == 1


def test_the_last_two_seal_at_once_and_the_stage_moves_once(app, world) -> None:
    rate_all(world, world.ana)
    rate_all(world, world.bilal)
    said = at_once(*(post(app, one, f"{HERE}/seal") for one in (world.ana, world.bilal)))
    assert statuses(said) == [303, 303]
    assert len(entries(world.inspection, "ratings.sealed")) == 2
    world.inspection.visits[0].held_at = world.inspection.visits[0].starts_at
    said = at_once(*(post(app, one, f"{HERE}/move-on", stage="fieldwork") for one in (world.ana, world.helen)))
    assert statuses(said) == [303, 409]
    assert "Somebody else moved it on meanwhile." in next(one.text for one in said if one.status == 409)
    assert len(entries(world.inspection, "stage.moderation")) == 1


def test_opening_a_seal_and_moving_on_do_not_pass_each_other(app, world) -> None:
    for one in (world.ana, world.bilal):
        sealed(world, one)
    world.inspection.visits[0].held_at = world.inspection.visits[0].starts_at
    opened, moved = at_once(
        post(app, world.ana, f"{HERE}/seal/open", reason="I mixed up two rooms."),
        post(app, world.helen, f"{HERE}/move-on", stage="fieldwork"),
    )
    assert sorted((opened.status, moved.status)) == [303, 409]
    kinds = [one.kind for one in entries(world.inspection, "seal.opened", "stage.moderation")]
    assert kinds == (["seal.opened"] if opened.status == 303 else ["stage.moderation"])


def test_two_save_one_rating_both_are_kept_and_one_is_told(app, world) -> None:
    key = world.keys[0]
    own = post(app, world.bilal, f"{HERE}/questions/{key}", value="good", reason="Clear.", revision=str(new_id()))
    typed = post(
        app, world.helen, f"{HERE}/type-in/{world.bilal.id}/questions/{key}",
        value="weak", reason="On paper.", revision=str(new_id()), source="paper",
    )  # fmt: skip
    said = at_once(own, typed)
    assert statuses(said) == [303, 409]
    kept = history(("rating", rating_id(world.inspection, Rater("inspector", world.bilal.id), key)))
    assert {one.content["reason"] for one in kept} == {"Clear.", "On paper."}
    assert [one.is_top for one in kept].count(True) == 1
    rating = queries.own_rating(world.inspection, Rater("inspector", world.bilal.id), key)
    assert rating.revision_id == next(one.id for one in kept if one.is_top)


def test_two_change_one_note_both_are_kept_and_one_is_told(app, world) -> None:
    note = new_id()
    fields = {"kind": "seen", "note": str(note)}
    at_once(post(app, world.ana, f"{HERE}/observations/new", text="A door.", **fields, revision=str(new_id())))
    base = str(db.session.get(Observation, note).revision_id)
    said = at_once(
        *(
            post(app, world.ana, f"{HERE}/observations/{note}", text=text, **fields, based_on=base, device=text,
                 revision=str(new_id()))
            for text in ("A red door.", "A blue door.")
        )
    )  # fmt: skip
    assert statuses(said) == [303, 409]
    kept = history(("observation", note))
    assert {one.content["text"] for one in kept} == {"A door.", "A red door.", "A blue door."}
    assert [one.id for one in kept if one.is_top] == [db.session.get(Observation, note).revision_id]


def test_the_same_save_twice_is_one(app, world) -> None:
    """A tablet that heard no answer sends again while the first is still under way."""
    fields = {"value": "good", "reason": "Clear.", "revision": str(new_id())}
    note = {"kind": "seen", "text": "A door.", "note": str(new_id()), "revision": str(new_id())}
    said = at_once(
        *(post(app, world.ana, f"{HERE}/questions/{world.keys[0]}", **fields) for _ in range(2)),
        *(post(app, world.ana, f"{HERE}/observations/new", **note) for _ in range(2)),
    )
    assert statuses(said) == [303] * 4
    assert len(db.session.scalars(select(Revision).where(Revision.subject_kind == "rating")).all()) == 1
    assert len(db.session.scalars(select(Observation)).all()) == 1
    assert entries(world.inspection) == []


def test_nobody_waits_while_a_photo_is_made_ready(app, world, monkeypatch) -> None:
    """Making a large photo ready takes a second; on SQLite one who may write keeps all others from saving."""
    saved = []
    own = post(app, world.bilal, f"{HERE}/questions/{world.keys[0]}", value="good", reason="x", revision=str(new_id()))
    ready = files.ready_photo

    def slowly(data):
        saved.append(in_a_thread(own).status)
        return ready(data)

    monkeypatch.setattr(files, "ready_photo", slowly)
    sent = {"photo": (BytesIO(photo()), "door.jpg"), "caption": "The door", "people": "nobody", "id": str(new_id())}
    client = browser(app, world.ana)
    answer = in_a_thread(lambda: client.post(f"{HERE}/photos/new", data=sent))
    assert (answer.status_code, saved) == (303, [303])


def in_a_thread(do):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do).result(timeout=12)
