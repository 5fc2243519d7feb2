"""The room's blueprint, and what all pages on which somebody tells something share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import Blueprint, current_app, g, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError

from inspect_app.concerns import queries
from inspect_app.core import access
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import csrf
from inspect_app.core.words import _, mark
from inspect_app.core.words_back import NOT_GIVEN_BACK
from inspect_app.inspections.models import Inspection

bp = Blueprint("concerns", __name__)

View = Callable[..., Any]
PLACES = frozenset({"fieldwork", "inspections", "tablet"})
"""Rooms whose pages of an inspection lead to “Something is wrong”."""
SENTENCES = {
    "out": mark("You are signed out. Sign in, come back to this page, and send it."),
    "token": mark("This page was open for a long time. Please send it once more."),
    "other": mark("Somebody else wrote this page. Ask them to sign in, then send it: it goes out in their name."),
    "failed": mark("It did not reach us. Please send it once more."),
}


@bp.app_context_processor
def something_wrong() -> dict[str, Any]:
    """Give every template the way to “Something is wrong”, on pages of an inspection in which one has a part."""
    thing = g.get("thing")
    if not isinstance(thing, Inspection) or request.blueprint not in PLACES:
        return {}
    if not access.may(signed_in(), "concerns.tell", thing):
        return {}
    return {"something_wrong": url_for("concerns.something_wrong", reference=thing.reference)}


def tells(view: View) -> View:
    """Let a view take in what somebody tells: whatever goes wrong, their page comes back and says whom to ring.

    Their words are never shown on it, as others may look on: they lie in the form, ready to be sent again. The
    token against forged requests is checked here, as the general check would throw the words away.
    """
    checked = needs("concerns.tell")(view)

    @wraps(checked)
    def keeping(**arguments: Any) -> Any:
        if request.method != "POST":
            return checked(**arguments)
        if signed_in() is None:
            return not_sent(401, "out")
        if current_app.config.get("WTF_CSRF_ENABLED", True):
            try:
                csrf.protect()
            except CSRFError:
                return not_sent(400, "token")
        if (opened_by := request.form.get("person")) and opened_by != str(signed_in().id):
            return not_sent(409, "other")
        try:
            return checked(**arguments)
        except DBAPIError:
            current_app.logger.exception("what somebody told could not be kept")
            return not_sent(503, "failed")
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            return not_sent(refusal.status, "failed")

    csrf.exempt(keeping)
    keeping.words_are_private = True  # type: ignore[attr-defined]
    return cast(View, keeping)


def by_script() -> bool:
    """Say whether the page's own script is sending, which wants JSON."""
    return "X-Outbox" in request.headers


def not_sent(status: int, state: str) -> ResponseReturnValue:
    """Say plainly that it was not sent, whom to ring, and give the form back."""
    db.session.rollback()
    if by_script():
        return jsonify({"state": state, "sentence": _(SENTENCES[state])}), status
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_GIVEN_BACK]
    page = render_template(
        "concerns/not_sent.html", state=state, sentence=_(SENTENCES[state]), fields=fields, ring=queries.whom_to_ring()
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
