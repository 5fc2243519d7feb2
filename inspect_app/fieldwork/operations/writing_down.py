"""Write down what a recording says, so that it can be read, searched and printed."""

from __future__ import annotations

import uuid

from inspect_app.core import journal, revisions
from inspect_app.core.access import require
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Saved
from inspect_app.core.words import _, number
from inspect_app.fieldwork.models import Evidence, Observation
from inspect_app.fieldwork.operations.guards import take_turn
from inspect_app.fieldwork.operations.origins import Sent, origin_of
from inspect_app.fieldwork.queries import supported_by
from inspect_app.fieldwork.rules import LONGEST_TEXT, EvidenceKind, Rater, RaterKind, Source
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.people.rules import Role


def may_write_down(inspection: Inspection, sound: Evidence, person: Person) -> bool:
    """Say whether somebody is close enough to a recording: its author, their supporter, a coordinator who types."""
    return (
        person.id == sound.author_id
        or person.holds(Role.COORDINATOR)
        or sound.author_id in supported_by(inspection, person.id)
    )


def write_down(inspection: Inspection, sound: Evidence, text: str, *, actor: Person, sent: Sent | None = None) -> Saved:
    """Save what a recording says; a note for whose text it stands gets the words too. Every state is kept.

    What somebody says is written down after they sealed, too: it changes nothing of what they said. Raises
    :class:`Refused`: 403 wrong person, 409 too late, 422 no words or no recording.
    """
    require(actor, "fieldwork.write_down", inspection)
    take_turn(inspection)
    if not may_write_down(inspection, sound, actor):
        raise Refused(_("Its author, their supporter or the coordinator can write this down."), 403)
    words = text.strip()
    if sound.kind != EvidenceKind.SOUND:
        raise Refused(_("Only a recording can be written down."), 422)
    if not words:
        raise Refused(_("Write what is said."), 422)
    if len(words) > LONGEST_TEXT:
        raise Refused(_("Use at most %(most)s letters.", most=number(LONGEST_TEXT)), 422)
    rater = Rater(RaterKind.INSPECTOR, sound.author_id)
    sent = sent or Sent(source=Source.SCREEN)
    origin = origin_of(inspection, rater, actor, sent)
    standing = sound.text
    saved = revisions.save(
        ("evidence", sound.id), {"text": words}, origin, top=sound.text_revision_id, inspection=inspection.id
    )
    if saved.repeated or not saved.on_top:
        return saved
    db.session.flush()
    sound.text, sound.text_revision_id = words, saved.revision.id
    sound.text_by_id, sound.text_at = actor.id, saved.revision.captured_at
    _fill_note(inspection, sound, standing, rater, actor, sent)
    db.session.flush()
    journal.append("sound.written_down", actor=actor.id, inspection=inspection.id, about=("evidence", sound.id))
    return saved


def _fill_note(inspection: Inspection, sound: Evidence, before: str, rater: Rater, actor: Person, sent: Sent) -> None:
    """Give the words to the note for whose text the recording stands, unless somebody wrote other words there."""
    note = db.session.get(Observation, sound.observation_id) if sound.observation_id else None
    if note is None or note.text not in ("", before):
        return
    if note.text and not _is_spoken(note.id):
        return
    above = db.session.get(revisions.Revision, note.revision_id)
    content = {**((above.content or {}) if above else {}), "text": sound.text}
    origin = origin_of(inspection, rater, actor, Sent(based_on=note.revision_id, source=sent.source))
    saved = revisions.save(("observation", note.id), content, origin, top=note.revision_id, inspection=inspection.id)
    db.session.flush()
    note.text, note.revision_id = sound.text, saved.revision.id


def _is_spoken(note_id: uuid.UUID) -> bool:
    """Say whether a note began without words."""
    first = next(iter(revisions.history(("observation", note_id))), None)
    return first is not None and not (first.content or {}).get("text")
