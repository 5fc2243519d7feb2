"""Pages on which the team writes."""

from __future__ import annotations

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from inspect_app.core.access import needs
from inspect_app.core.database import db, keep_despite_refusal
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Saved
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.reports import operations_writing as operations
from inspect_app.reports import queries
from inspect_app.reports.forms import FindingForm, RecommendationForm, RevisedForm, SectionForm
from inspect_app.reports.models import Finding, Recommendation
from inspect_app.reports.rules import SECTION_BY_KEY
from inspect_app.reports.views import back_to, bp, me, show_report, tried

REPORT = f"reports.{show_report.__name__}"


@bp.route("/inspections/<reference>/report/sections/<key>", methods=["GET", "POST"])
@needs("reports.write")
def edit_section(inspection: Inspection, key: str) -> ResponseReturnValue:
    """Write one part of the running text."""
    part = SECTION_BY_KEY.get(key)
    if part is None:
        raise Refused(_("The report has no such part."), 404)
    section = queries.sections_of(inspection.id).get(key)
    form = SectionForm(text=section.text if section else "", based_on=(section and section.revision_id) or "")
    meanwhile = None
    if form.validate_on_submit():
        saved = tried(
            form, lambda: operations.save_section(inspection, key, form.text.data or "", form.origin(me().id), me())
        )
        if saved and saved.on_top:
            return back_to(REPORT, inspection, _("“%(part)s” is saved.", part=part.title))
        meanwhile = told(form, saved)
    shown = page("reports/section.html", form=form, part=part, inspection=inspection, meanwhile=meanwhile)
    return shown, status_of(form, meanwhile)


def told(form: RevisedForm, saved: Saved | None) -> dict[str, object] | None:
    """Return what somebody else saved meanwhile, and base the next try on it; None when nobody did."""
    if saved is None or saved.on_top or saved.meanwhile is None:
        return None
    keep_despite_refusal()
    form.stand_on(saved.meanwhile.id)
    who = db.session.get(Person, saved.meanwhile.author_id)
    content = saved.meanwhile.content or {}
    return {
        "by": who.name if who else _("Somebody"),
        "text": content.get("text", ""),
        "at": saved.meanwhile.received_at,
    }


def status_of(form: RevisedForm, meanwhile: dict[str, object] | None) -> int:
    """Return 409 when somebody else saved meanwhile, 422 for a form that was refused, 200 for one that is shown."""
    if meanwhile:
        return 409
    return 422 if form.errors or form.form_errors else 200


@bp.route("/inspections/<reference>/report/findings/new", methods=["GET", "POST"])
@needs("reports.write")
def add_finding(inspection: Inspection) -> ResponseReturnValue:
    """Add a finding."""
    form = _finding_form(inspection)
    if form.validate_on_submit():
        values, made_id = _finding_values(form), uuid.UUID(form.id.data)
        made = tried(form, lambda: operations.add_finding(inspection, *values, me(), id=made_id))
        if made:
            return back_to(REPORT, inspection, _("Finding %(number)s is saved.", number=made.number))
    return _finding_page(inspection, form, None)


