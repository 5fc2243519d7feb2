"""One's own page: how to reach me, and whether my name may be shown."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.people import courses, operations, queries, served
from inspect_app.people.forms import ConsentForm, PhoneForm
from inspect_app.people.rules import ROLE_NAMES, ROLE_WORDS
from inspect_app.people.sign_in import BY_CARD
from inspect_app.people.views import bp, whoever_asks


@bp.get("/me")
@needs("people.own_page")
def me() -> ResponseReturnValue:
    """Show what the programme knows of me, and what I decide."""
    person = whoever_asks()
    return page(
        "people/me.html",
        person=person,
        trainings=queries.trainings(person.id),
        courses=courses.titles(),
        services=served.names(),
        role_names=ROLE_NAMES,
        role_words=ROLE_WORDS,
        by_card=BY_CARD in session,
    )


@bp.route("/me/telephone", methods=["GET", "POST"])
@needs("people.own_page")
def my_phone() -> ResponseReturnValue:
    """Change my telephone number."""
    person = whoever_asks()
    form = PhoneForm(obj=person)
    if form.validate_on_submit():
        operations.change_phone(person, form.phone.data, person)
        flash(_("Your telephone number is kept."), "success")
        return redirect(url_for("people.me"), 303)
    return page("people/my_phone.html", form=form), 422 if form.errors else 200


@bp.route("/me/name-in-public", methods=["GET", "POST"])
@needs("people.own_page")
def my_consent() -> ResponseReturnValue:
    """Decide whether my name may stand in public reports."""
    person = whoever_asks()
    now_given = "yes" if person.may_be_named else "no"
    form = ConsentForm(may_be_named=now_given, public_name=person.public_name or person.name)
    if form.validate_on_submit():
        yes = form.may_be_named.data == "yes"
        operations.set_consent(person, yes, form.public_name.data, person)
        named = _("Reports may show the name %(name)s.", name=person.public_name)
        flash(named if yes else _("Reports do not show your name."), "success")
        return redirect(url_for("people.me"), 303)
    return page("people/my_consent.html", form=form), 422 if form.errors else 200


@bp.post("/me/easy-read")
@needs("people.own_page")
def easy_read() -> ResponseReturnValue:
    """Switch the easy-read view on or off, and go back to where the switch was pressed."""
    person = whoever_asks()
    operations.set_easy_read(person, request.form.get("wanted") == "yes", person)
    return redirect(own_path(request.form.get("back", "")) or url_for("people.me"), 303)


def own_path(address: str) -> str | None:
    """Return an address of this site as a path, or None for one that leads elsewhere."""
    parts = urlsplit(address)
    inside = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in address
    return parts.path if inside and not parts.path.startswith("//") else None
