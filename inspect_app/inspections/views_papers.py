"""Papers for the team, and the time that people gave."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import flash, request
from flask.typing import ResponseReturnValue

from inspect_app.core import access, files
from inspect_app.core.access import Standing, needs
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.web import day_words, page
from inspect_app.core.words import _
from inspect_app.inspections import operations, queries
from inspect_app.inspections.forms import DocumentForm, HoursForm, choices
from inspect_app.inspections.models import Document, Hours, Inspection
from inspect_app.inspections.rules_team import ON_THE_TEAM
from inspect_app.inspections.views import as_uuid, attempt, bp, myself, status_of, to
from inspect_app.people.models import Person
from inspect_app.people.queries import holders
from inspect_app.people.rules import SERVICE_ROLES


@bp.route("/inspections/<reference>/documents", methods=["GET", "POST"])
@needs("inspections.documents")
def documents(inspection: Inspection) -> ResponseReturnValue:
    """Show the papers, and take one more."""
    form = DocumentForm()

    def add() -> None:
        upload = form.file.data
        operations.add_document(
            inspection,
            id=form.new_id,
            title=form.title.data,
            data=upload.stream,
            name=upload.filename or "",
            actor=myself(),
        )

    if attempt(form, add):
        flash(_("The paper is there for the team."), "success")
        return to("documents", inspection)
    papers = [one for one in inspection.documents if one.withdrawn_at is None]
    names = queries.names_of({one.added_by_id for one in papers})
    return page("inspections/documents.html", inspection=inspection, form=form, papers=papers, names=names), status_of(
        form
    )


@bp.get("/inspections/<reference>/documents/<uuid:document_id>")
@needs("inspections.documents")
def open_document(inspection: Inspection, document_id: uuid.UUID) -> ResponseReturnValue:
    """Answer with the file."""
    document = _document(inspection, document_id)
    return files.send(document.file, document.title, inline=True)


@bp.post("/inspections/<reference>/documents/<uuid:document_id>/withdraw")
@needs("inspections.add_document")
def withdraw_document(inspection: Inspection, document_id: uuid.UUID) -> ResponseReturnValue:
    """Take a paper back."""
    operations.withdraw_document(inspection, _document(inspection, document_id), myself())
    flash(_("The paper is no longer shown."), "success")
    return to("documents", inspection)


def _document(inspection: Inspection, document_id: uuid.UUID) -> Document:
    for document in inspection.documents:
        if document.id == document_id and document.withdrawn_at is None:
            return document
    raise Refused(_("There is no such paper in this inspection."), 404)


@bp.route("/inspections/<reference>/hours", methods=["GET", "POST"])
@needs("inspections.hours")
def hours(inspection: Inspection) -> ResponseReturnValue:
    """Show the time that people gave, and take more."""
    form, me = HoursForm(), myself()
    is_coordinator = Standing.COORDINATOR in access.standings(me, inspection)
    form.person.choices = choices(_whose(inspection, me) if is_coordinator else [(me.id, me.name)])
    begun = [one for one in inspection.visits if one.cancelled_at is None and one.starts_at <= now()]
    visits = [(one.id, f"{day_words(one.starts_at)}: {one.purpose}") for one in begun]
    form.visit.choices = choices([("", _("For no visit")), *visits])
    if request.method == "GET":
        form.person.data, form.visit.data = str(me.id), request.args.get("visit", "")
    if attempt(form, lambda: _record(inspection, form)):
        flash(_("The time is on record. Thank you."), "success")
        return to("hours", inspection)
    rows = queries.hours_of(inspection)
    shown = rows if is_coordinator else [row for row in rows if row.person_id == me.id]
    return page(
        "inspections/hours.html",
        inspection=inspection,
        form=form,
        rows=shown,
        names=queries.names_of({row.person_id for row in rows}),
        days={one.id: day_words(one.starts_at) for one in inspection.visits},
        totals=_totals(rows),
        is_coordinator=is_coordinator,
    ), status_of(form)


def _record(inspection: Inspection, form: HoursForm) -> None:
    visit_id = as_uuid(form.visit.data)
    operations.record_hours(
        inspection,
        id=form.new_id,
        minutes=form.total,
        actor=myself(),
        person=db.session.get(Person, as_uuid(form.person.data)),
        visit=queries.visit_of(inspection, visit_id) if visit_id else None,
        what=form.what.data,
    )


def _whose(inspection: Inspection, me: Person) -> list[tuple[uuid.UUID, str]]:
    """Return whose time a coordinator can record: their own, the team's, the service's people's."""
    people = {me.id: me.name}
    people |= {one.person_id: one.person.name for one in inspection.members if one.state in ON_THE_TEAM}
    for service in inspection.services:
        for role in sorted(SERVICE_ROLES):
            people |= {person.id: person.name for person in holders(role, service.id)}
    return list(people.items())


def _totals(rows: Sequence[Hours]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.side] = totals.get(row.side, 0) + row.minutes
    return totals
