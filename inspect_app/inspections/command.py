"""The command that prints the stage table."""

from __future__ import annotations

import click
from flask import Flask

from inspect_app.inspections.rules import TABLE, as_markdown


def register_cli(app: Flask) -> None:
    """Add ``flask --app wsgi stages``."""

    @app.cli.command("stages")
    @click.option("--markdown", is_flag=True, help="Print the page docs/stages.md, with a diagram.")
    def stages(markdown: bool) -> None:
        """Say how an inspection goes from stage to stage."""
        if markdown:
            click.echo(as_markdown(), nl=False)
            return
        for row in TABLE:
            click.echo(f"{row.stage}: {row.title}. {row.until} Moved on by {row.mover}.")
