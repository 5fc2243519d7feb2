"""Type in a sheet of paper: all its answers at once, and a photo of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from inspect_app.core import files, journal, photos
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.files import ReadyPhoto
from inspect_app.core.revisions import Saved
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.fieldwork.models import SheetPhoto
from inspect_app.fieldwork.operations.guards import require_writer
from inspect_app.fieldwork.operations.origins import Sent
from inspect_app.fieldwork.operations.ratings import capture
from inspect_app.fieldwork.queries import own_ratings
from inspect_app.fieldwork.rules import Rater, Source
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.repeats import named
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import name_key
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


@dataclass(frozen=True)
class SheetAnswer:
    """What stands on a sheet beside one question, and how it was sent."""

    question: Question
    value: str | None
    reason: str
    sent: Sent


class WrongAnswers(Refused):
    """Some answers cannot be kept as they are: question → sentence. Nothing is saved."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(_("Some answers cannot be kept as they are. Nothing is saved yet."), 422)
        self.sentences = sentences


def type_sheet(
    inspection: Inspection, rater: Rater, answers: Sequence[SheetAnswer], *, actor: Person
) -> dict[str, Saved]:
    """Save the answers of a sheet as revisions typed by the actor; return what became of each. All or nothing.

    Raises :class:`WrongAnswers` (422), and :class:`Refused`: 403 wrong person, 409 too late or sealed.
    """
    saved: dict[str, Saved] = {}
    wrong: dict[str, str] = {}
    for one in [*_names(inspection, rater, answers), *answers]:
        try:
            saved[one.question.key] = capture(
                inspection, one.question.key, one.value, one.reason, actor=actor, rater=rater, sent=one.sent
            )
        except Refused as refusal:
            if refusal.status != 422:
                raise
            wrong[one.question.key] = refusal.sentence
    if wrong:
        raise WrongAnswers(wrong)
    return saved


def _names(inspection: Inspection, rater: Rater, answers: Sequence[SheetAnswer]) -> list[SheetAnswer]:
    """Return the names of the repeats that were filled in and have none yet: as they are called in print."""
    standing, found = own_ratings(inspection, rater), dict[str, SheetAnswer]()
    for one in answers:
        key = name_key(one.question.theme_key, one.question.instance)
        if one.question.instance and key not in standing:
            found[key] = SheetAnswer(
                named(one.question, one.question.instance), one.question.instance_name, "", Sent(source=Source.PAPER)
            )
    return list(found.values())


def add_sheet_photo(
    inspection: Inspection, rater: Rater, form: PaperForm, sheet: int, ready: ReadyPhoto, *, actor: Person
) -> SheetPhoto:
    """Keep a photo of a sheet: without position and device data, for the team alone, when ratings may be seen.

    Raises :class:`Refused`: 403 wrong person, 409 too late.
    """
    require_writer(inspection, rater, actor, Source.PAPER, "fieldwork.rate")
    name = f"form-{form.number}-sheet-{sheet}.jpg"
    stored = files.store_photo(ready, name)
    photo = SheetPhoto(
        id=new_id(),
        inspection_id=inspection.id,
        person_id=rater.id,
        form_id=form.id,
        sheet=sheet,
        typist_id=actor.id,
        file=stored,
        thumbnail=files.store(photos.thumbnail(ready.photo.data), "image/jpeg", name),
        added_at=now(),
    )
    db.session.add(photo)
    db.session.flush()
    hashes = {"received": stored.sha256_received, "stored": stored.sha256_stored}
    _append("sheet.photographed", photo.id, inspection, actor, {"person": str(rater.id), **hashes})
    return photo


def withdraw_sheet_photo(inspection: Inspection, photo: SheetPhoto, *, actor: Person) -> None:
    """Take a photo of a sheet back: nobody sees it any more. Who added it can, while one can type in."""
    if photo.typist_id != actor.id:
        raise Refused(_("Only the person who added this photo can take it back."), 403)
    require_writer(inspection, Rater("inspector", photo.person_id), actor, Source.PAPER, "fieldwork.rate")
    if photo.withdrawn_at is None:
        photo.withdrawn_at = now()
        db.session.flush()
        _append("sheet.photo_withdrawn", photo.id, inspection, actor, {"person": str(photo.person_id)})


def _append(kind: str, photo: uuid.UUID, inspection: Inspection, actor: Person, facts: dict[str, object]) -> None:
    journal.append(kind, actor=actor.id, inspection=inspection.id, about=("sheet_photo", photo), facts=facts)
