"""Reads about charters and clocks."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date

from flask import g, has_request_context
from sqlalchemy import select

from inspect_app.charter.calendar import Calendar, NotedHolidays
from inspect_app.charter.models import Charter, Commitment, Extension, HolidayList
from inspect_app.charter.rules import ENDED, RESUMED, SUSPENDED, Clock, Event, Promise, clocks
from inspect_app.core.database import db, may_write
from inspect_app.core.journal import Entry
from inspect_app.core.programme import programme
from inspect_app.core.time import now


def charters() -> Sequence[Charter]:
    """Return all charters, the newest version of each first."""
    return db.session.scalars(select(Charter).order_by(Charter.title, Charter.version.desc())).all()


def holiday_lists() -> Sequence[HolidayList]:
    """Return every list of holidays that was noted, of each year the oldest first."""
    return db.session.scalars(select(HolidayList).order_by(HolidayList.year, HolidayList.number)).all()


def calendar() -> Calendar:
    """Return the calendar of the programme with the holidays that were noted; read once in a request."""
    if has_request_context() and "calendar" in g:
        found: Calendar = g.calendar
        return found
    row = programme()
    noted = tuple(
        NotedHolidays(one.year, frozenset(map(date.fromisoformat, one.days)), one.noted_at) for one in holiday_lists()
    )
    region = (row.zone, row.country, row.subdivision) if row else ("Europe/London", "GB", None)
    hung = Calendar(*region, noted)
    if has_request_context():
        g.calendar = hung
    return hung


def promises_of(charter_id: uuid.UUID) -> tuple[Promise, ...]:
    """Return a charter's commitments in its order. A charter never changes, so each process reads it once."""
    if charter_id not in _promises:
        rows = db.session.scalars(
            select(Commitment).where(Commitment.charter_id == charter_id).order_by(Commitment.position)
        )
        names = [field.name for field in fields(Promise)]
        _promises[charter_id] = tuple(Promise(**{name: getattr(row, name) for name in names}) for row in rows)
    return _promises[charter_id]


_promises: dict[uuid.UUID, tuple[Promise, ...]] = {}


def clocks_for(inspection_id: uuid.UUID, charter_id: uuid.UUID | None) -> list[Clock]:
    """Return the clocks of one inspection, in the charter's order; none when it has no charter."""
    return clocks_of({inspection_id: charter_id})[inspection_id]


def clocks_of(charter_by_inspection: Mapping[uuid.UUID, uuid.UUID | None]) -> dict[uuid.UUID, list[Clock]]:
    """Return the clocks of many inspections, with the same number of queries for one as for a thousand.

    A request that only reads asks once for each inspection, whoever wants to know.
    """
    if not has_request_context() or may_write():
        return _clocks_now(charter_by_inspection)
    known: dict[tuple[uuid.UUID, uuid.UUID | None], list[Clock]] = g.setdefault("clocks", {})
    new = {one: charter for one, charter in charter_by_inspection.items() if (one, charter) not in known}
    if new:
        known.update({(one, new[one]): found for one, found in _clocks_now(new).items()})
    return {one: known[one, charter] for one, charter in charter_by_inspection.items()}


def _clocks_now(charter_by_inspection: Mapping[uuid.UUID, uuid.UUID | None]) -> dict[uuid.UUID, list[Clock]]:
    commitments = {charter: promises_of(charter) for charter in set(charter_by_inspection.values()) if charter}
    wanted = {SUSPENDED, RESUMED, *ENDED}
    for one in (one for ones in commitments.values() for one in ones):
        wanted |= {kind for kind in (one.after, one.until, one.or_until, one.lapses) if kind}
    events = _events(set(charter_by_inspection), wanted)
    granted = _granted(set(charter_by_inspection))
    moment, hung = now(), calendar()
    return {
        inspection: clocks(
            commitments.get(charter, ()) if charter else (),
            events[inspection],
            moment,
            hung,
            granted[inspection],
        )
        for inspection, charter in charter_by_inspection.items()
    }


def _events(inspections: set[uuid.UUID], kinds: set[str]) -> defaultdict[uuid.UUID, list[Event]]:
    rows = db.session.execute(
        select(Entry.chain_id, Entry.kind, Entry.occurred_at, Entry.facts).where(
            Entry.chain_id.in_(inspections), Entry.kind.in_(kinds)
        )
    )
    events: defaultdict[uuid.UUID, list[Event]] = defaultdict(list)
    for chain, kind, occurred_at, facts in rows:
        events[chain].append(Event(kind, occurred_at, str((facts or {}).get("recommendation", ""))))
    return events


def _granted(inspections: set[uuid.UUID]) -> defaultdict[uuid.UUID, dict[str, date]]:
    rows = db.session.execute(
        select(Extension.inspection_id, Extension.commitment_key, Extension.until)
        .where(Extension.inspection_id.in_(inspections), Extension.granted.is_(True))
        .order_by(Extension.decided_at)
    )
    granted: defaultdict[uuid.UUID, dict[str, date]] = defaultdict(dict)
    for inspection, key, until in rows:
        granted[inspection][key] = until
    return granted


def extensions(inspection_id: uuid.UUID) -> Sequence[Extension]:
    """Return every request for more time in an inspection, oldest first."""
    return db.session.scalars(
        select(Extension).where(Extension.inspection_id == inspection_id).order_by(Extension.asked_at)
    ).all()
