"""Words come back: what somebody posted too late to be saved is on the page that says so, ready to be sent again.

The sign-in may have ended, or its token be that of an older one. Only our own pages get words back: what another
site posts is never shown as a form that a tired person might send.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request

from inspect_app.core.words import lazy

OUT = lazy("You are signed out. Your words are still here, and they are not saved yet.")
STALE = lazy("This page was open for a long time. Your words are still here, and they are not saved yet.")
NOT_GIVEN_BACK = frozenset({"csrf_token", "password", "password_confirm", "new_password", "new_password_confirm"})
SHORT = 40
"""Letters up to which a field is a choice or a name rather than words that somebody wants to see again."""


def can_be_given_back() -> bool:
    """Say whether this request is a form of one of our own pages, with something in it."""
    if request.method != "POST" or not _from_our_page():
        return False
    return any(name not in NOT_GIVEN_BACK for name in request.form)


def _from_our_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source is None or urlsplit(source).netloc == request.host


def are_private() -> bool:
    """Say whether this request brings what was told in confidence: others may look on, so no page shows it again."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "words_are_private", False)


def unsaved_words() -> list[str]:
    """Return what somebody wrote in the form that is refused now: to be read, and copied, on the page that says no."""
    if are_private() or not can_be_given_back():
        return []
    words = [value for name, value in request.form.items(multi=True) if name not in NOT_GIVEN_BACK]
    return [value for value in words if len(value) > SHORT or " " in value.strip()]


def give_back(status: int, state: str, sentence: str, words: Sequence[str] | None = None) -> Response:
    """Return the page with everything that was posted; ``state`` is out, other or token."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_GIVEN_BACK]
    shown = words if words is not None else [value for _, value in fields if len(value) > SHORT]
    shown = [] if are_private() else shown
    page = render_template("errors/words_back.html", sentence=sentence, fields=fields, words=shown, state=state)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
