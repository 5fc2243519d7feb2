"""All inspections on one page: where each stands, who is waited for, what is due.

The number of queries does not grow with the number of inspections, as long as each gate answers for many.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from inspect_app.charter.queries import clocks_of
from inspect_app.charter.rules import Clock, ClockState
from inspect_app.core import journal, revisions
from inspect_app.core.database import db
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import language
from inspect_app.inspections import gates, queries
from inspect_app.inspections.models import InspectedService, Inspection, Kind, Member
from inspect_app.inspections.rules import RUNNING, WAY, Missing, Stage, title, way_of
from inspect_app.inspections.rules_team import MemberState, wait_name
from inspect_app.people.models import Person
from inspect_app.people.rules import Role

PAGE_LENGTH = 25
ENDED = "ended"
COUNTS = (MemberState.INVITED, MemberState.ACCEPTED)


@dataclass(frozen=True)
class Waiting:
    """Somebody, or a service, that an inspection waits for; ``what`` names what for."""

    name: str
    what: str
    words: str
    person_id: str | None
    service_id: str | None
    reminded_at: datetime | None


@dataclass(frozen=True)
class Line:
    """One inspection on the overview."""

    inspection: Inspection
    missing: list[Missing]
    waiting: list[Waiting]
    due: list[Clock]


@dataclass(frozen=True)
class Filters:
    """What the coordinator wants to see: a stage (or "ended"), and words of the title or reference."""

    stage: str = ""
    words: str = ""


def overview(filters: Filters, page: int = 1) -> tuple[list[Line], Pagination]:
    """Return one page of inspections with what each waits for and what is due, and the pagination."""
    query = select(Inspection).where(*_conditions(filters)).options(selectinload(Inspection.services))
    query = query.order_by(Inspection.created_at.desc(), Inspection.id)
    found = db.paginate(query, page=page, per_page=PAGE_LENGTH, error_out=False)
    return lines_of(found.items), found


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    if filters.stage == ENDED:
        wanted: Collection[str] = (Stage.CLOSED, Stage.CANCELLED)
    else:
        wanted = (filters.stage,) if filters.stage in set(RUNNING) else RUNNING
    found: list[ColumnElement[bool]] = [Inspection.stage.in_(wanted)]
    if filters.words.strip():
        part = filters.words.strip()
        found.append(or_(Inspection.title.icontains(part, autoescape=True),
                         Inspection.reference.icontains(part, autoescape=True)))  # fmt: skip
    return found


@dataclass(frozen=True)
class Reckoned:
    """What one inspection waits for and what is due."""

    missing: list[Missing]
    waiting: list[Waiting]
    due: list[Clock]


Mark = tuple[uuid.UUID, str, str, date, int, str]
"""What is reckoned stays true for it: an inspection, the heads of its journal and of the programme's, a day, how
often words were saved, where words decide, and the language in which it was said."""
WORDS_DECIDE = frozenset({Stage.WRITING})
"""Stages in which the report's text decides; saving it makes no entry in the journal, but a revision."""
KEPT = 2_000
_kept: dict[Mark, Reckoned] = {}


def lines_of(inspections: Sequence[Inspection]) -> list[Line]:
    """Return what each inspection waits for and what is due; reckoned anew only when something has happened.

    The journal is read first: what is read after it may be newer than its mark, never older.
    """
    marks = _marks(inspections)
    known = {mark: _kept[mark] for mark in marks.values() if mark in _kept}
    found = reckon([one for one in inspections if marks[one.id] not in known])
    known |= {marks[key]: stands for key, stands in found.items()}
    if len(_kept) > KEPT:
        _kept.clear()
    _kept.update(known)
    lines = ((one, known[marks[one.id]]) for one in inspections)
    return [Line(one, stands.missing, stands.waiting, stands.due) for one, stands in lines]


