"""Rules of concerns and hazards, as plain values: what can be said, who reads it, and by when somebody must act."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from inspect_app.core.words import _, lazy, mark, number


class State(StrEnum):
    """How a concern or a hazard stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


STATE_NAMES = {
    State.NEW: mark("New"),
    State.ACKNOWLEDGED: mark("Somebody looks after it"),
    State.CLOSED: mark("Closed"),
}
"""As they are marked: whoever shows one says it."""
WHERE_IS_IT = lazy("Write where it is, so that somebody can find it.")

LONGEST_WHAT = 20_000
LONGEST_LINE = 500
"""In letters; enough for a whole account, and for names, places or a sentence on how it ended."""
LONGEST_NOTE = 20_000
LATEST_HURRY = timedelta(minutes=5)
"""How far ahead of the office's clock a tablet's clock may be before its time is not believed."""
MOST_REMINDERS = 12
"""How often lead and deputy are asked again before only the page asks."""

EMERGENCY = {"GB": "999", "IE": "999", "US": "911", "CA": "911", "AU": "000", "NZ": "111"}
"""Whom to ring in an emergency, by country; 112 works in all of Europe and from most mobile telephones."""


@dataclass(frozen=True)
class Times:
    """How long may pass: hours until a concern or a hazard must be acknowledged, days until words are forgotten."""

    concern_hours: int = 4
    urgent_hours: int = 1
    hazard_hours: int = 2
    keep_days: int = 365

    def acknowledge_by(self, received: datetime, *, now: bool) -> datetime:
        """Return when the deputy is asked; sooner when somebody may be harmed right now."""
        return received + timedelta(hours=self.urgent_hours if now else self.concern_hours)


HOURS = range(1, 73)
DAYS = range(30, 3651)


@dataclass(frozen=True)
class Told:
    """What somebody says in a concern."""

    what: str
    who: str | None = None
    where: str | None = None
    now: bool = False
    about_lead: bool = False

    def as_facts(self) -> dict[str, object]:
        """Return it as plain values, for its digest."""
        return {"what": self.what, "who": self.who, "where": self.where, "now": self.now, "about_lead": self.about_lead}


def wrong_concern(told: Told) -> str | None:
    """Return a sentence when a concern cannot be sent so, otherwise None. Few words are enough."""
    if not told.what:
        return _("Write what you saw or heard. A few words are enough.")
    return _too_long(told.what, told.who, told.where)


def wrong_hazard(what: str, where: str | None) -> str | None:
    """Return a sentence when a hazard cannot be sent so, otherwise None."""
    if not what:
        return _("Write what is dangerous. A few words are enough.")
    if not where:
        return str(WHERE_IS_IT)
    return _too_long(what, None, where)


def _too_long(what: str, who: str | None, where: str | None) -> str | None:
    if len(what) > LONGEST_WHAT:
        return _("Use at most %(most)s letters. Send the rest as a second one.", most=number(LONGEST_WHAT))
    if max(len(who or ""), len(where or "")) > LONGEST_LINE:
        return _("Use at most %(most)s letters for who and where. There is more room above.", most=LONGEST_LINE)
    return None


def wrong_words(words: str, question: str) -> str | None:
    """Return a sentence when a note or an outcome cannot be kept: ``question`` when nothing was written."""
    if not words:
        return question
    return _("Use at most %(most)s letters.", most=number(LONGEST_NOTE)) if len(words) > LONGEST_NOTE else None


def clean(words: str | None) -> str:
    """Return words as they are kept: without signs that nobody can write, and without spaces around them."""
    readable = (words or "").replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    return "".join(sign for sign in readable if sign in "\t\n\r" or (sign >= " " and sign != "\x7f")).strip()


def moment_of(captured: datetime | None, received: datetime) -> datetime:
    """Return when something was captured: what the tablet says, as long as its clock can be believed."""
    if captured is None or captured.tzinfo is None:
        return received
    is_believed = timedelta(days=-400) < captured - received < LATEST_HURRY
    return captured if is_believed else received


def digest(facts: Mapping[str, object], salt: str) -> str:
    """Return the salted SHA-256 of what was said; it stays when the words and the salt are gone."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Reader:
    """Somebody who may look after concerns: who they are, as what, and whether anybody is lead at all."""

    id: uuid.UUID
    is_lead: bool
    is_deputy: bool
    some_lead: bool = True


def reads(reader: Reader, kept_from: Collection[str], deputy_since: datetime | None) -> bool:
    """Say whether somebody may read a concern: the one rule of who does.

    The lead, unless the concern is kept from them because they are involved. The deputy once it was handed on to
    them, or when the programme has no lead.
    """
    if str(reader.id) in kept_from:
        return False
    if reader.is_lead:
        return True
    return reader.is_deputy and (deputy_since is not None or not reader.some_lead)
