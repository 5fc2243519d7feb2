"""How the room services joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.services import models  # noqa: F401  # its tables join the schema


def init_app(app: Flask) -> None:
    """Register the room's tables, permissions, doors and pages."""
