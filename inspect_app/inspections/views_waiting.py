"""When an inspection waits: remind, go on without; move on, put on hold, take up again, cancel."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections import operations, queries
from inspect_app.inspections.forms import ReasonForm
from inspect_app.inspections.forms_team import RemindForm
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import title
from inspect_app.inspections.rules_team import MAY_BE_WAIVED, wait_name
from inspect_app.inspections.views import as_uuid, attempt, bp, myself, status_of, to
from inspect_app.people.models import Person
from inspect_app.services.models import Service


@bp.post("/inspections/<reference>/remind")
@needs("inspections.wait")
def remind(inspection: Inspection) -> ResponseReturnValue:
    """Remind a person, or the leads of a service; not more than once a day."""
    form = RemindForm()
    if not form.validate_on_submit():
        raise Refused(_("Say whom to remind of what."), 422)
    service = db.session.get(Service, as_uuid(form.service.data)) if form.service.data else None
    person = db.session.get(Person, as_uuid(form.person.data)) if form.person.data else None
    name = person.name if person else service.name if service else ""
    if service is not None:
        operations.remind_service(inspection, service, form.what.data, myself())
    elif person is not None:
        operations.remind(inspection, person, form.what.data, myself())
    else:
        raise Refused(_("Say whom to remind."), 422)
    told = " ".join([_("%(name)s is reminded.", name=name), *_by_phone(person)])
    if request.headers.get("HX-Request"):
        return page("inspections/reminded.html", "reminded", told=told)
    flash(told, "success")
    back = request.form.get("back") == "overview"
    return redirect(url_for("inspections.home"), 303) if back else to("hub", inspection)


def _by_phone(person: Person | None) -> list[str]:
    """Say that somebody without e-mail must be rung: no mail goes out to them."""
    if person is None or person.email:
        return []
    if not person.phone:
        return [_("They have no e-mail. Please ring them too.")]
    return [_("They have no e-mail. Please ring them too: %(phone)s.", phone=person.phone)]


@bp.route("/inspections/<reference>/go-on-without", methods=["GET", "POST"])
@needs("inspections.wait")
def waive(inspection: Inspection) -> ResponseReturnValue:
    """Show what can be done when an inspection waits for somebody, and let the coordinator go on without."""
    what = request.args.get("what", "")
    person_id, service_id = as_uuid(request.args.get("person")), as_uuid(request.args.get("service"))
    form = ReasonForm()

    def go_on() -> None:
        operations.waive(inspection, what, form.reason.data, myself(), person_id=person_id, service_id=service_id)

    if attempt(form, go_on):
        flash(_("The inspection no longer waits for this. The reason stands on its page."), "success")
        return to("hub", inspection)
    names = queries.names_of({one for one in (person_id, service_id) if one})
    member = queries.member_of(inspection, person_id) if person_id else None
    return page(
        "inspections/waive.html",
        inspection=inspection,
        form=form,
        name=next(iter(names.values()), ""),
        words=wait_name(what),
        member=member,
        can_waive=what in MAY_BE_WAIVED,
    ), status_of(form)


@bp.post("/inspections/<reference>/move-on")
@needs("inspections.see")
def move_on(inspection: Inspection) -> ResponseReturnValue:
    """Move an inspection on to its next stage."""
    entered = operations.move_on(inspection, myself(), request.form.get("stage") or None)
    flash(_("The inspection is now in “%(stage)s”.", stage=title(entered)), "success")
    return to("hub", inspection)


@bp.route("/inspections/<reference>/hold", methods=["GET", "POST"])
@needs("inspections.halt")
def suspend(inspection: Inspection) -> ResponseReturnValue:
    """Put an inspection on hold, with a reason that is published."""
    form = ReasonForm()
    if attempt(form, lambda: operations.suspend(inspection, form.reason.data, myself())):
        flash(_("The inspection is on hold. Everybody hears of it."), "success")
        return to("hub", inspection)
    return page("inspections/halt.html", inspection=inspection, form=form, ends=False), status_of(form)


@bp.post("/inspections/<reference>/take-up")
@needs("inspections.resume")
def resume(inspection: Inspection) -> ResponseReturnValue:
    """Take an inspection up again."""
    operations.resume(inspection, myself())
    flash(_("The inspection goes on. Everybody hears of it."), "success")
    return to("hub", inspection)


@bp.route("/inspections/<reference>/cancel", methods=["GET", "POST"])
@needs("inspections.cancel")
def cancel(inspection: Inspection) -> ResponseReturnValue:
    """Cancel an inspection, with a reason that is published."""
    form = ReasonForm()
    if attempt(form, lambda: operations.cancel(inspection, form.reason.data, myself())):
        flash(_("The inspection is cancelled. Everybody hears of it."), "success")
        return to("hub", inspection)
    return page("inspections/halt.html", inspection=inspection, form=form, ends=True), status_of(form)
