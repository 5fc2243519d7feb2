"""The ledger is worth something only if it notices what is missing, what is there twice, and what is not as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from script.lib.torture import beside, photos
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Answer, Ledger, Photo

TABLES = """
CREATE TABLE rating (id TEXT, criterion_key TEXT);
CREATE TABLE revision (subject_id TEXT, content TEXT);
CREATE TABLE stored_file (id TEXT, sha256_received TEXT, sha256_stored TEXT);
CREATE TABLE evidence (file_id TEXT, caption TEXT);
"""
SMALL = (64, 64)


class Office:
    """As much of an office as the ledger looks at: holds what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = sqlite3.connect(folder / "inspect.db", isolation_level=None)
        self.database.executescript(TABLES)
        self.database.execute("INSERT INTO rating VALUES (?, ?)", ("rating", "stairs"))

    def answer(self, value: str | None, why: str | None) -> None:
        """Store a revision of the only question that there is."""
        content = json.dumps({"value": value, "reason": why})
        self.database.execute("INSERT INTO revision VALUES (?, ?)", ("rating", content))

    def photo(self, number: int, *, shows: int | None = None, received: str = "") -> None:
        """Store the photo with a number, or under its caption what another one ``shows``."""
        caption, data = taken(number).caption, photos.make(number if shows is None else shows, SMALL)
        kept = sha256(data).hexdigest()
        path = self.folder / "files" / kept[:2] / kept
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.database.execute("INSERT INTO stored_file VALUES (?, ?, ?)", (kept, received or f"hash {number}", kept))
        self.database.execute("INSERT INTO evidence VALUES (?, ?)", (kept, caption))


def taken(number: int) -> Photo:
    """Return what the ledger knows of a photo; the hash stands for that of what the tablet kept."""
    return Photo(f"Photo {number}.", photos.fingerprint_of(number), f"hash {number}")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.database.close()


ICE = Answer("stairs", "poor", "There is ice.")


def test_all_that_was_called_safe_and_is_there_once_is_good(office: Office) -> None:
    office.answer("poor", None)  # on the way to the words: said, and called safe by nobody
    office.answer("poor", "There is ice.")
    office.photo(1)
    office.photo(2)
    found = Ledger([ICE], [taken(1), taken(2)._replace(digest=None)]).compare(office.folder)
    assert found == Counts(entries=1, photos=2)


@pytest.mark.parametrize(
    "stored", [None, ("weak", "There is ice."), ("poor", "There is no ice."), (None, "There is ice."), ("poor", None)]
)
def test_an_answer_that_is_missing_or_another_one_is_lost(
    office: Office, stored: tuple[str | None, str | None] | None
) -> None:
    if stored:
        office.answer(*stored)
    found = Ledger([ICE]).compare(office.folder)
    assert (found.lost, found.double, found.entries) == (1, 0, 1)
    assert "There is ice." in found.faults[0]


def test_an_answer_to_another_question_is_lost(office: Office) -> None:
    office.answer("poor", "There is ice.")
    assert Ledger([ICE._replace(question="door")]).compare(office.folder).lost == 1


def test_an_answer_that_is_there_twice_is_double(office: Office) -> None:
    for _ in range(2):
        office.answer("poor", "There is ice.")
    found = Ledger([ICE]).compare(office.folder)
    assert (found.lost, found.double) == (0, 1)


def test_a_photo_that_is_missing_or_shows_something_else_or_came_with_other_bytes_is_lost(office: Office) -> None:
    office.photo(2, shows=5)
    office.photo(3, received="hash of other bytes")
    found = Ledger(photos=[taken(1), taken(2), taken(3)]).compare(office.folder)
    assert (found.lost, found.double, found.photos) == (3, 0, 3)
    assert [fault.partition(".")[0] for fault in found.faults] == [f"the photo Photo {number}" for number in (1, 2, 3)]


def test_a_photo_that_is_there_twice_is_double(office: Office) -> None:
    office.photo(1)
    office.photo(1)
    found = Ledger(photos=[taken(1)]).compare(office.folder)
    assert (found.lost, found.double) == (0, 1)


def test_the_rounds_are_shared_out_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert beside.shares(101) == [51, 50]
    assert beside.shares(1) == [1]
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert beside.shares(200) == [200]
