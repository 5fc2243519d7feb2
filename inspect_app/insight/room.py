"""How the room insight joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from inspect_app.core import navigation
from inspect_app.core.access import may
from inspect_app.core.navigation import Link
from inspect_app.core.words import _
from inspect_app.insight import access
from inspect_app.insight.views import bp


def init_app(app: Flask) -> None:
    """Register the room's permission, its page and the way there."""
    access.declare()
    app.register_blueprint(bp)
    navigation.offer(links)


def links(person: Any) -> Iterator[Link]:
    """Offer the figures to those who may see them."""
    if person is not None and may(person, "insight.see"):
        yield Link("/insight", _("Figures"), order=60)
