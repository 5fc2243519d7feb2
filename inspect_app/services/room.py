"""How the room services joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from inspect_app.core import navigation
from inspect_app.core.access import load_with, may
from inspect_app.core.navigation import Link
from inspect_app.core.words import _
from inspect_app.people import served
from inspect_app.services import access, events, queries
from inspect_app.services.views import bp


def init_app(app: Flask) -> None:
    """Register the room's permissions, journal kinds and pages, and tell the room of people its services."""
    access.declare()
    events.declare()
    load_with("service_slug", queries.by_slug)
    served.offer_with(queries.service_names)
    app.register_blueprint(bp)
    navigation.offer(links)


def links(person: Any) -> Iterator[Link]:
    """Offer the list of services to those who look after it."""
    if person is not None and may(person, "services.manage"):
        yield Link("/services", _("Services"), order=80)
