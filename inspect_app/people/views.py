"""The list of people, for coordinators."""

from __future__ import annotations

import uuid
from typing import cast

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page, page_number
from inspect_app.core.words import _
from inspect_app.people import courses, operations, queries, served
from inspect_app.people.forms import NewPersonForm, PersonForm, RoleForm, TrainingForm
from inspect_app.people.models import Person
from inspect_app.people.rules import ROLE_MEANINGS, ROLE_NAMES, ROLE_WORDS, Role

bp = Blueprint("people", __name__)


@bp.get("/people")
@needs("people.read")
def all_people() -> ResponseReturnValue:
    """Show the people, a page at a time, all or those searched for."""
    search, role = request.args.get("search", "")[:120], request.args.get("role", "")
    with_left = request.args.get("left") == "yes"
    number = page_number()
    found = queries.people_page(search, role if role in ROLE_NAMES else "", number, with_left)
    kept = {"search": search, "role": role, "left": "yes" if with_left else ""}
    return page(
        "people/list.html",
        found=found,
        kept={key: value for key, value in kept.items() if value},
        search=search,
        role=role,
        with_left=with_left,
        role_names=ROLE_NAMES,
        role_words=ROLE_WORDS,
        services=served.names(),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@needs("people.manage")
def add_person() -> ResponseReturnValue:
    """Add somebody; they get a mail with a link to choose a password."""
    form = NewPersonForm()
    if form.validate_on_submit():
        try:
            roles = [given_role(form.role.data)] if form.role.data else []
            person = operations.add_person(
                form.name.data,
                form.email.data,
                signed_in(),
                id=uuid.UUID(form.id.data),
                phone=form.phone.data,
                about=form.about.data,
                roles=roles,
            )
        except Refused as refused:
            form.email.errors = [refused.sentence]
        else:
            how = (
                _("A mail with a link to choose a password is on its way.")
                if person.email
                else _("They sign in with a card: you make it on the team page of an inspection.")
            )
            flash(f"{_('%(name)s is added.', name=person.name)} {how}", "success")
            return redirect(url_for("people.show_person", person_id=person.id), 303)
    return page("people/add.html", form=form), 422 if form.errors else 200


@bp.get("/people/<uuid:person_id>")
@needs("people.read")
def show_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Show one person: how to reach them, roles, training, consent."""
    return person_page(person_id)


@bp.route("/people/<uuid:person_id>/change", methods=["GET", "POST"])
@needs("people.manage")
def change_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Change how somebody is called and reached."""
    person = queries.person_by_id(person_id)
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        try:
            operations.change_person(
                person,
                name=form.name.data,
                email=form.email.data,
                phone=form.phone.data,
                about=form.about.data,
                actor=signed_in(),
            )
        except Refused as refused:
            form.email.errors = [refused.sentence]
        else:
            flash(_("The change is kept."), "success")
            return redirect(url_for("people.show_person", person_id=person.id), 303)
    return page("people/change.html", form=form, person=person), 422 if form.errors else 200


def whoever_asks() -> Person:
    """Return who is signed in, on pages that nobody else can open."""
    return cast(Person, signed_in())


def given_role(value: str) -> operations.GivenRole:
    """Return the role and service that a choice stands for, "role" or "role:service"."""
    role, _colon, service_id = value.partition(":")
    return Role(role), uuid.UUID(service_id) if service_id else None


def person_page(
    person_id: uuid.UUID, role_form: RoleForm | None = None, training_form: TrainingForm | None = None
) -> ResponseReturnValue:
    """Render one person's page, with the form that must be corrected, if any."""
    person = queries.person_by_id(person_id)
    trainings = queries.trainings(person.id)
    response = page(
        "people/person.html",
        person=person,
        trainings=trainings,
        recorders=queries.names_of([row.recorded_by_id for row in trainings]),
        courses=courses.titles(),
        services=served.names(),
        role_names=ROLE_NAMES,
        role_meanings=ROLE_MEANINGS,
        role_form=role_form or RoleForm(formdata=None),
        training_form=training_form or TrainingForm(formdata=None),
        form=role_form or training_form,
    )
    return (response, 422) if role_form or training_form else response
