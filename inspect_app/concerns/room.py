"""How the room concerns joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from inspect_app.concerns import (
    access,
    duties,
    events,
    post,
    queries,
    views,  # noqa: F401  # its pages join the blueprint, as do those below
    views_blank,
    views_hazards,  # noqa: F401
    views_lead,  # noqa: F401
    views_setting,  # noqa: F401
    waiting,
)
from inspect_app.concerns.rules import State
from inspect_app.concerns.views_room import bp
from inspect_app.core import navigation
from inspect_app.core.access import may
from inspect_app.core.navigation import Link
from inspect_app.core.words import _, ngettext
from inspect_app.inspections import along


def init_app(app: Flask) -> None:
    """Register the room's permissions, kinds of entry, mails, duties, doors and pages."""
    access.declare()
    events.declare()
    post.register()
    duties.register()
    waiting.register()
    app.register_blueprint(bp)
    along.pages_with(views_blank.pages)
    navigation.offer(links)


def links(person: Any) -> Iterator[Link]:
    """Offer the concerns to those who look after them, with how many are new; else who does, to coordinators."""
    if person is None:
        return
    if may(person, "safeguarding.read"):
        new = queries.counts_for(person).get(State.NEW, 0)
        words = ngettext("Safeguarding (%(n)s new)", "Safeguarding (%(n)s new)", new) if new else _("Safeguarding")
        yield Link("/safeguarding", words, order=60)
    elif may(person, "safeguarding.manage"):
        yield Link("/safeguarding/people", _("Safeguarding"), order=72)
