"""How the room improvement joins the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask, url_for

from inspect_app.core import journal, navigation
from inspect_app.core.navigation import Link
from inspect_app.core.words import _, lazy
from inspect_app.improvement import (
    access,
    doors,
    duties,
    events,
    queries,
    views_plan,  # noqa: F401  # their pages join the blueprint
    views_service,  # noqa: F401
    views_team,  # noqa: F401
)
from inspect_app.improvement.operations_time import decide_when_nobody_is_waited_for
from inspect_app.improvement.views import bp
from inspect_app.inspections import gates
from inspect_app.people.rules import Role
from inspect_app.reports.content import add_part_with
from inspect_app.services.queries import services_of


def init_app(app: Flask) -> None:
    """Register the room's permissions, entries, doors, duties and pages."""
    access.declare()
    events.declare()
    doors.register()
    duties.register()
    journal.on_append(decide_when_nobody_is_waited_for)
    add_part_with(doors.part_of_edition)
    gates.offer_section(lazy("Answers"), "improvement.answers", "improvement.answers", 70)
    gates.offer_section(lazy("What became of it"), "improvement.overview", "improvement.see", 80)
    navigation.offer(links)
    app.register_blueprint(bp)


def links(person: Any) -> Iterator[Link]:
    """Offer inspectors what became of their work, and the people of a service what it owes."""
    if person is None:
        return
    if person.holds(Role.INSPECTOR) or person.holds(Role.SUPPORTER):
        yield Link(url_for("improvement.became"), _("What became of it"), order=40)
    mine = queries.services_of(person)
    for service in services_of(mine) if mine else ():
        words = _("What we owe") if len(mine) == 1 else _("What %(service)s owes", service=service.name)
        yield Link(url_for("improvement.owed", service_slug=service.slug), words, order=45)
