"""Who uses which questions: told to the room of frameworks, which cannot ask upwards."""

from __future__ import annotations

import uuid

from flask import url_for
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.frameworks import doors
from inspect_app.frameworks.doors import KindOfUse, Use
from inspect_app.inspections.models import Inspection, Kind
from inspect_app.inspections.rules import title as stage_title


def register() -> None:
    """Offer both answers."""
    doors.find_kinds_with(kinds_of)
    doors.find_uses_with(uses_of)


def kinds_of(key: str) -> list[KindOfUse]:
    """Return the kinds made for a framework, with the days of their visits."""
    kinds = db.session.scalars(select(Kind).order_by(Kind.title))
    return [
        KindOfUse(kind.title, int(kind.settings.get("visit_days") or 1))
        for kind in kinds
        if key in (kind.settings.get("framework_keys") or ())
    ]


def uses_of(version_id: uuid.UUID) -> list[Use]:
    """Return the inspections that use a version, the newest first."""
    query = select(Inspection).where(Inspection.framework_version_id == version_id)
    return [
        Use(one.reference, one.title, url_for("inspections.hub", reference=one.reference), stage_title(one.stage))
        for one in db.session.scalars(query.order_by(Inspection.created_at.desc()))
    ]
