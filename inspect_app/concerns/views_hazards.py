"""What is dangerous: for the service and the coordinator to look after, and for the team to see."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.concerns import operations, queries_hazards
from inspect_app.concerns.forms import NoteForm, PressForm, as_uuid
from inspect_app.concerns.rules import STATE_NAMES, State
from inspect_app.concerns.views_room import bp
from inspect_app.core import access
from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection

HERE = "/inspections/<reference>/dangers"


@bp.get(HERE)
@needs("hazards.see")
def hazards(inspection: Inspection) -> ResponseReturnValue:
    """Show what is, and was, dangerous."""
    found = queries_hazards.hazards_of(inspection)
    return page("concerns/hazards.html", inspection=inspection, hazards=found, state_names=STATE_NAMES)


@bp.get(f"{HERE}/<uuid:hazard_id>")
@needs("hazards.see")
def hazard(inspection: Inspection, hazard_id: uuid.UUID) -> ResponseReturnValue:
    """Show one thing that is dangerous, and what was done about it."""
    return _show(inspection, hazard_id, NoteForm())


@bp.post(f"{HERE}/<uuid:hazard_id>/acknowledge")
@needs("hazards.answer")
def acknowledge_hazard(inspection: Inspection, hazard_id: uuid.UUID) -> ResponseReturnValue:
    """Say that one looks after it; of two who say so, the first does."""
    PressForm()
    found = operations.acknowledge_hazard(inspection, hazard_id, actor=signed_in())
    if found.acknowledged_by_id == signed_in().id:
        flash(_("Thank you. Whoever told us hears that somebody looks after it."), "success")
    else:
        flash(_("Somebody else looks after it already."), "success")
    return _to(inspection, hazard_id)


@bp.post(f"{HERE}/<uuid:hazard_id>/note")
@needs("hazards.answer")
def note_hazard(inspection: Inspection, hazard_id: uuid.UUID) -> ResponseReturnValue:
    """Write what was done; with the second button also say that it is not dangerous any more."""
    form = NoteForm()
    closes = request.form.get("go") == "close"
    try:
        if closes:
            operations.close_hazard(inspection, hazard_id, form.text.data or "", actor=signed_in())
        else:
            operations.note_hazard(
                inspection, hazard_id, form.text.data or "", actor=signed_in(), id=as_uuid(form.id.data)
            )
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.text.errors = [refusal.sentence]
        return _show(inspection, hazard_id, form), 422
    flash(_("It is closed. Whoever told us hears it.") if closes else _("Your note is kept."), "success")
    return _to(inspection, hazard_id)


def _show(inspection: Inspection, hazard_id: uuid.UUID, form: NoteForm) -> Response:
    found = queries_hazards.hazard_of(inspection, hazard_id)
    may_answer = bool(access.may(signed_in(), "hazards.answer", inspection))
    return page(
        "concerns/hazard.html",
        inspection=inspection,
        hazard=found,
        form=form,
        state_names=STATE_NAMES,
        may_answer=may_answer and found.state != State.CLOSED,
    )


def _to(inspection: Inspection, hazard_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("concerns.hazard", reference=inspection.reference, hazard_id=hazard_id), 303)