def _marks(inspections: Sequence[Inspection]) -> dict[uuid.UUID, Mark]:
    heads = journal.heads([journal.PROGRAMME_CHAIN, *(one.id for one in inspections)])
    programme, today = heads.get(journal.PROGRAMME_CHAIN, ""), local_day(now(), zone())
    saved = revisions.counts([one.id for one in inspections if one.stage in WORDS_DECIDE])
    said = language()
    return {
        one.id: (one.id, heads.get(one.id, ""), programme, today, saved.get(one.id, 0), said) for one in inspections
    }


def reckon(inspections: Sequence[Inspection]) -> dict[uuid.UUID, Reckoned]:
    """Return how many inspections stand, with a number of queries that does not grow with them."""
    ids = [one.id for one in inspections]
    if ids:  # gates ask for every part of each: here they are loaded together
        db.session.scalars(select(Inspection).where(Inspection.id.in_(ids)).options(*queries.spine())).all()
    missing = gates.missing_of(inspections)
    clocks = clocks_of({one.id: one.charter_id for one in inspections})
    reminders = queries.last_reminders(ids)
    leads = queries.leads_of({service.id for one in inspections for service in one.services})
    return {
        one.id: Reckoned(
            missing[one.id], waiting_for(one, missing[one.id], reminders, leads), due_first(clocks[one.id])
        )
        for one in inspections
    }


def due_first(clocks: Sequence[Clock]) -> list[Clock]:
    """Return the clocks that run or are late and still owed, the nearest due day first."""
    still_open = [clock for clock in clocks if clock.is_open and clock.due is not None]
    return sorted(still_open, key=lambda clock: (clock.state != ClockState.LATE, clock.due))


Reminders = dict[tuple[uuid.UUID, str, str], datetime]


def waiting_for(
    inspection: Inspection,
    missing: Sequence[Missing],
    reminders: Reminders,
    leads: dict[uuid.UUID, list[Person]],
) -> list[Waiting]:
    """Return the people and services that an inspection waits for, each with when they were last reminded."""
    people = {str(member.person_id): member.person.name for member in inspection.members}
    services = {str(service.id): service.name for service in inspection.services}
    found = []
    for one in missing:
        name = people.get(one.whom or "") or services.get(one.service or "")
        if name and one.what:
            asked = [one.whom] if one.whom else [str(lead.id) for lead in leads[uuid.UUID(one.service)]]
            times = [reminders.get((inspection.id, str(person), one.what)) for person in asked]
            last = max((time for time in times if time), default=None)
            found.append(Waiting(name, one.what, wait_name(one.what), one.whom, one.service, last))
    return found


def stage_line_of(inspection: Inspection) -> list[dict[str, str]]:
    """Return the way of an inspection as the stage line shows it."""
    where = inspection.suspended_from or inspection.stage
    way = way_of(inspection.kind.leaves_out)
    here = WAY.index(Stage(where)) if where in WAY else -1
    return [{"label": title(stage), "state": _state(WAY.index(stage), here, where)} for stage in way]


def _state(position: int, here: int, where: str) -> str:
    if position < here or (position == here and where == Stage.CLOSED):
        return "done"
    return "now" if position == here else "todo"


def my_inspections(person: Person) -> list[Inspection]:
    """Return the inspections in which somebody has a part, or all that count for an observer; running ones first."""
    services = [grant.service_id for grant in person.roles if grant.service_id]
    team = select(Member.inspection_id).where(Member.person_id == person.id, Member.state.in_(COUNTS))
    mine = [Inspection.id.in_(team)]
    if services:
        inspected = select(InspectedService.inspection_id).where(InspectedService.service_id.in_(services))
        mine.append(Inspection.id.in_(inspected))
    if person.holds(Role.OBSERVER):
        mine.append(Inspection.kind_id.in_(select(Kind.id).where(Kind.practice.is_(False))))
    query = select(Inspection).where(or_(*mine)).options(*queries.spine())
    found = db.session.scalars(query.order_by(Inspection.created_at.desc())).all()
    return sorted(found, key=lambda one: one.stage in (Stage.CLOSED, Stage.CANCELLED))


def copyable() -> Sequence[Inspection]:
    """Return the newest inspections that a new one can be like."""
    return db.session.scalars(select(Inspection).order_by(Inspection.created_at.desc()).limit(5)).all()
