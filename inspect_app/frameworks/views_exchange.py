"""Pages on which questions come in from files and go out as files, for coordinators."""

from __future__ import annotations

import uuid
from itertools import groupby
from operator import itemgetter

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import queries
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.forms_exchange import BringForm
from inspect_app.frameworks.incoming import ACCEPTED, read_file
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.xlsform.report import not_carried_over
from inspect_app.frameworks.xlsform.template import write_template
from inspect_app.frameworks.xlsform.writing import write_xlsform

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/frameworks/drafts/bring", methods=["GET", "POST"])
@needs("frameworks.edit")
def bring_in() -> ResponseReturnValue:
    """Begin a draft with what a file holds, and go on to all that is otherwise than in the file."""
    form = BringForm()
    if not form.validate_on_submit():
        return page("frameworks/bring.html", form=form, accepted=ACCEPTED), 422 if form.is_submitted() else 200
    report = read_file(form.file.data.filename or "", form.content)
    if report.plain is None:
        form.file.errors = [*form.file.errors, *(str(fault) for fault in report.faults)]
        return page("frameworks/bring.html", form=form, accepted=ACCEPTED), 422
    newest = queries.newest_version(report.plain.key)
    draft = begin_draft(report.plain, signed_in(), id=form.own_id(), based_on=newest, brought=not_carried_over(report))
    return redirect(url_for("frameworks.brought_in", draft_id=draft.id), 303)


@bp.get("/frameworks/drafts/<uuid:draft_id>/brought")
@needs("frameworks.edit")
def brought_in(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show what did not come over as it stands in the file: kept with the draft, and with the version made of it."""
    draft = queries.draft_by_id(draft_id)
    if draft.brought is None:
        raise Refused(_("These questions did not come from a file."), 404)
    plain = plain_of(draft.document)
    sheets = [(name, list(notes)) for name, notes in groupby(draft.brought, key=itemgetter("sheet"))]
    count = sum(1 for _one in criteria(plain))
    return page("frameworks/brought.html", draft=draft, plain=plain, sheets=sheets, count=count)


@bp.get("/frameworks/drafts/template")
@needs("frameworks.edit")
def template_file() -> ResponseReturnValue:
    """Hand out a spreadsheet to begin with."""
    return _spreadsheet(write_template(), "my-questions")


@bp.get("/frameworks/drafts/<uuid:draft_id>/form")
@needs("frameworks.edit")
def draft_form(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a draft out as a form (XLSForm)."""
    return _form(plain_of(queries.draft_by_id(draft_id).document))


@bp.get("/frameworks/<uuid:version_id>/form")
@needs("frameworks.read")
def version_form(version_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a published version out as a form (XLSForm)."""
    return _form(queries.plain_version(version_id))


def _form(plain: PlainFramework) -> Response:
    return _spreadsheet(write_xlsform(plain), f"{plain.key}-{plain.version}")


def _spreadsheet(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype=SPREADSHEET)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
