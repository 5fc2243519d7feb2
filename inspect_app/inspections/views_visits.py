"""Visits: the list, one visit with the way there, and planning them."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import may, needs
from inspect_app.core.programme import zone
from inspect_app.core.time import local, local_day, now
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections import operations, queries
from inspect_app.inspections.forms import ReasonForm, VisitForm, choices
from inspect_app.inspections.models import Inspection, Visit
from inspect_app.inspections.views import attempt, bp, myself, status_of, to

MAP = "https://www.openstreetmap.org/search?"


@bp.get("/inspections/<reference>/visits")
@needs("inspections.visits")
def visits(inspection: Inspection) -> ResponseReturnValue:
    """Show all visits."""
    return page("inspections/visits.html", **_all_values(inspection), today=local_day(now(), zone()))


def _all_values(inspection: Inspection) -> dict[str, Any]:
    days = {visit.id: local_day(visit.starts_at, zone()) for visit in inspection.visits}
    return {"inspection": inspection, "days": days}


@bp.get("/inspections/<reference>/visits/<uuid:visit_id>")
@needs("inspections.visits")
def visit(inspection: Inspection, visit_id: uuid.UUID) -> ResponseReturnValue:
    """Show one visit: when, where, the way there, who to ask for."""
    found = queries.visit_of(inspection, visit_id)
    is_today = local_day(found.starts_at, zone()) == local_day(now(), zone())
    has_begun = found.starts_at <= now()
    return page("inspections/visit.html", **_values_of(found), is_today=is_today, has_begun=has_begun)


def _values_of(found: Visit) -> dict[str, Any]:
    address = found.site.address if found.site else found.place
    map_link = MAP + urlencode({"query": address})
    return {"inspection": found.inspection, "visit": found, "address": address, "map_link": map_link}


def pages(inspection: Inspection, person: Any) -> dict[str, str]:
    """Return address → page of the visits, for a tablet: the same on whatever day it is opened."""
    if not may(person, "inspections.visits", inspection):
        return {}
    here: dict[str, Any] = {"reference": inspection.reference}
    found = {
        url_for("inspections.visits", **here): render_template("inspections/visits.html", **_all_values(inspection))
    }
    for one in inspection.visits:
        address = url_for("inspections.visit", **here, visit_id=one.id)
        found[address] = render_template("inspections/visit.html", **_values_of(one))
    return found


@bp.route("/inspections/<reference>/visits/new", methods=["GET", "POST"])
@needs("inspections.plan_visits")
def add_visit(inspection: Inspection) -> ResponseReturnValue:
    """Plan a visit."""
    form = _form(inspection)
    if attempt(
        form,
        lambda: operations.plan_visit(inspection, id=form.new_id, actor=myself(), **_values(form, inspection)),
    ):
        flash(_("The visit is planned."), "success")
        return to("visits", inspection)
    return page("inspections/visit_form.html", inspection=inspection, form=form), status_of(form)


@bp.route("/inspections/<reference>/visits/<uuid:visit_id>/change", methods=["GET", "POST"])
@needs("inspections.plan_visits")
def change_visit(inspection: Inspection, visit_id: uuid.UUID) -> ResponseReturnValue:
    """Change a visit."""
    found = queries.visit_of(inspection, visit_id)
    form = _form(inspection, found)
    if attempt(form, lambda: operations.change_visit(inspection, found, myself(), **_values(form, inspection))):
        flash(_("The visit is changed. Everybody hears of it."), "success")
        return to("visits", inspection)
    return page("inspections/visit_form.html", inspection=inspection, form=form, visit=found), status_of(form)


@bp.route("/inspections/<reference>/visits/<uuid:visit_id>/cancel", methods=["GET", "POST"])
@needs("inspections.plan_visits")
def cancel_visit(inspection: Inspection, visit_id: uuid.UUID) -> ResponseReturnValue:
    """Cancel a visit, with a reason."""
    found = queries.visit_of(inspection, visit_id)
    form = ReasonForm()
    if attempt(form, lambda: operations.cancel_visit(inspection, found, form.reason.data, myself())):
        flash(_("The visit is cancelled. Everybody hears of it."), "success")
        return to("visits", inspection)
    return page("inspections/visit_cancel.html", inspection=inspection, form=form, visit=found), status_of(form)


@bp.post("/inspections/<reference>/visits/<uuid:visit_id>/held")
@needs("inspections.hold_visit")
def hold_visit(inspection: Inspection, visit_id: uuid.UUID) -> ResponseReturnValue:
    """Say that a visit took place."""
    operations.hold_visit(inspection, queries.visit_of(inspection, visit_id), myself())
    flash(_("It is on record that this visit took place."), "success")
    return to("visit", inspection, visit_id=visit_id)


def _form(inspection: Inspection, visit: Visit | None = None) -> VisitForm:
    given: dict[str, Any] = {}
    if visit is not None:
        start, end = local(visit.starts_at, zone()), local(visit.ends_at, zone())
        given = {
            "purpose": visit.purpose,
            "day": start.date(),
            "starts": start.time(),
            "ends": end.time(),
            "site": str(visit.site_id or ""),
            "place": "" if visit.site_id else visit.place,
            "way_there": visit.way_there,
            "ask_for": visit.ask_for,
        }
    form = VisitForm(**given)
    sites = [(site.id, f"{site.name}, {site.address}") for site in queries.sites_of(inspection)]
    form.site.choices = choices([("", _("Somewhere else")), *sites])
    return form


def _values(form: VisitForm, inspection: Inspection) -> dict[str, Any]:
    start, end = form.moments()
    site = next((one for one in queries.sites_of(inspection) if str(one.id) == form.site.data), None)
    place = f"{site.name}, {site.address}" if site else form.place.data.strip()
    return {
        "purpose": form.purpose.data.strip(),
        "starts_at": start,
        "ends_at": end,
        "site": site,
        "place": place[:200],
        "way_there": (form.way_there.data or "").strip() or (site.way_there if site else None),
        "ask_for": (form.ask_for.data or "").strip() or None,
    }
