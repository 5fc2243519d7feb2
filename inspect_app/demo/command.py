"""The command ``demo``."""

from __future__ import annotations

import click
from flask import Flask, current_app

from inspect_app.core.database import db
from inspect_app.people.models import Person


def register_cli(app: Flask) -> None:
    """Add the command ``demo``."""

    @app.cli.command("demo")
    def demo() -> None:
        """Load the demonstration; refuses on a database with people in it, and where it is not switched on."""
        if not current_app.config["DEMONSTRATION"]:
            raise click.ClickException("The demonstration is off. Set INSPECT_DEMONSTRATION=1.")
        if db.session.query(Person.id).first() is not None:
            raise click.ClickException("This database has people in it. Use an empty one: INSPECT_VAR=FOLDER.")
        from inspect_app.demo.loading import load  # a server need not load it

        for sentence in load():
            click.echo(sentence)
