"""Inspect Together: citizens inspect public services and see what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from jinja2 import FileSystemBytecodeCache

from inspect_app import cli, config
from inspect_app.core import access, database, incoming, languages, smaller, statics, web

ROOMS = (
    "people",
    "services",
    "frameworks",
    "making",
    "charter",
    "inspections",
    "fieldwork",
    "concerns",
    "tablet",
    "moderation",
    "reports",
    "improvement",
    "insight",
    "public",
)
"""From the ground up: each room knows those before it, never those after it."""

TABLES = ("programme", "journal", "revisions", "files", "jobs", "mail")
"""The ground floor's modules that hold tables."""


class Application(Flask):
    """Flask, for an application whose pages are all plain functions."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is. Flask would look at each that a request passes, to find out if it is async."""
        return func


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Make the application: the ground floor, then each room, then the commands."""
    app = Application(
        __name__, template_folder=str(config.ROOT / "templates"), static_folder=str(config.ROOT / "static")
    )
    app.config.from_mapping(config.read(overrides=settings))
    cache = app.config["CACHE"] / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    app.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(cache))}

    incoming.init_app(app)
    database.init_app(app)
    Migrate(app, database.db, directory=str(config.ROOT / "migrations"), compare_type=True)
    access.init_app(app)
    languages.init_app(app)
    web.init_app(app)
    statics.init_app(app)
    smaller.init_app(app)
    for module in TABLES:
        import_module(f"inspect_app.core.{module}")
    for room in ROOMS:
        import_module(f"inspect_app.{room}.room").init_app(app)
    database.finish_requests(app)
    cli.init_app(app)
    return app
