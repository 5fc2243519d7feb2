"""How the room tablet joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.core import web
from inspect_app.tablet import (
    access,
    handlers_notes,
    handlers_ratings,
    models,  # noqa: F401  # its tables join the database
    views_outbox,  # noqa: F401  # its pages join the blueprint
)
from inspect_app.tablet.views_room import IN_JSON, bp


def init_app(app: Flask) -> None:
    """Register the room's permissions, the kinds of entry it stores, and its pages."""
    access.declare()
    handlers_ratings.register()
    handlers_notes.register()
    web.speak_json_under(*IN_JSON)
    app.register_blueprint(bp)
