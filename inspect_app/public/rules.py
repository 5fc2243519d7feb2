"""What is public, as plain values: editions, names by consent, and the history that names no person."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspect_app.core.words import _, mark

NOBODY = mark("An inspector")
TEAM, SERVICE, PROGRAMME = mark("The team"), mark("The service"), mark("The programme")
FACTS_IN_PUBLIC = frozenset({"day", "number"})
"""What a public sentence may tell beside its actor's role: never an identifier, a name or a role in the team."""

SMALL = frozenset(
    {
        "visit.held",
        "charter.agreed",
        "answer.sent",
        "action.done",
        "update.posted",
        "fix.claimed",
        "verdict.given",
        "recommendation.settled",
    }
)
"""Kinds of entry of which there are many: they are told in the whole history, not among its milestones."""


@dataclass(frozen=True)
class EditionLine:
    """One edition that stands or stood; ``size`` in bytes, None while its PDF is being made."""

    id: uuid.UUID
    number: int
    published_at: datetime
    reason: str
    digest: str
    journal_head: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    file_id: uuid.UUID | None
    size: int | None


@dataclass(frozen=True)
class Published:
    """A published inspection: it exists only where an edition stands, newest first."""

    id: uuid.UUID
    reference: str
    stage: str
    halt_reason: str
    charter_id: uuid.UUID | None
    editions: tuple[EditionLine, ...]

    @property
    def edition(self) -> EditionLine:
        """Return the newest edition that stands."""
        return next(one for one in self.editions if one.withdrawn_at is None)

    def numbered(self, number: int) -> EditionLine | None:
        """Return the edition with a number, if it stands."""
        return next((one for one in self.editions if one.number == number and one.withdrawn_at is None), None)


@dataclass(frozen=True)
class Happening:
    """One line of the public history; a ``big`` one is about the inspection, the others about one part of it."""

    at: datetime
    text: str
    big: bool = True


def name_by_consent(name: str, consented: Collection[str]) -> str:
    """Return a printed name while its bearer still agrees to be named, else nobody's name."""
    return name if name in consented else _(NOBODY)


def actor_words(kind: str, actor: uuid.UUID | None, team: Collection[uuid.UUID]) -> str:
    """Return whose side did something, never who.

    ``team`` holds everybody who was ever on the team. Of the others only a service's lead can agree to the charter
    for a service; everything else that names its actor in public is done by the programme.
    """
    if actor in team:
        return TEAM
    return SERVICE if kind == "charter.agreed" and actor is not None else PROGRAMME


def told(sentence: str, actor: str, facts: Mapping[str, Any], day_words: Mapping[str, str]) -> str:
    """Return a journal kind's sentence with roles instead of names; ``day_words`` holds days as people say them."""
    known = {key: day_words.get(str(value), value) for key, value in facts.items() if key in FACTS_IN_PUBLIC}
    return sentence.format_map(_Words(known, actor=_(actor)))


class _Words(dict[str, Any]):
    """Facts for a sentence; whatever is not public is left out instead of failing."""

    def __missing__(self, key: str) -> str:
        return ""


def without_repeats(lines: Iterable[Happening], day_of: Mapping[datetime, date]) -> list[Happening]:
    """Return a history in which the same sentence stands once for each day (several people of one side did it)."""
    seen: set[tuple[date, str]] = set()
    kept = []
    for line in lines:
        mark = (day_of[line.at], line.text)
        if mark not in seen:
            seen.add(mark)
            kept.append(line)
    return kept
