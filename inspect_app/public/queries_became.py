"""What became of a published inspection: everything that was made public since, read anew only when it changed.

Whatever happens in an inspection is an entry in its journal. So what was read stays true while the journal has the
same head; and as some sentences count days, until the day ends.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from inspect_app.charter.models import Commitment
from inspect_app.charter.queries import clocks_for
from inspect_app.charter.rules import Clock
from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import day_words
from inspect_app.core.words import _, language
from inspect_app.fieldwork.models import Evidence
from inspect_app.improvement.queries_chain import chains
from inspect_app.improvement.values import Chain
from inspect_app.inspections.models import Inspection, Member
from inspect_app.public.queries import content_of
from inspect_app.public.rules import SMALL, Happening, Published, actor_words, told, without_repeats
from inspect_app.reports.paper import photo_files

PAGES_KEPT = 128


@dataclass(frozen=True)
class AnswerTime:
    """Until when the service had to answer; ``allowed`` in words, such as "20 working days"."""

    due: date | None
    allowed: str
    is_over: bool


@dataclass(frozen=True)
class Became:
    """What is known today: chains, clocks, history, and which of the printed photos may still be shown."""

    chains: tuple[Chain, ...]
    clocks: tuple[Clock, ...]
    answer_time: AnswerTime
    history: tuple[Happening, ...]
    photos: frozenset[str]


def became(published: Published) -> Became:
    """Return what became of a published inspection until now."""
    head = db.session.scalar(select(journal.Chain.head).where(journal.Chain.id == published.id))
    return _became(published.id, published.charter_id, published.edition.id, head, local_day(now(), zone()), language())


@lru_cache(maxsize=PAGES_KEPT)
def _became(
    inspection_id: uuid.UUID,
    charter_id: uuid.UUID | None,
    edition_id: uuid.UUID,
    head: str | None,  # noqa: ARG001  # it says how long the rest stays true
    day: date,
    tongue: str,  # noqa: ARG001  # what is said here is said in it
) -> Became:
    """Read it all; ``head`` and ``day`` only say how long it stays true, and ``tongue`` for which language."""
    inspection = db.session.get_one(Inspection, inspection_id)
    clocks = clocks_for(inspection_id, charter_id)
    return Became(
        chains=tuple(chains(inspection)),
        clocks=tuple(clock for clock in clocks if clock.started is not None),
        answer_time=_answer_time(charter_id, clocks, day),
        history=tuple(_history(inspection_id)),
        photos=_photos(content_of(edition_id)),
    )


def _answer_time(charter_id: uuid.UUID | None, clocks: list[Clock], day: date) -> AnswerTime:
    promise = db.session.scalar(
        select(Commitment).where(Commitment.charter_id == charter_id, Commitment.until == "answers.completed").limit(1)
    )
    clock = next((one for one in clocks if promise and one.key == promise.key), None)
    if promise is None or clock is None:
        return AnswerTime(None, "", is_over=False)
    allowed = f"{promise.amount} {promise.unit.replace('_', ' ')}"
    return AnswerTime(clock.due, allowed, is_over=clock.due is not None and clock.due < day)


def _history(inspection_id: uuid.UUID) -> list[Happening]:
    kinds = {name: kind for name, kind in journal.kinds().items() if kind.public}
    entries = journal.entries(inspection_id, *kinds)
    team = set(db.session.scalars(select(Member.person_id).where(Member.inspection_id == inspection_id)))
    lines = [
        Happening(
            one.occurred_at,
            told(_(kinds[one.kind].sentence), actor_words(one.kind, one.actor_id, team), one.facts, _days(one.facts)),
            big=one.kind not in SMALL,
        )
        for one in entries
    ]
    days = {line.at: local_day(line.at, zone()) for line in lines}
    return without_repeats(lines, days)


def _days(facts: Mapping[str, Any]) -> dict[str, str]:
    day = facts.get("day")
    return {str(day): day_words(date.fromisoformat(str(day)))} if day else {}


def _photos(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the printed photos that were not withdrawn since."""
    ids = [uuid.UUID(one) for one in photo_files(content)]
    if not ids:
        return frozenset()
    rows = db.session.scalars(
        select(Evidence.file_id).where(
            Evidence.file_id.in_(ids), Evidence.withdrawn_at.is_(None), Evidence.seen_by == "report"
        )
    )
    return frozenset(str(one) for one in rows)
