"""The command ``report``: the PDF of an inspection's report, in a file."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from inspect_app.core import files
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import by_reference
from inspect_app.reports import queries
from inspect_app.reports.paper import make_draft_file, make_edition_file


def register_cli(app: Flask) -> None:
    """Add the command."""

    @app.cli.command("report")
    @click.argument("reference")
    @click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
    @click.option("--draft", is_flag=True, help="The latest draft instead of the latest edition.")
    def report(reference: str, out: Path, draft: bool) -> None:
        """Write the PDF of the latest published edition of an inspection's report."""
        try:
            inspection = by_reference(reference)
            stored = _draft(inspection) if draft else _edition(inspection)
        except Refused as refusal:
            raise click.ClickException(refusal.sentence) from refusal
        db.session.commit()
        try:
            out.write_bytes(files.read(stored))
        except OSError as error:
            raise click.ClickException(f"The file cannot be written: {error}") from error
        click.echo(f"{out}: {stored.size} bytes.")


def _edition(inspection: Inspection) -> StoredFile:
    edition = queries.latest_edition(inspection.id)
    if edition is None:
        raise Refused(f"No report of {inspection.reference} is published. Try --draft for the latest draft.", 404)
    return make_edition_file(edition)


def _draft(inspection: Inspection) -> StoredFile:
    draft = queries.latest_draft(inspection.id)
    if draft is None:
        raise Refused(f"{inspection.reference} has no draft of a report yet.", 404)
    return make_draft_file(draft)
