"""How the room joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.core.words import lazy
from inspect_app.inspections import gates
from inspect_app.inspections.rules import Stage
from inspect_app.moderation import access, doors, events
from inspect_app.moderation.views import bp


def init_app(app: Flask) -> None:
    """Register the room's permissions, entries, gates and pages."""
    access.declare()
    events.declare_kinds()
    gates.before_leaving(Stage.MODERATION, doors.all_agreed, doors.all_agreed_for_many)
    gates.before_leaving(Stage.FIELDWORK, doors.agreed_on_the_spot, doors.agreed_on_the_spot_for_many)
    gates.find_tasks_with(doors.tasks)
    gates.offer_section(lazy("Agreeing"), "moderation.wall", "moderation.see", 40)
    app.register_blueprint(bp)
