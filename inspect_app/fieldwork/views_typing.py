"""Pages for whoever types in what an inspector hands over on paper or says on the phone."""

from __future__ import annotations

import uuid

from flask import redirect, request
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import queries, queries_sheet
from inspect_app.fieldwork.queries_twice import waiting_for_a_second
from inspect_app.fieldwork.views_desk import typing_desk
from inspect_app.fieldwork.views_notes import add_note_at, change_note_at
from inspect_app.fieldwork.views_outbox import saves
from inspect_app.fieldwork.views_photos import add_photo_at
from inspect_app.fieldwork.views_rating import answer_question, show_questions
from inspect_app.fieldwork.views_room import bp
from inspect_app.fieldwork.views_sounds import add_sound_at
from inspect_app.frameworks.queries_paper import forms_for
from inspect_app.inspections.models import Inspection
from inspect_app.people.rules import Role

HERE = "/inspections/<reference>/type-in"


@bp.get(HERE)
@needs("fieldwork.type_page")
def type_in(inspection: Inspection) -> ResponseReturnValue:
    """Choose for whom to type."""
    me = signed_in()
    lines = [line for line in queries_sheet.progress(inspection) if line.rater.kind == "inspector"]
    if not me.holds(Role.COORDINATOR):
        supported = queries.supported_by(inspection, me.id)
        lines = [line for line in lines if line.rater.id in supported]
    lines = [line for line in lines if line.rater.id != me.id]
    # The code on a form without a name leads here: whoever scans it says whose it is, and goes on to the sheet.
    asked = {name: request.args[name] for name in ("form", "sheet") if name in request.args}
    again = waiting_for_a_second(inspection, me.id, [line.rater.id for line in lines])
    return page("fieldwork/type_in.html", inspection=inspection, lines=lines, asked=asked, again=again)


@bp.get(f"{HERE}/<uuid:person_id>")
@needs("fieldwork.type_page")
def typed_questions(inspection: Inspection, person_id: uuid.UUID) -> ResponseReturnValue:
    """Show the questions of the inspector for whom one types; the code on a sheet of paper leads on to the sheet."""
    desk = typing_desk(inspection, person_id)
    sheet, form = request.args.get("sheet", type=int), request.args.get("form", type=int)
    if sheet is None:
        return show_questions(desk)
    if form is None:
        newest = next(iter(forms_for(inspection.id, person_id)), None)
        form = newest.number if newest else None
    if form is None:
        raise Refused(_("This sheet was printed too long ago to be known. Choose its questions from the list."), 404)
    return redirect(desk.address("sheet", form_number=form, sheet=sheet))


@bp.route(f"{HERE}/<uuid:person_id>/questions/<key>", methods=["GET", "POST"])
@saves("fieldwork.type_page")
def typed_question(inspection: Inspection, person_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Type in what an inspector says to one question."""
    return answer_question(typing_desk(inspection, person_id), key)


@bp.route(f"{HERE}/<uuid:person_id>/notes/new", methods=["GET", "POST"])
@saves("fieldwork.type_page")
def typed_add_note(inspection: Inspection, person_id: uuid.UUID) -> ResponseReturnValue:
    """Type in what an inspector noticed."""
    return add_note_at(typing_desk(inspection, person_id))


@bp.route(f"{HERE}/<uuid:person_id>/notes/<uuid:note_id>", methods=["GET", "POST"])
@saves("fieldwork.type_page")
def typed_note(inspection: Inspection, person_id: uuid.UUID, note_id: uuid.UUID) -> ResponseReturnValue:
    """Correct a note of the inspector whom one supports."""
    return change_note_at(typing_desk(inspection, person_id), note_id)


@bp.route(f"{HERE}/<uuid:person_id>/photos/new", methods=["GET", "POST"])
@saves("fieldwork.type_page", begins=False)
def typed_add_photo(inspection: Inspection, person_id: uuid.UUID) -> ResponseReturnValue:
    """Add a photo that an inspector handed over."""
    return add_photo_at(typing_desk(inspection, person_id))


@bp.route(f"{HERE}/<uuid:person_id>/sounds/new", methods=["GET", "POST"])
@saves("fieldwork.type_page", begins=False)
def typed_add_sound(inspection: Inspection, person_id: uuid.UUID) -> ResponseReturnValue:
    """Record or add a sound for an inspector."""
    return add_sound_at(typing_desk(inspection, person_id))
