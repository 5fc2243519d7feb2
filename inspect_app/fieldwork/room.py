"""How the room fieldwork joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.core import access as table
from inspect_app.fieldwork import (
    access,
    events,
    queries,
    views,  # noqa: F401  # its pages join the blueprint, as do those below
    views_blank,
    views_notes,  # noqa: F401
    views_photos,  # noqa: F401
    views_preview,
    views_seal,  # noqa: F401
    views_service,  # noqa: F401
    views_sheets,  # noqa: F401
    views_sounds,  # noqa: F401
    views_twice,  # noqa: F401
    views_typing,  # noqa: F401
    waiting,
)
from inspect_app.fieldwork.views_room import SAVED_REFERENCE, bp
from inspect_app.frameworks import previews
from inspect_app.inspections import along


def init_app(app: Flask) -> None:
    """Register the room's tables, permissions, doors and pages."""
    access.declare()
    events.declare()
    waiting.register()
    along.pages_with(views_blank.pages)
    previews.render_with(views_preview.render)
    table.load_with(SAVED_REFERENCE, queries.inspection_to_save, called="inspection")
    app.register_blueprint(bp)
