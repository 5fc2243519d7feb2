"""The page with the programme's figures."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.web import page, page_number
from inspect_app.insight import queries
from inspect_app.insight.rules import SIDES
from inspect_app.inspections.rules import title

bp = Blueprint("insight", __name__)


@bp.get("/insight")
@needs("insight.see")
def overview() -> ResponseReturnValue:
    """Show the figures of all published inspections together, and each inspection's part."""
    lines, found = queries.inspections_page(page_number())
    return page(
        "insight/overview.html",
        figures=queries.figures(),
        lines=lines,
        found=found,
        sides=SIDES,
        stage_title=title,
    )
