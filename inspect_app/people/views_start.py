"""The page of the first start."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_security import login_user

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.programme import Programme
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.people.first_start import has_people, is_setup_key, start_programme
from inspect_app.people.forms import StartForm, StartKeyForm
from inspect_app.people.models import Person
from inspect_app.people.views import bp


@bp.route("/start", methods=["GET", "POST"])
@needs("open to all")
def start() -> ResponseReturnValue:
    """Make the programme and its first coordinator, for whoever has the key, while nobody is there."""
    if has_people():
        raise Refused(_("The first coordinator is there already. Sign in, or ask them to add you."), 409)
    key = request.values.get("key", "")
    if not is_setup_key(key):
        key_form = StartKeyForm(data={"key": ""}) if not key else _wrong_key()
        return page("people/start_key.html", form=key_form), 403 if key else 200
    if "programme_name" not in request.form:
        return page("people/start.html", form=StartForm(formdata=None, key=key))
    form = StartForm()
    if not form.validate_on_submit():
        return page("people/start.html", form=form), 422
    person = _start(form)
    login_user(person, remember=False, authn_via=["password"])
    flash(_("Welcome, %(name)s. The programme is ready.", name=person.name), "success")
    return redirect("/", 303)


def _wrong_key() -> StartKeyForm:
    form = StartKeyForm(formdata=None)
    form.key.errors = [_("This is not the key. Copy it from where the server was started.")]
    return form


def _start(form: StartForm) -> Person:
    country, _dash, part = form.region.data.partition("-")
    programme = Programme(
        name=form.programme_name.data.strip(),
        organisation_name=form.organisation_name.data.strip(),
        zone=form.zone.data,
        country=country,
        subdivision=part or None,
        contact_phone=form.phone.data.strip(),
    )
    return start_programme(programme, name=form.name.data, email=form.email.data, password=form.password.data)
