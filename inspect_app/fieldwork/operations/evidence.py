"""Add a photo or a sound, and take it back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from math import ceil
from typing import BinaryIO

from flask import current_app

from inspect_app.core import files, journal, photos
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.files import Arrived, ReadyPhoto, ReadySound, StoredFile
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Evidence, Observation
from inspect_app.fieldwork.operations.guards import require_writer
from inspect_app.fieldwork.operations.notes import Note, capture_observation, refuse_when_sealed
from inspect_app.fieldwork.operations.origins import Sent
from inspect_app.fieldwork.rules import (
    A_RECORDING,
    LONGEST_CAPTION,
    LONGEST_HOW,
    PHOTO_PEOPLE,
    SOUND_PEOPLE,
    SPOKEN_NOTE,
    EvidenceKind,
    People,
    Rater,
    RaterKind,
    SeenBy,
    Source,
)
from inspect_app.frameworks.queries import question_of
from inspect_app.frameworks.slots import parted
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.people.models import Person


@dataclass(frozen=True)
class Photo:
    """A photo as it arrived, or ready to be kept; with its caption, who may see it and what people in it say."""

    data: bytes | BinaryIO | Arrived | ReadyPhoto
    name: str
    caption: str
    seen_by: str = SeenBy.TEAM
    people: str = ""
    people_how: str = ""
    question_key: str | None = None
    observation_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Sound:
    """A sound as it arrived, or ready to be kept. ``seconds`` counts where the file does not say how long it is.

    ``spoken`` is how something was noticed (seen, heard, asked, read): then the sound stands for the text of a new
    note with the id ``observation_id``, made on the visit ``visit_id``.
    """

    data: bytes | BinaryIO | Arrived | ReadySound
    name: str
    caption: str = ""
    seconds: float | None = None
    seen_by: str = SeenBy.TEAM
    people: str = ""
    people_how: str = ""
    question_key: str | None = None
    observation_id: uuid.UUID | None = None
    spoken: str | None = None
    visit_id: uuid.UUID | None = None


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
    known = _known(inspection, rater, actor, id, source)
    if known is not None:
        return known
    if not photo.caption.strip():
        raise Refused(_("Say what the photo shows."), 422)
    _check(inspection, photo, rater, set(PHOTO_PEOPLE))
    stored = files.store_photo(photo.data, photo.name)
    small = files.store(photos.thumbnail(files.read(stored)), "image/jpeg", photo.name)
    evidence = _row(inspection, photo, rater, actor, stored)
    evidence.id, evidence.kind, evidence.thumbnail_id = id or new_id(), EvidenceKind.PHOTO, small.id
    return _added(evidence, stored, actor)


def add_sound(
    inspection: Inspection,
    sound: Sound,
    *,
    actor: Person,
    author_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word as in every other operation
    source: str = Source.SCREEN,
) -> Evidence:
    """Add a sound, without its tags; with ``sound.spoken`` also the note whose text it stands for.

    The same id twice is one. Raises :class:`Refused`: 403 wrong person, 409 too late, 413 too large, 422 no
    sound, too long, or something is missing.
    """
    rater = Rater(RaterKind.INSPECTOR, author_id or actor.id)
    known = _known(inspection, rater, actor, id, source)
    if known is not None:
        return known
    ready = sound.data if isinstance(sound.data, ReadySound) else files.ready_sound(sound.data)
    note_id = _spoken_note(inspection, sound, rater, actor, source) if sound.spoken else sound.observation_id
    _check(inspection, sound, rater, set(SOUND_PEOPLE))
    stored, measured = files.store_sound(ready, sound.name)
    evidence = _row(inspection, sound, rater, actor, stored)
    evidence.id, evidence.kind, evidence.observation_id = id or new_id(), EvidenceKind.SOUND, note_id
    evidence.seconds = _seconds(measured if measured is not None else sound.seconds or 0)
    evidence.caption = sound.caption.strip() or (SPOKEN_NOTE if sound.spoken else A_RECORDING)
    return _added(evidence, stored, actor)


def _known(
    inspection: Inspection,
    rater: Rater,
    actor: Person,
    id: uuid.UUID | None,  # noqa: A002  # the same word as in every other operation
    source: str,
) -> Evidence | None:
    require_writer(inspection, rater, actor, source, "fieldwork.observe")
    known = db.session.get(Evidence, id) if id else None
    if known is not None and (known.author_id, known.inspection_id) != (rater.id, inspection.id):
        raise Refused(_("This photo or recording is somebody else’s."), 403)
    if known is None:
        refuse_when_sealed(inspection, rater)
    return known


def _seconds(length: float) -> int:
    longest = int(current_app.config.get("MAX_SOUND_SECONDS", files.MAX_SOUND_SECONDS))
    return min(max(1, ceil(length - 0.5)), longest)


def _spoken_note(inspection: Inspection, sound: Sound, rater: Rater, actor: Person, source: str) -> uuid.UUID:
    """Make the note whose text the sound stands for; one that is there already is the author's, and stays."""
    if sound.observation_id and db.session.get(Observation, sound.observation_id) is not None:
        _check_note(inspection, sound.observation_id, rater)
        return sound.observation_id
    note = Note(
        kind=sound.spoken or "",
        text="",
        question_key=sound.question_key,
        visit_id=sound.visit_id,
        is_spoken=True,
    )
    observation, _saved = capture_observation(
        inspection, note, actor=actor, author_id=rater.id, id=sound.observation_id, sent=Sent(source=source)
    )
    return observation.id


