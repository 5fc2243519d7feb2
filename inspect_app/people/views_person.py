"""What a coordinator does with one person: roles, training, leaving and coming back."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.people import operations, queries
from inspect_app.people.forms import ButtonForm, RoleForm, TrainingForm
from inspect_app.people.rules import ROLE_WORDS, Role
from inspect_app.people.views import bp, given_role, person_page, whoever_asks


@bp.post("/people/<uuid:person_id>/roles")
@needs("people.manage")
def grant_role(person_id: uuid.UUID) -> ResponseReturnValue:
    """Give somebody one more role."""
    person = queries.person_by_id(person_id)
    form = RoleForm()
    if not form.validate_on_submit():
        return person_page(person_id, role_form=form)
    role, service_id = given_role(form.role.data)
    operations.grant_role(person, role, service_id, whoever_asks())
    flash(_("%(name)s has the role %(role)s now.", name=person.name, role=_(ROLE_WORDS[role])), "success")
    return _back(person_id)


@bp.post("/people/<uuid:person_id>/roles/<uuid:grant_id>/withdraw")
@needs("people.manage")
def withdraw_role(person_id: uuid.UUID, grant_id: uuid.UUID) -> ResponseReturnValue:
    """Take a role from somebody."""
    person = queries.person_by_id(person_id)
    held = next((one for one in person.roles if one.id == grant_id), None)
    if held is not None:
        operations.withdraw_role(person, grant_id, whoever_asks())
        role = _(ROLE_WORDS[Role(held.name)])
        flash(_("%(name)s is no longer %(role)s.", name=person.name, role=role), "success")
    return _back(person_id)


@bp.post("/people/<uuid:person_id>/training")
@needs("people.manage")
def record_training(person_id: uuid.UUID) -> ResponseReturnValue:
    """Put a training on record."""
    person = queries.person_by_id(person_id)
    form = TrainingForm()
    if not form.validate_on_submit():
        return person_page(person_id, training_form=form)
    try:
        operations.record_training(
            person,
            form.course.data,
            form.held_on.data,
            form.held_by.data,
            whoever_asks(),
            valid_until=form.valid_until.data,
            id=uuid.UUID(form.id.data),
        )
    except Refused as refused:
        form.held_on.errors = [refused.sentence]
        return person_page(person_id, training_form=form)
    flash(_("The training is on record."), "success")
    return _back(person_id)


@bp.route("/people/<uuid:person_id>/leave", methods=["GET", "POST"])
@needs("people.manage")
def deactivate_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Ask first, then end somebody's time in the programme."""
    person = queries.person_by_id(person_id)
    form = ButtonForm()
    if form.validate_on_submit():
        operations.deactivate_person(person, whoever_asks())
        flash(_("%(name)s cannot sign in any more. What they did stays.", name=person.name), "success")
        return _back(person_id)
    return page("people/leave.html", person=person, form=form)


@bp.post("/people/<uuid:person_id>/come-back")
@needs("people.manage")
def reactivate_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody who left sign in again."""
    person = queries.person_by_id(person_id)
    operations.reactivate_person(person, whoever_asks())
    flash(_("%(name)s can sign in again.", name=person.name), "success")
    return _back(person_id)


def _back(person_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("people.show_person", person_id=person_id), 303)
