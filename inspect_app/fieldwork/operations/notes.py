"""Note something, add a photo, take either back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from inspect_app.core import files, journal, photos, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Saved
from inspect_app.core.time import now
from inspect_app.fieldwork.models import Evidence, Observation, Seal
from inspect_app.fieldwork.operations.guards import require_writer
from inspect_app.fieldwork.operations.origins import Sent, journal_typing, origin_of
from inspect_app.fieldwork.rules import (
    LONGEST_CAPTION,
    LONGEST_UNIT,
    ObservationKind,
    Rater,
    RaterKind,
    SeenBy,
    Source,
    amount_words,
    wrong_observation,
)
from inspect_app.frameworks.queries import question_of
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.inspections.queries import visit_of
from inspect_app.people.models import Person


@dataclass(frozen=True)
class Note:
    """What somebody noticed; ``amount`` and ``unit`` for what was counted."""

    kind: str
    text: str
    amount: Decimal | None = None
    unit: str | None = None
    question_key: str | None = None
    visit_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Photo:
    """A photo as it arrived, or ready to be kept, with its caption and who may see it."""

    data: bytes | files.ReadyPhoto
    name: str
    caption: str
    seen_by: str = SeenBy.TEAM
    people_agreed: bool = False
    question_key: str | None = None
    observation_id: uuid.UUID | None = None


def capture_observation(
    inspection: Inspection,
    note: Note,
    *,
    actor: Person,
    author_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word as in every other operation
    sent: Sent | None = None,
) -> tuple[Observation, Saved]:
    """Save what somebody noticed, new or again; ``id`` is the note's, ``sent.id`` that of its new state.

    Raises :class:`Refused`: 403 wrong person, 409 too late, 422 something is missing or wrong.
    """
    sent = sent or Sent()
    rater = Rater(RaterKind.INSPECTOR, author_id or actor.id)
    require_writer(inspection, rater, actor, sent.source, "fieldwork.observe")
    _check_note(inspection, note)
    standing = db.session.get(Observation, id, populate_existing=True) if id else None
    if standing is not None and (standing.inspection_id, standing.author_id) != (inspection.id, rater.id):
        raise Refused("This note is somebody else’s.", 403)
    _refuse_when_sealed(inspection, rater)
    note_id = standing.id if standing else id or new_id()
    saved = revisions.save(
        ("observation", note_id),
        _content(note),
        origin_of(inspection, rater, actor, sent),
        top=standing.revision_id if standing else None,
        inspection=inspection.id,
    )
    if saved.repeated and standing is not None:
        return standing, saved
    db.session.flush()
    observation = standing or Observation(
        id=note_id,
        inspection_id=inspection.id,
        author_id=rater.id,
        noted_at=saved.revision.captured_at,
    )
    if saved.on_top:
        _write(observation, note, saved)
    db.session.add(observation)
    db.session.flush()
    journal_typing(inspection, rater, ("observation", observation.id), actor, sent)
    return observation, saved


def _check_note(inspection: Inspection, note: Note) -> None:
    wrong = wrong_observation(note.kind, note.text, note.amount, note.unit)
    if wrong is None and len(note.unit or "") > LONGEST_UNIT:
        wrong = f"Use at most {LONGEST_UNIT} letters for what you counted."
    if wrong is not None:
        raise Refused(wrong, 422)
    if note.question_key:
        question_of(inspection.framework_version_id, note.question_key)
    if note.visit_id:
        visit_of(inspection, note.visit_id)


def _content(note: Note) -> dict[str, object]:
    counted = note.kind == ObservationKind.COUNTED
    return {
        "kind": note.kind,
        "text": note.text.strip(),
        "amount": amount_words(note.amount) if counted and note.amount is not None else None,
        "unit": (note.unit or "").strip() if counted else None,
        "question": note.question_key or None,
        "visit": str(note.visit_id) if note.visit_id else None,
    }


def _write(observation: Observation, note: Note, saved: Saved) -> None:
    counted = note.kind == ObservationKind.COUNTED
    observation.kind, observation.text = note.kind, note.text.strip()
    observation.amount = note.amount if counted else None
    observation.unit = (note.unit or "").strip() if counted else None
    observation.criterion_key, observation.visit_id = note.question_key or None, note.visit_id
    observation.revision_id = saved.revision.id


def withdraw_observation(observation: Observation, reason: str, *, actor: Person, inspection: Inspection) -> None:
    """Take a note back, with a reason; what was written stays in its history.

    Raises :class:`Refused`: 403 wrong person, 409 too late or sealed, 422 without a reason.
    """
    if observation.author_id != actor.id:
        raise Refused("Only the person who wrote this note can take it back.", 403)
    guard(actor, "fieldwork.observe", inspection)
    _refuse_when_sealed(inspection, Rater(RaterKind.INSPECTOR, actor.id))
    if not reason.strip():
        raise Refused("Say why you take this note back.", 422)
    if observation.withdrawn_at is not None:
        return
    observation.withdrawn_at, observation.withdrawn_reason = now(), reason.strip()
    db.session.flush()
    journal.append(
        "observation.withdrawn",
        actor=actor.id,
        inspection=inspection.id,
        about=("observation", observation.id),
    )


def add_evidence(
    inspection: Inspection,
    photo: Photo,
    *,
    actor: Person,
    author_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word as in every other operation
    source: str = Source.SCREEN,
) -> Evidence:
    """Add a photo: without position and device data, with a small copy for lists. The same id twice is one.

    Raises :class:`Refused`: 403 wrong person, 409 too late, 413 too large, 422 no photo or no caption.
    """
    rater = Rater(RaterKind.INSPECTOR, author_id or actor.id)
    require_writer(inspection, rater, actor, source, "fieldwork.observe")
    known = db.session.get(Evidence, id) if id else None
    if known is not None:
        if (known.author_id, known.inspection_id) != (rater.id, inspection.id):
            raise Refused("This photo is somebody else’s.", 403)
        return known
    _refuse_when_sealed(inspection, rater)
    _check_photo(inspection, photo, rater)
    stored = files.store_photo(photo.data, photo.name)
    small = files.store(photos.thumbnail(files.read(stored)), "image/jpeg", photo.name)
    evidence = Evidence(
        id=id or new_id(),
        inspection_id=inspection.id,
        author_id=rater.id,
        typist_id=actor.id if actor.id != rater.id else None,
        observation_id=photo.observation_id,
        criterion_key=photo.question_key or None,
        file_id=stored.id,
        thumbnail_id=small.id,
        caption=photo.caption.strip(),
        seen_by=photo.seen_by,
        people_agreed=photo.people_agreed,
        added_at=now(),
    )
    db.session.add(evidence)
    db.session.flush()
    facts = {"received": stored.sha256_received, "stored": stored.sha256_stored}
    journal.append(
        "evidence.added",
        actor=actor.id,
        inspection=inspection.id,
        about=("evidence", evidence.id),
        facts=facts,
    )
    return evidence


def _check_photo(inspection: Inspection, photo: Photo, rater: Rater) -> None:
    if not photo.caption.strip():
        raise Refused("Say what the photo shows.", 422)
    if len(photo.caption.strip()) > LONGEST_CAPTION:
        raise Refused(f"Use at most {LONGEST_CAPTION} letters to say what the photo shows.", 422)
    if photo.seen_by not in set(SeenBy):
        raise Refused("Choose who may see the photo.", 422)
    if photo.question_key:
        question_of(inspection.framework_version_id, photo.question_key)
    if photo.observation_id:
        found = db.session.get(Observation, photo.observation_id)
        if found is None or (found.inspection_id, found.author_id) != (inspection.id, rater.id):
            raise Refused("There is no such note.", 404)


def withdraw_evidence(evidence: Evidence, *, actor: Person, inspection: Inspection) -> None:
    """Take a photo back: nobody sees it any more. Raises Refused: 403 wrong person, 409 too late."""
    if evidence.author_id != actor.id:
        raise Refused("Only the person who added this photo can take it back.", 403)
    guard(actor, "fieldwork.observe", inspection)
    _refuse_when_sealed(inspection, Rater(RaterKind.INSPECTOR, actor.id))
    if evidence.withdrawn_at is not None:
        return
    evidence.withdrawn_at = now()
    db.session.flush()
    journal.append(
        "evidence.withdrawn",
        actor=actor.id,
        inspection=inspection.id,
        about=("evidence", evidence.id),
    )


def _refuse_when_sealed(inspection: Inspection, rater: Rater) -> None:
    """Raise Refused when the author has sealed: from then on the team may be reading."""
    sealed = db.session.scalar(
        select(Seal.id).where(
            Seal.inspection_id == inspection.id,
            Seal.rater_kind == rater.kind,
            Seal.rater_id == rater.id,
            Seal.opened_at.is_(None),
        )
    )
    if sealed is not None:
        raise Refused("You have sealed. Open your seal first, and say why.")
