"""How the room joins the application. Its pages lie with the inspections, where clocks run."""

from __future__ import annotations

from flask import Flask

from inspect_app.charter import events


def init_app(_app: Flask) -> None:
    """Register what can happen to a charter."""
    events.declare_kinds()
