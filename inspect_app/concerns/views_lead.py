"""Pages of the safeguarding lead and the deputy: which concerns there are, and one of them."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.concerns import operations, queries
from inspect_app.concerns.forms import CloseForm, NoteForm, PressForm, as_uuid
from inspect_app.concerns.rules import STATE_NAMES, State
from inspect_app.concerns.telling import told_of
from inspect_app.concerns.views_room import bp
from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page, page_number
from inspect_app.core.words import _


@bp.get("/safeguarding")
@needs("safeguarding.read")
def concerns() -> ResponseReturnValue:
    """Show the concerns that this person may read, those without an answer first."""
    state = request.args.get("state", "")
    state = state if state in set(State) else ""
    found = queries.concerns_for(signed_in(), state, page_number())
    counts = queries.counts_for(signed_in())
    return page("concerns/lead.html", found=found, state=state, counts=counts, state_names=STATE_NAMES)


@bp.get("/safeguarding/<uuid:concern_id>")
@needs("safeguarding.read")
def concern(concern_id: uuid.UUID) -> ResponseReturnValue:
    """Show one concern to somebody who may read it."""
    return _show(concern_id, NoteForm(formdata=None), CloseForm(formdata=None))


@bp.post("/safeguarding/<uuid:concern_id>/acknowledge")
@needs("safeguarding.read")
def acknowledge(concern_id: uuid.UUID) -> ResponseReturnValue:
    """Say that one looks after it; of lead and deputy, the first does."""
    PressForm()
    found = operations.acknowledge(concern_id, actor=signed_in())
    mine = found.acknowledged_by_id == signed_in().id
    flash(_("Thank you. You look after it now.") if mine else _("Somebody else looks after it already."), "success")
    return _to(concern_id)


@bp.post("/safeguarding/<uuid:concern_id>/note")
@needs("safeguarding.read")
def note(concern_id: uuid.UUID) -> ResponseReturnValue:
    """Write down what was done or heard."""
    form = NoteForm()
    try:
        operations.add_note(concern_id, form.text.data or "", actor=signed_in(), id=as_uuid(form.id.data))
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.text.errors = [refusal.sentence]
        return _show(concern_id, form, CloseForm(formdata=None)), 422
    flash(_("Your note is kept."), "success")
    return _to(concern_id)


@bp.post("/safeguarding/<uuid:concern_id>/close")
@needs("safeguarding.read")
def close(concern_id: uuid.UUID) -> ResponseReturnValue:
    """Close it, with what came of it."""
    form = CloseForm()
    try:
        operations.close(concern_id, form.outcome.data or "", actor=signed_in())
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.outcome.errors = [refusal.sentence]
        return _show(concern_id, NoteForm(formdata=None), form), 422
    flash(_("It is closed."), "success")
    return _to(concern_id)


for view in (note, close):
    view.words_are_private = True  # type: ignore[attr-defined]


def _show(concern_id: uuid.UUID, note_form: NoteForm, close_form: CloseForm) -> Response:
    found = queries.concern_for(signed_in(), concern_id)
    return page(
        "concerns/concern.html",
        concern=found,
        note_form=note_form,
        close_form=close_form,
        form=close_form if close_form.errors else note_form,
        told=told_of(found),
        state_names=STATE_NAMES,
    )


def _to(concern_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("concerns.concern", concern_id=concern_id), 303)
