"""What the operations of this room share: whose recommendation it is, and how one is settled."""

from __future__ import annotations

import uuid
from typing import Any

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _, number
from inspect_app.improvement import queries
from inspect_app.improvement.models import Settlement
from inspect_app.improvement.rules import LONGEST_TEXT, Settled
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.people.rules import Role
from inspect_app.reports.models import Recommendation


def own(actor: Person, asked: Recommendation, *, lead: bool = False) -> None:
    """Raise Refused (403) unless somebody works for the service that a recommendation is addressed to."""
    roles = (Role.SERVICE_LEAD,) if lead else (Role.SERVICE_LEAD, Role.SERVICE_STAFF)
    if not any(actor.holds(role, asked.service_id) for role in roles):
        name = asked.service.name
        only_lead = _("Only the lead of %(service)s can do this.", service=name)
        raise Refused(only_lead if lead else _("Only people of %(service)s can do this.", service=name), 403)


def own_service(actor: Person, service_id: uuid.UUID, name: str) -> None:
    """Raise Refused (403) unless somebody leads this service."""
    if not actor.holds(Role.SERVICE_LEAD, service_id):
        raise Refused(_("Only the lead of %(service)s can do this.", service=name), 403)


def written(text: str | None, question: str) -> str:
    """Return a text without spaces around it; raise Refused (422) when it is empty or too long."""
    clean = (text or "").strip()
    if not clean:
        raise Refused(question, 422)
    if len(clean) > LONGEST_TEXT:
        raise Refused(_("This is too long. Up to %(count)s signs fit here.", count=number(LONGEST_TEXT)), 422)
    return clean


def note(kind: str, inspection: Inspection, asked: Recommendation, actor: Person | None, **facts: Any) -> journal.Entry:
    """Append an entry about a recommendation."""
    return journal.append(
        kind,
        actor=actor.id if actor else None,
        inspection=inspection.id,
        about=("recommendation", asked.id),
        facts={"recommendation": str(asked.id), "number": asked.number, **facts},
    )


def settle(
    inspection: Inspection, asked: Recommendation, outcome: Settled, reason: str, actor: Person | None
) -> Settlement:
    """End a recommendation, once; a second time returns what stands."""
    standing = queries.settlements_of([asked.id]).get(asked.id)
    if standing is not None:
        return standing
    row = Settlement(
        id=new_id(),
        recommendation_id=asked.id,
        outcome=outcome,
        reason=reason,
        settled_by_id=actor.id if actor else None,
        settled_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    note("recommendation.settled", inspection, asked, actor, outcome=str(outcome))
    return row


def refuse_settled(asked: Recommendation) -> None:
    """Raise Refused when a recommendation has ended."""
    if queries.settlements_of([asked.id]):
        raise Refused(_("Recommendation %(number)s is settled. Nothing more is to be done.", number=asked.number))


def same_id(table: Any, id: uuid.UUID | None, **owner: Any) -> Any:  # noqa: A002  # the same word in every room
    """Return the row that an earlier send with this id made; raise Refused (404) when it is somebody else's."""
    known = db.session.get(table, id) if id else None
    if known is not None and any(getattr(known, name) != value for name, value in owner.items()):
        raise Refused(_("This belongs to something else. Load the page again."), 404)
    return known
