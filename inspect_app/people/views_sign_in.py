"""Signing in by a link, signing out, and being somebody in the demonstration."""

from __future__ import annotations

import uuid

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.people import queries
from inspect_app.people.forms import AskForLinkForm, ButtonForm
from inspect_app.people.links import FOR_PASSWORD, TO_SIGN_IN, ask_for_link, person_of_link, use_link
from inspect_app.people.views import bp


@bp.route("/sign-in/link", methods=["GET", "POST"], endpoint="ask_for_link")
@needs("open to all")
def ask_for_sign_in_link() -> ResponseReturnValue:
    """Have a link sent that signs in without a password."""
    return _ask(TO_SIGN_IN)


def ask_for_password_link() -> ResponseReturnValue:
    """Have a link sent to choose a new password; stands at the library's own address for it."""
    return _ask(FOR_PASSWORD)


def _ask(wish: str) -> ResponseReturnValue:
    form = AskForLinkForm()
    if form.validate_on_submit():
        ask_for_link(form.email.data, wish)
        return redirect(url_for("people.link_is_sent"), 303)
    return page("people/ask_for_link.html", form=form, for_password=wish == FOR_PASSWORD), 422 if form.errors else 200


@bp.get("/sign-in/look-in-your-mail")
@needs("open to all")
def link_is_sent() -> ResponseReturnValue:
    """Say the same to everybody who asked for a link."""
    return page("people/link_is_sent.html")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@needs("open to all")
def follow_link(token: str) -> ResponseReturnValue:
    """Sign in by a link. Opening it changes nothing, since mail programs open links too; the button does."""
    form = ButtonForm()
    if form.validate_on_submit() and (person := use_link(token)):
        login_user(person, remember=False, authn_via=["email"])
        return redirect("/", 303)
    if person_of_link(token) is None:
        return page("people/link_is_over.html"), 410
    return page("people/follow_link.html", form=form, token=token)


@bp.get("/sign-out")
@needs("open to all")
def sign_out() -> ResponseReturnValue:
    """Ask with one button: a link alone must not sign anybody out."""
    return page("people/sign_out.html")


@bp.post("/demonstration/sign-in")
@needs("open to all")
def sign_in_to_demonstration() -> ResponseReturnValue:
    """Be one of the demonstration's people. There is no such page anywhere else."""
    if not current_app.config["DEMONSTRATION"]:
        raise Refused(_("There is no page at this address."), 404)
    try:
        person = queries.person_by_id(uuid.UUID(request.form.get("person", "")))
    except ValueError as error:
        raise Refused(_("We do not know this person."), 404) from error
    if not person.active:
        raise Refused(_("This person left the programme."), 404)
    login_user(person, remember=False, authn_via=["demonstration"])
    flash(_("You are %(name)s now. Try everything: nothing here is real.", name=person.name), "success")
    return redirect("/", 303)
