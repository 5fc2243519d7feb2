"""What every page shares: security headers, our own error pages, the words that every template may use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from jinja2_fragments.flask import render_block
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from inspect_app.core import access, words, words_back
from inspect_app.core.database import db, may_write, new_id, refusal_of
from inspect_app.core.errors import Refused
from inspect_app.core.programme import Programme, programme, zone
from inspect_app.core.time import local, now
from inspect_app.core.words import _, lazy, ngettext

csrf = CSRFProtect()
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'self'; style-src 'self'; font-src 'self'"
)
POLICY_IN_FRAME = POLICY.replace("ancestors 'none'", "ancestors 'self'").replace("action 'self'", "action 'none'")
"""For what is only looked at, in a frame of one of our own pages; the frame itself lets no script run."""
NO_PAGES = frozenset({"text/css", "text/javascript", "font/woff2", "image/png"})
"""Kinds of static file that a browser never shows as a page of its own (an SVG it does)."""
ERRORS = {
    400: (
        lazy("This did not work"),
        lazy("Something that was sent was not right. Go back, load the page again, try once more."),
    ),
    401: (lazy("You are signed out"), lazy("Sign in again. What you wrote is still on the page where you wrote it.")),
    403: (lazy("You cannot open this page"), lazy("This page is for other people of the programme.")),
    404: (lazy("We cannot find this page"), lazy("Check the address, or start again from the first page.")),
    405: (lazy("This did not work"), lazy("Go back, load the page again and try once more.")),
    409: (
        lazy("This cannot be done now"),
        lazy("Something changed meanwhile. Load the page again to see how it stands."),
    ),
    413: (lazy("This is too large"), lazy("Choose a smaller file: a photo of up to 25 MB, a document of up to 20 MB.")),
    422: (lazy("Something is missing"), lazy("Go back and look at what you wrote.")),
    429: (lazy("Too many tries"), lazy("Wait a minute, then try again.")),
    500: (lazy("Something went wrong on our side"), lazy("What was saved before is safe. Try again in a moment.")),
    503: (lazy("We are not ready"), lazy("Try again in a moment.")),
}

WORDS_ARE_SHOWN = frozenset({403, 404, 409, 500, 503})
"""Where what was written is shown on the page that says no: the input was fine, it came too late or to no avail."""
LAST_PAGE = 100_000
"""No list is that long; a number with thirty figures is no number to a database."""
OPEN_TOO_LONG = lazy("This page was open for too long. Load it again and send once more.")


_in_json: list[str] = []
STATES = {401: "out", 403: "refused", 404: "refused", 413: "wrong", 422: "wrong", 429: "busy", 503: "busy"}
"""What a script is told beside the sentence, by status; for any other it waits and tries again."""
PATIENCE = "10"
"""Seconds after which a script that was told to wait may try again."""


def speak_json_under(*prefixes: str) -> None:
    """Register addresses where scripts ask, so that whatever goes wrong there is told in JSON."""
    _in_json.extend(one for one in prefixes if one not in _in_json)


def speaks_json(view: Any) -> Any:
    """Mark a view whose address lies elsewhere, and that tells a script in JSON what went wrong."""
    view.speaks_json = True
    return view


def _speaks_json() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "speaks_json", False) or request.path.startswith(tuple(_in_json))


def page(template: str, block: str | None = None, /, **values: Any) -> Response:
    """Render a page, or for HTMX only the named block of it."""
    if block and request.headers.get("HX-Request"):
        response = make_response(render_block(template, block, **values))
    else:
        response = make_response(render_template(template, **values))
    response.vary.add("HX-Request")
    return response


def page_number() -> int:
    """Return which page of a long list the address asks for, from 1; whatever is no number asks for the first."""
    return min(max(request.args.get("page", 1, int), 1), LAST_PAGE)


def day_words(value: date | datetime | None, weekday: bool = False) -> str:
    """Return a day as people say it, "14 March 2026", in the programme's zone."""
    if value is None:
        return ""
    return words.day(local(value, zone()).date() if isinstance(value, datetime) else value, weekday)


def time_words(value: datetime | None) -> str:
    """Return the time of day as people read it, "9:30 am", in the programme's zone."""
    return words.clock_time(local(value, zone()).time()) if value else ""


def moment_words(value: datetime | None) -> str:
    """Return day and time as people say them."""
    return _("%(day)s, %(time)s", day=day_words(value), time=time_words(value)) if value else ""