@bp.route("/inspections/<reference>/report/findings/<uuid:key>", methods=["GET", "POST"])
@needs("reports.write")
def edit_finding(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Change a finding."""
    finding = queries.finding_in(inspection, key)
    form = _finding_form(inspection, finding)
    meanwhile = None
    if form.validate_on_submit():
        values = _finding_values(form)
        saved = tried(form, lambda: operations.change_finding(inspection, finding, *values, form.origin(me().id), me()))
        if saved and saved.on_top:
            return back_to(REPORT, inspection, _("Finding %(number)s is saved.", number=finding.number))
        meanwhile = told(form, saved)
    return _finding_page(inspection, form, finding, meanwhile)


def _finding_form(inspection: Inspection, finding: Finding | None = None) -> FindingForm:
    given = {}
    if finding is not None:
        given = {
            "kind": finding.kind,
            "text": finding.text,
            "based_on": finding.revision_id,
            "observations": [str(one.observation_id) for one in finding.basis if one.observation_id],
            "criteria": [one.criterion_key for one in finding.basis if one.criterion_key],
        }
    form = FindingForm(data=given)
    form.observations.choices = [
        SelectChoice(str(one.id), one.words or _("A recording, not written down yet"))
        for one in queries.team_observations(inspection)
    ]
    agreed = {one.criterion_key for one in queries.agreed_ratings(inspection.id)}
    form.criteria.choices = [
        SelectChoice(one.key, one.statement)
        for one in criteria_of(inspection.framework_version_id)
        if one.key in agreed
    ]
    return form


def _finding_values(form: FindingForm) -> tuple[str, str, list[uuid.UUID], list[str]]:
    observations = [uuid.UUID(one) for one in form.observations.data or ()]
    return form.kind.data, form.text.data, observations, list(form.criteria.data or ())


def _finding_page(
    inspection: Inspection, form: FindingForm, finding: Finding | None, meanwhile: dict[str, object] | None = None
) -> ResponseReturnValue:
    seen = {str(one.id): one for one in queries.team_observations(inspection)}
    agreed = {one.criterion_key: one for one in queries.agreed_ratings(inspection.id)}
    values: dict[str, Any] = {"form": form, "finding": finding, "seen": seen, "agreed": agreed, "meanwhile": meanwhile}
    return page("reports/finding.html", inspection=inspection, **values), status_of(form, meanwhile)


@bp.route("/inspections/<reference>/report/recommendations/new", methods=["GET", "POST"])
@needs("reports.write")
def add_recommendation(inspection: Inspection) -> ResponseReturnValue:
    """Add a recommendation."""
    form = _recommendation_form(inspection)
    if form.validate_on_submit():
        values, made_id = _recommendation_values(form), uuid.UUID(form.id.data)
        made = tried(form, lambda: operations.add_recommendation(inspection, *values, me(), id=made_id))
        if made:
            return back_to(REPORT, inspection, _("Recommendation %(number)s is saved.", number=made.number))
    return _recommendation_page(inspection, form, None)


@bp.route("/inspections/<reference>/report/recommendations/<uuid:key>", methods=["GET", "POST"])
@needs("reports.write")
def edit_recommendation(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Change a recommendation."""
    asked = queries.recommendation_in(inspection, key)
    form = _recommendation_form(inspection, asked)
    meanwhile = None
    if form.validate_on_submit():
        values = _recommendation_values(form)
        saved = tried(
            form, lambda: operations.change_recommendation(inspection, asked, *values, form.origin(me().id), me())
        )
        if saved and saved.on_top:
            return back_to(REPORT, inspection, _("Recommendation %(number)s is saved.", number=asked.number))
        meanwhile = told(form, saved)
    return _recommendation_page(inspection, form, asked, meanwhile)


def _recommendation_form(inspection: Inspection, asked: Recommendation | None = None) -> RecommendationForm:
    services = [SelectChoice(str(one.id), one.name) for one in inspection.services]
    given: dict[str, object] = {"service_id": services[0].value} if len(services) == 1 else {}
    if asked is not None:
        given = {
            "service_id": str(asked.service_id),
            "text": asked.text,
            "why": asked.why,
            "based_on": asked.revision_id,
            "findings": [str(one.id) for one in asked.findings],
        }
    form = RecommendationForm(data=given)
    form.service_id.choices = services
    form.findings.choices = [
        SelectChoice(str(one.id), f"{one.number}. {one.text}") for one in queries.findings_of(inspection.id)
    ]
    return form


def _recommendation_values(form: RecommendationForm) -> tuple[uuid.UUID, str, str, list[uuid.UUID]]:
    findings = [uuid.UUID(one) for one in form.findings.data or ()]
    return uuid.UUID(form.service_id.data), form.text.data, form.why.data or "", findings


def _recommendation_page(
    inspection: Inspection,
    form: RecommendationForm,
    asked: Recommendation | None,
    meanwhile: dict[str, object] | None = None,
) -> ResponseReturnValue:
    values: dict[str, Any] = {"form": form, "asked": asked, "meanwhile": meanwhile}
    return page("reports/recommendation.html", inspection=inspection, **values), status_of(form, meanwhile)


@bp.post("/inspections/<reference>/report/findings/<uuid:key>/withdraw")
@needs("reports.write")
def withdraw_finding(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Take a finding out of the report."""
    operations.withdraw_finding(inspection, queries.finding_in(inspection, key), me())
    return back_to(REPORT, inspection, _("The finding is withdrawn."))


@bp.post("/inspections/<reference>/report/recommendations/<uuid:key>/withdraw")
@needs("reports.write")
def withdraw_recommendation(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Take a recommendation out of the report."""
    operations.withdraw_recommendation(inspection, queries.recommendation_in(inspection, key), me())
    return back_to(REPORT, inspection, _("The recommendation is withdrawn."))


@bp.post("/inspections/<reference>/report/findings/<uuid:key>/move")
@needs("reports.write")
def move_finding(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Move a finding one place up or down."""
    up = request.form.get("way") == "up"
    operations.move(inspection, queries.finding_in(inspection, key), up, me())
    return back_to(REPORT, inspection, _("The order is changed."))


@bp.post("/inspections/<reference>/report/recommendations/<uuid:key>/move")
@needs("reports.write")
def move_recommendation(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Move a recommendation one place up or down."""
    up = request.form.get("way") == "up"
    operations.move(inspection, queries.recommendation_in(inspection, key), up, me())
    return back_to(REPORT, inspection, _("The order is changed."))
