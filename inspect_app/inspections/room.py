"""How the room inspections joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.core import access as table
from inspect_app.inspections import access, command, events, models, queries, readiness  # noqa: F401
from inspect_app.inspections import rules, standings


def init_app(app: Flask) -> None:
    """Register."""
    access.declare()
    events.declare()
    table.find_standings_with(standings.standings_on)
    table.load_with("reference", queries.by_reference)
    table.name_stages_with(rules.title)
    readiness.register()
