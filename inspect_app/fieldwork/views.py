"""Pages of an inspector: their questions, and how far everybody is."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import operations, queries_sheet
from inspect_app.fieldwork.views_desk import own_desk
from inspect_app.fieldwork.views_outbox import saves
from inspect_app.fieldwork.views_rating import answer_question, show_questions
from inspect_app.fieldwork.views_room import bp
from inspect_app.inspections.models import Inspection


@bp.get("/inspections/<reference>/questions")
@needs("fieldwork.own")
def questions(inspection: Inspection) -> ResponseReturnValue:
    """Show an inspector's questions."""
    return show_questions(own_desk(inspection))


@bp.route("/inspections/<reference>/questions/<key>", methods=["GET", "POST"])
@saves("fieldwork.own")
def question(inspection: Inspection, key: str) -> ResponseReturnValue:
    """Rate one question."""
    return answer_question(own_desk(inspection), key)


@bp.post("/inspections/<reference>/kept/<uuid:words_id>/forget")
@needs("signed in")
def forget_words(inspection: Inspection, words_id: uuid.UUID) -> ResponseReturnValue:
    """Throw away words that came too late."""
    operations.forget_words(inspection, words_id, actor=signed_in())
    flash(_("These words are gone."), "success")
    return redirect(url_for("inspections.hub", reference=inspection.reference), 303)


@bp.get("/inspections/<reference>/fieldwork")
@needs("fieldwork.progress")
def progress(inspection: Inspection) -> ResponseReturnValue:
    """Show how far each is, as figures alone."""
    return page("fieldwork/progress.html", inspection=inspection, lines=queries_sheet.progress(inspection))
