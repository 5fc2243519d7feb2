"""How the room joins the application. Its pages lie with the inspections, where clocks run."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from inspect_app.charter import events
from inspect_app.charter.operations import note_holidays
from inspect_app.core.jobs import periodic
from inspect_app.core.programme import on_set_up

DAY = timedelta(days=1)


def init_app(_app: Flask) -> None:
    """Register what can happen to a charter, and when the holidays that its clocks count by are noted."""
    events.declare_kinds()
    on_set_up(note_holidays)
    periodic("charter.note_holidays", DAY, note_holidays)
