"""Pages of the service while it improves: its plan, and what it has done."""

from __future__ import annotations

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import keep_despite_refusal, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.improvement import operations_fixing, queries
from inspect_app.improvement import operations_plan as operations
from inspect_app.improvement.forms import ActionForm, UpdateForm
from inspect_app.improvement.models import Action
from inspect_app.improvement.operations_shared import own
from inspect_app.improvement.rules import DECISION_WORDS
from inspect_app.improvement.views import as_uuid, asked_in, attempt, bp, status_of, to
from inspect_app.inspections.models import Inspection
from inspect_app.people.queries import names_of
from inspect_app.reports.models import Recommendation
from inspect_app.services.models import Service


@bp.get("/inspections/<reference>/plan")
@needs("improvement.plan")
def plan(inspection: Inspection) -> ResponseReturnValue:
    """The service's plan: what it will do for each recommendation that it said yes to."""
    asked = queries.asked_of(inspection, signed_in())
    answers = queries.answers_of([one.id for one in asked])
    planned = [one for one in asked if (found := answers.get(one.id)) and found.sent_at]
    actions: dict[uuid.UUID, list[Action]] = {one.id: [] for one in asked}
    for action in queries.actions_of([one.id for one in asked]):
        actions[action.recommendation_id].append(action)
    services = [one for one in inspection.services if one.id in queries.services_of(signed_in())]
    return page(
        "improvement/plan.html",
        inspection=inspection,
        asked=[one for one in planned if operations.may_plan(answers[one.id].decision)],
        answers=answers,
        actions=actions,
        decisions=DECISION_WORDS,
        services=[(one, operations.is_sent(inspection, one.id), operations.lacks(inspection, one)) for one in services],
        settled=queries.settlements_of([one.id for one in asked]),
    )


@bp.route("/inspections/<reference>/plan/<uuid:recommendation_id>/new", methods=["GET", "POST"])
@needs("improvement.plan")
def add_action(inspection: Inspection, recommendation_id: uuid.UUID) -> ResponseReturnValue:
    """Add an action for one recommendation."""
    asked, form = asked_in(inspection, recommendation_id), ActionForm()
    own(signed_in(), asked)
    if request.method == "GET":
        form.id.data = str(new_id())
    if attempt(
        form,
        lambda: operations.add_action(inspection, asked, form.promised(), signed_in(), id=as_uuid(form.id.data)),
    ):
        return to("plan", inspection, _("The action is in your plan."))
    return page("improvement/action.html", inspection=inspection, asked=asked, form=form, action=None), status_of(form)


@bp.route("/inspections/<reference>/plan/actions/<uuid:action_id>", methods=["GET", "POST"])
@needs("improvement.plan")
def change_action(inspection: Inspection, action_id: uuid.UUID) -> ResponseReturnValue:
    """Change an action, say that it is done, or take it back."""
    asked, action = queries.action_in(inspection, action_id)
    own(signed_in(), asked)
    form = ActionForm(obj=action if request.method == "GET" else None)
    if request.method == "GET":
        form.id.data, form.based_on.data = str(new_id()), str(queries.top_revision("action", action.id) or "")
    saved: list[Any] = []

    def change() -> None:
        origin = Origin(author=signed_in().id, id=as_uuid(form.id.data), based_on=as_uuid(form.based_on.data))
        saved.append(operations.change_action(inspection, asked, action, form.promised(), origin, signed_in()))

    meanwhile = None
    if attempt(form, change):
        meanwhile = saved[0].meanwhile
        if meanwhile is None:
            return to("plan", inspection, _("The action is changed."))
        keep_despite_refusal()
        form.id.data, form.based_on.data = str(new_id()), str(meanwhile.id)
    return page(
        "improvement/action.html",
        inspection=inspection,
        asked=asked,
        form=form,
        action=action,
        meanwhile=meanwhile,
        meanwhile_name=names_of({meanwhile.author_id}).get(meanwhile.author_id) if meanwhile else None,
    ), 409 if meanwhile else status_of(form)


@bp.post("/inspections/<reference>/plan/actions/<uuid:action_id>/done")
@needs("improvement.plan")
def finish_action(inspection: Inspection, action_id: uuid.UUID) -> ResponseReturnValue:
    """Say that an action is done."""
    asked, action = queries.action_in(inspection, action_id)
    operations.finish_action(inspection, asked, action, signed_in())
    return to("plan", inspection, _("The action is marked as done. Tell the inspectors what you did."))


@bp.post("/inspections/<reference>/plan/actions/<uuid:action_id>/withdraw")
@needs("improvement.plan")
def withdraw_action(inspection: Inspection, action_id: uuid.UUID) -> ResponseReturnValue:
    """Take an action back."""
    asked, action = queries.action_in(inspection, action_id)
    operations.withdraw_action(inspection, asked, action, signed_in())
    return to("plan", inspection, _("The action is taken back."))


@bp.post("/inspections/<reference>/plan/<uuid:service_id>/send")
@needs("improvement.send_plan")
def send_plan(inspection: Inspection, service_id: uuid.UUID) -> ResponseReturnValue:
    """Send the plan of one service to the team."""
    operations.send_plan(inspection, _service(inspection, service_id), signed_in())
    return to("plan", inspection, _("Your plan is sent."))


def _service(inspection: Inspection, service_id: uuid.UUID) -> Service:
    for service in inspection.services:
        if service.id == service_id:
            return service
    raise Refused(_("This service is not part of the inspection."), 404)


@bp.route("/inspections/<reference>/improvement/<uuid:recommendation_id>/update", methods=["GET", "POST"])
@needs("improvement.update")
def update(inspection: Inspection, recommendation_id: uuid.UUID) -> ResponseReturnValue:
    """Tell what was done, with photos or documents that show it."""
    asked, form = asked_in(inspection, recommendation_id), UpdateForm()
    own(signed_in(), asked)
    if request.method == "GET":
        form.id.data = str(new_id())
    if attempt(form, lambda: _post(inspection, asked, form)):
        return to("overview", inspection, _("Thank you. The inspectors hear of it."))
    chain = operations_fixing.chain_of(inspection, asked)
    return page("improvement/update.html", inspection=inspection, asked=asked, form=form, chain=chain), status_of(form)


def _post(inspection: Inspection, asked: Recommendation, form: UpdateForm) -> None:
    operations_fixing.post_update(
        inspection,
        asked,
        form.text.data or "",
        form.says_done.data == "yes",
        signed_in(),
        shown=form.shown(),
        id=as_uuid(form.id.data),
    )
