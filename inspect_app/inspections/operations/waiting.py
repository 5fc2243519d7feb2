"""When something waits for one person: remind them, or go on without, with a reason that is shown."""

from __future__ import annotations

import uuid

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.journal import Entry
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import time_words
from inspect_app.core.words import _
from inspect_app.inspections import queries
from inspect_app.inspections.models import Inspection, Waiver
from inspect_app.inspections.operations.shared import guard, said
from inspect_app.inspections.rules_team import MAY_BE_WAIVED, wait_name
from inspect_app.people.models import Person
from inspect_app.services.models import Service


def remind(
    inspection: Inspection, person: Person, about: str, actor: Person, service_id: uuid.UUID | None = None
) -> Entry:
    """Remind somebody of what everybody waits for; the mail follows from the journal.

    Raises Refused when they were reminded of the same today.
    """
    guard(actor, "inspections.wait", inspection)
    last = queries.last_reminders([inspection.id]).get((inspection.id, str(person.id), about))
    if last is not None and local_day(last, zone()) == local_day(now(), zone()):
        when = {"name": person.name, "time": time_words(last)}
        raise Refused(_("%(name)s was reminded today at %(time)s. You can remind them again tomorrow.", **when))
    facts = {"person": str(person.id), "about": about, "service": str(service_id) if service_id else None}
    where = ("person", person.id)
    return journal.append("person.reminded", actor=actor.id, inspection=inspection.id, about=where, facts=facts)


def remind_service(inspection: Inspection, service: Service, about: str, actor: Person) -> list[Entry]:
    """Remind each lead of a service; raises Refused when it has none, or they were reminded today."""
    leads = queries.leads_of([service.id])[service.id]
    if not leads:
        sentence = _("%(service)s has nobody who leads it here. Give somebody this role.", service=service.name)
        raise Refused(sentence, 422)
    return [remind(inspection, lead, about, actor, service.id) for lead in leads]


def waive(
    inspection: Inspection,
    what: str,
    reason: str,
    actor: Person,
    *,
    person_id: uuid.UUID | None = None,
    service_id: uuid.UUID | None = None,
) -> Waiver:
    """Stop waiting for something from one person or one service, with a reason that is shown; twice is once.

    Raises Refused for what nobody can go without (an answer to the invitation, a training): release the person.
    """
    guard(actor, "inspections.wait", inspection)
    if what not in MAY_BE_WAIVED:
        sentence = _(
            "The team cannot go on without %(what)s. You can release or replace the person.", what=wait_name(what)
        )
        raise Refused(sentence)
    if (person_id is None) == (service_id is None):
        raise Refused(_("Say for whom you stop waiting."), 422)
    _check_part(inspection, person_id, service_id)
    for known in queries.waivers(inspection, what):
        if (known.person_id, known.service_id) == (person_id, service_id):
            return known
    waiver = Waiver(
        id=new_id(),
        what=what,
        person_id=person_id,
        service_id=service_id,
        reason=said(reason, _("Say why you stop waiting.")),
        decided_by_id=actor.id,
        decided_at=now(),
    )
    inspection.waivers.append(waiver)
    db.session.flush()
    facts = {"what": what, "person": str(person_id or "") or None, "service": str(service_id or "") or None}
    about = ("waiver", waiver.id)
    journal.append("wait.waived", actor=actor.id, inspection=inspection.id, about=about, facts=facts)
    return waiver


def _check_part(inspection: Inspection, person_id: uuid.UUID | None, service_id: uuid.UUID | None) -> None:
    people = {member.person_id for member in inspection.members}
    services = {service.id for service in inspection.services}
    if (person_id and person_id not in people) or (service_id and service_id not in services):
        raise Refused(_("There is no such person or service in this inspection."), 404)
