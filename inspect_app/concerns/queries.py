"""Reads about safeguarding: who looks after it, whom to ring, and which concerns somebody may read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, String, and_, cast, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from inspect_app.concerns.models import Concern, Safeguarding
from inspect_app.concerns.rules import EMERGENCY, Reader, State, Times, reads
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import programme
from inspect_app.core.words import lazy
from inspect_app.people.models import Person
from inspect_app.people.queries import holders
from inspect_app.people.rules import Role

PAGE_LENGTH = 25
NOT_THERE = lazy("We cannot find this.")


@dataclass(frozen=True)
class Line:
    """One number that can be rung, and who answers there."""

    answers: str
    phone: str


@dataclass(frozen=True)
class Ring:
    """Whom to ring when somebody may be harmed: for an emergency, and the programme's own people."""

    emergency: str
    lines: tuple[Line, ...]


def settings() -> Safeguarding | None:
    """Return how the programme looks after safeguarding, or None before somebody has said it."""
    return db.session.scalar(select(Safeguarding).limit(1))


def times() -> Times:
    """Return how long things may take: what the programme said, else the defaults."""
    row = settings()
    return Times(row.concern_hours, row.urgent_hours, row.hazard_hours, row.keep_days) if row else Times()


def whom_to_ring() -> Ring:
    """Return whom to ring. There is always a number: the programme's own stands in until others are set."""
    row, home = settings(), programme()
    country = home.country if home else "GB"
    if row is not None:
        other = (Line(row.other_answers or "", row.other_phone),) if row.other_phone else ()
        return Ring(row.emergency_phone, (Line(row.answers, row.phone), *other))
    own = (Line(home.contact_name, home.contact_phone),) if home else ()
    return Ring(EMERGENCY.get(country, "112"), own)


def leads() -> Sequence[Person]:
    """Return who looks after safeguarding now."""
    return holders(Role.SAFEGUARDING_LEAD)


def deputies() -> Sequence[Person]:
    """Return who steps in for the safeguarding lead."""
    return holders(Role.SAFEGUARDING_DEPUTY)


def reader_of(person: Person, some_lead: bool | None = None) -> Reader:
    """Return somebody as a reader of concerns."""
    lead, deputy = person.holds(Role.SAFEGUARDING_LEAD), person.holds(Role.SAFEGUARDING_DEPUTY)
    return Reader(person.id, lead, deputy, bool(leads()) if some_lead is None else some_lead)


def readers(concern: Concern) -> list[Person]:
    """Return who may read a concern now; nobody when nobody is appointed, or all who are, are involved."""
    heads = leads()
    people = {one.id: one for one in (*heads, *deputies())}.values()
    return [one for one in people if reads(reader_of(one, bool(heads)), concern.kept_from, concern.deputy_since)]


def concern_for(person: Person, concern_id: uuid.UUID, *, locked: bool = False) -> Concern:
    """Return a concern to somebody who may read it: the one door to its words.

    ``locked`` lets one change end before the next begins. Raises Refused (404) for everybody else, in the same
    words as where there is none.
    """
    query = select(Concern).where(Concern.id == concern_id)
    if locked:
        query = query.with_for_update(of=Concern).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None or not person.active or not reads(reader_of(person), found.kept_from, found.deputy_since):
        raise Refused(NOT_THERE, 404)
    return found


def _readable(person: Person) -> ColumnElement[bool]:
    """Return ``rules.reads`` as a condition; a test holds both to the same."""
    reader = reader_of(person)
    not_involved = cast(Concern.kept_from, String).not_like(f"%{person.id}%")
    handed_on = Concern.deputy_since.is_not(None) if reader.some_lead else true()
    as_deputy = handed_on if reader.is_deputy else false()
    return and_(not_involved, or_(true() if reader.is_lead else false(), as_deputy))


def concerns_for(person: Person, state: str = "", page: int = 1) -> Pagination:
    """Return one page of the concerns that somebody may read, new ones first, then the newest."""
    order = (Concern.state != State.NEW, Concern.state == State.CLOSED, Concern.received_at.desc(), Concern.id)
    query = select(Concern).where(_readable(person)).options(joinedload(Concern.inspection)).order_by(*order)
    if state:
        query = query.where(Concern.state == state)
    return db.paginate(query, page=page, per_page=PAGE_LENGTH, error_out=False)


def counts_for(person: Person) -> dict[str, int]:
    """Return how many concerns somebody may read, by state."""
    query = select(Concern.state, func.count()).where(_readable(person)).group_by(Concern.state)
    return dict(db.session.execute(query).all())


def told_by(person: Person, inspection_id: uuid.UUID) -> Sequence[Concern]:
    """Return what somebody raised or typed on an inspection, newest first: its page shows no word of it."""
    mine = or_(Concern.raised_by_id == person.id, Concern.typed_by_id == person.id)
    query = select(Concern).where(Concern.inspection_id == inspection_id, mine)
    return db.session.scalars(query.order_by(Concern.received_at.desc())).all()
