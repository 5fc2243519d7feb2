"""What no tablet sends: an answer in JSON, nothing broken, nothing stored that cannot be read."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.tablet.models import ReceivedEntry
from tests.tablet.conftest import entry_of, note, rating, text_of

DEEP = '{"content": ' * 50_000
BROKEN = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b'{"content": {}}',
    b'{"id": NaN, "content": {}}',
    b'{"id": ' + b"9" * 5000 + b', "content": {}}',
    b'{"a": "\x00", "content": {}}',
    DEEP[:200_000].encode(),
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_entry_is_wrong(world, as_person, body) -> None:
    answer = as_person(world.ana).post("/outbox", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["state"]) == (422, "wrong")


WRONG = {
    "id": [None, 7, "x", "", [], "0" * 400],
    "kind": [None, "hack", [], {}],
    "inspection": [None, 7, "", "x" * 31, "\0"],
    "person": [None, "x"],
    "author": [None, "x", 7],
    "device": [None, "", "x" * 61, 7],
    "sequence": [None, -1, 1.5, "1", True, 10**30],
    "captured_at": [None, 7, "", "yesterday", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"],
    "based_on": ["x", 7],
    "form": ["x", []],
    "content": [None, [], "x"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_part_of_the_wrong_kind_is_wrong(world, sends, name, value) -> None:
    answer = sends(world.ana, rating(world, world.ana) | {name: value})
    assert answer.status_code in (403, 422)
    assert answer.json["state"] in ("wrong", "refused")
    assert db.session.scalar(select(func.count()).select_from(ReceivedEntry)) == 0


@pytest.mark.parametrize("kind", ["rating", "note", "note_withdrawn", "photo", "sound", "evidence_withdrawn", "seal",
                                  "seal_opened", "concern", "hazard"])  # fmt: skip
@pytest.mark.parametrize("value", [7, [], {}, ["x"], {"a": {}}, True, "x", "\0"])
def test_content_of_the_wrong_kind_breaks_nothing(world, sends, kind, value) -> None:
    names = ("question", "value", "reason", "note", "kind", "text", "amount", "visit", "photo", "sound", "file",
             "caption", "evidence", "revisions", "concern", "hazard", "what", "where", "who", "seconds")  # fmt: skip
    answer = sends(world.ana, entry_of(world, kind, world.ana, dict.fromkeys(names, value)))
    assert answer.status_code < 500
    assert answer.json["state"]
    assert sends(world.ana, entry_of(world, kind, world.ana, {})).status_code < 500


def test_signs_that_nobody_can_write_are_left_out_and_the_text_stays_as_it_was(world, sends) -> None:
    text = json.dumps(note(world, world.ana, "a\x00b\ud83dc\u202e <script>"))
    answer = sends(world.ana, text)
    assert (answer.json["state"], answer.json["digest"]) == ("safe", answer.digest)
    assert db.session.scalars(select(Revision.content)).one()["text"] == "ab\ufffdc\u202e <script>"


def test_ten_megabytes_are_too_long(world, sends) -> None:
    entry = note(world, world.ana, "x" * 10_000_000)
    answer = sends(world.ana, entry)
    assert (answer.status_code, answer.json["state"]) == (413, "wrong")


def test_only_json_is_read(world, as_person) -> None:
    ana, text = as_person(world.ana), text_of(rating(world, world.ana))
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = ana.post("/outbox", data=text.encode(), content_type=kind)
        assert (answer.status_code, answer.is_json) == (422, True), kind
    assert ana.get("/outbox").json["state"] == "failed"
    assert ana.get("/uploads/nothing").is_json


def test_a_note_of_somebody_else_is_not_reached(world, sends) -> None:
    written = note(world, world.bilal)
    sends(world.bilal, written)
    name = written["content"]["note"]
    for entry in (note(world, world.ana, "Mine now.", note=name),
                  entry_of(world, "note_withdrawn", world.ana, {"note": name, "reason": "x"})):  # fmt: skip
        assert sends(world.ana, entry).json["state"] == "refused"
