"""How the room concerns joins the application."""

from __future__ import annotations

from flask import Flask

from inspect_app.concerns import access, events, models, post  # noqa: F401  # its tables join the database


def init_app(app: Flask) -> None:  # noqa: ARG001  # its pages join here
    """Register the room's permissions, kinds of entry and mails."""
    access.declare()
    events.declare()
    post.register()
