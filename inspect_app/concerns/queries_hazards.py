"""Reads about hazards."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from inspect_app.concerns.models import Hazard
from inspect_app.concerns.rules import State
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


def hazard_of(inspection: Inspection, hazard_id: uuid.UUID, *, locked: bool = False) -> Hazard:
    """Return a hazard of an inspection. Raises Refused (404) when it is none of its."""
    query = select(Hazard).where(Hazard.id == hazard_id, Hazard.inspection_id == inspection.id)
    if locked:
        query = query.with_for_update(of=Hazard).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise Refused(_("We cannot find this."), 404)
    return found


def hazards_of(inspection: Inspection) -> Sequence[Hazard]:
    """Return the hazards of an inspection: open ones first, then the newest."""
    query = select(Hazard).where(Hazard.inspection_id == inspection.id)
    order = (Hazard.state == State.CLOSED, Hazard.received_at.desc(), Hazard.id)
    return db.session.scalars(query.order_by(*order)).all()


def count_by_state(inspection: Inspection) -> dict[str, int]:
    """Return how many hazards an inspection has, by state."""
    query = select(Hazard.state, func.count()).where(Hazard.inspection_id == inspection.id).group_by(Hazard.state)
    return dict(db.session.execute(query).all())


def reported_by(person: Person, inspection_id: uuid.UUID) -> Sequence[Hazard]:
    """Return what somebody reported on an inspection, newest first."""
    query = select(Hazard).where(Hazard.inspection_id == inspection_id, Hazard.reported_by_id == person.id)
    return db.session.scalars(query.order_by(Hazard.received_at.desc())).all()
