"""Look whether the installation is sound: configuration, database, journal, stored files."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text

from inspect_app.config import ROOT
from inspect_app.core import files, journal
from inspect_app.core.database import db
from inspect_app.core.programme import programme
from inspect_app.tablet import checking


def faults() -> Iterator[str]:
    """Yield a sentence for each fault, with what mends it; yields nothing when all is well."""
    yield from _configuration()
    yield from _database()
    yield from journal.broken_chains()
    for sentence in files.missing_or_changed():
        yield f"{sentence} Bring it back from a backup: flask --app wsgi restore FILE."
    yield from checking.faults()


def _configuration() -> Iterator[str]:
    config = current_app.config
    if len(config["SECRET_KEY"]) < 32:
        yield "SECRET_KEY is too short. Set one of 32 letters or more, or take it away so that one is made."
    if not os.access(config["VAR"], os.W_OK):
        yield f"The data folder {config['VAR']} cannot be written. Change its owner, or set INSPECT_VAR."
    if config["DEMONSTRATION"] and (row := programme()) is not None and not row.is_demonstration:
        yield "The demonstration's sign-in is on, but the data is real. Take INSPECT_DEMONSTRATION away."


def _database() -> Iterator[str]:
    connection = db.session.connection()
    wanted = set(ScriptDirectory(str(ROOT / "migrations")).get_heads())
    standing = set(MigrationContext.configure(connection).get_current_heads())
    if wanted != standing:
        yield "The database is not up to date. Run: flask --app wsgi db upgrade."
    if connection.dialect.name == "sqlite":
        for (answer,) in connection.execute(text("PRAGMA quick_check")):
            if answer != "ok":
                yield f"The database file is damaged: {answer}. Bring it back from a backup."
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"Table {row[0]} has a row that points to nothing in {row[2]}. Bring it back from a backup."
    if programme() is None:
        yield "No programme is set up yet. Open the address of the server and follow its first page."


def register_cli(app: Flask) -> None:
    """Add the command ``check``."""

    @app.cli.command("check")
    def check() -> None:
        """Say what is wrong and how to mend it; exit status 1 if anything is."""
        found = list(faults())
        for sentence in found:
            click.echo(sentence, err=True)
        if found:
            raise SystemExit(1)
        click.echo("All is well: configuration, database, journal and files.")

    @app.cli.command("new-office-key")
    def new_office_key() -> None:
        """Make a new lock for rescue files; those that were saved before can still be loaded."""
        click.echo(checking.rotate())
