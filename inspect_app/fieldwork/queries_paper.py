"""Reads about sheets of paper: which questions stand on one, and who may see its photo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Seal, SheetPhoto, SheetTyping
from inspect_app.fieldwork.queries import supported_by, viewer_of
from inspect_app.fieldwork.rules import Rater, RaterKind, Viewer, sees_ratings_of_others
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.queries import criteria_of
from inspect_app.frameworks.queries_paper import form_of, sheet_of_form
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import joined, name_key
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


def form_for(inspection: Inspection, rater: Rater, number: int) -> PaperForm:
    """Return a form that an inspector may have filled in; raise Refused (404) for another's, or one not made yet."""
    form = form_of(inspection.id, number)
    if form.sheets is None or form.person_id not in (None, rater.id):
        raise Refused(_("There is no such form for this inspector."), 404)
    return form


def questions_on(
    inspection: Inspection, form: PaperForm, sheet: int, values: Mapping[str, str | None]
) -> list[tuple[int, Question]]:
    """Return the questions that begin on a sheet, as they are printed, each with its number.

    What the inspection does not ask any more is left out: it may have got other questions since. ``values`` are what
    stands: what repeats is called as its inspector calls it, and otherwise as in print.
    """
    numbered = {one.key: (number, one) for number, one in enumerate(criteria_of(inspection.framework_version_id), 1)}
    found = []
    for key, copy in sheet_of_form(form, sheet):
        if key in numbered:
            number, question = numbered[key]
            found.append((number, _repeated(form, question, copy, values) if question.each else question))
    return found


def _repeated(form: PaperForm, question: Question, copy: int, values: Mapping[str, str | None]) -> Question:
    instance = instance_on(form, copy)
    name = values.get(name_key(question.theme_key, instance)) or name_in_print(question, copy)
    return replace(question, key=joined(question.key, instance), instance=instance, instance_name=name)


def instance_on(form: PaperForm, copy: int) -> str:
    """Return which instance a repeat in print stands for: the same for whoever types it in, and whenever."""
    return f"paper{form.number or 0:04d}r{copy:03d}"


def name_in_print(question: Question, copy: int) -> str:
    """Return what a repeat is called in print: "Room 1"."""
    return f"{question.each[:1].upper()}{question.each[1:]} {copy}"


def _may_be_seen(inspection: Inspection, viewer: Person) -> ColumnElement[bool]:
    """Return the condition under which a person may see a photo of a sheet, which shows ratings.

    Its inspector and their supporter, who added it, and the two who typed that sheet, always; team, coordinator and
    reviewer when they may see what that inspector rated and sealed. The service never: it reads ratings, not
    handwriting.
    """
    whose = [viewer.id, *supported_by(inspection, viewer.id)]
    typed = select(SheetTyping.id).where(
        SheetTyping.form_id == SheetPhoto.form_id,
        SheetTyping.person_id == SheetPhoto.person_id,
        SheetTyping.sheet == SheetPhoto.sheet,
        SheetTyping.typist_id == viewer.id,
    )
    mine = or_(SheetPhoto.person_id.in_(whose), SheetPhoto.typist_id == viewer.id, typed.exists())
    who = viewer_of(inspection, viewer)
    if who not in (Viewer.TEAM, Viewer.HELPER):
        return mine
    if not sees_ratings_of_others(who, inspection.stage, inspection.suspended_from, published=False):
        return mine
    sealed = select(Seal.id).where(
        Seal.inspection_id == inspection.id,
        Seal.rater_kind == RaterKind.INSPECTOR,
        Seal.rater_id == SheetPhoto.person_id,
        Seal.opened_at.is_(None),
    )
    return or_(mine, sealed.exists())


def sheet_photos(inspection: Inspection, viewer: Person, person_id: uuid.UUID | None = None) -> Sequence[SheetPhoto]:
    """Return the photos of an inspector's sheets, or of all, that somebody may see: the one door to them.

    They come as they were added.
    """
    whose = [SheetPhoto.person_id == person_id] if person_id else []
    query = (
        select(SheetPhoto)
        .where(SheetPhoto.inspection_id == inspection.id, *whose)
        .where(SheetPhoto.withdrawn_at.is_(None), _may_be_seen(inspection, viewer))
        .options(joinedload(SheetPhoto.form))
    )
    return db.session.scalars(query.order_by(SheetPhoto.added_at, SheetPhoto.id)).all()


def photos_of_sheet(
    inspection: Inspection, viewer: Person, person_id: uuid.UUID, form: PaperForm, sheet: int
) -> list[SheetPhoto]:
    """Return the photos of one sheet that somebody may see."""
    seen = sheet_photos(inspection, viewer, person_id)
    return [one for one in seen if (one.form_id, one.sheet) == (form.id, sheet)]


def photos_of_question(
    inspection: Inspection, viewer: Person, person_id: uuid.UUID | None, question_key: str
) -> list[SheetPhoto]:
    """Return the photos of the sheets on which an inspector, or anybody, answered a question."""
    return photos_by_question(inspection, viewer, person_id).get(question_key, [])


def photos_by_question(
    inspection: Inspection, viewer: Person, person_id: uuid.UUID | None
) -> dict[str, list[SheetPhoto]]:
    """Return question → photos of the sheets on which it stands; a question that repeats, each repeat in print too."""
    found: dict[str, list[SheetPhoto]] = {}
    for one in sheet_photos(inspection, viewer, person_id):
        printed = sheet_of_form(one.form, one.sheet)
        for key in {key for key, copy in printed} | {joined(key, instance_on(one.form, copy)) for key, copy in printed}:
            found.setdefault(key, []).append(one)
    return found


def sheet_photo_for(inspection: Inspection, viewer: Person, photo_id: uuid.UUID) -> SheetPhoto:
    """Return one photo of a sheet; raise Refused (404) when it is not there for this person."""
    query = select(SheetPhoto).where(
        SheetPhoto.id == photo_id,
        SheetPhoto.inspection_id == inspection.id,
        SheetPhoto.withdrawn_at.is_(None),
        _may_be_seen(inspection, viewer),
    )
    found = db.session.scalar(query)
    if found is None:
        raise Refused(_("There is no such photo, or it is not for you yet."), 404)
    return found
