"""Sealing: what is missing, check the answers, confirm; and opening a seal again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import operations, queries, queries_notes
from inspect_app.fieldwork.forms import ReasonForm, SealForm
from inspect_app.fieldwork.queries_paper import photos_by_question
from inspect_app.fieldwork.rules import SOURCE_NAMES
from inspect_app.fieldwork.views_desk import Desk, own_desk
from inspect_app.fieldwork.views_rating import asking
from inspect_app.fieldwork.views_room import bp
from inspect_app.inspections.models import Inspection


@bp.route("/inspections/<reference>/seal", methods=["GET", "POST"])
@needs("fieldwork.own")
def seal(inspection: Inspection) -> ResponseReturnValue:
    """Seal an inspector's ratings."""
    return put_seal(own_desk(inspection))


@bp.route("/inspections/<reference>/seal/open", methods=["GET", "POST"])
@needs("fieldwork.own")
def open_seal(inspection: Inspection) -> ResponseReturnValue:
    """Open an inspector's seal again."""
    return open_again(own_desk(inspection))


def put_seal(desk: Desk) -> ResponseReturnValue:
    """Show all answers once more, and seal them."""
    form = SealForm()
    error = None
    if form.validate_on_submit():
        try:
            without = form.without.data or ""
            operations.seal(desk.inspection, actor=desk.person, rater=desk.rater, without=without)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            error = refusal.sentence
        else:
            flash(_("Sealed. Nobody can see your ratings before the team compares them."), "success")
            return redirect(desk.address("questions"), 303)
    return page("fieldwork/seal.html", form=form, error=error, **_answers(desk)), 422 if error else 200


def _answers(desk: Desk) -> dict[str, Any]:
    """Return what somebody is about to seal: each answer with who typed it, and what is left."""
    ratings = queries.own_ratings(desk.inspection, desk.rater)
    sheet = desk.sheet({key: one.value for key, one in ratings.items()})
    return {
        "desk": desk,
        "inspection": desk.inspection,
        "sheet": sheet,
        "asking": asking(desk, sheet),
        "ratings": ratings,
        "typed": queries_notes.typists([one.revision_id for one in ratings.values()]),
        "source_names": SOURCE_NAMES,
        "sheets": {} if desk.is_service else photos_by_question(desk.inspection, desk.person, desk.rater.id),
        "seal": queries.seal_of(desk.inspection, desk.rater),
    }


def open_again(desk: Desk) -> ResponseReturnValue:
    """Ask why, and open the seal."""
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            operations.open_seal(desk.inspection, form.reason.data or "", actor=desk.person, rater=desk.rater)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            db.session.rollback()
            form.reason.errors = [refusal.sentence]
            return page("fieldwork/open_seal.html", desk=desk, inspection=desk.inspection, form=form), 422
        flash(_("Your seal is open. Change what you want, and seal again."), "success")
        return redirect(desk.address("questions"), 303)
    return page("fieldwork/open_seal.html", desk=desk, inspection=desk.inspection, form=form)
