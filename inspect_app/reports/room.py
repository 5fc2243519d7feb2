"""How the room reports joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.reports import (
    access,
    command,
    events,
    gates,
    paper,
    views_checking,
    views_drafts,
    views_writing,
)
from inspect_app.reports.views import bp

PAGES = (views_writing, views_drafts, views_checking)
"""Each adds its pages to the blueprint when it is imported."""


def init_app(app: Flask) -> None:
    """Register the room's permissions, journal kinds, doors, jobs, pages and commands."""
    access.declare()
    events.declare()
    gates.register()
    paper.register()
    app.register_blueprint(bp)
    command.register_cli(app)
