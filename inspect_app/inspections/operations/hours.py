"""Time that people give: it is a cost, and is recorded as such."""

from __future__ import annotations

import uuid

from inspect_app.core import access, journal
from inspect_app.core.access import Standing
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections.models import Hours, Inspection, Visit
from inspect_app.inspections.operations.shared import guard
from inspect_app.inspections.operations.visits import mark_held
from inspect_app.people.models import Person

LONGEST_MINUTES = 1440
SERVICE_SIDE = frozenset({Standing.SERVICE_LEAD, Standing.SERVICE_STAFF})
TEAM_SIDE = frozenset({Standing.INSPECTOR, Standing.SUPPORTER})


def record_hours(
    inspection: Inspection,
    *,
    id: uuid.UUID,  # noqa: A002  # the same word in every room
    minutes: int,
    actor: Person,
    person: Person | None = None,
    visit: Visit | None = None,
    what: str | None = None,
    side: str | None = None,
) -> Hours:
    """Record minutes for oneself; a coordinator can record them for others. The same ``id`` twice is one record.

    The first record for a visit says that it took place. Raises Refused for less than a minute, more than a day,
    or a visit that has not begun.
    """
    guard(actor, "inspections.hours", inspection)
    known = db.session.get(Hours, id)
    if known is not None:
        return _of(inspection, known)
    whose = person or actor
    if whose.id != actor.id and Standing.COORDINATOR not in access.standings(actor, inspection):
        raise Refused(_("You can record your own time. A coordinator can record it for others."), 403)
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Refused(_("Write a time between 1 minute and 24 hours."), 422)
    if visit is not None:
        mark_held(inspection, visit, actor)
    row = Hours(
        id=id,
        inspection_id=inspection.id,
        visit_id=visit.id if visit else None,
        person_id=whose.id,
        side=side or side_of(whose, inspection),
        minutes=minutes,
        what=(what or "").strip() or None,
        recorded_at=now(),
        recorded_by_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    facts = {
        "person": str(whose.id),
        "minutes": minutes,
        "side": row.side,
        "visit": str(row.visit_id or "") or None,
    }
    journal.append("hours.recorded", actor=actor.id, inspection=inspection.id, about=("hours", id), facts=facts)
    return row


def side_of(person: Person, inspection: Inspection) -> str:
    """Return whose time it is: a citizen's, the service's, or an officer's."""
    standings = access.standings(person, inspection)
    if standings & TEAM_SIDE:
        return "citizen"
    return "service" if standings & SERVICE_SIDE else "officer"


def _of(inspection: Inspection, hours: Hours) -> Hours:
    if hours.inspection_id != inspection.id:
        raise Refused(_("There is no such record in this inspection."), 404)
    return hours
