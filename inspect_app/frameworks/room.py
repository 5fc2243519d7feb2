"""How the room frameworks joins the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask

from inspect_app.core import access as core_access
from inspect_app.core import navigation
from inspect_app.core.words import _
from inspect_app.frameworks import (
    access,
    command,
    command_exchange,  # noqa: F401  # its commands join those of command
    events,
    operations_paper,
    views_at_once,  # noqa: F401  # its pages join the blueprint, as do those below
    views_drafts,  # noqa: F401
    views_exchange,  # noqa: F401
    views_paper,  # noqa: F401
    views_preview,  # noqa: F401
    views_questions,  # noqa: F401
    views_scales,  # noqa: F401
    views_themes,  # noqa: F401
    views_translations,  # noqa: F401
    views_versions,  # noqa: F401
)
from inspect_app.frameworks.views import bp


def init_app(app: Flask) -> None:
    """Register the room's tables, permissions, doors and pages."""
    access.declare()
    events.declare()
    operations_paper.register()
    navigation.offer(links)
    app.register_blueprint(bp)
    command.register_cli(app)


def links(person: Any) -> Iterable[navigation.Link]:
    """Offer the list of questions to those who may read it."""
    if core_access.may(person, "frameworks.read"):
        yield navigation.Link("/frameworks", _("Questions"), 60)
