"""How the room people joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from inspect_app.core import navigation
from inspect_app.core.access import may
from inspect_app.core.navigation import Link
from inspect_app.core.words import _
from inspect_app.people import (  # noqa: F401  # their pages join the blueprint
    access,
    events,
    first_start,
    limits,
    sign_in,
    views_cards,
    views_language,
    views_me,
    views_person,
    views_start,
)
from inspect_app.people.views import bp
from inspect_app.people.views_sign_in import ask_for_password_link


def init_app(app: Flask) -> None:
    """Register the room's permissions, journal kinds, pages, and the ways to sign in."""
    access.declare()
    events.declare()
    sign_in.init_app(app)
    app.register_blueprint(bp)
    views_cards.init_app(app)
    # The library's own page looks the address up at once; ours leaves that to the worker.
    app.view_functions["security.forgot_password"] = ask_for_password_link
    limits.protect(app)
    first_start.init_app(app)
    navigation.init_app(app)
    navigation.offer(links)


def links(person: Any) -> Iterator[Link]:
    """Offer the list of people to those who may see it."""
    if person is not None and may(person, "people.read"):
        yield Link("/people", _("People"), order=70)
