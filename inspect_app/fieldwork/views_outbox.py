"""What every page that saves shares: nobody's words are lost, whoever is signed out and however late it is.

A page without script posts its form and gets a page; with script the same address gets the same fields under
the header ``X-Outbox`` and answers in JSON: ``state`` is safe, older, two, kept, wrong, out, other or token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf

from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import begin_writing, reads_first
from inspect_app.core.web import csrf
from inspect_app.core.words import _, lazy
from inspect_app.core.words_back import OUT, STALE, give_back
from inspect_app.fieldwork.views_room import SAVED_REFERENCE, bp
from inspect_app.people.sign_in import outlive_the_browser

View = Callable[..., Any]

OTHER = lazy("Somebody else wrote this. Ask them to sign in, then press the button: it is saved as theirs.")


def saves(permission: str, *, begins: bool = True) -> Callable[[View], View]:
    """Name the permission of a view that saves words, and give the words back where it cannot.

    Signed out or with a token of an older sign-in, the answer is a page (401, 400) that holds every field that
    was posted, ready to be sent again. The token against forged requests is checked here for that reason, and
    only here: the view is taken out of the check that would throw the words away.

    With ``begins`` False the view calls :func:`begin_writing` itself, after slow work for which nobody shall wait.
    """

    def decorate(view: View) -> View:
        @needs(permission)
        @wraps(view)
        def checked(**arguments: Any) -> Any:
            if begins and request.method == "POST":
                begin_writing()
            return view(**arguments)

        @wraps(checked)
        def keeping(**arguments: Any) -> Any:
            if request.method != "POST":
                return checked(**arguments)
            arguments[SAVED_REFERENCE] = arguments.pop("reference")
            if signed_in() is None:
                return _give_back(401, "out", OUT)
            if current_app.config.get("WTF_CSRF_ENABLED", True):
                try:
                    csrf.protect()
                except CSRFError:
                    return _give_back(400, "token", STALE)
            if _is_somebody_elses():
                return _give_back(409, "other", OTHER)
            return checked(**arguments)

        csrf.exempt(keeping)
        return cast(View, reads_first(keeping))

    return decorate


def by_script() -> bool:
    """Say whether the page's own script is sending, which wants JSON."""
    return "X-Outbox" in request.headers


def _is_somebody_elses() -> bool:
    """Say whether a page that one person opened is sent by another, on a tablet that they share."""
    opened_by = request.form.get("person")
    return bool(opened_by) and opened_by != str(signed_in().id)


def said(state: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    """Answer the page's script."""
    return jsonify({"state": state, **values}), status


def kept_for_you(sentence: str) -> str:
    """Return why words were not saved, and that their author finds them."""
    return f"{sentence} {_('Your words are kept for you alone.')}"


def _give_back(status: int, state: str, sentence: str) -> ResponseReturnValue:
    if by_script():
        return said(state, status, sentence=str(sentence))
    return give_back(status, state, sentence, _long_words(request.form))


def _long_words(form: Mapping[str, str]) -> list[str]:
    return [form[name] for name in ("reason", "text", "caption", "amount") if form.get(name)]


@bp.get("/session/token")
@needs("signed in")
def token() -> ResponseReturnValue:
    """Give the page's script a fresh token after its person signed in again, and say who that is."""
    person = signed_in()
    if by_script():
        outlive_the_browser()
    response = jsonify({"token": generate_csrf(), "person": str(person.id) if person else None})
    response.headers["Cache-Control"] = "no-store"
    return response
