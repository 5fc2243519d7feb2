"""Papers that the service or the coordinator adds for the team."""

from __future__ import annotations

import uuid
from typing import BinaryIO

from inspect_app.core import access, files, journal
from inspect_app.core.access import Standing
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections.models import Document, Inspection
from inspect_app.inspections.operations.shared import guard, said
from inspect_app.people.models import Person


def add_document(
    inspection: Inspection,
    *,
    id: uuid.UUID,  # noqa: A002  # the same word in every room
    title: str,
    data: bytes | BinaryIO,
    name: str,
    actor: Person,
) -> Document:
    """Keep a paper for the team; the same ``id`` twice is one paper. Raises Refused for a file that cannot be kept."""
    guard(actor, "inspections.add_document", inspection)
    known = db.session.get(Document, id)
    if known is not None:
        return _of(inspection, known)
    words = said(title, _("Say what the paper is called."))
    stored = files.store_document(data, name)
    document = Document(id=id, title=words, file=stored, added_by_id=actor.id, added_at=now())
    inspection.documents.append(document)
    db.session.flush()
    facts = {"document": str(id), "sha256": stored.sha256_stored}
    about = ("document", id)
    journal.append("document.added", actor=actor.id, inspection=inspection.id, about=about, facts=facts)
    return document


def withdraw_document(inspection: Inspection, document: Document, actor: Person) -> Document:
    """Take a paper back: its author or a coordinator can; it is no longer shown. Twice is once."""
    guard(actor, "inspections.add_document", inspection)
    _of(inspection, document)
    is_coordinator = Standing.COORDINATOR in access.standings(actor, inspection)
    if document.added_by_id != actor.id and not is_coordinator:
        raise Refused(_("Only who added this paper or a coordinator can take it back."), 403)
    if document.withdrawn_at is not None:
        return document
    document.withdrawn_at = now()
    db.session.flush()
    about, facts = ("document", document.id), {"document": str(document.id)}
    journal.append("document.withdrawn", actor=actor.id, inspection=inspection.id, about=about, facts=facts)
    return document


def _of(inspection: Inspection, document: Document) -> Document:
    if document.inspection_id != inspection.id:
        raise Refused(_("There is no such paper in this inspection."), 404)
    return document
