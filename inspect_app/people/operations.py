"""Writing about people: who is there, and what they may do."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from flask_security import hash_password

from inspect_app.core import journal
from inspect_app.core.access import forget_standings, require
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _
from inspect_app.people import courses, queries
from inspect_app.people.links import send_welcome
from inspect_app.people.models import Grant, Person, Training
from inspect_app.people.rules import (
    ROLE_WORDS,
    Role,
    normal_email,
    what_is_wrong_with_role,
    what_is_wrong_with_training,
)
from inspect_app.people.rules_cards import why_no_card

MANAGE = "people.manage"
GivenRole = tuple[Role, uuid.UUID | None]
"""A role, and the service that it is for (None: the whole programme)."""


def add_person(
    name: str,
    email: str | None,
    actor: Person | None,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the word of the contract: whoever creates a thing names it
    phone: str | None = None,
    about: str | None = None,
    roles: Iterable[GivenRole] = (),
    password: str | None = None,
    invite: bool = True,
) -> Person:
    """Add somebody with their roles, and write to them with a link to choose a password.

    The same ``id`` twice is one person. ``actor`` is None when the system does it (first start,
    demonstration); with ``invite`` off no mail goes out. Who has no e-mail signs in with a card. Raises Refused
    when the address is in use, a role cannot be, or needs an address.
    """
    _guard(actor)
    known = db.session.get(Person, id) if id else None
    if known is not None:
        return known
    address = normal_email(email or "") or None
    _refuse_used_address(address, None)
    person = Person(
        id=id or new_id(),
        name=name.strip(),
        email=address,
        phone=_clean(phone),
        about=_clean(about),
        password=hash_password(password) if password else None,
        fs_uniquifier=secrets.token_hex(32),
        added_at=now(),
        easy_read=False,
    )
    db.session.add(person)
    for role, service_id in roles:
        _give(person, role, service_id, actor)
    db.session.flush()
    journal.append("person.added", actor=_id(actor), about=("person", person.id))
    if invite and address:
        send_welcome(person)
    return person


def change_person(
    person: Person, *, name: str, email: str | None, phone: str | None, about: str | None, actor: Person | None
) -> None:
    """Change what is known about somebody.

    Raises Refused when the address is in use by somebody else, or is missing where a role needs one.
    """
    _guard(actor)
    address = normal_email(email or "") or None
    _refuse_used_address(address, person.id)
    _refuse_without_address(person.name, address, {grant.name for grant in person.roles})
    new = {"name": name.strip(), "email": address, "phone": _clean(phone), "about": _clean(about)}
    if address != person.email:
        person.link_secret = None  # a link in the old mailbox opens nothing any more
        person.fs_uniquifier = secrets.token_hex(32)
    _change(person, new, actor)


def change_phone(person: Person, phone: str | None, actor: Person) -> None:
    """Change one's own telephone number. Raises Refused for somebody else's."""
    _guard_own(person, actor)
    _change(person, {"phone": _clean(phone)}, actor)


def set_easy_read(person: Person, wanted: bool, actor: Person) -> None:
    """Keep whether somebody wants the easy-read view. Raises Refused for somebody else's."""
    _guard_own(person, actor)
    person.easy_read = wanted  # how somebody likes to read is theirs alone: the journal does not tell
    db.session.flush()


def set_language(person: Person, language: str, actor: Person) -> None:
    """Keep in which language (BCP 47) somebody reads. Raises Refused for somebody else's."""
    _guard_own(person, actor)
    person.language = language
    db.session.flush()


def set_consent(person: Person, may_be_named: bool, public_name: str | None, actor: Person | None) -> None:
    """Keep whether somebody agrees to be named in public, and how. Nobody decides that for somebody else."""
    if actor is not None:
        _guard_own(person, actor)
    shown = (_clean(public_name) or person.name) if may_be_named else None
    _change(person, {"may_be_named": may_be_named, "public_name": shown}, actor)


def deactivate_person(person: Person, actor: Person) -> None:
    """End somebody's time in the programme: they are signed out and cannot sign in. What they did stays.

    Raises Refused for oneself and for the last coordinator.
    """
    _guard(actor)
    if not person.active:
        return
    if person.id == actor.id:
        raise Refused(_("You cannot close your own account. Ask another coordinator."))
    _refuse_last_coordinator(person)
    person.active = False
    person.fs_uniquifier = secrets.token_hex(32)
    person.link_secret = None
    _note_change(person, ["active"], actor)


def reactivate_person(person: Person, actor: Person) -> None:
    """Let somebody who left sign in again, with the roles they had."""
    _guard(actor)
    if person.active:
        return
    person.active = True
    _note_change(person, ["active"], actor)


