"""Pages of the check of facts: the service's points, the reviewer's decisions, the team's new words."""

from __future__ import annotations

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.reports import operations_checking as operations
from inspect_app.reports import queries
from inspect_app.reports.content import paragraphs
from inspect_app.reports.forms import DecisionForm, PointForm, StatementForm, WordsForm
from inspect_app.reports.models import AccuracyPoint
from inspect_app.reports.rules import DECISION_WORDS, NEEDS_NEW_WORDS, Decision
from inspect_app.reports.views import back_to, bp, me, tried

POINTS = "reports.show_points"


@bp.get("/inspections/<reference>/report/points")
@needs("reports.see_points")
def show_points(inspection: Inspection) -> ResponseReturnValue:
    """Show every point with its decision, and old and new words beside each other."""
    draft = queries.sent_draft(inspection.id)
    facts = paragraphs(draft.content) if draft else {}
    points = queries.points_of(draft.id) if draft else []
    return page(
        "reports/points.html",
        inspection=inspection,
        draft=draft,
        points=[_shown(point, facts) for point in points],
        closed=operations.is_closed(inspection),
    )


def _shown(point: AccuracyPoint, facts: dict[str, str]) -> dict[str, object]:
    return {
        "row": point,
        "old": facts.get(point.paragraph, ""),
        "new": point.new_paragraph,
        "words": DECISION_WORDS[Decision(point.decision)] if point.decision else _("Not decided yet"),
        "kind": {"rejected": "plain", None: "mid"}.get(point.decision, "ok"),
        "to_write": point.decision in NEEDS_NEW_WORDS,
        "statements": queries.minority_statements_about(point.id),
    }


@bp.route("/inspections/<reference>/report/points/new", methods=["GET", "POST"])
@needs("reports.raise_point")
def add_point(inspection: Inspection) -> ResponseReturnValue:
    """Say that a fact in the draft is wrong."""
    draft = queries.sent_draft(inspection.id)
    if draft is None:
        raise Refused(_("The draft has not been sent yet."))
    form = PointForm()
    if form.validate_on_submit():
        values = form.paragraph.data, form.quote.data, form.challenge.data
        made_id = uuid.UUID(form.id.data)
        made = tried(form, lambda: operations.raise_point(inspection, *values, me(), id=made_id))
        if made:
            return back_to(
                POINTS,
                inspection,
                _("Your point on paragraph %(number)s is sent to the reviewer.", number=made.paragraph),
            )
    elif not form.is_submitted():
        form.paragraph.data = request.args.get("paragraph", "")
    passage = paragraphs(draft.content).get((form.paragraph.data or "").strip(), "")
    status = 422 if form.errors or form.form_errors else 200
    return page("reports/point.html", inspection=inspection, form=form, draft=draft, passage=passage), status


@bp.post("/inspections/<reference>/report/points/close")
@needs("reports.close_check")
def close_check(inspection: Inspection) -> ResponseReturnValue:
    """Say that the service has no more points."""
    operations.close_check(inspection, me())
    return back_to(POINTS, inspection, _("Thank you. You have said that you have no more points."))


@bp.route("/inspections/<reference>/report/points/<uuid:key>/decide", methods=["GET", "POST"])
@needs("reports.decide_point")
def decide(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Decide a point."""
    point = queries.point_in(inspection, key)
    form = DecisionForm()
    if form.validate_on_submit():
        operations.decide_point(inspection, point, form.decision.data, form.reason.data, me())
        return back_to(POINTS, inspection, _("The point on paragraph %(number)s is decided.", number=point.paragraph))
    return _point_page("reports/decide.html", inspection, point, form)


@bp.route("/inspections/<reference>/report/points/<uuid:key>/reword", methods=["GET", "POST"])
@needs("reports.reword")
def reword(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Write a passage in new words."""
    point = queries.point_in(inspection, key)
    form = WordsForm(words=point.new_words or point.quote)
    if form.validate_on_submit():
        operations.reword(inspection, point, form.words.data, me())
        return back_to(POINTS, inspection, _("Paragraph %(number)s has new words.", number=point.paragraph))
    return _point_page("reports/reword.html", inspection, point, form)


@bp.route("/inspections/<reference>/report/points/<uuid:key>/differently", methods=["GET", "POST"])
@needs("reports.state_minority")
def state_difference(inspection: Inspection, key: uuid.UUID) -> ResponseReturnValue:
    """Say what one sees differently about a decided point."""
    point = queries.point_in(inspection, key)
    form = StatementForm()
    if form.validate_on_submit():
        operations.state_difference(inspection, point, form.text.data, me())
        return back_to(POINTS, inspection, _("Your words will stand beside this point."))
    return _point_page("reports/differently.html", inspection, point, form)


def _point_page(
    template: str, inspection: Inspection, point: AccuracyPoint, form: DecisionForm | WordsForm | StatementForm
) -> ResponseReturnValue:
    now = operations.text_now(inspection, point)
    gone = (point.new_words or point.quote) not in now
    values: dict[str, Any] = {"point": point, "form": form, "passage": now, "gone": gone}
    return page(template, inspection=inspection, **values), 422 if form.errors else 200
