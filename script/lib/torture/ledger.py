"""What the screen called safe, and whether it is at the office exactly once: asked of the database itself."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from script.lib.torture.counts import Counts
from script.lib.torture.photos import read_fingerprint


class Answer(NamedTuple):
    """One answer to one question; ``why`` is different each time, so that it is known again."""

    question: str
    value: str
    why: str


class Photo(NamedTuple):
    """One photo; its caption is different each time. ``digest`` is the hash of what the tablet keeps, if known."""

    caption: str
    fingerprint: int
    digest: str | None


@dataclass
class Ledger:
    """What was promised: written down by whoever reads the screen, at the moment of reading."""

    answers: list[Answer] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)

    @property
    def hashed(self) -> int:
        """How many photos are compared by the hash of what the tablet kept, and not by what they show alone."""
        return sum(photo.digest is not None for photo in self.photos)

    def compare(self, folder: Path) -> Counts:
        """Compare with the data of an office that nobody writes to now."""
        with sqlite3.connect(f"file:{folder / 'inspect.db'}?mode=ro", uri=True) as database:
            stored = stored_answers(database)
            shots = stored_photos(database)
        lost = [f"{one} is not at the office; near it: {near(one, stored)}" for one in self.answers if not stored[one]]
        double = [f"{one} is there {times} times" for one, times in stored.items() if one.why and times > 1]
        wrong: list[str] = []
        for photo in self.photos:
            found = shots.get(photo.caption, [])
            if not found:
                lost.append(f"the photo {photo.caption} is not at the office")
            wrong += [f"the photo {photo.caption} is another one" for one in found if not one.shows(photo, folder)]
        double += [f"the photo {caption} is there {len(found)} times" for caption, found in shots.items() if found[1:]]
        return Counts(
            lost=len(lost) + len(wrong),
            double=len(double),
            entries=len(self.answers),
            photos=len(self.photos),
            faults=tuple(lost + double + wrong),
        )


class Shot(NamedTuple):
    """A photo at the office: the hash of what came, and of what was kept."""

    received: str
    kept: str

    def shows(self, photo: Photo, folder: Path) -> bool:
        """Say whether this is the photo that was taken: what came is what the tablet kept, and shows the same."""
        if photo.digest and photo.digest != self.received:
            return False
        data = (folder / "files" / self.kept[:2] / self.kept).read_bytes()
        return read_fingerprint(data) == photo.fingerprint


def near(one: Answer, stored: Counter[Answer]) -> list[Answer]:
    """Return what is at the office in place of an answer: its words beside others, or the last of its question."""
    words = [other for other in stored if one.why in other.why]
    return words or [other for other in stored if other.question == one.question][-3:]


def stored_answers(database: sqlite3.Connection) -> Counter[Answer]:
    """Return how often each answer is among the revisions of ratings."""
    found: Counter[Answer] = Counter()
    query = "SELECT rating.criterion_key, revision.content FROM revision JOIN rating ON rating.id = revision.subject_id"
    for question, content in database.execute(query):
        said = json.loads(content)
        found[Answer(question, said.get("value") or "", said.get("reason") or "")] += 1
    return found


def stored_photos(database: sqlite3.Connection) -> dict[str, list[Shot]]:
    """Return the photos at the office by their caption."""
    found: dict[str, list[Shot]] = {}
    query = (
        "SELECT evidence.caption, stored_file.sha256_received, stored_file.sha256_stored "
        "FROM evidence JOIN stored_file ON stored_file.id = evidence.file_id"
    )
    for caption, received, kept in database.execute(query):
        found.setdefault(caption, []).append(Shot(received, kept))
    return found
