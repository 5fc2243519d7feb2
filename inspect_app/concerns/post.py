"""Who hears of concerns and hazards by mail: read from the kinds of journal entries.

A mail says that there is something to read, and where. It carries no word of what was told and the name of nobody.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from inspect_app.concerns import queries
from inspect_app.concerns.models import Concern, Hazard
from inspect_app.concerns.rules import State
from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.journal import Entry
from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import is_silent, send_later
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _, mark
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Grant, Person
from inspect_app.people.queries import holders
from inspect_app.people.rules import SERVICE_ROLES, Role


@dataclass(frozen=True)
class Letter:
    """A mail: its subject, and what it says; marked for the translators, and said when it is written."""

    subject: str
    sentences: tuple[str, ...]


Hearers = Callable[[Hazard, Inspection], Iterable[Person]]

LOOK_AFTER_IT = mark("Please read it now, and say that you look after it.")
NEW = Letter(
    mark("A safeguarding concern waits for you"), (mark("Somebody told us that a person may be harmed."), LOOK_AFTER_IT)
)
AGAIN = Letter(
    mark("A safeguarding concern still waits"), (mark("A safeguarding concern has no answer yet."), LOOK_AFTER_IT)
)
NOBODY_THERE = Letter(
    mark("Please name somebody for safeguarding today"),
    (
        mark("Nobody can read safeguarding concerns now: there is no safeguarding lead, or no deputy to step in."),
        mark("Please name both today. Until then, nobody hears what inspectors need to tell."),
    ),
)
CONCERNS = {
    "concern.raised": NEW,
    "concern.handed_on": AGAIN,
    "concern.reminded": AGAIN,
    "concern.acknowledged": None,
    "concern.noted": None,
    "concern.closed": None,
    "concern.purged": None,
}
"""Kind of entry → what everybody hears who may read the concern; None where the page alone tells it."""


def post(entry: Entry) -> None:
    """Queue the mails that an entry makes."""
    if is_silent():
        return
    if CONCERNS.get(entry.kind):
        tell(db.session.get_one(Concern, entry.about_id))
    elif entry.kind in HAZARDS:
        letter, hearers = HAZARDS[entry.kind]
        hazard = db.session.get_one(Hazard, entry.about_id)
        inspection = db.session.get_one(Inspection, hazard.inspection_id)
        told = {one for one in hearers(hazard, inspection) if one.id != entry.actor_id}
        link = f"/inspections/{inspection.reference}/dangers/{hazard.id}"
        _send(letter, told, link, entry.kind, str(entry.id), lambda: _place(hazard, inspection))


def tell(concern: Concern) -> None:
    """Write to everybody who may read a concern that waits for an answer; to each once, and once for each reminder.

    So it can be called at any time: who was appointed since then hears now. Where nobody may read it, the coordinators
    hear that somebody must be appointed, and nothing of the concern.
    """
    if concern.state != State.NEW or is_silent():
        return
    letter, key = (AGAIN if concern.reminders else NEW), f"{concern.id}:{concern.reminders}"
    people = queries.readers(concern)
    _send(letter, people, f"/safeguarding/{concern.id}", "concern.raised", key)
    if not people:
        today = local_day(now(), zone()).isoformat()
        _send(NOBODY_THERE, holders(Role.COORDINATOR), "/safeguarding/people", "safeguarding.missing", today)


def _send(
    letter: Letter,
    people: Iterable[Person],
    link: str,
    kind: str,
    key: str,
    place: Callable[[], list[str]] | None = None,
) -> None:
    for person in sorted(people, key=lambda one: one.id):
        if person.active and person.email:
            with spoken_to(person):
                send_later(
                    person.email,
                    _(letter.subject),
                    "message",
                    {
                        "name": person.name,
                        "paragraphs": [*(_(one) for one in letter.sentences), *(place() if place else ())],
                        "link": f"{current_app.config['PUBLIC_URL']}{link}",
                    },
                    person_id=person.id,
                    kind=kind,
                    unique_key=f"{kind}:{key}:{person.id}",
                )


def _place(hazard: Hazard, inspection: Inspection) -> list[str]:
    """Return where it is as the plan knows it; what the inspector wrote may name people, and stays in the product."""
    about = _(
        "This is about the inspection “%(title)s” (%(reference)s).",
        title=inspection.title,
        reference=inspection.reference,
    )
    return [_("Place of the visit: %(place)s.", place=hazard.visit.place), about] if hazard.visit else [about]


def the_service(hazard: Hazard, inspection: Inspection) -> set[Person]:
    """Return whom a hazard is for: lead and staff of the visited service, and who looks after the inspection.

    Where it was on no visit, everybody of each inspected service.
    """
    visited = {hazard.visit.site.service_id} if hazard.visit and hazard.visit.site else set()
    services = visited & {one.id for one in inspection.services} or {one.id for one in inspection.services}
    return {inspection.contact, *_people_of(services)}


def everybody_who_can_act(hazard: Hazard, inspection: Inspection) -> set[Person]:
    """Return who is asked about a hazard that nobody answered: the same again, and every coordinator."""
    return the_service(hazard, inspection) | set(holders(Role.COORDINATOR))


def the_reporter(hazard: Hazard, inspection: Inspection) -> set[Person]:
    """Return who hears each step: whoever reported it, and who looks after the inspection."""
    return {hazard.reported_by, inspection.contact}


def _people_of(services: set[uuid.UUID]) -> list[Person]:
    given = Grant.name.in_(SERVICE_ROLES) & Grant.service_id.in_(services)
    return list(db.session.scalars(select(Person).where(Person.roles.any(given))))


WAITS = mark("Something dangerous: please look now")
HAZARDS: dict[str, tuple[Letter, Hearers]] = {
    "hazard.reported": (
        Letter(WAITS, (mark("Somebody told us of something dangerous."), LOOK_AFTER_IT)),
        the_service,
    ),
    "hazard.reminded": (
        Letter(WAITS, (mark("Something dangerous was reported. Nobody has answered yet."), LOOK_AFTER_IT)),
        everybody_who_can_act,
    ),
    "hazard.acknowledged": (
        Letter(
            mark("Somebody looks after the danger you saw"), (mark("The danger you told us of is being looked after."),)
        ),
        the_reporter,
    ),
    "hazard.noted": (
        Letter(
            mark("News about the danger you saw"),
            (mark("Somebody wrote what was done about the danger you told us of."),),
        ),
        the_reporter,
    ),
    "hazard.closed": (
        Letter(mark("The danger you saw was put right"), (mark("We were told that it is not dangerous any more."),)),
        the_reporter,
    ),
}
"""Kind of entry → the mail, and who gets it."""


def register() -> None:
    """Hear of each entry in the transaction in which it is made."""
    journal.on_append(post)
