"""Signing in with a card: the words or the picture first, then the PIN."""

from __future__ import annotations

import uuid

from flask import Flask, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user, logout_user

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.web import page
from inspect_app.core.words import _, lazy
from inspect_app.people import operations_cards as operations
from inspect_app.people import queries_cards as queries
from inspect_app.people.forms_cards import CardForm, NewPinForm, PinForm
from inspect_app.people.models import Person, SignInCard
from inspect_app.people.rules_cards import AT_THE_DOOR
from inspect_app.people.sign_in import BY_CARD
from inspect_app.people.views import bp

DOOR = "card_at_the_door"
NO_CARD = lazy("These words open no card now. Check each word. A card ends on the day that is printed on it.")
WRONG_PIN = lazy("This is not the PIN of this card. Check the figures.")
NOT_WITH_A_CARD = frozenset({"security.change_password"})


@bp.route("/sign-in/card", methods=["GET", "POST"])
@needs("open to all")
def card() -> ResponseReturnValue:
    """Take a card's words, or its picture's code, which the address bears behind “#”: no server and no log sees it."""
    form = CardForm()
    if form.validate_on_submit():
        found = queries.card_that_fits(form.words.data or "", form.code.data or "")
        if found is not None:
            session[DOOR] = [str(found.id), now().timestamp()]
            return redirect(url_for("people.card_pin"), 303)
        form.words.errors = [NO_CARD]
    form.code.data = ""
    return page("people/card.html", form=form), 422 if form.errors else 200


@bp.route("/sign-in/card/pin", methods=["GET", "POST"])
@needs("open to all")
def card_pin() -> ResponseReturnValue:
    """Take the PIN, or let it be chosen when nobody has used the card yet."""
    found = _card_at_the_door()
    if found is None:
        return redirect(url_for("people.card"), 303)
    return _choose(found) if found.pin is None else _enter(found)


def _card_at_the_door() -> SignInCard | None:
    """Return the card whose words were given on this browser in the last minutes."""
    card_id, moment = session.get(DOOR, ["", 0.0])
    if not card_id or now().timestamp() - moment > AT_THE_DOOR.total_seconds():
        return None
    found = queries.card_by_id(uuid.UUID(card_id))
    return found if found is not None and queries.works(found) else None


def _choose(found: SignInCard) -> ResponseReturnValue:
    form = NewPinForm()
    if form.validate_on_submit():
        try:
            person = operations.choose_pin(found, form.pin.data)
        except Refused as refused:
            form.pin.errors = [refused.sentence]
        else:
            flash(_("Welcome, %(name)s. Keep your PIN to yourself.", name=person.name), "success")
            return _let_in(person, found)
    return page("people/card_new_pin.html", form=form, card=found), 422 if form.errors else 200


def _enter(found: SignInCard) -> ResponseReturnValue:
    form = PinForm()
    if form.validate_on_submit():
        try:
            person = operations.enter_with_pin(found, form.pin.data)
        except Refused as refused:
            form.pin.errors = [refused.sentence]
        else:
            if person is not None:
                return _let_in(person, found)
            form.pin.errors = [WRONG_PIN]
    return page("people/card_pin.html", form=form, card=found), 422 if form.errors else 200


def _let_in(person: Person, found: SignInCard) -> ResponseReturnValue:
    login_user(person, remember=False, authn_via=["card"])
    session.pop(DOOR, None)
    session[BY_CARD] = str(found.id)
    return redirect("/", 303)


def init_app(app: Flask) -> None:
    """Ask at every request whether the card with which somebody signed in still works."""
    app.before_request(_end_with_the_card)


def _end_with_the_card() -> None:
    card_id = session.get(BY_CARD)
    if card_id is None or request.endpoint == "static":
        return
    found = queries.card_by_id(uuid.UUID(card_id))
    if found is None or not queries.works(found):
        session.pop(BY_CARD)
        logout_user()
    elif request.endpoint in NOT_WITH_A_CARD:
        raise Refused(_("You signed in with a card, which needs no password. Your PIN stays as it is."), 403)
