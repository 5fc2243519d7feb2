"""Entries about photos and sounds, stored by the same operations as the pages', from what was uploaded before."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inspect_app.core import files
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.files import Arrived, StoredFile
from inspect_app.core.revisions import SavedOtherwise
from inspect_app.core.words import _, lazy, mark
from inspect_app.fieldwork import operations
from inspect_app.fieldwork.models import Evidence, Observation
from inspect_app.fieldwork.operations import Photo, Sound
from inspect_app.fieldwork.queries import inspection_to_save
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.tablet import operations_uploads as uploads
from inspect_app.tablet import queries
from inspect_app.tablet.entries import Handler, Kept, NeedsFile, NotYet, Outcome, handles
from inspect_app.tablet.handlers_notes import NOTE_NOT_HERE
from inspect_app.tablet.handlers_ratings import require_same_question, source_of
from inspect_app.tablet.models import Upload
from inspect_app.tablet.rules import Entry, Kind, State

EVIDENCE_NOT_HERE = lazy("This photo or recording has not reached the office yet. It goes first.")
NOTE_CAME_LATE = lazy("The note that this belongs to came too late.")


@dataclass(frozen=True)
class Ready:
    """What was uploaded, fit to be kept, and the upload that held it."""

    upload: Upload
    data: Any  # a ReadyPhoto for a photo, a ReadySound for a sound


def register() -> None:
    """Register how these kinds of entry are stored."""
    handles(Kind.PHOTO, Handler(_photo, prepare=_ready_photo, keep=_keep_photo))
    handles(Kind.SOUND, Handler(_sound, prepare=_ready_sound, keep=_keep_sound))
    handles(Kind.EVIDENCE_WITHDRAWN, Handler(_withdraw))


def _ready_photo(entry: Entry, actor: Person) -> Ready:
    return _ready(entry, actor, files.ready_photo)


def _ready_sound(entry: Entry, actor: Person) -> Ready:
    return _ready(entry, actor, files.ready_sound)


def _ready(entry: Entry, actor: Person, make: Callable[[Arrived], Any]) -> Ready:
    """Return what was uploaded, fit to be kept; raise NeedsFile while it is not there, Refused when it is none."""
    digest = entry.words("file")
    found = queries.arrived(actor.id, inspection_to_save(entry.inspection).id, digest)
    if found is None or not uploads.path_of(found).is_file():
        raise NeedsFile(digest)
    return Ready(found, make(Arrived(uploads.path_of(found), found.sha256, found.size)))


def _photo(inspection: Inspection, entry: Entry, actor: Person, ready: Ready) -> Outcome:
    _check(inspection, entry, entry.needed_id("photo"))
    photo = Photo(
        data=ready.data,
        name=entry.words("name") or "photo",
        caption=entry.words("caption"),
        seen_by=entry.words("seen_by"),
        people=entry.words("people"),
        people_how=entry.words("people_how"),
        question_key=entry.maybe_words("question"),
        observation_id=entry.maybe_id("note"),
    )
    source = source_of(inspection, entry)
    added = operations.add_evidence(
        inspection, photo, actor=actor, author_id=entry.author, id=entry.needed_id("photo"), source=source
    )
    return _added(ready, added)


def _sound(inspection: Inspection, entry: Entry, actor: Person, ready: Ready) -> Outcome:
    _check(inspection, entry, entry.needed_id("sound"))
    seconds = entry.content.get("seconds")
    sound = Sound(
        data=ready.data,
        name=entry.words("name") or "recording",
        caption=entry.words("caption"),
        seconds=float(seconds) if isinstance(seconds, int | float) and 0 <= seconds < 1e6 else None,
        seen_by=entry.words("seen_by"),
        people=entry.words("people"),
        people_how=entry.words("people_how"),
        question_key=entry.maybe_words("question"),
        observation_id=entry.maybe_id("note"),
        spoken=entry.maybe_words("spoken"),
        visit_id=entry.maybe_id("visit"),
    )
    source = source_of(inspection, entry)
    added = operations.add_sound(
        inspection, sound, actor=actor, author_id=entry.author, id=entry.needed_id("sound"), source=source
    )
    return _added(ready, added)


def _check(inspection: Inspection, entry: Entry, evidence_id: uuid.UUID) -> None:
    """Raise for a number that is taken, a question that is gone, a note that came too late or is still on its way."""
    known = db.session.get(Evidence, evidence_id)
    caption = entry.words("caption").strip()
    if known is not None and (known.file.sha256_received != entry.words("file") or caption not in ("", known.caption)):
        raise SavedOtherwise
    require_same_question(inspection, entry, entry.maybe_words("question"))
    note = entry.maybe_id("note")
    if note is None or entry.maybe_words("spoken") or db.session.get(Observation, note) is not None:
        return
    if queries.is_note_kept(inspection.id, entry.person, note):
        raise Refused(NOTE_CAME_LATE)
    raise NotYet(NOTE_NOT_HERE, [note])


def _added(ready: Ready, evidence: Evidence) -> Outcome:
    """Return the receipt over what the office holds; the upload goes with the same commit."""
    uploads.forget(ready.upload)
    return Outcome(State.SAFE, {"files": [evidence.file.sha256_received]})


def _keep_photo(_inspection: Inspection, entry: Entry, ready: Ready) -> Kept:
    return _kept(mark("A photo"), entry, ready, lambda data, name: files.store_photo(data, name))


def _keep_sound(_inspection: Inspection, entry: Entry, ready: Ready) -> Kept:
    return _kept(mark("A recording"), entry, ready, lambda data, name: files.store_sound(data, name)[0])


def _kept(what: str, entry: Entry, ready: Ready, store: Callable[[Any, str], StoredFile]) -> Kept:
    """Keep a photo or sound itself, for its author alone."""
    stored = store(ready.data, entry.words("name") or "file")
    uploads.forget(ready.upload)
    names = ("caption", "seen_by", "people", "people_how", "question", "note", "spoken", "visit")
    content = {name: entry.content.get(name) for name in names}
    content |= {"reason": entry.words("caption").strip(), "file": str(stored.id), "files": [stored.sha256_received]}
    return Kept(what, content)


def _withdraw(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    wanted = entry.needed_id("evidence")
    found = db.session.get(Evidence, wanted, populate_existing=True)
    if found is None or found.inspection_id != inspection.id:
        if _is_kept(inspection, entry, wanted):
            raise Refused(_("The photo or recording itself came too late."))
        raise NotYet(EVIDENCE_NOT_HERE, [wanted])
    if found.withdrawn_at is not None and found.author_id == actor.id:
        return Outcome(State.OLDER)
    operations.withdraw_evidence(found, actor=actor, inspection=inspection)
    return Outcome()


def _is_kept(inspection: Inspection, entry: Entry, evidence_id: uuid.UUID) -> bool:
    kinds = (Kind.PHOTO, Kind.SOUND)
    return queries.is_kept(inspection.id, entry.person, evidence_id, *kinds)
