"""Fieldwork's pages as a tablet takes them along: the same templates, with nothing in them that anybody said."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import current_app, render_template, url_for

from inspect_app.core import files
from inspect_app.core.access import may
from inspect_app.fieldwork import queries
from inspect_app.fieldwork.forms import PhotoForm, RatingForm, ReasonForm, SealForm, SoundForm
from inspect_app.fieldwork.queries_sheet import blank_sheet
from inspect_app.fieldwork.rules import SOURCE_NAMES, Rater, RaterKind
from inspect_app.fieldwork.views_desk import Desk
from inspect_app.fieldwork.views_evidence import ways_back
from inspect_app.fieldwork.views_notes import NO_ID, NO_NOTE, note_form, notes_values
from inspect_app.fieldwork.views_rating import asking, list_values, question_template, question_values
from inspect_app.inspections.models import Inspection

NO_PHOTO = SimpleNamespace(id=NO_ID, title="", kind="photo")


def pages(inspection: Inspection, person: Any) -> dict[str, str]:
    """Return address → blank page of all that one does on a visit: as an inspector, and as the supporter of one."""
    found: dict[str, str] = {}
    helping = queries.supported_by(inspection, person.id) if may(person, "fieldwork.type_page", inspection) else []
    if may(person, "fieldwork.own", inspection):
        desk = Desk(inspection, Rater(RaterKind.INSPECTOR, person.id), person, "")
        found |= _desk_pages(desk) | _seal_pages(desk) | _own_pages(desk)
    for helped in helping:
        found |= _desk_pages(Desk(inspection, Rater(RaterKind.INSPECTOR, helped), person, ""))
    return found | (_notes_page(inspection, helping) if found else {})


def _desk_pages(desk: Desk) -> dict[str, str]:
    """Return the pages on which one rates, notes, photographs and records, for oneself or for whom one helps."""
    sheet = blank_sheet(desk.inspection, desk.rater)
    found = {
        desk.address("questions"): render_template("fieldwork/questions.html", **list_values(desk, {}, {}, sheet=sheet))
    }
    for question in sheet.questions:
        values = question_values(desk, question, RatingForm(formdata=None), sheet)
        text = render_template(
            question_template(desk.person), **values, source_names=SOURCE_NAMES, notes=[], evidence=[]
        )
        found[desk.address("question", key=question.key)] = text
    seen = {"desk": desk, "inspection": desk.inspection, "easy": desk.person.easy_read}
    note = seen | {"form": note_form(desk.inspection)}
    ways = seen | {"ways": ways_back(desk)}
    longest = files.minutes(int(current_app.config["MAX_SOUND_SECONDS"]))
    sound = ways | {"form": SoundForm(formdata=None), "as_note": False, "longest": longest}
    return found | {
        desk.address("add_note"): render_template("fieldwork/note.html", **note),
        _any(desk.address("note", note_id=NO_ID)): render_template("fieldwork/note.html", **note, note=NO_NOTE),
        desk.address("add_photo"): render_template("fieldwork/photo_new.html", **ways, form=PhotoForm(formdata=None)),
        desk.address("add_sound"): render_template("fieldwork/sound_new.html", **sound),
    }


def _seal_pages(desk: Desk) -> dict[str, str]:
    sheet = blank_sheet(desk.inspection, desk.rater)
    values = {"desk": desk, "inspection": desk.inspection}
    check = render_template(
        "fieldwork/seal.html",
        **values,
        form=SealForm(formdata=None),
        sheet=sheet,
        ratings={},
        asking=asking(desk, sheet),
    )
    again = render_template("fieldwork/open_seal.html", **values, form=ReasonForm(formdata=None))
    return {desk.address("seal"): check, desk.address("open_seal"): again}


def _own_pages(desk: Desk) -> dict[str, str]:
    """Return the pages on which one takes back a note or a photo of one's own."""
    inspection = desk.inspection
    note = {"inspection": inspection, "note": NO_NOTE, "form": ReasonForm(formdata=None)}
    one = desk.address("photo", photo_id=NO_ID)
    photo = {"inspection": inspection, "evidence": NO_PHOTO, "one": one, "form": SealForm(formdata=None)}
    return {
        _any(desk.address("withdraw_note", note_id=NO_ID)): render_template("fieldwork/withdraw_note.html", **note),
        _any(desk.address("withdraw_photo", photo_id=NO_ID)): render_template(
            "fieldwork/withdraw_evidence.html", **photo
        ),
    }


def _notes_page(inspection: Inspection, helping: Sequence[uuid.UUID]) -> dict[str, str]:
    """Return the list of notes: one's own, and those of whom one helps."""
    listed = notes_values(inspection, takes_part=True) | {"mine": [], "others": [], "loose": [], "helped": helping}
    address = url_for("fieldwork.observations", reference=inspection.reference)
    return {address: render_template("fieldwork/observations.html", **listed)}


def _any(address: str) -> str:
    """Return the address of a page that stands for each note or photo."""
    return address.replace(str(NO_ID), "*")
