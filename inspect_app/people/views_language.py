"""In which language somebody reads: kept with the person, or in this browser for whoever is not signed in."""

from __future__ import annotations

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from inspect_app.core import languages
from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import csrf
from inspect_app.core.words import _
from inspect_app.people import operations
from inspect_app.people.views import bp
from inspect_app.people.views_me import own_path


@bp.post("/language")
@csrf.exempt  # type: ignore[untyped-decorator]  # pages for everybody bear no token, so that caches may keep them; no more than a language can be forged
@needs("open to all")
def choose_language() -> ResponseReturnValue:
    """Read everything in another language from now on, and go back to where it was chosen."""
    wanted = languages.checked(request.form.get("wanted"))
    if wanted is None:
        raise Refused(_("We do not have this language."), 404)
    person = signed_in()
    if person is not None:
        operations.set_language(person, wanted, person)
    response = redirect(own_path(request.form.get("back", "")) or "/", 303)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        languages.COOKIE, wanted, max_age=languages.COOKIE_SECONDS, secure=secure, httponly=True, samesite="Lax"
    )
    return response
