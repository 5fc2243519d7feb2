"""Reading about people."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, or_, select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.people.models import Grant, Person, Training
from inspect_app.people.rules import Role, normal_email, training_counts

PAGE_LENGTH = 25


def person_by_id(person_id: uuid.UUID) -> Person:
    """Return the person. Raises Refused (404) when there is none."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise Refused(_("We do not know this person."), 404)
    return person


def person_by_email(email: str) -> Person | None:
    """Return the person with this address, however it is written, or None."""
    return db.session.scalar(select(Person).where(Person.email == normal_email(email)))


def somebody_exists() -> bool:
    """Say whether there is any person at all."""
    return bool(db.session.scalar(select(exists().where(Person.id.is_not(None)))))


def holders(role: Role, service_id: uuid.UUID | None = None) -> Sequence[Person]:
    """Return the active people with a role, by name; of one service alone when it is named."""
    given = Grant.name == role
    if service_id is not None:
        given &= Grant.service_id == service_id
    query = select(Person).where(Person.active, Person.roles.any(given)).order_by(Person.name)
    return db.session.scalars(query).all()


def names_of(ids: Collection[uuid.UUID | None]) -> Mapping[uuid.UUID, str]:
    """Return id → name of these people, in one query."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    query = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return dict(db.session.execute(query).all())


def people_page(search: str = "", role: str = "", page: int = 1, with_left: bool = False) -> Pagination:
    """Return one page of the people by name: whose name or address holds ``search``, who have ``role``.

    Those who left are among them only when asked for.
    """
    query = select(Person).order_by(func.lower(Person.name), Person.id)
    if search.strip():
        part = search.strip()
        query = query.where(
            or_(Person.name.icontains(part, autoescape=True), Person.email.icontains(part, autoescape=True))
        )
    if role:
        query = query.where(Person.roles.any(Grant.name == role))
    if not with_left:
        query = query.where(Person.active)
    return db.paginate(query, page=max(1, page), per_page=PAGE_LENGTH, error_out=False)


def trainings(person_id: uuid.UUID) -> Sequence[Training]:
    """Return what a person learnt, newest first."""
    return db.session.scalars(
        select(Training).where(Training.person_id == person_id).order_by(Training.held_on.desc(), Training.course)
    ).all()


def has_training(person_id: uuid.UUID, course: str, on: date) -> bool:
    """Say whether a person's training in a course counts on that day."""
    rows = db.session.scalars(select(Training).where(Training.person_id == person_id, Training.course == course))
    return any(training_counts(row.held_on, row.valid_until, on) for row in rows)


def trained(person_ids: Collection[uuid.UUID], courses: Collection[str], on: date) -> Mapping[uuid.UUID, set[str]]:
    """Return for each of these people which of the courses count on that day, in one query."""
    found: dict[uuid.UUID, set[str]] = {person_id: set() for person_id in person_ids}
    query = select(Training).where(Training.person_id.in_(found), Training.course.in_(list(courses)))
    for row in db.session.scalars(query) if found and courses else ():
        if training_counts(row.held_on, row.valid_until, on):
            found[row.person_id].add(row.course)
    return found


def active_coordinators() -> int:
    """Count the coordinators who can sign in."""
    query = select(func.count()).select_from(Person).where(Person.active)
    return db.session.scalar(query.where(Person.roles.any(Grant.name == Role.COORDINATOR))) or 0


def demonstration_people() -> Sequence[Person]:
    """Return everybody whom the demonstration lets a visitor be, coordinators first."""
    people = db.session.scalars(select(Person).where(Person.active).order_by(Person.name)).all()
    order = {role: place for place, role in enumerate(Role)}
    return sorted(people, key=lambda person: min((order[Role(g.name)] for g in person.roles), default=len(order)))
