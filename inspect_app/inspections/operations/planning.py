"""Plan an inspection: what, by which questions, under which charter."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inspect_app.charter.models import Charter
from inspect_app.core import access, journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import Programme, zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _
from inspect_app.frameworks.models import FrameworkVersion
from inspect_app.inspections.models import Inspection, Kind
from inspect_app.inspections.operations.shared import guard, said
from inspect_app.inspections.rules import Stage
from inspect_app.inspections.rules_team import next_reference
from inspect_app.people.models import Person
from inspect_app.people.rules import Role
from inspect_app.services.models import Service

ALWAYS = frozenset({"title", "scope", "contact"})
"""What can still change after the planning; the rest binds the team and the service."""


def create_inspection(
    *,
    id: uuid.UUID,  # noqa: A002  # the same word in every room
    title: str,
    kind: Kind,
    actor: Person,
    contact: Person | None = None,
    services: Sequence[Service] = (),
    framework_version: FrameworkVersion | None = None,
    charter: Charter | None = None,
    scope: str | None = None,
    reference: str | None = None,
    copied_from: Inspection | None = None,
) -> Inspection:
    """Start to plan an inspection; the same ``id`` twice is one inspection.

    Without a reference it gets the next of this year. Raises Refused for other than a coordinator, for an empty
    title, and for a reference in use.
    """
    access.require(actor, "inspections.create")
    programme = db.session.scalar(select(Programme).limit(1).with_for_update())
    known = db.session.get(Inspection, id)
    if known is not None:
        return known
    taken = set(db.session.scalars(select(Inspection.reference)))
    if reference in taken:
        raise Refused(_("Another inspection has this reference. Choose another one."), 422)
    year = local_day(now(), zone()).year
    inspection = Inspection(
        id=id,
        reference=reference or next_reference(programme.name if programme else "", year, taken),
        title=said(title, _("Say what the inspection is called.")),
        kind=kind,
        framework_version=framework_version,
        charter=charter,
        scope=(scope or "").strip() or None,
        language=programme.language if programme else "en",
        stage=Stage.PLANNING,
        contact=_ringable(contact or actor),
        services=list(services),
        members=[],
        visits=[],
        documents=[],
        agreements=[],
        waivers=[],
        copied_from_id=copied_from.id if copied_from else None,
        created_at=now(),
    )
    db.session.add(inspection)
    db.session.flush()
    facts = {"copied_from": str(copied_from.id)} if copied_from else {}
    journal.append("inspection.created", actor=actor.id, inspection=id, about=("inspection", id), facts=facts)
    return inspection


def copy_inspection(*, id: uuid.UUID, source: Inspection, title: str, actor: Person) -> Inspection:  # noqa: A002
    """Start to plan an inspection like an earlier one: its kind, services, questions, charter and scope.

    People are asked anew and visits planned anew, so neither is copied; nor are questions that are retired.
    """
    version = source.framework_version
    return create_inspection(
        id=id,
        title=title,
        kind=source.kind,
        actor=actor,
        contact=source.contact,
        services=source.services,
        framework_version=version if version is None or version.retired_at is None else None,
        charter=source.charter,
        scope=source.scope,
        copied_from=source,
    )


def change_inspection(inspection: Inspection, actor: Person, **changes: Any) -> Inspection:
    """Change title, scope, contact, kind, services, framework_version or charter of an inspection.

    The first three can change while it runs; the rest only in planning, because the team and the service rely on
    it afterwards. Raises Refused otherwise, and TypeError for anything else.
    """
    unknown = set(changes) - ALWAYS - {"kind", "services", "framework_version", "charter"}
    if unknown:
        raise TypeError(f"an inspection has no {', '.join(sorted(unknown))}")
    guard(actor, "inspections.describe", inspection)
    different = {name: value for name, value in changes.items() if getattr(inspection, name) != value}
    if set(different) - ALWAYS and inspection.stage != Stage.PLANNING:
        raise Refused(_("The planning is over. Services, questions and the charter stay as they are."))
    if "title" in different:
        different["title"] = said(different["title"], _("Say what the inspection is called."))
    if "contact" in different:
        _ringable(different["contact"])
    if "services" in different:
        _check_ties(inspection, different["services"])
    if not different:
        return inspection
    for name, value in different.items():
        setattr(inspection, name, list(value) if name == "services" else value)
    db.session.flush()
    access.forget_standings()
    facts = {"changed": sorted(different)}
    about = ("inspection", inspection.id)
    journal.append("inspection.changed", actor=actor.id, inspection=inspection.id, about=about, facts=facts)
    return inspection


def _ringable(person: Person) -> Person:
    if not person.holds(Role.COORDINATOR):
        raise Refused(_("The person to ring must be a coordinator."), 422)
    return person


def _check_ties(inspection: Inspection, services: Sequence[Service]) -> None:
    """Raise Refused when somebody of the team works for a service that comes under inspection."""
    chosen = {service.id for service in services}
    for member in inspection.members:
        if member.state in ("invited", "accepted") and chosen & {grant.service_id for grant in member.person.roles}:
            name = member.person.name
            raise Refused(_("%(name)s is on the team and works for a service you chose.", name=name), 422)
