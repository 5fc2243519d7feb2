"""The team: who is on it, asking people, letting them go."""

from __future__ import annotations

import uuid

from flask import flash
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections import operations, queries
from inspect_app.inspections.forms import choices
from inspect_app.inspections.forms_team import InviteForm, ReleaseForm, ReplaceForm
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.rules_team import ON_THE_TEAM, ROLE_NAMES, MemberRole
from inspect_app.inspections.views import as_uuid, attempt, bp, myself, status_of, to
from inspect_app.people.models import Person
from inspect_app.people.queries import holders, trained
from inspect_app.people.rules import Role

ASKABLE = {
    MemberRole.INSPECTOR: Role.INSPECTOR,
    MemberRole.SUPPORTER: Role.SUPPORTER,
    MemberRole.REVIEWER: Role.REVIEWER,
}


@bp.get("/inspections/<reference>/team")
@needs("inspections.see")
def team(inspection: Inspection) -> ResponseReturnValue:
    """Show who is on the team, and who was."""
    courses = queries.courses()
    needed = [key for key in inspection.kind.required_training if key in courses]
    taken = trained([one.person_id for one in inspection.members], needed, local_day(now(), zone()))
    return page(
        "inspections/team.html",
        inspection=inspection,
        here=[one for one in inspection.members if one.state in ON_THE_TEAM],
        gone=[one for one in inspection.members if one.state not in ON_THE_TEAM],
        role_names=ROLE_NAMES,
        lacks={
            one.id: [courses[key].title for key in needed if key not in taken[one.person_id]]
            for one in inspection.members
            if one.role == MemberRole.INSPECTOR
        },
        people={one.person_id: one.person.name for one in inspection.members},
        leads=queries.leads_of({service.id for service in inspection.services}),
        has_agreed=queries.has_agreed,
        service_has_agreed=queries.service_has_agreed,
    )


@bp.route("/inspections/<reference>/team/ask", methods=["GET", "POST"])
@needs("inspections.invite")
def invite(inspection: Inspection) -> ResponseReturnValue:
    """Ask somebody to join."""
    form = InviteForm()
    form.person.choices = choices([("", _("Choose a person")), *_askable(inspection)])
    inspectors = [(one.person_id, one.person.name) for one in queries.on_team(inspection)]
    form.supports.choices = choices([("", _("Nobody")), *inspectors])

    def ask() -> None:
        operations.invite_member(
            inspection,
            _person(form.person.data),
            form.role.data,
            myself(),
            id=form.new_id,
            is_lead=form.is_lead.data,
            supports=_person(form.supports.data) if form.supports.data else None,
        )

    if attempt(form, ask):
        flash(_("%(name)s is asked to join.", name=_person(form.person.data).name), "success")
        return to("team", inspection)
    return page("inspections/invite.html", inspection=inspection, form=form), status_of(form)


def _askable(inspection: Inspection) -> list[tuple[uuid.UUID, str]]:
    """Return who can be asked, each with what they can do; those on the team are left out."""
    taken = {one.person_id for one in inspection.members if one.state in (*ON_THE_TEAM, "conflict")}
    found: dict[uuid.UUID, tuple[str, list[str]]] = {}
    for role, held in ASKABLE.items():
        for person in holders(held):
            if person.id not in taken:
                found.setdefault(person.id, (person.name, []))[1].append(_(role.value))
    named = ((key, f"{name} ({', '.join(roles)})") for key, (name, roles) in found.items())
    return sorted(named, key=lambda pair: pair[1])


def _person(text: str) -> Person:
    person = db.session.get(Person, as_uuid(text))
    if person is None:
        raise Refused(_("Choose a person."), 422)
    return person


def _member(inspection: Inspection, member_id: uuid.UUID) -> Member:
    for member in inspection.members:
        if member.id == member_id:
            return member
    raise Refused(_("There is no such person on this team."), 404)


@bp.route("/inspections/<reference>/team/<uuid:member_id>/release", methods=["GET", "POST"])
@needs("inspections.team")
def release(inspection: Inspection, member_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody go, with a reason."""
    member, form = _member(inspection, member_id), ReleaseForm()
    if attempt(form, lambda: operations.release_member(inspection, member, form.reason.data, myself())):
        flash(_("%(name)s is released. What they did keeps their name.", name=member.person.name), "success")
        return to("team", inspection)
    return page("inspections/release.html", inspection=inspection, form=form, member=member), status_of(form)


@bp.route("/inspections/<reference>/team/<uuid:member_id>/replace", methods=["GET", "POST"])
@needs("inspections.team")
def replace(inspection: Inspection, member_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody go and ask another person in their place."""
    member, form = _member(inspection, member_id), ReplaceForm()
    on_team = {one.person_id for one in inspection.members if one.state in ON_THE_TEAM}
    others = [one for one in holders(ASKABLE[MemberRole(member.role)]) if one.id not in on_team]
    form.person.choices = choices([("", _("Choose a person")), *((one.id, one.name) for one in others)])

    def change() -> None:
        operations.replace_member(inspection, member, form.reason.data, _person(form.person.data), myself())

    if attempt(form, change):
        facts = {"name": _person(form.person.data).name, "other": member.person.name}
        flash(_("%(name)s is asked to join in place of %(other)s.", **facts), "success")
        return to("team", inspection)
    return page("inspections/replace.html", inspection=inspection, form=form, member=member), status_of(form)
