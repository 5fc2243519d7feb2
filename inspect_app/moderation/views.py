"""Pages of moderation: the wall with all questions, and one question with all voices."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, require, signed_in
from inspect_app.core.database import db, keep_despite_refusal, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork.queries_paper import photos_of_question
from inspect_app.frameworks.rules import Question
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted
from inspect_app.moderation import operations, queries
from inspect_app.moderation.forms import AgreeForm, MinorityForm
from inspect_app.moderation.models import MinorityStatement
from inspect_app.moderation.showing import results_shown, talk, wall_rows
from inspect_app.people.queries import names_of

bp = Blueprint("moderation", __name__)


@bp.get("/inspections/<reference>/agreeing")
@needs("moderation.see")
def wall(inspection: Inspection) -> ResponseReturnValue:
    """All questions, the widest disagreement first."""
    rows = wall_rows(inspection)
    values = {"rows": rows, "done": sum(row.agreed is not None for row in rows), **results_shown(inspection)}
    return page("moderation/wall.html", "rows", inspection=inspection, **values)


@bp.route("/inspections/<reference>/agreeing/<criterion_key>", methods=["GET", "POST"])
@needs("moderation.see")
def question(inspection: Inspection, criterion_key: str) -> ResponseReturnValue:
    """One question: each one's reasons and evidence side by side, and what the team agrees."""
    one = _question(inspection, criterion_key)
    standing = queries.agreed(inspection.id).get(one.key)
    form = AgreeForm()
    members = accepted(inspection)
    form.present.choices = [(str(member.person_id), member.person.name) for member in members]
    if request.method == "POST":
        require(signed_in(), "moderation.agree", inspection)
        if form.is_right(one):
            return _agree(inspection, one, form)
        return _talk(inspection, one, form), 422
    form.revision.data = str(new_id())
    form.based_on.data = str(standing.revision_id) if standing else ""
    if standing:
        form.show(one, standing.value)
        form.reason.data, form.present.data = standing.reason, standing.present
    else:
        form.present.data = [str(member.person_id) for member in members]
    return _talk(inspection, one, form)


def _agree(inspection: Inspection, one: Question, form: AgreeForm) -> ResponseReturnValue:
    saved = operations.agree_rating(
        inspection,
        one,
        form.answer(one) or "",
        form.reason.data or "",
        actor=signed_in(),
        present=[found for value in form.present.data or [] if (found := _uuid(value))],
        revision=_uuid(form.revision.data),
        based_on=_uuid(form.based_on.data),
    )
    if saved.on_top:
        flash(_("Saved what the team agreed."), "done")
        return redirect(url_for("moderation.question", reference=inspection.reference, criterion_key=one.key), 303)
    form.revision.data = str(new_id())
    form.based_on.data = str(saved.meanwhile.id) if saved.meanwhile else ""
    keep_despite_refusal()
    return _talk(inspection, one, form, meanwhile=saved.meanwhile), 409


def _talk(inspection: Inspection, one: Question, form: AgreeForm, meanwhile: Revision | None = None) -> Response:
    sheets = photos_of_question(inspection, signed_in(), None, one.key)
    return page(
        "moderation/question.html",
        inspection=inspection,
        question=one,
        form=form,
        minority=MinorityForm(formdata=None),
        meanwhile=meanwhile,
        meanwhile_name=names_of([meanwhile.author_id]).get(meanwhile.author_id) if meanwhile else None,
        **talk(inspection, one),
        sheets=sheets,
        writers=names_of({photo.person_id for photo in sheets}),
    )


@bp.post("/inspections/<reference>/agreeing/<criterion_key>/minority")
@needs("moderation.dissent")
def dissent(inspection: Inspection, criterion_key: str) -> ResponseReturnValue:
    """Keep a minority statement beside an agreed rating."""
    one = _question(inspection, criterion_key)
    standing = queries.agreed(inspection.id).get(one.key)
    if standing is None:
        raise Refused(
            _("The team has not agreed on this question yet. Agree first, then say what you see differently.")
        )
    form = MinorityForm()
    operations.state_minority(inspection, "agreed_rating", standing.id, form.text.data or "", actor=signed_in())
    flash(_("Your minority statement is saved."), "done")
    return redirect(url_for("moderation.question", reference=inspection.reference, criterion_key=one.key), 303)


@bp.post("/inspections/<reference>/agreeing/<criterion_key>/minority/<uuid:statement_id>/withdraw")
@needs("moderation.dissent")
def withdraw(inspection: Inspection, criterion_key: str, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Take one's own minority statement back."""
    statement = db.session.get(MinorityStatement, statement_id)
    if statement is None or statement.inspection_id != inspection.id:
        raise Refused(_("This statement is not here."), 404)
    operations.withdraw_minority(statement, actor=signed_in())
    flash(_("Your minority statement is taken back."), "done")
    return redirect(url_for("moderation.question", reference=inspection.reference, criterion_key=criterion_key), 303)


def _question(inspection: Inspection, key: str) -> Question:
    if not queries.are_open(inspection):
        raise Refused(_("The ratings open when all inspectors have sealed theirs."))
    for one in queries.questions(inspection):
        if one.key == key:
            return one
    raise Refused(_("This question is not part of this inspection."), 404)


def _uuid(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return None
