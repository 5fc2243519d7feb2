"""Reading about supporters: whom inspectors want, and who supports them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection, Member, SupporterWish
from inspect_app.inspections.queries import on_team
from inspect_app.inspections.rules_team import MemberRole, WishState
from inspect_app.people.models import Person
from inspect_app.people.queries import holders
from inspect_app.people.rules import Role


def wishes(inspection: Inspection) -> Sequence[SupporterWish]:
    """Return the wishes of an inspection's inspectors, newest first."""
    query = select(SupporterWish).where(SupporterWish.inspection_id == inspection.id)
    return db.session.scalars(query.order_by(SupporterWish.asked_at.desc(), SupporterWish.id.desc())).all()


def open_wishes(inspection: Inspection) -> list[SupporterWish]:
    """Return the wishes that wait for the coordinator."""
    return [one for one in wishes(inspection) if one.state == WishState.ASKED]


def last_wish(inspection: Inspection, inspector_id: uuid.UUID) -> SupporterWish | None:
    """Return what an inspector last asked for, or None."""
    return next((one for one in wishes(inspection) if one.inspector_id == inspector_id), None)


def wish_of(inspection: Inspection, wish_id: uuid.UUID) -> SupporterWish:
    """Return one wish. Raises Refused (404) when there is none."""
    found = db.session.get(SupporterWish, wish_id)
    if found is None or found.inspection_id != inspection.id:
        raise Refused(_("There is no such wish."), 404)
    return found


def supporter_of(inspection: Inspection, inspector_id: uuid.UUID) -> Member | None:
    """Return who supports an inspector, or is asked to, or None."""
    return next((one for one in on_team(inspection, MemberRole.SUPPORTER) if one.supports_id == inspector_id), None)


def could_support(inspection: Inspection) -> list[Person]:
    """Return the people of the programme who can support somebody here: who is not on the team in another part."""
    taken = {one.person_id for one in inspection.members if one.state in ("invited", "accepted", "conflict")}
    found = {one.id: one for role in (Role.SUPPORTER, Role.INSPECTOR) for one in holders(role)}
    return sorted((one for one in found.values() if one.id not in taken), key=lambda one: one.name)
