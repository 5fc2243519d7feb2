"""Rescue files: the same result as sending, whatever is wrong with the file; whoever loads one reads nothing."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from sqlalchemy import func, select

from inspect_app import check
from inspect_app.core import jobs
from inspect_app.core.database import db
from inspect_app.core.jobs import Job
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork.models import Evidence, Observation
from inspect_app.tablet import office_keys, operations_rescue
from inspect_app.tablet.models import ReceivedEntry
from tests.fieldwork.conftest import photo
from tests.tablet.conftest import entry_of, note, rating, send, text_of
from tests.tablet.rescuing import Tablet
from tests.tablet.test_evidence import taken
from tests.tablet.uploading import hash_of

ZERO = {"safe": 0, "again": 0, "kept": 0, "waiting": 0, "damaged": 0, "files": 0, "is_whole": True}


@pytest.fixture
def helen(world, as_person):
    return as_person(world.helen)


@pytest.fixture
def tablet(world, as_person) -> Tablet:
    return Tablet(as_person(world.ana))


def load(helen, content: bytes) -> Job:
    """Load a file as the coordinator does, and let the worker do its part."""
    answer = helen.post("/tablet/rescue", data={"file": (BytesIO(content), "rescue")})
    assert answer.status_code == 303
    while jobs.work_once():
        pass
    db.session.expire_all()
    mine = select(Job).where(Job.kind == operations_rescue.LOAD).order_by(Job.created_at.desc())
    job = db.session.scalars(mine).first()
    assert job.state in ("done", "failed"), job.error
    return job


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def many(world) -> list[str]:
    """Everything that somebody did on a visit, in an order in which nothing fits at once."""
    written = note(world, world.ana, sequence=2)
    data = photo()
    back = entry_of(world, "note_withdrawn", world.ana, {"note": written["content"]["note"], "reason": "No."})
    shown = taken(world, world.ana, data, content={"note": written["content"]["note"]})
    return [text_of(one) for one in (back, shown, rating(world, world.ana), written)]


def test_a_file_has_the_same_result_as_sending(world, helen, tablet) -> None:
    content = tablet.file(many(world), [photo()])
    assert load(helen, content).result == ZERO | {"safe": 4, "files": 1}
    assert (count(Observation), count(Evidence), count(ReceivedEntry)) == (1, 1, 4)
    assert db.session.scalars(select(Evidence)).one().file.sha256_received == hash_of(photo())
    assert load(helen, content).result == ZERO | {"again": 4}
    assert (count(Observation), count(Evidence), count(ReceivedEntry)) == (1, 1, 4)
    page = helen.get("/tablet/rescue")
    assert "4 entries are safe" in page.text
    assert "A door is locked." not in page.text
    assert list(operations_rescue.folder().iterdir()) == []


def test_only_somebody_who_is_signed_in_can_send_more_than_a_page_does(app, client, helen, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    sent = {"file": (BytesIO(bytes(5000)), "rescue")}
    assert client.post("/tablet/rescue", data=sent).status_code == 413
    assert helen.post("/tablet/rescue", data={"file": (BytesIO(bytes(5000)), "rescue")}).status_code == 303


def test_what_was_sent_already_is_once(world, helen, tablet, as_person) -> None:
    entry = rating(world, world.ana)
    send(as_person(world.ana), entry)
    assert load(helen, tablet.file([text_of(entry)])).result == ZERO | {"again": 1}
    assert count(Revision) == 1


def test_a_large_photo_comes_in_parts(world, helen, tablet) -> None:
    data = photo() + bytes(3 * 1024 * 1024 + 7)
    result = load(helen, tablet.file([text_of(taken(world, world.ana, data))], [data])).result
    assert result == ZERO | {"safe": 1, "files": 1}


def test_what_is_good_in_a_damaged_file_is_loaded(world, helen, tablet) -> None:
    entries = [text_of(note(world, world.ana, f"Note {number}", sequence=number)) for number in range(3)]
    content = bytearray(tablet.file(entries))
    content[content.index(b"\n", 30) + 60] ^= 1  # inside the first piece
    assert load(helen, bytes(content)).result == ZERO | {"safe": 2, "damaged": 1}
    cut = tablet.file(entries)
    assert load(helen, cut[: len(cut) - 200]).result["is_whole"] is False
    assert count(Observation) >= 2
    assert "Save it again on the tablet" in helen.get("/tablet/rescue").text


def test_a_photo_with_a_part_missing_is_left_out_and_its_entry_waits(world, helen, tablet) -> None:
    result = load(
        helen, tablet.file([text_of(taken(world, world.ana, photo())), text_of(note(world, world.ana))])
    ).result
    assert result == ZERO | {"safe": 1, "waiting": 1}


@pytest.mark.parametrize("wrong", ["empty", "text", "other office", "no key", "broken head", "no proof", "cut head"])
def test_a_file_that_cannot_be_loaded_says_why(world, helen, tablet, wrong) -> None:
    entry = text_of(note(world, world.ana))
    content = {
        "empty": b"\n",
        "text": b"Dear office, this is no rescue file.",
        "other office": tablet.file([entry], kid="0" * 16),
        "no key": tablet.file([entry], key="AAAA"),
        "broken head": b"inspect-together-rescue 1\n[1]\n",
        "no proof": tablet.file([entry], proof={"iv": "AAAAAAAAAAAAAAAA", "body": "AAAA"}),
        "cut head": tablet.file([entry])[:300],
    }[wrong]
    job = load(helen, content)
    assert job.state == "failed"
    assert "othing was loaded" in job.sentence or "no rescue file" in job.sentence
    assert count(ReceivedEntry) == 0
    assert job.sentence in helen.get("/tablet/rescue").text.replace("&#39;", "'")


def test_nobody_writes_in_somebody_elses_name(world, helen, tablet) -> None:
    """The office's lock is public: whoever makes a file for another must know the key of that person's tablet."""
    forged = tablet.file([text_of(rating(world, world.bilal))], person=str(world.bilal.id))
    assert load(helen, forged).state == "failed"
    mixed = tablet.file([text_of(rating(world, world.bilal))])
    assert load(helen, mixed).result == ZERO | {"waiting": 1}
    assert count(Revision) == 0


def test_hostile_pieces_break_nothing(world, helen, tablet) -> None:
    hostile = ["", "{}", "[" * 5000, json.dumps({"content": {}}), text_of(note(world, world.ana))]
    assert load(helen, tablet.file(hostile)).result == ZERO | {"safe": 1, "damaged": 4}
    strange = tablet.file([], [])[:-4] + b"\xff\xff\xff\xff" * 10
    assert load(helen, strange).result["is_whole"] is False


def test_a_new_lock_opens_old_files_too(app, world, helen, tablet) -> None:
    content = tablet.file([text_of(note(world, world.ana))])
    said = app.test_cli_runner().invoke(args=["new-office-key"])
    assert said.exit_code == 0
    assert helen.get("/tablet/office-key").json["kid"] != tablet.jwk["kid"]
    assert load(helen, content).result == ZERO | {"safe": 1}


def test_only_coordinators_load_files_and_everybody_gets_the_lock(world, helen, as_person, client) -> None:
    for person in (world.ana, world.leanne, world.oscar):
        assert as_person(person).get("/tablet/rescue").status_code == 403
        assert as_person(person).post("/tablet/rescue").status_code == 403
        assert as_person(person).get("/tablet/office-key").json["alg"] == "RSA-OAEP-256"
    assert client.get("/tablet/office-key").status_code == 401
    assert helen.post("/tablet/rescue", data={}).status_code == 422


def test_check_knows_keys_and_entries(app, world, helen, as_person) -> None:
    helen.get("/tablet/office-key")
    send(as_person(world.ana), note(world, world.ana))
    assert not [one for one in check.faults() if "key" in one or "entry" in one]
    path = office_keys.paths()[-1]
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    db.session.scalars(select(ReceivedEntry)).one().body = "other"
    found = " ".join(check.faults())
    path.chmod(0o600)
    assert "Others can read the office’s key" in found
    assert "is not what a tablet sent" in found
