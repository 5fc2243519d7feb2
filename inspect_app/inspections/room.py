"""How the room inspections joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from inspect_app.core import access as table
from inspect_app.core import navigation
from inspect_app.core.navigation import Link
from inspect_app.core.words import _
from inspect_app.inspections import (
    access,
    along,
    command,
    events,
    post,
    queries,
    readiness,
    rules,
    sections,
    standings,
    using,
    views_cards,  # noqa: F401  # its pages join the blueprint, as do those below
    views_joining,  # noqa: F401
    views_paper_forms,  # noqa: F401
    views_papers,  # noqa: F401
    views_plan,  # noqa: F401
    views_supporters,  # noqa: F401
    views_team,  # noqa: F401
    views_visits,
    views_waiting,  # noqa: F401
)
from inspect_app.inspections.views import bp
from inspect_app.people import courses


def init_app(app: Flask) -> None:
    """Register permissions, standings, journal kinds, mails, gates, navigation, pages and the command."""
    access.declare()
    events.declare()
    post.init_app()
    table.find_standings_with(standings.standings_on)
    table.load_with("reference", queries.in_turn)
    table.name_stages_with(rules.title)
    readiness.register()
    using.register()
    sections.offer()
    along.pages_with(views_visits.pages)
    courses.offer_with(course_titles)
    app.register_blueprint(bp)
    navigation.offer(links)
    command.register_cli(app)


def course_titles() -> dict[str, str]:
    """Return key → title of every course, for the people's training."""
    return {key: course.title for key, course in queries.courses().items()}


def links(person: Any) -> Iterator[Link]:
    """Offer the first page to everybody who is signed in."""
    if person is not None:
        yield Link("/", _("Inspections"), order=10)
