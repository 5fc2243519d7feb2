"""Rules of the tablet, as plain values: what an entry is made of, and what the office can say to it."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from inspect_app.core.errors import Refused
from inspect_app.core.words import _, lazy

LARGEST_ENTRY = 256 * 1024
"""Bytes of one entry: the longest text that a page takes, every letter of it an emoji, and some more."""
LARGEST_SEQUENCE = 2_000_000_000
LONGEST_DEVICE = 60
DEEPEST = 6
"""Levels of lists and objects within each other; our own entries have three."""
UNREADABLE = lazy("The office cannot read this. Save a rescue file and give it to your coordinator.")
UNSEEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {127: None}
SURROGATES = re.compile("[\ud800-\udfff]")


class Kind(StrEnum):
    """What an entry can be about."""

    RATING = "rating"
    NOTE = "note"
    NOTE_WITHDRAWN = "note_withdrawn"
    PHOTO = "photo"
    SOUND = "sound"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn"
    SEAL = "seal"
    SEAL_OPENED = "seal_opened"
    CONCERN = "concern"
    HAZARD = "hazard"


class State(StrEnum):
    """What became of an entry; the first five mean that the office has stored it."""

    SAFE = "safe"
    OLDER = "older"
    TWO = "two"
    KEPT = "kept"
    DIFFERENT = "different"
    WRONG = "wrong"
    REFUSED = "refused"
    NEEDS_FILE = "needs_file"
    LATER = "later"
    OTHER = "other"


STORED = frozenset({State.SAFE, State.OLDER, State.TWO, State.KEPT, State.DIFFERENT})
STATUS = {
    State.DIFFERENT: 409,
    State.WRONG: 422,
    State.REFUSED: 403,
    State.NEEDS_FILE: 409,
    State.LATER: 503,
    State.OTHER: 409,
}
"""The HTTP status of an answer, where it is not 200."""


@dataclass(frozen=True)
class Entry:
    """One entry as it was read; ``text`` is what the tablet made, ``digest`` its SHA-256 in hexadecimal."""

    id: uuid.UUID
    kind: Kind
    inspection: str
    person: uuid.UUID
    author: uuid.UUID
    device: str
    sequence: int
    captured_at: datetime
    based_on: uuid.UUID | None
    form: uuid.UUID | None
    content: Mapping[str, Any]
    text: str
    digest: str

    @property
    def is_typed(self) -> bool:
        """Whether somebody typed this for somebody else."""
        return self.person != self.author

    def words(self, name: str) -> str:
        """Return a text of the content; "" when it is left out. Raises Refused (422) for anything but a text."""
        value = self.content.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Refused(UNREADABLE, 422)
        return value

    def maybe_words(self, name: str) -> str | None:
        """Return a text of the content, or None when it is empty or left out."""
        return self.words(name) or None

    def maybe_id(self, name: str) -> uuid.UUID | None:
        """Return an identifier of the content, or None when there is none. Raises Refused (422) when it is wrong."""
        return maybe_id(self.content.get(name))

    def needed_id(self, name: str) -> uuid.UUID:
        """Return an identifier of the content; raise Refused (422) when it is wrong or left out."""
        return needed_id(self.content.get(name))

    def flag(self, name: str) -> bool:
        """Return a yes or no of the content; no when it is left out."""
        return self.content.get(name) is True


def digest_of(text: str) -> str:
    """Return the hash by which a receipt names an entry's text: SHA-256 over its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_entry(body: bytes) -> Entry:
    """Read one entry from what arrived; raise Refused (413 too large, 422 nothing that an office can read)."""
    if len(body) > LARGEST_ENTRY:
        raise Refused(_("This is too long to be sent. Make it shorter, or save a rescue file."), 413)
    try:
        text = body.decode()
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Refused(UNREADABLE, 422) from fault
    if not isinstance(found, dict) or not isinstance(found.get("content"), dict):
        raise Refused(UNREADABLE, 422)
    plain = _clean(found, DEEPEST)
    return Entry(
        id=needed_id(plain.get("id")),
        kind=_kind(plain.get("kind")),
        inspection=_text(plain.get("inspection"), 30),
        person=needed_id(plain.get("person")),
        author=needed_id(plain.get("author")),
        device=_text(plain.get("device"), LONGEST_DEVICE),
        sequence=_sequence(plain.get("sequence")),
        captured_at=_moment(plain.get("captured_at")),
        based_on=maybe_id(plain.get("based_on")),
        form=maybe_id(plain.get("form")),
        content=plain["content"],
        text=text,
        digest=digest_of(text),
    )


def maybe_id(value: Any) -> uuid.UUID | None:
    """Return an identifier, or None for none; raise Refused (422) for what is no identifier."""
    return None if value in (None, "") else needed_id(value)


def needed_id(value: Any) -> uuid.UUID:
    """Return an identifier; raise Refused (422) when it is none."""
    try:
        return uuid.UUID(value)
    except (ValueError, TypeError, AttributeError) as fault:
        raise Refused(UNREADABLE, 422) from fault


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _clean(value: Any, levels: int) -> Any:
    """Return what was read without signs that nobody can see or write, as forms are read; half an emoji is one sign."""
    if isinstance(value, str):
        return SURROGATES.sub("\ufffd", value.translate(UNSEEN))
    if isinstance(value, dict | list) and levels == 0:
        raise Refused(UNREADABLE, 422)
    if isinstance(value, dict):
        return {_clean(name, 0): _clean(one, levels - 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_clean(one, levels - 1) for one in value]
    return value


def _kind(value: Any) -> Kind:
    if not isinstance(value, str) or value not in set(Kind):
        raise Refused(UNREADABLE, 422)
    return Kind(value)


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise Refused(UNREADABLE, 422)
    return value


def _sequence(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_SEQUENCE:
        raise Refused(UNREADABLE, 422)
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise Refused(UNREADABLE, 422)
        return moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as fault:
        raise Refused(UNREADABLE, 422) from fault
