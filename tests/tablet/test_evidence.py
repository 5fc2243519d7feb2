"""Photos and sounds: uploaded first, then stored with their entry; never lost, however late they come."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from inspect_app.core.database import db, new_id
from inspect_app.fieldwork.models import Evidence, KeptWords, Observation
from inspect_app.tablet import operations_uploads as uploads
from inspect_app.tablet.models import ReceivedEntry, Upload
from tests.fieldwork.conftest import move_to, photo
from tests.sounds import webm
from tests.tablet.conftest import entry_of, note, send
from tests.tablet.uploading import hash_of, upload

SHOWS = {"name": "Tür 🚪.jpg", "caption": "The door", "seen_by": "team", "people": "nobody", "people_how": ""}


def taken(world, person, data: bytes, **more):
    """An entry about a photo."""
    name = more.pop("photo", str(new_id()))
    facts = {"file": hash_of(data), "size": len(data), "type": "image/jpeg", "question": None, "note": None}
    content = {"photo": name, **SHOWS, **facts} | more.pop("content", {})
    return entry_of(world, "photo", person, content, **more)


def heard(world, person, data: bytes, **content):
    """An entry about a sound."""
    facts = {"file": hash_of(data), "size": len(data), "type": "audio/webm", "seconds": 3, "question": None}
    more = {"note": None, "spoken": None, "visit": None}
    return entry_of(world, "sound", person, {"sound": str(new_id()), **SHOWS, **facts, **more, **content})


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def ana(world, as_person):
    return as_person(world.ana)


def test_a_photo_is_safe_by_its_hash_and_once(world, ana) -> None:
    data = photo()
    entry = taken(world, world.ana, data)
    missing = send(ana, entry)
    assert (missing.status_code, missing.json["state"], missing.json["files"]) == (409, "needs_file", [hash_of(data)])
    upload(ana, data)
    path = uploads.path_of(db.session.scalars(select(Upload)).one())
    answers = [send(ana, entry) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 200]
    assert answers[0].json == answers[1].json == answers[2].json
    assert (answers[0].json["state"], answers[0].json["digest"]) == ("safe", answers[0].digest)
    assert answers[0].json["files"] == [hash_of(data)]
    kept = db.session.scalars(select(Evidence)).one()
    assert (str(kept.id), kept.caption, kept.file.sha256_received) == (
        entry["content"]["photo"],
        "The door",
        hash_of(data),
    )
    assert (count(Upload), path.exists()) == (0, True)


def test_an_upload_of_another_is_no_photo_of_mine(world, ana, as_person) -> None:
    upload(as_person(world.bilal), photo())
    assert send(ana, taken(world, world.ana, photo())).json["state"] == "needs_file"


def test_a_file_that_is_no_photo_says_so_and_waits(world, ana) -> None:
    upload(ana, b"no photo at all")
    answer = send(ana, taken(world, world.ana, b"no photo at all"))
    assert (answer.status_code, answer.json["state"]) == (422, "wrong")
    assert "not a photo" in answer.json["sentence"]
    assert count(Upload) == 1


@pytest.mark.parametrize("late", ["moderation", "released", "question"])
def test_a_photo_that_comes_too_late_is_kept_for_its_author(world, ana, late) -> None:
    upload(ana, photo())
    entry = taken(world, world.ana, photo(), content={"question": "gone"} if late == "question" else {})
    if late == "moderation":
        move_to(world, "moderation")
    if late == "released":
        world.inspection.members[0].state = "released"
    answer = send(ana, entry)
    assert (answer.status_code, answer.json["state"], answer.json["files"]) == (200, "kept", [hash_of(photo())])
    assert count(Evidence) == 0
    page = ana.get("/tablet/kept")
    assert "The door" in page.text
    words = db.session.scalars(select(KeptWords)).one()
    seen = ana.get(f"/tablet/kept/{words.id}/file")
    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")


def test_what_is_kept_is_for_its_author_alone(world, ana, as_person) -> None:
    upload(ana, photo())
    move_to(world, "moderation")
    send(ana, taken(world, world.ana, photo()))
    words = db.session.scalars(select(KeptWords.id)).one()
    for person in (world.bilal, world.helen, world.leanne):
        other = as_person(person)
        assert "The door" not in other.get("/tablet/kept").text
        assert other.get(f"/tablet/kept/{words}/file").status_code == 404
        assert other.post(f"/tablet/kept/{words}/forget").status_code == 404
    assert ana.post(f"/tablet/kept/{words}/forget").status_code == 303
    assert count(KeptWords) == 0


def test_the_same_photo_number_for_another_photo_keeps_both(world, ana) -> None:
    first = taken(world, world.ana, photo())
    upload(ana, photo())
    send(ana, first)
    other = photo(with_position=False)
    upload(ana, other)
    answer = send(ana, taken(world, world.ana, other, photo=first["content"]["photo"], content={"caption": "Another"}))
    assert (answer.status_code, answer.json["state"], answer.json["files"]) == (409, "different", [hash_of(other)])
    assert db.session.scalars(select(KeptWords.content)).one()["reason"] == "Another"
    assert count(Evidence) == 1


def test_a_photo_waits_for_its_note(world, ana) -> None:
    upload(ana, photo())
    written = note(world, world.ana)
    entry = taken(world, world.ana, photo(), content={"note": written["content"]["note"]})
    answer = send(ana, entry)
    assert (answer.status_code, answer.json["after"]) == (422, [written["content"]["note"]])
    send(ana, written)
    assert send(ana, entry).json["state"] == "safe"


def test_a_photo_is_taken_back_once_and_after_it_arrived(world, ana) -> None:
    upload(ana, photo())
    entry = taken(world, world.ana, photo())
    back = entry_of(world, "evidence_withdrawn", world.ana, {"evidence": entry["content"]["photo"]})
    assert send(ana, back).json["after"] == [entry["content"]["photo"]]
    send(ana, entry)
    assert send(ana, back).json["state"] == "safe"
    assert send(ana, back | {"id": str(new_id())}).json["state"] == "older"
    assert db.session.scalars(select(Evidence.withdrawn_at)).one() is not None


def test_a_spoken_note_makes_its_note(world, ana) -> None:
    data = webm()
    upload(ana, data)
    entry = heard(world, world.ana, data, spoken="heard", note=str(new_id()), caption="")
    answer = send(ana, entry)
    assert (answer.status_code, answer.json["state"], answer.json["files"]) == (200, "safe", [hash_of(data)])
    assert [str(one) for one in db.session.scalars(select(Observation.id))] == [entry["content"]["note"]]


def test_a_tablet_that_sends_much_in_a_row_is_not_choked(world, ana) -> None:
    for number in range(20):
        data = photo() + bytes([number])
        upload(ana, data)
        assert send(ana, taken(world, world.ana, data, sequence=number)).json["state"] == "safe"
    for number in range(60):
        assert send(ana, note(world, world.ana, f"Note {number}", sequence=100 + number)).json["state"] == "safe"
    assert (count(Evidence), count(Observation)) == (20, 60)


SECRET = "A child is alone in the cellar"


def test_a_concern_leaves_no_words_with_the_entries(world, ana, caplog) -> None:
    entry = entry_of(world, "concern", world.ana, {"concern": str(new_id()), "what": SECRET, "now": True})
    answers = [send(ana, entry) for _ in range(2)]
    assert [one.json["state"] for one in answers] == ["safe", "safe"]
    assert answers[0].json["digest"] == answers[0].digest
    row = db.session.scalars(select(ReceivedEntry)).one()
    assert (row.body, SECRET in str(row.receipt)) == (None, False)
    other = entry | {"content": {**entry["content"], "what": "Another " + SECRET}}
    assert send(ana, other).json["state"] == "different"
    assert send(ana, entry_of(world, "concern", world.ana, {"concern": str(new_id()), "what": ""})).status_code == 422
    assert SECRET not in caplog.text
    db.session.commit()
    for table in db.metadata.sorted_tables:
        if table.name != "concern":
            assert SECRET not in str(db.session.execute(select(table)).all()), table.name


def test_a_hazard_arrives_once_even_from_somebody_who_left(world, ana) -> None:
    world.inspection.members[0].state = "released"
    move_to(world, "moderation")
    entry = entry_of(
        world, "hazard", world.ana, {"hazard": str(new_id()), "what": "Ice", "where": "Stairs", "visit": None}
    )
    assert [send(ana, entry).json["state"] for _ in range(2)] == ["safe", "safe"]
    table = db.metadata.tables["hazard"]
    assert db.session.scalar(select(func.count()).select_from(table)) == 1
