"""Fieldwork's pages as a tablet takes them along: the same templates, with nothing in them that anybody said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import current_app, render_template, url_for

from inspect_app.core import files
from inspect_app.core.access import may
from inspect_app.fieldwork.forms import PhotoForm, RatingForm, ReasonForm, SealForm, SoundForm
from inspect_app.fieldwork.rules import SOURCE_NAMES, Rater, RaterKind
from inspect_app.fieldwork.views_desk import Desk
from inspect_app.fieldwork.views_notes import NO_ID, NO_NOTE, note_form, notes_values
from inspect_app.fieldwork.views_photos import ways_back
from inspect_app.fieldwork.views_rating import list_values, question_template, question_values
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection

NO_PHOTO = SimpleNamespace(id=NO_ID, caption="")


def pages(inspection: Inspection, person: Any) -> dict[str, str]:
    """Return address → blank page of all that an inspector does on a visit; nothing for anybody else."""
    if not may(person, "fieldwork.own", inspection):
        return {}
    desk = Desk(inspection, Rater(RaterKind.INSPECTOR, person.id), person, "")
    found = {desk.address("questions"): render_template("fieldwork/questions.html", **list_values(desk, {}, {}))}
    for question in criteria_of(inspection.framework_version_id):
        values = question_values(desk, question, RatingForm(formdata=None), {})
        text = render_template(question_template(person), **values, source_names=SOURCE_NAMES, notes=[], evidence=[])
        found[desk.address("question", key=question.key)] = text
    return found | _seal_pages(desk) | _note_pages(desk) | _evidence_pages(desk)


def _seal_pages(desk: Desk) -> dict[str, str]:
    questions = criteria_of(desk.inspection.framework_version_id)
    values = {"desk": desk, "inspection": desk.inspection}
    check = render_template(
        "fieldwork/seal.html", **values, form=SealForm(formdata=None), questions=questions, ratings={}, left=questions
    )
    again = render_template("fieldwork/open_seal.html", **values, form=ReasonForm(formdata=None))
    return {desk.address("seal"): check, desk.address("open_seal"): again}


def _note_pages(desk: Desk) -> dict[str, str]:
    inspection = desk.inspection
    easy = desk.person.easy_read
    values = {"desk": desk, "inspection": inspection, "form": note_form(inspection), "easy": easy}
    withdraw = {"inspection": inspection, "note": NO_NOTE, "form": ReasonForm(formdata=None)}
    listed = notes_values(inspection, takes_part=True) | {"mine": [], "others": [], "loose": []}
    return {
        _address("observations", inspection): render_template("fieldwork/observations.html", **listed),
        _address("add_note", inspection): render_template("fieldwork/note.html", **values),
        _address("note", inspection, note_id=NO_ID): render_template("fieldwork/note.html", **values, note=NO_NOTE),
        _address("withdraw_note", inspection, note_id=NO_ID): render_template(
            "fieldwork/withdraw_note.html", **withdraw
        ),
    }


def _evidence_pages(desk: Desk) -> dict[str, str]:
    inspection = desk.inspection
    seen = {"ways": ways_back(desk), "easy": desk.person.easy_read}
    values = {"desk": desk, "inspection": inspection, "form": PhotoForm(formdata=None), **seen}
    withdraw = {"inspection": inspection, "photo": NO_PHOTO, "form": SealForm(formdata=None)}
    sound = {"as_note": False, "longest": files.minutes(int(current_app.config["MAX_SOUND_SECONDS"]))}
    return {
        _address("add_photo", inspection): render_template("fieldwork/photo_new.html", **values),
        _address("add_sound", inspection): render_template(
            "fieldwork/sound_new.html", **values | {"form": SoundForm(formdata=None)} | sound
        ),
        _address("withdraw_photo", inspection, photo_id=NO_ID): render_template(
            "fieldwork/withdraw_photo.html", **withdraw
        ),
    }


def _address(view: str, inspection: Inspection, **values: Any) -> str:
    address: str = url_for(f"fieldwork.{view}", reference=inspection.reference, **values)
    return address.replace(str(NO_ID), "*")
