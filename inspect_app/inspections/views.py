"""The first page, and the page of one inspection."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any, cast

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from inspect_app.charter.queries import clocks_for
from inspect_app.core import access
from inspect_app.core.access import Standing, needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page, page_number
from inspect_app.core.words import _
from inspect_app.inspections import gates, operations, queries
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.overview import (
    ENDED,
    Filters,
    lines_of,
    my_inspections,
    overview,
    stage_line_of,
)
from inspect_app.inspections.rules import ENDED as ENDED_STAGES
from inspect_app.inspections.rules import RUNNING, next_stage, title
from inspect_app.inspections.rules_team import wait_name
from inspect_app.inspections.tasks import tasks_of
from inspect_app.inspections.timeline import timeline
from inspect_app.people.models import Person

bp = Blueprint("inspections", __name__)
gates.find_tasks_with(tasks_of)


@bp.app_context_processor
def words_of_inspections() -> dict[str, Any]:
    """Give every template what the layout of an inspection's pages asks for."""
    return {
        "sections_of": sections_of,
        "stage_title": title,
        "stage_line_of": stage_line_of,
        "wait_words": wait_name,
    }


@bp.app_template_filter("task_items")
def task_items(tasks: Iterable[gates.Task]) -> list[dict[str, Any]]:
    """Return tasks as the task list shows them."""
    kinds = {"todo": "mid", "doing": "mid", "done": "ok"}
    return [
        {"text": one.text, "href": one.href, "hint": one.hint, "status": one.status,
         "status_kind": kinds.get(one.kind) if one.status else None}
        for one in tasks
    ]  # fmt: skip


def sections_of(inspection: Inspection) -> list[dict[str, Any]]:
    """Return the navigation of an inspection for the person who looks."""
    me = signed_in()
    return [
        {"text": one.label, "href": url_for(one.endpoint, reference=inspection.reference),
         "current": request.endpoint == one.endpoint}
        for one in gates.sections()
        if access.may(me, one.permission, inspection)
    ]  # fmt: skip


def myself() -> Person:
    """Return the person who is signed in, on a page that asks for it. Raises Refused (401) otherwise."""
    me = signed_in()
    if me is None:
        raise Refused(_("You are signed out. Sign in again."), 401)
    return cast("Person", me)


def attempt(form: FlaskForm, change: Callable[[], Any]) -> bool:
    """Do what a valid form asks for; where its input is refused, put the sentence on the form and say no."""
    if not form.validate_on_submit():
        return False
    try:
        change()
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.form_errors.append(refusal.sentence)
        return False
    return True


def status_of(form: FlaskForm) -> int:
    """Return 422 for a form that was sent and refused, 200 for one that is shown."""
    return 422 if form.errors else 200


def to(view: str, inspection: Inspection, **more: Any) -> ResponseReturnValue:
    """Answer with the way to a page of an inspection."""
    return redirect(url_for(f"inspections.{view}", reference=inspection.reference, **more), 303)


@bp.get("/")
@needs("open to all")
def home() -> ResponseReturnValue:
    """Show a coordinator all inspections, everybody else their own."""
    me = signed_in()
    if me is None:
        public = "public.home" in current_app.view_functions
        return redirect(url_for("public.home" if public else "security.login"))
    if Standing.COORDINATOR not in access.standings(me):
        return _my_page(me)
    filters = Filters(request.args.get("stage", ""), request.args.get("words", ""))
    lines, found = overview(filters, page_number())
    stages = [("", _("All that run")), *((stage, title(stage)) for stage in RUNNING), (ENDED, _("Ended"))]
    return page("inspections/overview.html", lines=lines, found=found, filters=filters, stages=stages)


def _my_page(me: Any) -> ResponseReturnValue:
    mine = [
        (one, [task for task in gates.tasks(one, me, access.standings(me, one)) if task.group == "now"])
        for one in my_inspections(me)
    ]
    mine.sort(key=lambda pair: not pair[1])
    return page("inspections/mine.html", mine=mine)


@bp.get("/inspections/<reference>")
@needs("inspections.see")
def hub(inspection: Inspection) -> ResponseReturnValue:
    """Show one inspection: what waits for this person first, then the rest."""
    me = signed_in()
    standings = access.standings(me, inspection)
    tasks = gates.tasks(inspection, me, standings)
    told, found = timeline(inspection, page_number())
    finished = inspection.stage in ENDED_STAGES
    [line] = lines_of([inspection])
    return page(
        "inspections/hub.html",
        inspection=inspection,
        now_tasks=[task for task in tasks if task.group == "now"],
        more_tasks=[task for task in tasks if task.group != "now"],
        missing=line.missing if Standing.OBSERVER not in standings else [],
        waiting=line.waiting if Standing.COORDINATOR in standings else [],
        clocks=clocks_for(inspection.id, inspection.charter_id),
        finished=finished,
        ending=gates.ending(inspection) if finished else [],
        following=next_stage(inspection.stage, inspection.kind.leaves_out),
        may_move_on=operations.may_move_on(me, inspection),
        told=told,
        found=found,
        names=queries.names_of(
            {part for one in inspection.waivers for part in (one.person_id, one.service_id) if part}
        ),
    )


def as_uuid(text: str | None) -> uuid.UUID | None:
    """Return an identifier from an address or a form; raise Refused (404) when it is none."""
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise Refused(_("We cannot find this."), 404) from error
