"""Who hears of what by mail: read from the kinds of journal entries, and from nothing else.

A mail says what happened in one sentence, and where to look. It carries no content: ratings, concerns and people's
words stay in the product.
"""

from __future__ import annotations

import uuid

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.journal import Audience, Entry
from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import is_silent, send_later
from inspect_app.core.words import _
from inspect_app.inspections.models import InspectedService, Inspection, Member
from inspect_app.inspections.rules_team import wait_name
from inspect_app.inspections.timeline import sentence
from inspect_app.people.models import Grant, Person
from inspect_app.people.rules import SERVICE_ROLES, Role

IN_TEAM = ("invited", "accepted")


def post(entry: Entry) -> None:
    """Queue a mail to everybody who should hear of an entry, but for the one who did it."""
    kind = journal.kinds()[entry.kind]
    if is_silent() or set(kind.hears) <= {Audience.NOBODY}:
        return
    inspection = db.session.get(Inspection, entry.chain_id)
    for person in sorted(hearers(entry, inspection), key=lambda one: one.id):
        if person.id == entry.actor_id or not person.active or not person.email:
            continue  # who has no e-mail reads the same on the first page
        with spoken_to(person):
            send_later(
                person.email,
                _("%(inspection)s: news", inspection=inspection.title)
                if inspection
                else _("News from the inspections"),
                "message",
                {
                    "name": person.name,
                    "paragraphs": _paragraphs(entry, inspection),
                    "link": _address(inspection),
                    "contact": _contact(inspection),
                },
                person_id=person.id,
                kind=entry.kind,
                unique_key=f"entry:{entry.id}:{person.id}",
            )


def _paragraphs(entry: Entry, inspection: Inspection | None) -> list[str]:
    told = [sentence(entry)]
    if entry.kind == "person.reminded":
        told.append(_("Everybody waits for %(what)s.", what=wait_name(entry.facts["about"])))
    if inspection:
        facts = {"title": inspection.title, "reference": inspection.reference}
        told.append(_("This is about the inspection “%(title)s” (%(reference)s).", **facts))
    return told


def _contact(inspection: Inspection | None) -> dict[str, str] | None:
    """Return who looks after an inspection, where they can be rung; the programme's own number stands in."""
    if inspection is None or not inspection.contact.phone:
        return None
    return {"name": inspection.contact.name, "phone": inspection.contact.phone}


def _address(inspection: Inspection | None) -> str:
    base = current_app.config["PUBLIC_URL"]
    return f"{base}/inspections/{inspection.reference}" if inspection else f"{base}/"


def hearers(entry: Entry, inspection: Inspection | None) -> set[Person]:
    """Return everybody who should hear of an entry."""
    found: set[Person] = set()
    for audience in journal.kinds()[entry.kind].hears:
        found |= set(_of(audience, entry, inspection))
    return found


def _of(audience: Audience, entry: Entry, inspection: Inspection | None) -> list[Person]:
    if audience is Audience.PERSON:
        person = db.session.get(Person, uuid.UUID(str(entry.facts["person"]))) if entry.facts.get("person") else None
        return [person] if person else []
    if audience is Audience.COORDINATORS:
        return [inspection.contact] if inspection else _holders(Role.COORDINATOR)
    if inspection is None or audience is Audience.NOBODY:
        return []
    if audience in (Audience.SERVICE, Audience.SERVICE_LEADS):
        return _service_people(inspection, SERVICE_ROLES if audience is Audience.SERVICE else {Role.SERVICE_LEAD})
    roles = ("reviewer",) if audience is Audience.REVIEWERS else ("inspector", "supporter")
    return list(
        db.session.scalars(
            select(Person)
            .join(Member, Member.person_id == Person.id)
            .where(Member.inspection_id == inspection.id, Member.role.in_(roles), Member.state.in_(IN_TEAM))
        )
    )


def _holders(role: Role) -> list[Person]:
    return list(db.session.scalars(select(Person).join(Grant).where(Grant.name == role)))


def _service_people(inspection: Inspection, roles: frozenset[Role] | set[Role]) -> list[Person]:
    return list(
        db.session.scalars(
            select(Person)
            .join(Grant)
            .join(InspectedService, InspectedService.service_id == Grant.service_id)
            .where(InspectedService.inspection_id == inspection.id, Grant.name.in_(roles))
            .options(selectinload(Person.roles))
        ).unique()
    )


def init_app() -> None:
    """Hear of each entry in the transaction in which it is made."""
    journal.on_append(post)
