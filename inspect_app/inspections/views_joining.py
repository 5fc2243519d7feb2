"""Join a team: the invitation, what ties oneself to the service, the charter; each page one thing."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import access
from inspect_app.core.access import Standing, needs
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections import operations, queries
from inspect_app.inspections.forms_team import AgreeForm, AnswerForm, ConflictForm
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.rules_team import MemberState
from inspect_app.inspections.views import as_uuid, attempt, bp, myself, status_of, to
from inspect_app.people.models import Person
from inspect_app.people.rules import Role

TEAM = frozenset({Standing.INSPECTOR, Standing.SUPPORTER, Standing.REVIEWER})


@bp.route("/inspections/<reference>/invitation", methods=["GET", "POST"])
@needs("inspections.answer")
def invitation(inspection: Inspection) -> ResponseReturnValue:
    """Ask for a yes or a no; a yes leads on to the next page and is given there."""
    me, form = myself(), AnswerForm()
    if form.validate_on_submit():
        if form.answer.data == "accept":
            return to("tie", inspection)
        operations.answer_invitation(inspection, "decline", me, reason=form.reason.data)
        flash(_("Thank you for your answer. The coordinator knows."), "success")
        return to_start()
    member = queries.member_of(inspection, me.id)
    return page("inspections/invitation.html", inspection=inspection, form=form, member=member), status_of(form)


@bp.route("/inspections/<reference>/invitation/tie", methods=["GET", "POST"])
@needs("inspections.answer")
def tie(inspection: Inspection) -> ResponseReturnValue:
    """Ask what ties the person to the service, then take their yes."""
    me, form = myself(), ConflictForm()
    if attempt(form, lambda: _accept(inspection, me, form)):
        return _after_tie(inspection, me)
    return page("inspections/tie.html", inspection=inspection, form=form, joining=True), status_of(form)


def _accept(inspection: Inspection, me: Person, form: ConflictForm) -> Member:
    return operations.answer_invitation(inspection, "accept", me, conflict=form.conflict, reason=form.words.data)


@bp.route("/inspections/<reference>/tie", methods=["GET", "POST"])
@needs("inspections.declare_conflict")
def later_tie(inspection: Inspection) -> ResponseReturnValue:
    """Let somebody of the team say later that something ties them to the service."""
    me, form = myself(), ConflictForm()
    if form.validate_on_submit():
        if form.conflict:
            operations.declare_conflict(inspection, form.conflict, me, reason=form.words.data)
        return _after_tie(inspection, me)
    return page("inspections/tie.html", inspection=inspection, form=form, joining=False), status_of(form)


def _after_tie(inspection: Inspection, me: Person) -> ResponseReturnValue:
    member = queries.member_of(inspection, me.id)
    if member is not None and member.state == MemberState.CONFLICT:
        flash(
            _("Thank you for saying so. You are not on this team, so that nobody can doubt the result."),
            "success",
        )
        return to_start()
    if inspection.charter_id is None or queries.has_agreed(inspection, me.id):
        flash(_("Thank you. You are on the team."), "success")
        return to("hub", inspection)
    return to("charter", inspection)


def to_start() -> ResponseReturnValue:
    """Answer with the way to the first page, for who has no part in this inspection any more."""
    return redirect(url_for("inspections.home"), 303)


@bp.route("/inspections/<reference>/charter", methods=["GET", "POST"])
@needs("inspections.charter")
def charter(inspection: Inspection) -> ResponseReturnValue:
    """Show the charter, and take the yes of the person or of the service they lead."""
    me, form = myself(), AgreeForm()
    if form.validate_on_submit():
        operations.agree_to_charter(inspection, me, as_uuid(form.service.data))
        flash(_("Thank you. You agreed to the charter."), "success")
        return to("hub", inspection)
    return page(
        "inspections/charter.html",
        inspection=inspection,
        form=form,
        for_myself=bool(TEAM & access.standings(me, inspection)) and not queries.has_agreed(inspection, me.id),
        for_services=[
            one
            for one in inspection.services
            if me.holds(Role.SERVICE_LEAD, one.id) and not queries.service_has_agreed(inspection, one.id)
        ],
        names=queries.names_of({one.person_id for one in inspection.agreements}),
        services={one.id: one.name for one in inspection.services},
    )
