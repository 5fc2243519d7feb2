"""How the room making joins the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask

from inspect_app.core import navigation
from inspect_app.core.words import _
from inspect_app.making import (
    access,
    events,
    queries,
    views_lead,  # noqa: F401  # its pages join the blueprint, as do those below
    views_voices,  # noqa: F401
)
from inspect_app.making.views_room import bp


def init_app(app: Flask) -> None:
    """Register the room's tables, permissions and pages."""
    access.declare()
    events.declare()
    navigation.offer(links)
    app.register_blueprint(bp)


def links(person: Any) -> Iterable[navigation.Link]:
    """Offer what one is asked about to those who are asked."""
    if person is not None and queries.is_asked(person):
        yield navigation.Link("/together", _("New questions"), 61)
