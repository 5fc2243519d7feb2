"""The report's pages: what all audiences share. The others live in views_writing, views_drafts, views_checking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from inspect_app.core import access
from inspect_app.core.access import Standing, needs
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.jobs import Job
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Stage
from inspect_app.people.models import Person
from inspect_app.reports import queries
from inspect_app.reports.gates import missing_for_writing
from inspect_app.reports.models import Edition, ReportDraft
from inspect_app.reports.rules import SECTIONS

bp = Blueprint("reports", __name__)
Done = TypeVar("Done")


@bp.get("/inspections/<reference>/report")
@needs("reports.see")
def show_report(inspection: Inspection) -> ResponseReturnValue:
    """Show how far the report is, and the way to each of its parts."""
    drafts = [one for one in queries.drafts_of(inspection.id) if may_read(inspection, one)]
    return page(
        "reports/overview.html",
        inspection=inspection,
        parts=[(section, _first_words(inspection, section.key)) for section in SECTIONS],
        findings=queries.findings_of(inspection.id),
        recommendations=queries.recommendations_of(inspection.id),
        drafts=drafts,
        points=queries.points_in(inspection),
        editions=queries.editions_of(inspection.id),
        missing=missing_for_writing(inspection) if inspection.stage == Stage.WRITING else [],
        inside=is_inside(inspection),
    )


def _first_words(inspection: Inspection, key: str) -> str:
    section = queries.sections_of(inspection.id).get(key)
    return section.text if section else ""


def me() -> Person:
    """Return who is signed in; every page of this room asks for somebody."""
    person: Person = access.signed_in()
    return person


def is_inside(inspection: Inspection) -> bool:
    """Say whether whoever is signed in may see the report while it is being written: the team and coordinators."""
    inside = {Standing.COORDINATOR, Standing.INSPECTOR, Standing.SUPPORTER, Standing.TEAM_LEAD}
    return bool(access.standings(access.signed_in(), inspection) & inside)


def may_read(inspection: Inspection, draft: ReportDraft) -> bool:
    """Say whether whoever is signed in may read a draft: the team always, others what was sent to the service."""
    person = access.signed_in()
    return bool(access.may(person, "reports.read_draft", inspection)) and (
        is_inside(inspection) or draft.sent_at is not None
    )


def tried(form: FlaskForm, do: Callable[[], Done]) -> Done | None:
    """Do something with what was filled in; when it must be put right, say so above the form and return None."""
    try:
        return do()
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.form_errors = [*form.form_errors, refusal.sentence]
        db.session.expire_all()
        return None


def back_to(endpoint: str, inspection: Inspection, sentence: str, **values: Any) -> ResponseReturnValue:
    """Say what was done and lead on."""
    flash(sentence, "success")
    return redirect(url_for(endpoint, reference=inspection.reference, **values), 303)


def job_of(thing: ReportDraft | Edition) -> dict[str, Any]:
    """Return how far the PDF of a draft or an edition is, as the progress component wants it."""
    job = db.session.get(Job, thing.job_id) if thing.job_id else None
    if thing.file is not None or job is None:
        return {"id": thing.id, "status": "done", "progress": 100, "sentence": _("The PDF is ready.")}
    return {"id": thing.id, "status": job.state, "progress": job.progress, "sentence": _(job.sentence)}
