"""Reads about what tablets sent."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile
from inspect_app.core.jobs import Job
from inspect_app.core.words import _
from inspect_app.fieldwork.models import KeptWords
from inspect_app.inspections.models import Inspection
from inspect_app.tablet.models import ReceivedEntry, Upload
from inspect_app.tablet.rules import Entry, Kind, State


def received(entry: Entry) -> ReceivedEntry | None:
    """Return this very entry, the same text, when the office has it."""
    return db.session.get(ReceivedEntry, (entry.id, entry.digest), populate_existing=True)


def is_taken(entry: Entry) -> bool:
    """Say whether the office has another text under the id of this entry."""
    query = select(ReceivedEntry.id).where(ReceivedEntry.id == entry.id, ReceivedEntry.digest != entry.digest)
    return db.session.scalar(query.limit(1)) is not None


def stored_body(entry: Entry) -> str | None:
    """Return the text of an entry as the database holds it now."""
    here = ReceivedEntry.id == entry.id, ReceivedEntry.digest == entry.digest
    return db.session.scalar(select(ReceivedEntry.body).where(*here))


def kept_among(ids: Collection[uuid.UUID], person_id: uuid.UUID) -> set[uuid.UUID]:
    """Return which of these entries the office keeps for their author alone, and will never count."""
    query = select(ReceivedEntry.id).where(
        ReceivedEntry.id.in_(ids),
        ReceivedEntry.person_id == person_id,
        ReceivedEntry.state.in_([State.KEPT, State.DIFFERENT]),
    )
    return set(db.session.scalars(query)) if ids else set()


def arrived(person_id: uuid.UUID, inspection_id: uuid.UUID, sha256: str) -> Upload | None:
    """Return a whole upload of a person with this content, or None while it is missing or on its way."""
    return db.session.scalar(
        select(Upload)
        .where(
            Upload.person_id == person_id,
            Upload.inspection_id == inspection_id,
            Upload.sha256 == sha256,
            Upload.done_at.is_not(None),
        )
        .limit(1)
    )


def kept_for(person_id: uuid.UUID) -> Sequence[tuple[KeptWords, Inspection]]:
    """Return everything of a person that came too late, with its inspection, newest first: for them alone."""
    query = select(KeptWords, Inspection).join(Inspection, Inspection.id == KeptWords.inspection_id)
    query = query.where(KeptWords.person_id == person_id).order_by(KeptWords.kept_at.desc())
    return [(words, inspection) for words, inspection in db.session.execute(query).unique()]


def is_note_kept(inspection_id: uuid.UUID, person_id: uuid.UUID, note_id: uuid.UUID) -> bool:
    """Say whether a note came too late, and is kept for its author alone: what stands on it is kept too."""
    return is_kept(inspection_id, person_id, note_id, Kind.NOTE)


def is_kept(inspection_id: uuid.UUID, person_id: uuid.UUID, thing: uuid.UUID, *kinds: Kind) -> bool:
    """Say whether an entry of one of these kinds about that thing is kept for its author alone."""
    bodies = db.session.scalars(
        select(ReceivedEntry.body).where(
            ReceivedEntry.inspection_id == inspection_id,
            ReceivedEntry.person_id == person_id,
            ReceivedEntry.kind.in_(kinds),
            ReceivedEntry.state.in_([State.KEPT, State.DIFFERENT]),
        )
    )
    return any(body and str(thing) in body for body in bodies)


def kept_one(person_id: uuid.UUID, words_id: uuid.UUID) -> tuple[KeptWords, Inspection]:
    """Return one thing of a person that came too late; raise Refused (404) for everybody else's."""
    found = db.session.get(KeptWords, words_id)
    if found is None or found.person_id != person_id:
        raise Refused(_("This is not there any more."), 404)
    return found, db.session.get_one(Inspection, found.inspection_id)


def kept_file(person_id: uuid.UUID, words_id: uuid.UUID) -> tuple[KeptWords, StoredFile]:
    """Return the photo or sound that came too late; raise Refused (404) for everybody else's, and where none is."""
    words, _inspection = kept_one(person_id, words_id)
    named = words.content.get("file")
    stored = db.session.get(StoredFile, uuid.UUID(named)) if named else None
    if stored is None:
        raise Refused(_("There is no photo or recording here."), 404)
    return words, stored


def rescue_loads(count: int = 10) -> Sequence[Job]:
    """Return the last rescue files that were brought, newest first."""
    query = select(Job).where(Job.kind == "tablet.load_rescue").order_by(Job.created_at.desc())
    return db.session.scalars(query.limit(count)).all()
