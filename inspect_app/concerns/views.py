"""Tell that something is wrong: two taps from every page of fieldwork, then a short form."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.concerns import operations, queries, queries_hazards
from inspect_app.concerns.forms import ConcernForm, HazardForm, TellForm, as_uuid, offer_visits
from inspect_app.concerns.rules import WHERE_IS_IT
from inspect_app.concerns.views_room import bp, by_script, tells
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection


@bp.get("/inspections/<reference>/something-wrong")
@needs("concerns.tell")
def something_wrong(inspection: Inspection) -> ResponseReturnValue:
    """Choose: may somebody be harmed, or is something dangerous? And whom to ring."""
    return page("concerns/something_wrong.html", inspection=inspection, ring=queries.whom_to_ring())


@bp.route("/inspections/<reference>/somebody-may-be-harmed", methods=["GET", "POST"])
@tells
def tell_concern(inspection: Inspection) -> ResponseReturnValue:
    """Tell that somebody may be harmed; it goes to the safeguarding lead alone."""
    form = ConcernForm()
    if request.method != "POST":
        form.begin(signed_in().id)
        return page("concerns/tell_concern.html", inspection=inspection, form=form, ring=queries.whom_to_ring())
    try:
        operations.raise_concern(
            inspection,
            actor=signed_in(),
            id=form.told_id,
            what=form.what.data or "",
            who=form.who.data,
            where=form.where.data,
            now=form.now.data == "yes",
            about_lead=bool(form.about_lead.data),
            captured_at=form.moment,
        )
    except Refused as refusal:
        return _wrong(inspection, form, refusal, "concerns/tell_concern.html")
    return _thank(inspection)


@bp.route("/inspections/<reference>/something-is-dangerous", methods=["GET", "POST"])
@tells
def tell_hazard(inspection: Inspection) -> ResponseReturnValue:
    """Tell that something is dangerous; the service and the coordinator hear at once."""
    form = HazardForm()
    offer_visits(form, inspection)
    if request.method != "POST":
        form.begin(signed_in().id)
        today = local_day(now(), zone())
        days = {local_day(one.starts_at, zone()): str(one.id) for one in inspection.visits if one.cancelled_at is None}
        form.visit.data = days.get(today, "")
        return page("concerns/tell_hazard.html", inspection=inspection, form=form, ring=queries.whom_to_ring())
    try:
        operations.report_hazard(
            inspection,
            actor=signed_in(),
            id=form.told_id,
            what=form.what.data or "",
            where=form.where.data or "",
            visit=as_uuid(form.visit.data),
            captured_at=form.moment,
        )
    except Refused as refusal:
        return _wrong(inspection, form, refusal, "concerns/tell_hazard.html")
    return _thank(inspection)


@bp.get("/inspections/<reference>/what-i-told")
@needs("concerns.tell")
def what_i_told(inspection: Inspection) -> ResponseReturnValue:
    """Show somebody that what they told was received, and who looks after it; never the words."""
    me = signed_in()
    concerns = queries.told_by(me, inspection.id)
    return page(
        "concerns/what_i_told.html",
        inspection=inspection,
        concerns=concerns,
        unread={one.id for one in concerns if one.state == "new" and not queries.readers(one)},
        hazards=queries_hazards.reported_by(me, inspection.id),
        ring=queries.whom_to_ring(),
    )


def _thank(inspection: Inspection) -> ResponseReturnValue:
    """Say that it is here, once it is: the next page says who looks after it."""
    db.session.commit()
    href = url_for("concerns.what_i_told", reference=inspection.reference)
    if by_script():
        return jsonify({"state": "safe", "href": href})
    flash(_("Thank you for telling us. We have it."), "success")
    return redirect(href, 303)


def _wrong(inspection: Inspection, form: TellForm, refusal: Refused, template: str) -> ResponseReturnValue:
    """Show the form again with what must be mended."""
    db.session.rollback()
    if refusal.status != 422:
        raise refusal
    if by_script():
        return jsonify({"state": "wrong", "sentence": refusal.sentence}), 422
    field = "where" if refusal.sentence == str(WHERE_IS_IT) else "what"
    form[field].errors = [refusal.sentence]
    return page(template, inspection=inspection, form=form, ring=queries.whom_to_ring()), 422
