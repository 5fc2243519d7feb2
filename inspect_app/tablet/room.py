"""How the room tablet joins the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from inspect_app.core import web
from inspect_app.core.jobs import periodic
from inspect_app.inspections import along
from inspect_app.tablet import (
    access,
    events,
    handlers_concerns,
    handlers_evidence,
    handlers_notes,
    handlers_ratings,
    models,  # noqa: F401  # its tables join the database
    operations_uploads,
    views_here,  # noqa: F401  # its pages join the blueprint, as do those below
    views_kept,  # noqa: F401
    views_outbox,  # noqa: F401
    views_pack,
    views_rescue,  # noqa: F401
    views_uploads,  # noqa: F401
    views_worker,  # noqa: F401
)
from inspect_app.tablet.views_room import IN_JSON, bp


def init_app(app: Flask) -> None:
    """Register the room's permissions, the kinds of entry it stores, and its pages."""
    access.declare()
    events.declare()
    handlers_ratings.register()
    handlers_notes.register()
    handlers_evidence.register()
    handlers_concerns.register()
    periodic("tablet.clean_up_uploads", timedelta(days=1), operations_uploads.clean_up)
    web.speak_json_under(*IN_JSON)
    along.pages_with(views_pack.pages)
    app.register_blueprint(bp)
