"""Reads about inspections. What a page needs is loaded in a number of queries that does not grow."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from inspect_app.charter.models import Charter
from inspect_app.core import journal
from inspect_app.core.database import db, may_write
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks.models import FrameworkVersion
from inspect_app.inspections.models import Course, Hours, Inspection, Kind, Member, Visit, Waiver
from inspect_app.inspections.rules_team import MemberRole, MemberState
from inspect_app.people.models import Grant, Person
from inspect_app.people.rules import Role
from inspect_app.services.models import Service, Site


def spine() -> list[ORMOption]:
    """Return what to load with inspections so that their gates and pages ask for nothing more."""
    parts: list[InstrumentedAttribute[object]] = [
        Inspection.services,
        Inspection.members,
        Inspection.visits,
        Inspection.agreements,
        Inspection.waivers,
    ]
    roles_later = selectinload(Inspection.members).joinedload(Member.person).lazyload(Person.roles)
    return [*(selectinload(part) for part in parts), roles_later]


def by_reference(reference: str, *, locked: bool = False) -> Inspection:
    """Return an inspection by its short reference; raise Refused (404) when there is none.

    ``locked`` waits until whoever changes it has ended, and keeps others waiting until this transaction ends.
    Its parts are loaded when they are first asked for: most pages, and each save, need few of them.
    """
    query = select(Inspection).where(Inspection.reference == reference)
    if locked:
        query = query.with_for_update(of=Inspection).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise Refused(_("There is no inspection with this reference."), 404)
    return found


def in_turn(reference: str) -> Inspection:
    """Return an inspection for a request. Requests that may change it take turns.

    So whatever such a request reads of it afterwards, before its operation or inside, is how it stands, on every
    database: on SQLite one who may write keeps all others out anyway.
    """
    return by_reference(reference, locked=may_write())


def accepted(inspection: Inspection, role: str = MemberRole.INSPECTOR) -> list[Member]:
    """Return who said yes to a role and is still on the team."""
    return [one for one in inspection.members if one.role == role and one.state == MemberState.ACCEPTED]


def on_team(inspection: Inspection, role: str = MemberRole.INSPECTOR) -> list[Member]:
    """Return who said yes or was asked and has not answered yet."""
    wanted = (MemberState.INVITED, MemberState.ACCEPTED)
    return [one for one in inspection.members if one.role == role and one.state in wanted]


def member_of(inspection: Inspection, person_id: uuid.UUID) -> Member | None:
    """Return somebody's place on a team; one that still counts comes before one that ended."""
    ones = [one for one in inspection.members if one.person_id == person_id]
    ones.sort(key=lambda one: one.state not in (MemberState.INVITED, MemberState.ACCEPTED))
    return ones[0] if ones else None


def is_released(inspection: Inspection, person_id: uuid.UUID, role: str = MemberRole.INSPECTOR) -> bool:
    """Say whether somebody was on the team and a coordinator released them."""
    return any(
        one.person_id == person_id and one.role == role and one.state == MemberState.RELEASED
        for one in inspection.members
    )


def waivers(inspection: Inspection, what: str | None = None) -> list[Waiver]:
    """Return what the coordinator decided not to wait for any longer, all of it or of one sort."""
    return [one for one in inspection.waivers if what is None or one.what == what]


def is_waived(
    inspection: Inspection, what: str, person_id: uuid.UUID | None = None, service_id: uuid.UUID | None = None
) -> bool:
    """Say whether nobody waits any longer for this from that person or service."""
    return any((one.person_id, one.service_id) == (person_id, service_id) for one in waivers(inspection, what))


def has_agreed(inspection: Inspection, person_id: uuid.UUID) -> bool:
    """Say whether somebody agreed to the charter for themselves."""
    return any(one.person_id == person_id and one.service_id is None for one in inspection.agreements)


def service_has_agreed(inspection: Inspection, service_id: uuid.UUID) -> bool:
    """Say whether the lead of a service agreed to the charter for it."""
    return any(one.service_id == service_id for one in inspection.agreements)


def leads_of(service_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Person]]:
    """Return the leads of services, by service."""
    rows = db.session.execute(
        select(Grant.service_id, Person)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.name == Role.SERVICE_LEAD, Grant.service_id.in_(service_ids), Person.active.is_(True))
        .order_by(Person.name)
    ).unique()
    found: dict[uuid.UUID, list[Person]] = {service_id: [] for service_id in service_ids}
    for service_id, person in rows:
        if service_id is not None:
            found[service_id].append(person)
    return found


def courses() -> dict[str, Course]:
    """Return all courses by key."""
    return {course.key: course for course in db.session.scalars(select(Course).order_by(Course.title))}


def kinds() -> Sequence[Kind]:
    """Return all kinds of inspection; practice comes last."""
    return db.session.scalars(select(Kind).order_by(Kind.practice, Kind.title)).all()


def services() -> Sequence[Service]:
    """Return all services that can be inspected."""
    return db.session.scalars(select(Service).where(Service.active.is_(True)).order_by(Service.name)).all()


def sites_of(inspection: Inspection) -> Sequence[Site]:
    """Return the places where one meets the inspected services."""
    ids = [service.id for service in inspection.services]
    return db.session.scalars(select(Site).where(Site.service_id.in_(ids)).order_by(Site.name)).all()


def framework_versions(
    keys: Iterable[str] | None = None, chosen: uuid.UUID | None = None
) -> Sequence[FrameworkVersion]:
    """Return what an inspection can ask: all versions made for its kind (``keys``), then the newest of each other.

    A retired version is not offered, unless it is the one that is ``chosen`` already.
    """
    query = select(FrameworkVersion).options(joinedload(FrameworkVersion.framework))
    offered = or_(FrameworkVersion.retired_at.is_(None), FrameworkVersion.id == chosen)
    found = db.session.scalars(
        query.where(offered).order_by(FrameworkVersion.title, FrameworkVersion.number.desc())
    ).all()
    suiting = [one for one in found if keys is None or one.framework.key in set(keys)]
    others: dict[uuid.UUID, FrameworkVersion] = {}
    for one in found:
        if one not in suiting and (one.id == chosen or one.framework_id not in others):
            others[one.framework_id] = one
    return [*suiting, *others.values()]


def newest_charter(key: str) -> Charter | None:
    """Return the newest version of a charter."""
    return db.session.scalar(select(Charter).where(Charter.key == key).order_by(Charter.version.desc()).limit(1))


def hours_of(inspection: Inspection) -> Sequence[Hours]:
    """Return all time that was given to an inspection, newest first."""
    query = select(Hours).where(Hours.inspection_id == inspection.id).order_by(Hours.recorded_at.desc())
    return db.session.scalars(query).all()


def visit_of(inspection: Inspection, visit_id: uuid.UUID) -> Visit:
    """Return one visit of an inspection; raise Refused (404) when it is not one of its visits."""
    for visit in inspection.visits:
        if visit.id == visit_id:
            return visit
    raise Refused(_("There is no such visit in this inspection."), 404)


def names_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of people and services by identifier."""
    people = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    found = db.session.execute(select(Service.id, Service.name).where(Service.id.in_(ids)))
    return {row[0]: row[1] for row in (*people, *found)}


def last_reminders(inspection_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str, str], datetime]:
    """Return when somebody was last reminded, by inspection, person and what for (identifiers as text)."""
    entry = journal.Entry
    rows = db.session.scalars(
        select(entry)
        .where(entry.chain_id.in_(inspection_ids), entry.kind == "person.reminded")
        .order_by(entry.occurred_at)
    )
    return {(row.chain_id, row.facts["person"], row.facts["about"]): row.occurred_at for row in rows}
