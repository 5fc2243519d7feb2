"""The page "On this tablet": the same for everybody, as all that it shows is filled in by the tablet itself."""

from __future__ import annotations

from flask import Response

from inspect_app.core.access import needs
from inspect_app.core.web import page
from inspect_app.tablet.views_room import bp


@bp.get("/tablet")
@needs("open to all")
def here() -> Response:
    """Show the blank page; nothing on it comes from the office, so that it opens without a network too."""
    return page("tablet/here.html")
