"""How the room insight joins the application."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room's tables, permissions, doors and pages."""
