"""Commands: ``flask --app wsgi …``."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click
from flask import Flask
from flask_migrate import upgrade

from inspect_app.core.database import db, is_reachable


def init_app(app: Flask) -> None:
    """Add the commands of the ground floor and of each room that has some."""
    for module in ("core.jobs", "core.backup", "demo.command", "check"):
        if find_spec(f"inspect_app.{module}"):
            import_module(f"inspect_app.{module}").register_cli(app)

    @app.cli.command("setup")
    def setup() -> None:
        """Bring the database up to date, and load what the product ships. Safe to run again."""
        from inspect_app.setup import load_everything

        upgrade()
        for sentence in load_everything():
            click.echo(sentence)
        db.session.commit()

    @app.get("/healthz")
    def healthz() -> tuple[dict[str, str], int]:
        return ({"status": "ok"}, 200) if is_reachable() else ({"status": "no database"}, 503)

    healthz.permission = "open to all"  # type: ignore[attr-defined]
