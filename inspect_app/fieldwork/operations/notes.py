"""Note something, take it back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from inspect_app.core import journal, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision, Saved
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Observation, Seal
from inspect_app.fieldwork.operations.guards import require_writer
from inspect_app.fieldwork.operations.origins import Sent, journal_typing, origin_of
from inspect_app.fieldwork.rules import (
    LONGEST_UNIT,
    ObservationKind,
    Rater,
    RaterKind,
    amount_words,
    wrong_observation,
)
from inspect_app.frameworks.queries import question_of
from inspect_app.frameworks.slots import parted
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.inspections.queries import visit_of
from inspect_app.people.models import Person


@dataclass(frozen=True)
class Note:
    """What somebody noticed; ``amount`` and ``unit`` for what was counted.

    ``is_spoken``: a recording stands for the text until somebody writes it down.
    """

    kind: str
    text: str
    amount: Decimal | None = None
    unit: str | None = None
    question_key: str | None = None
    visit_id: uuid.UUID | None = None
    is_spoken: bool = False


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
        raise Refused(_("This note is somebody else’s."), 403)
    refuse_when_sealed(inspection, rater)
    note_id = standing.id if standing else id or new_id()
    saved = revisions.save(
        ("observation", note_id),
        _content(note),
        origin_of(inspection, rater, actor, sent),
        top=standing.revision_id if standing else None,
        inspection=inspection.id,
        decided=frozenset,
    )
    if saved.repeated and standing is not None:
        return standing, saved
    db.session.flush()
    observation = standing or Observation(
        id=note_id,
        inspection_id=inspection.id,
        author_id=rater.id,
        noted_at=now(),
    )
    # A tablet's clock may run ahead; nothing is noted after it was received.
    observation.noted_at = min(observation.noted_at, saved.revision.captured_at)
    if saved.top is not None:
        _write(observation, saved.top)
    db.session.add(observation)
    db.session.flush()
    journal_typing(inspection, rater, ("observation", observation.id), actor, sent)
    return observation, saved


def _check_note(inspection: Inspection, note: Note) -> None:
    wrong = wrong_observation(note.kind, note.text or ("…" if note.is_spoken else ""), note.amount, note.unit)
    if wrong is None and len(note.unit or "") > LONGEST_UNIT:
        wrong = _("Use at most %(most)s letters for what you counted.", most=LONGEST_UNIT)
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


def _write(observation: Observation, top: Revision) -> None:
    """Let a note say what the state on top of its history says."""
    content = top.content or {}
    observation.kind, observation.text = content["kind"], content["text"]
    observation.amount = Decimal(content["amount"]) if content["amount"] is not None else None
    key, observation.instance = parted(content["question"] or "")
    observation.unit, observation.criterion_key = content["unit"], key or None
    observation.visit_id = uuid.UUID(content["visit"]) if content["visit"] else None
    observation.revision_id = top.id


def withdraw_observation(observation: Observation, reason: str, *, actor: Person, inspection: Inspection) -> None:
    """Take a note back, with a reason; what was written stays in its history.

    Raises :class:`Refused`: 403 wrong person, 409 too late or sealed, 422 without a reason.
    """
    if observation.author_id != actor.id:
        raise Refused(_("Only the person who wrote this note can take it back."), 403)
    guard(actor, "fieldwork.observe", inspection)
    refuse_when_sealed(inspection, Rater(RaterKind.INSPECTOR, actor.id))
    if not reason.strip():
        raise Refused(_("Say why you take this note back."), 422)
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


def refuse_when_sealed(inspection: Inspection, rater: Rater) -> None:
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
        raise Refused(_("You have sealed. Open your seal first, and say why."))
