"""Plan visits, change and cancel them, and say that one took place."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection, Visit
from inspect_app.inspections.operations.shared import guard, said
from inspect_app.people.models import Person
from inspect_app.services.models import Site

DETAILS = frozenset({"site", "place", "purpose", "starts_at", "ends_at", "way_there", "ask_for"})


def plan_visit(
    inspection: Inspection,
    *,
    id: uuid.UUID,  # noqa: A002  # the same word in every room
    purpose: str,
    starts_at: datetime,
    ends_at: datetime,
    actor: Person,
    site: Site | None = None,
    place: str | None = None,
    way_there: str | None = None,
    ask_for: str | None = None,
) -> Visit:
    """Plan a visit at a site, or at a place in words; the same ``id`` twice is one visit.

    Raises Refused when the end does not come after the start, or place or purpose is missing.
    """
    guard(actor, "inspections.plan_visits", inspection)
    known = db.session.get(Visit, id)
    if known is not None:
        return _of(inspection, known)
    visit = Visit(
        id=id,
        site=site,
        place=said(place or (f"{site.name}, {site.address}" if site else ""), _("Say where the visit is.")),
        purpose=said(purpose, _("Say what the visit is for.")),
        starts_at=starts_at,
        ends_at=_later(starts_at, ends_at),
        way_there=way_there or (site.way_there if site else None),
        ask_for=ask_for or None,
    )
    inspection.visits.append(visit)
    db.session.flush()
    _tell("visit.planned", inspection, visit, actor)
    return visit


def change_visit(inspection: Inspection, visit: Visit, actor: Person, **changes: Any) -> Visit:
    """Change a visit that has not taken place; raises Refused for one that has or was cancelled."""
    if set(changes) - DETAILS:
        raise TypeError(f"a visit has no {', '.join(sorted(set(changes) - DETAILS))}")
    guard(actor, "inspections.plan_visits", inspection)
    _still_to_come(_of(inspection, visit))
    _later(changes.get("starts_at", visit.starts_at), changes.get("ends_at", visit.ends_at))
    if not any(getattr(visit, name) != value for name, value in changes.items()):
        return visit
    for name, value in changes.items():
        setattr(visit, name, value)
    said(visit.place, _("Say where the visit is."))
    said(visit.purpose, _("Say what the visit is for."))
    db.session.flush()
    _tell("visit.changed", inspection, visit, actor)
    return visit


def cancel_visit(inspection: Inspection, visit: Visit, reason: str, actor: Person) -> Visit:
    """Cancel a visit that has not taken place, with a reason; twice is once."""
    guard(actor, "inspections.plan_visits", inspection)
    if _of(inspection, visit).cancelled_at is not None:
        return visit
    _still_to_come(visit)
    visit.cancel_reason = said(reason, _("Say why the visit is cancelled."))
    visit.cancelled_at = now()
    db.session.flush()
    _tell("visit.cancelled", inspection, visit, actor)
    return visit


def hold_visit(inspection: Inspection, visit: Visit, actor: Person) -> Visit:
    """Say that a visit took place; twice is once. Raises Refused before it begins."""
    guard(actor, "inspections.hold_visit", inspection)
    return mark_held(inspection, visit, actor)


def mark_held(inspection: Inspection, visit: Visit, actor: Person) -> Visit:
    """Note that a visit took place, at its end or now, whichever came first."""
    if _of(inspection, visit).held_at is not None:
        return visit
    _still_to_come(visit)
    if visit.starts_at > now():
        raise Refused(_("This visit has not begun yet."))
    visit.held_at = min(now(), visit.ends_at)
    db.session.flush()
    _tell("visit.held", inspection, visit, actor, visit.held_at)
    return visit


def _of(inspection: Inspection, visit: Visit) -> Visit:
    if visit.inspection_id != inspection.id:
        raise Refused(_("There is no such visit in this inspection."), 404)
    return visit


def _still_to_come(visit: Visit) -> None:
    if visit.cancelled_at is not None:
        raise Refused(_("This visit was cancelled."))
    if visit.held_at is not None:
        raise Refused(_("This visit has taken place. It stays as it was."))


def _later(starts_at: datetime, ends_at: datetime) -> datetime:
    if ends_at <= starts_at:
        raise Refused(_("The end must come after the start."), 422)
    return ends_at


def _tell(kind: str, inspection: Inspection, visit: Visit, actor: Person, at: datetime | None = None) -> None:
    facts = {"visit": str(visit.id), "day": local_day(visit.starts_at, zone()).isoformat()}
    journal.append(
        kind, actor=actor.id, inspection=inspection.id, about=("visit", visit.id), facts=facts, occurred_at=at
    )
