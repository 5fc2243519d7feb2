"""Entries about notes, stored by the same operations as the pages'."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _, lazy, mark
from inspect_app.fieldwork import operations
from inspect_app.fieldwork.models import Observation
from inspect_app.fieldwork.operations import Note
from inspect_app.fieldwork.rules import ObservationKind, amount_of
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.tablet import queries
from inspect_app.tablet.entries import Handler, Kept, NotYet, Outcome, handles
from inspect_app.tablet.handlers_ratings import require_same_question, sent_by, told
from inspect_app.tablet.rules import Entry, Kind, State

NOTE_NOT_HERE = lazy("This note has not reached the office yet. It goes first.")


def register() -> None:
    """Register how these kinds of entry are stored."""
    handles(Kind.NOTE, Handler(_note, keep=_keep_note))
    handles(Kind.NOTE_WITHDRAWN, Handler(_withdraw, keep=_keep_reason))


def _note(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    require_same_question(inspection, entry, entry.maybe_words("question"))
    counted = entry.words("kind") == ObservationKind.COUNTED
    _note_row, saved = operations.capture_observation(
        inspection,
        Note(
            kind=entry.words("kind"),
            text=entry.words("text"),
            amount=_amount(entry) if counted else None,
            unit=entry.maybe_words("unit"),
            question_key=entry.maybe_words("question"),
            visit_id=entry.maybe_id("visit"),
        ),
        actor=actor,
        author_id=entry.author,
        id=entry.needed_id("note"),
        sent=sent_by(inspection, entry),
    )
    return told(inspection, entry, saved, lambda _content: "")


def _amount(entry: Entry) -> Decimal | None:
    """Return what was counted; a tablet may send it as a number or as somebody wrote it."""
    amount = entry.content.get("amount")
    return amount_of(str(amount)) if isinstance(amount, str | int | float) and not isinstance(amount, bool) else None


def _withdraw(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    note = db.session.get(Observation, entry.needed_id("note"), populate_existing=True)
    if note is None or note.inspection_id != inspection.id:
        if queries.is_note_kept(inspection.id, entry.person, entry.needed_id("note")):
            raise Refused(_("The note itself came too late."))
        raise NotYet(NOTE_NOT_HERE, [entry.needed_id("note")])
    if note.withdrawn_at is not None and note.author_id == actor.id:
        return Outcome(State.OLDER)
    operations.withdraw_observation(note, entry.words("reason"), actor=actor, inspection=inspection)
    return Outcome()


def _keep_note(_inspection: Inspection, entry: Entry, _ready: Any) -> Kept:
    content = {name: entry.content.get(name) for name in ("kind", "amount", "unit", "question", "visit")}
    return Kept(mark("A note"), {**content, "reason": entry.words("text").strip()})


def _keep_reason(_inspection: Inspection, entry: Entry, _ready: Any) -> Kept | None:
    reason = entry.words("reason").strip()
    return Kept(mark("Why you took a note back"), {"reason": reason}) if reason else None
