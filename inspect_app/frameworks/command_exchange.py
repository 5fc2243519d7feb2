"""Commands that bring questions in from a file and hand them out: ``flask --app wsgi framework import``, ``export``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.frameworks import queries
from inspect_app.frameworks.command import group, named
from inspect_app.frameworks.incoming import LARGEST, read_file
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.paper import ORDER_NAMES, Edition, render_form, wish_of
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.frameworks.writing import write_framework
from inspect_app.frameworks.xlsform.report import Report, not_carried_over, told
from inspect_app.frameworks.xlsform.writing import write_xlsform
from inspect_app.people.models import Person
from inspect_app.people.queries import holders, person_by_email
from inspect_app.people.rules import Role


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--dry-run", is_flag=True, help="Say what would come over, and begin no draft.")
@click.option("--language", default="en", show_default=True, help="What words are taken for where a form names none.")
@click.option("--as", "email", help="Whose draft it is, by mail address; that of the first coordinator otherwise.")
def bring_in(file: Path, as_json: bool, dry_run: bool, language: str, email: str | None) -> None:
    """Begin a draft with what FILE holds (.xlsx, .xls, .csv, .yaml); status 1 if it cannot be used."""
    with file.open("rb") as stream:
        report = read_file(file.name, stream.read(LARGEST + 1), language)
    draft = None
    if report.plain is not None and not dry_run:
        newest = queries.newest_version(report.plain.key)
        said = not_carried_over(report)
        draft = begin_draft(report.plain, _actor(email), id=new_id(), based_on=newest, brought=said)
        db.session.commit()
    if as_json:
        whole = {"file": file.name, **told(report), "draft": str(draft.id) if draft else None}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        _tell(report)
        click.echo("A draft is begun. Nothing is published." if draft else "No draft is begun.")
    sys.exit(not report.usable)


@group.command("export")
@click.argument("name")
@click.option("--format", "kind", type=click.Choice(["xlsform", "yaml", "paper"]), default="yaml", show_default=True)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option(
    "--edition", type=click.Choice([one.value for one in Edition]), default="normal", help="How paper is printed."
)
@click.option("--language", default="", help="The language of paper; the questions' own otherwise.")
@click.option("--copies", default="2", help="How often paper repeats what is asked for each room or the like.")
@click.option("--order", type=click.Choice(list(ORDER_NAMES)), default="sheets", help="How the pages of paper stand.")
def hand_out(name: str, kind: str, out: Path, **wished: str) -> None:
    """Write questions as a form (XLSForm), a file of our own, or a PDF for paper. NAME: a file, KEY or KEY@VERSION."""
    plain = named(name)
    try:
        content = render_form(plain, wish_of(wished, plain)).data if kind == "paper" else _written(plain, kind)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from refused
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"The file cannot be written: {error}") from error
    click.echo(f"{out}: {len(content)} bytes.")


def _written(plain: PlainFramework, kind: str) -> bytes:
    return write_xlsform(plain) if kind == "xlsform" else write_framework(plain).encode()


def _actor(email: str | None) -> Person:
    person = person_by_email(email) if email else next(iter(holders(Role.COORDINATOR)), None)
    if person is None:
        raise click.ClickException(f"Nobody has the address {email}." if email else "There is no coordinator yet.")
    return person


def _tell(report: Report) -> None:
    for fault in report.faults:
        click.echo(f"It cannot be used. {fault}")
    if report.plain is not None:
        count = sum(1 for _ in criteria(report.plain))
        click.echo(f"“{report.plain.title}”: {len(report.plain.themes)} themes, {count} questions.")
    if report.notes:
        click.echo("Not carried over, or otherwise than in the form:")
    for note in report.notes:
        click.echo(f"  {note}")
