"""What each operation on an inspection begins with."""

from __future__ import annotations

from sqlalchemy import select

from inspect_app.core import access
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


def lock(inspection: Inspection) -> Inspection:
    """Let one operation on an inspection end before the next begins, and see how it stands now."""
    query = select(Inspection).where(Inspection.id == inspection.id).with_for_update(of=Inspection)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def guard(actor: Person, permission: str, inspection: Inspection) -> None:
    """Lock an inspection, then raise Refused unless the person may do this to it as it stands now."""
    lock(inspection)
    access.forget_standings()
    access.require(actor, permission, inspection)


def said(words: str | None, question: str) -> str:
    """Return what somebody wrote, without spaces around it; raise Refused (422) when they wrote nothing."""
    text = (words or "").strip()
    if not text:
        raise Refused(question, 422)
    return text
