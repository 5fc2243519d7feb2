"""Uploads go on where they stopped, belong to one person, and arrive whole or not at all."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inspect_app.core import jobs
from inspect_app.core.database import db
from inspect_app.core.time import at, now
from inspect_app.tablet import operations_uploads as uploads
from inspect_app.tablet.models import Upload
from tests.tablet.uploading import TUS, add, begin, metadata, reached, upload
from tests.together import at_once, browser

DATA = bytes(range(256)) * 40


def row() -> Upload:
    db.session.expire_all()
    return db.session.scalars(select(Upload)).one()


@pytest.fixture
def ana(world, as_person):
    return as_person(world.ana)


def test_a_file_arrives_in_pieces_and_goes_on_where_it_stopped(ana) -> None:
    place = begin(ana, DATA, name="Zoë 🧂 / door.jpg").location
    assert reached(ana, place) == 0
    answer = add(ana, place, 0, DATA[:4000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "4000")
    assert reached(ana, place) == 4000
    assert row().done_at is None
    assert add(ana, place, 4000, DATA[4000:]).status_code == 204
    assert (row().done_at is not None, row().offset) == (True, len(DATA))
    assert uploads.path_of(row()).read_bytes() == DATA


def test_what_arrived_before_the_network_broke_counts(ana, app) -> None:
    place = begin(ana, DATA).location
    answer = add(ana, place, 0, b"", input_stream=io.BytesIO(DATA[:1000]), content_length=len(DATA))
    assert answer.headers["Upload-Offset"] == "1000"
    with uploads.path_of(row()).open("ab") as file:  # written, and the power went before the table knew
        file.write(b"half a piece")
    assert reached(ana, place) == 1000
    assert add(ana, place, 1000, DATA[1000:]).status_code == 204
    assert uploads.path_of(row()).read_bytes() == DATA


def test_a_piece_for_another_place_is_refused(ana) -> None:
    place = begin(ana, DATA).location
    add(ana, place, 0, DATA[:100])
    for offset in (0, 50, 101, len(DATA)):
        assert add(ana, place, offset, DATA[offset : offset + 50]).status_code == 409
    assert add(ana, place, 100, DATA).status_code == 413
    assert reached(ana, place) == 100


def test_what_was_damaged_on_its_way_begins_anew(ana) -> None:
    place = begin(ana, DATA).location
    path = uploads.path_of(row())
    answer = add(ana, place, 0, bytes(len(DATA)))
    assert (answer.status_code, answer.json["state"]) == (460, "failed")
    assert ana.head(place, headers=TUS).status_code == 404
    assert not path.exists()


def test_only_its_owner_reaches_an_upload(world, ana, as_person, client) -> None:
    place = begin(ana, DATA).location
    for other in (as_person(world.bilal), as_person(world.helen)):
        assert other.head(place, headers=TUS).status_code == 404
        assert add(other, place, 0, DATA).status_code == 404
        assert other.delete(place, headers=TUS).status_code == 404
    for answer in (client.head(place, headers=TUS), add(client, place, 0, DATA), begin(client, DATA)):
        assert answer.status_code == 401
    for person in (world.leanne, world.oscar, world.stranger):
        assert begin(as_person(person), DATA).status_code == 403
    for person in (world.sam, world.helen, world.olive):
        assert begin(as_person(person), DATA).status_code == 201
    assert reached(ana, place) == 0


def test_whoever_left_the_team_can_still_send_what_they_have(world, ana) -> None:
    world.inspection.members[0].state = "released"
    assert begin(ana, DATA).status_code == 201


def test_an_upload_is_thrown_away_by_its_owner(ana) -> None:
    place = begin(ana, DATA).location
    path = uploads.path_of(row())
    assert ana.delete(place, headers=TUS).status_code == 204
    assert (ana.head(place, headers=TUS).status_code, path.exists()) == (404, False)
    assert add(ana, place, 0, DATA).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Length": "-1"}, 422),
        ({"Upload-Length": "9" * 16}, 422),
        ({"Upload-Length": "²"}, 422),
        ({"Upload-Length": str(25 * 1024 * 1024 + 1)}, 413),
        ({"Upload-Metadata": ""}, 422),
        ({"Upload-Metadata": "sha256 %%%"}, 422),
        ({"Upload-Metadata": "sha256 /w=="}, 422),
        ({"Upload-Metadata": metadata(sha256="../../etc", inspection="NC-1")}, 422),
        ({"Upload-Metadata": metadata(sha256="a" * 64, inspection="NO-1")}, 404),
        ({"Upload-Metadata": metadata(sha256="a" * 64, inspection="\0")}, 404),
    ],
)
def test_what_no_tablet_asks_for_is_refused_in_json(ana, headers, status) -> None:
    answer = begin(ana, DATA, **headers)
    assert (answer.status_code, answer.is_json) == (status, True)
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0


def test_what_is_no_piece_is_refused(ana) -> None:
    place = begin(ana, DATA).location
    answer = ana.patch(place, data={"a": "b"}, headers={**TUS, "Upload-Offset": "0"})
    assert answer.status_code == 415
    assert ana.patch(place, data=b"x", headers=TUS, content_type="application/offset+octet-stream").status_code == 422
    assert ana.get(place).status_code == 405
    assert ana.get(place).is_json
    said = ana.options("/uploads")
    assert (said.status_code, said.headers["Tus-Extension"]) == (204, "creation,termination")


def test_nobody_fills_the_disk(world, ana, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 2)
    assert [begin(ana, DATA).status_code for _ in range(3)] == [201, 201, 429]
    answer = begin(ana, DATA)
    assert answer.json["state"] == "busy"
    assert answer.headers["Retry-After"]


def test_a_full_disk_is_said_and_the_piece_can_come_again(ana, monkeypatch) -> None:
    place = begin(ana, DATA).location
    monkeypatch.setattr(uploads.os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left")))
    assert add(ana, place, 0, DATA).status_code == 503
    monkeypatch.undo()
    assert reached(ana, place) == 0
    assert add(ana, place, 0, DATA).status_code == 204


def test_two_who_send_the_same_piece_at_once_never_mix(app, world, ana) -> None:
    place = begin(ana, DATA).location
    first, second = browser(app, world.ana), browser(app, world.ana)
    started, go = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size=-1, /):
            started.set()
            go.wait(5)
            return super().read(size)

    def slow():
        return add(first, place, 0, b"", input_stream=Slow(DATA), content_length=len(DATA)).status_code

    def quick():
        started.wait(5)
        try:
            return add(second, place, 0, DATA).status_code
        finally:
            go.set()

    assert at_once(slow, quick) == [204, 423]
    assert uploads.path_of(row()).read_bytes() == DATA


def test_a_file_that_a_restored_backup_does_not_have_begins_anew(ana) -> None:
    place = begin(ana, DATA).location
    add(ana, place, 0, DATA[:100])
    uploads.path_of(row()).write_bytes(b"")
    assert add(ana, place, 100, DATA[100:]).status_code == 404
    other = begin(ana, DATA).location
    uploads.path_of(row()).unlink()
    assert add(ana, other, 0, DATA).status_code == 404


def test_what_nobody_goes_on_with_is_thrown_away(ana) -> None:
    begin(ana, DATA)
    upload(ana, DATA[:50])
    uploads.clean_up()
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 2
    with at(now() + timedelta(days=31)):
        assert jobs.run_due() > 0
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    assert list(uploads.folder().iterdir()) == []