def minutes_words(minutes: int) -> str:
    """Return a length of time, "2 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(n)s hour", "%(n)s hours", hours)] if hours else []
    if rest or not parts:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest))
    return " ".join(parts)


def file_size(count: int) -> str:
    """Return a number of bytes as people read it, "1.4 MB"."""
    if count < 1_000_000:
        return _("%(size)s kB", size=max(1, round(count / 1000)))
    return _("%(size)s MB", size=words.decimal(count / 1_000_000))


def init_app(app: Flask) -> None:
    """Add headers, error pages, filters and the words of every template."""
    csrf.init_app(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "day": day_words,
        "clock_time": time_words,
        "moment": moment_words,
        "minutes": minutes_words,
        "file_size": file_size,
        "within": words.within,
    }
    app.jinja_env.globals |= {"may": _may, "new_id": new_id}
    app.context_processor(_shared_words)
    app.after_request(_add_headers)
    app.register_error_handler(Refused, lambda error: _error(error.status, error.sentence))
    app.register_error_handler(CSRFError, _open_too_long)
    app.register_error_handler(HTTPException, lambda error: _http_error(error))
    app.register_error_handler(DBAPIError, _at_the_same_moment)
    app.register_error_handler(Exception, _broken)


def _may(permission: str, thing: Any = None) -> access.Answer:
    return access.may(access.signed_in(), permission, thing)


def _shared_words() -> dict[str, Any]:
    row = programme()
    blank = bool(g.get("blank"))
    me = None if blank else access.signed_in()
    return {"programme": row, "contact": _contact(row), "me": me, "blank": blank, "now": now()}


def _contact(row: Programme | None) -> dict[str, str] | None:
    """Return whom to ring: the person who looks after the thing that the page is about, else the programme's."""
    person = getattr(g.get("thing"), "contact", None)
    if row is None:
        return None
    if person is None:
        return {"name": row.contact_name, "phone": row.contact_phone}
    return {"name": person.name, "phone": person.phone or row.contact_phone}


def _add_headers(response: Response) -> Response:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.endpoint == "static" and response.mimetype in NO_PAGES:
        return response  # a policy for pages says nothing there, and thirty times nothing is 10 kB on a poor network
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "geolocation=(), payment=()")
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store" if access.signed_in() else "no-cache"
    return response


def _open_too_long(_fault: CSRFError) -> Response:
    """Give the words back: the page is older than the sign-in, or the sign-in has ended."""
    db.session.rollback()
    if _speaks_json():
        return _json(401, words_back.OUT) if access.signed_in() is None else _json(400, OPEN_TOO_LONG, "token")
    at_the_door = request.blueprint in access.OPEN_BLUEPRINTS
    if at_the_door or not words_back.can_be_given_back():
        return _error(400, OPEN_TOO_LONG)
    if access.signed_in() is None:
        return words_back.give_back(401, "out", words_back.OUT)
    return words_back.give_back(400, "token", words_back.STALE)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    return _error(error.code)


def _at_the_same_moment(error: DBAPIError) -> Response:
    refusal = refusal_of(error)
    if refusal is None:
        return _broken(error)
    db.session.rollback()
    # Nobody looks at a script's page: it waits, and sends the same once more.
    return _error(503 if _speaks_json() else refusal.status, refusal.sentence)


def _broken(error: Exception) -> Response:
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("a request failed", exc_info=error)
    db.session.rollback()
    return _error(500)


def _json(status: int, sentence: str, state: str | None = None) -> Response:
    response = make_response(
        jsonify({"state": state or STATES.get(status, "failed"), "sentence": str(sentence)}), status
    )
    response.headers["Cache-Control"] = "no-store"
    if status in (429, 503):
        response.headers["Retry-After"] = PATIENCE
    return response


def _error(status: int, sentence: str | None = None) -> Response:
    title, advice = ERRORS.get(status, ERRORS[500] if status >= 500 else ERRORS[400])
    if may_write():  # what only reads has nothing to undo, and what it read need not be read again
        db.session.rollback()
    if _speaks_json():
        return _json(status, sentence or advice)
    values: dict[str, Any] = {"status": status, "title": title, "sentence": sentence or advice}
    if status in WORDS_ARE_SHOWN:
        values["unsaved"] = words_back.unsaved_words()
    response = make_response(render_template("errors/page.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response