def _check(inspection: Inspection, given: Photo | Sound, rater: Rater, people: set[People]) -> None:
    is_photo = isinstance(given, Photo)
    if len(given.caption.strip()) > LONGEST_CAPTION:
        sentence = (
            _("Use at most %(most)s letters to say what the photo shows.", most=LONGEST_CAPTION)
            if is_photo
            else _("Use at most %(most)s letters to say what the recording shows.", most=LONGEST_CAPTION)
        )
        raise Refused(sentence, 422)
    if given.seen_by not in set(SeenBy):
        raise Refused(_("Choose who may see the photo.") if is_photo else _("Choose who may see the recording."), 422)
    if given.people not in people:
        raise Refused(_("Say whether somebody can be recognised."), 422)
    if given.people == People.AGREED and not given.people_how.strip():
        raise Refused(_("Say how they agreed."), 422)
    if len(given.people_how.strip()) > LONGEST_HOW:
        raise Refused(_("Use at most %(most)s letters to say how they agreed.", most=LONGEST_HOW), 422)
    if given.question_key:
        question_of(inspection.framework_version_id, given.question_key)
    if given.observation_id:
        _check_note(inspection, given.observation_id, rater)


def _check_note(inspection: Inspection, note_id: uuid.UUID, rater: Rater) -> None:
    found = db.session.get(Observation, note_id)
    if found is None or (found.inspection_id, found.author_id) != (inspection.id, rater.id):
        raise Refused(_("There is no such note."), 404)


def _row(inspection: Inspection, given: Photo | Sound, rater: Rater, actor: Person, stored: StoredFile) -> Evidence:
    key, instance = parted(given.question_key or "")
    return Evidence(
        inspection_id=inspection.id,
        author_id=rater.id,
        typist_id=actor.id if actor.id != rater.id else None,
        observation_id=given.observation_id,
        criterion_key=key or None,
        instance=instance,
        file_id=stored.id,
        caption=given.caption.strip(),
        seen_by=given.seen_by,
        people=given.people,
        people_how=given.people_how.strip() if given.people == People.AGREED else "",
        added_at=now(),
    )


def _added(evidence: Evidence, stored: StoredFile, actor: Person) -> Evidence:
    db.session.add(evidence)
    db.session.flush()
    journal.append(
        "sound.added" if evidence.kind == EvidenceKind.SOUND else "evidence.added",
        actor=actor.id,
        inspection=evidence.inspection_id,
        about=("evidence", evidence.id),
        facts={"received": stored.sha256_received, "stored": stored.sha256_stored},
    )
    return evidence


def withdraw_evidence(evidence: Evidence, *, actor: Person, inspection: Inspection) -> None:
    """Take a photo or a sound back: nobody sees it any more, nor a note that has no other words.

    Raises Refused: 403 wrong person, 409 too late or sealed.
    """
    if evidence.author_id != actor.id:
        raise Refused(_("Only the person who added this can take it back."), 403)
    guard(actor, "fieldwork.observe", inspection)
    refuse_when_sealed(inspection, Rater(RaterKind.INSPECTOR, actor.id))
    if evidence.withdrawn_at is not None:
        return
    evidence.withdrawn_at = now()
    note = db.session.get(Observation, evidence.observation_id) if evidence.observation_id else None
    if note is not None and not note.text and note.withdrawn_at is None:
        note.withdrawn_at, note.withdrawn_reason = evidence.withdrawn_at, "The recording was taken back."
    db.session.flush()
    journal.append(
        "sound.withdrawn" if evidence.kind == EvidenceKind.SOUND else "evidence.withdrawn",
        actor=actor.id,
        inspection=inspection.id,
        about=("evidence", evidence.id),
    )