def grant_role(person: Person, role: Role, service_id: uuid.UUID | None, actor: Person | None) -> Grant:
    """Give somebody a role; a service role needs its service. The same role twice is one.

    Raises Refused (422) for a role that cannot be so.
    """
    _guard(actor)
    held = next((one for one in person.roles if one.name == role and one.service_id == service_id), None)
    if held is not None:
        return held
    given = _give(person, role, service_id, actor)
    db.session.flush()
    _journal_role("role.granted", person, given, actor)
    return given


def withdraw_role(person: Person, grant_id: uuid.UUID, actor: Person) -> None:
    """Take a role from somebody. Raises Refused when it is the last coordinator's."""
    _guard(actor)
    held = next((one for one in person.roles if one.id == grant_id), None)
    if held is None:
        return
    if held.name == Role.COORDINATOR:
        _refuse_last_coordinator(person)
    person.roles.remove(held)
    db.session.flush()
    _journal_role("role.withdrawn", person, held, actor)


def record_training(
    person: Person,
    course: str,
    held_on: date,
    held_by: str,
    actor: Person,
    *,
    valid_until: date | None = None,
    id: uuid.UUID | None = None,  # noqa: A002
) -> Training:
    """Put a training on record: which course, when, from whom, until when it counts (None: for ever).

    Raises Refused (422) for an unknown course or impossible days, (409) when it is on record already.
    """
    _guard(actor)
    known = db.session.get(Training, id) if id else None
    if known is not None and known.person_id == person.id:
        return known
    if courses.titles() and course not in courses.titles():
        raise Refused(_("Choose a course from the list."), 422)
    if wrong := what_is_wrong_with_training(held_on, valid_until, local_day(now(), zone())):
        raise Refused(wrong, 422)
    if any(row.course == course and row.held_on == held_on for row in queries.trainings(person.id)):
        raise Refused(_("This training is on record already."))
    training = Training(
        id=id or new_id(),
        person_id=person.id,
        course=course,
        held_on=held_on,
        held_by=held_by.strip(),
        valid_until=valid_until,
        recorded_at=now(),
        recorded_by_id=actor.id,
    )
    db.session.add(training)
    db.session.flush()
    facts = {"person": str(person.id), "course": course}
    journal.append("training.recorded", actor=actor.id, about=("training", training.id), facts=facts)
    return training


def _guard(actor: Person | None) -> None:
    if actor is not None:
        require(actor, MANAGE)


def _guard_own(person: Person, actor: Person) -> None:
    if actor.id != person.id:
        raise Refused(_("Everybody decides this for themselves, on their own page."), 403)


def _id(actor: Person | None) -> uuid.UUID | None:
    return actor.id if actor else None


def _clean(text: str | None) -> str | None:
    return (text or "").strip() or None


def _refuse_without_address(name: str, address: str | None, roles: Collection[str]) -> None:
    if address is None and (wrong := why_no_card(name, roles)):
        raise Refused(f"{wrong} {_('Write an address.')}", 422)


def _refuse_used_address(address: str | None, person_id: uuid.UUID | None) -> None:
    other = queries.person_by_email(address) if address else None
    if other is not None and other.id != person_id:
        raise Refused(_("%(name)s has this e-mail address already. Each person needs their own.", name=other.name), 422)


def _refuse_last_coordinator(person: Person) -> None:
    if person.active and person.holds(Role.COORDINATOR) and queries.active_coordinators() < 2:
        raise Refused(_("%(name)s is the only coordinator. Make somebody else a coordinator first.", name=person.name))


def _give(person: Person, role: Role, service_id: uuid.UUID | None, actor: Person | None) -> Grant:
    if wrong := what_is_wrong_with_role(role, service_id is not None):
        raise Refused(wrong, 422)
    _refuse_without_address(person.name, person.email, {role})
    given = Grant(id=new_id(), name=str(role), service_id=service_id, granted_at=now(), granted_by_id=_id(actor))
    person.roles.append(given)
    return given


def _journal_role(kind: str, person: Person, grant: Grant, actor: Person | None) -> None:
    forget_standings()
    facts = {"person": str(person.id), "role": ROLE_WORDS[Role(grant.name)]}
    if grant.service_id:
        facts["service"] = str(grant.service_id)
    journal.append(kind, actor=_id(actor), about=("person", person.id), facts=facts)


def _change(person: Person, new: Mapping[str, object], actor: Person | None) -> None:
    changed = [key for key, value in new.items() if getattr(person, key) != value]
    for key in changed:
        setattr(person, key, new[key])
    if changed:
        _note_change(person, changed, actor)


def _note_change(person: Person, fields: list[str], actor: Person | None) -> None:
    db.session.flush()
    facts = {"person": str(person.id), "fields": fields}
    journal.append("person.changed", actor=_id(actor), about=("person", person.id), facts=facts)
