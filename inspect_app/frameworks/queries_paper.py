"""Reads about forms on paper."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.jobs import latest_job
from inspect_app.core.words import _, mark
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.paper import Sheet

KIND = "paper.form"
"""The kind of job that makes a form."""
NOT_YET = mark("This form is still being made. Look again in a moment.")
NO_FORM = mark("There is no such form.")


def form_for_nobody(form_id: uuid.UUID) -> PaperForm:
    """Return a form that belongs to no inspection; raise Refused (404) for any other."""
    form = db.session.get(PaperForm, form_id)
    if form is None or form.inspection_id is not None:
        raise Refused(_(NO_FORM), 404)
    return form


def form_of(inspection_id: uuid.UUID, number: int) -> PaperForm:
    """Return a form of an inspection by its number; raise Refused (404) when there is none."""
    of_this = PaperForm.inspection_id == inspection_id, PaperForm.number == number
    form = db.session.scalar(select(PaperForm).where(*of_this))
    if form is None:
        raise Refused(_(NO_FORM), 404)
    return form


def forms_for(inspection_id: uuid.UUID, person_id: uuid.UUID) -> Sequence[PaperForm]:
    """Return the finished forms that a person may have filled in: theirs and those without a name, newest first."""
    whose = or_(PaperForm.person_id == person_id, PaperForm.person_id.is_(None))
    query = select(PaperForm).where(PaperForm.inspection_id == inspection_id, whose, PaperForm.sheets.is_not(None))
    return db.session.scalars(query.order_by(PaperForm.number.desc())).all()


def sheet_of_form(form: PaperForm, sheet: int) -> Sheet:
    """Return the questions that begin on a sheet (from 1); raise Refused (404) when the form has no such sheet."""
    sheets = form.sheets or []
    if not 1 <= sheet <= len(sheets):
        raise Refused(_("This form has no such sheet."), 404)
    return tuple((str(key), int(copy)) for key, copy in sheets[sheet - 1])


def key_of(form: PaperForm) -> str:
    """Return the key of the job that makes a form."""
    return f"{KIND}:{form.id}"


def job_of(form: PaperForm) -> dict[str, Any]:
    """Return how far a form is, as the progress component wants it."""
    job = None if form.file_id else latest_job(key_of(form))
    if job is None:
        return {"id": form.id, "status": "done", "progress": 100, "sentence": _("The form is ready.")}
    return {"id": form.id, "status": job.state, "progress": job.progress, "sentence": job.sentence}
