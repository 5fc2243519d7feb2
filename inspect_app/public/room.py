"""How the room public joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from inspect_app.core import navigation
from inspect_app.core.access import load_with
from inspect_app.core.navigation import Link
from inspect_app.core.words import _
from inspect_app.public import queries, views_files  # noqa: F401  # its addresses join the blueprint
from inspect_app.public.views import bp


def init_app(app: Flask) -> None:
    """Register the public pages; an address below them is loaded only where it is published."""
    load_with("published", queries.published_by_reference)
    app.register_blueprint(bp)
    navigation.offer(links)


def links(_person: Any) -> Iterator[Link]:
    """Offer what was found to everybody."""
    yield Link("/public", _("What was found"), order=20)
