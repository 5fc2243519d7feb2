"""Commands about frameworks: ``flask --app wsgi framework …``. They do from a terminal what the pages do."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from inspect_app.core.errors import Refused
from inspect_app.frameworks import doors, queries, shelf
from inspect_app.frameworks.checking import Remark, Severity, remarks_on
from inspect_app.frameworks.comparing import compare
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.reading import read_framework

group = AppGroup("framework", help="Check, compare and hand out questions.")


def register_cli(app: Flask) -> None:
    """Add ``flask --app wsgi framework``."""
    app.cli.add_command(group)


def named(name: str) -> PlainFramework:
    """Return a framework: from a file, published (``KEY`` or ``KEY@VERSION``), or from the library.

    Raises click.ClickException with a sentence when there is none, or when its file is at fault.
    """
    if Path(name).is_file():
        try:
            return read_framework(Path(name).read_text(encoding="utf-8-sig"))
        except (ValueError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{name} cannot be read: {error}") from error
    key, _, number = name.partition("@")
    versions = [one for one in queries.published_versions() if one.framework.key == key]
    found = next((one for one in versions if not number or str(one.number) == number), None)
    if found is not None:
        return queries.plain_version(found.id)
    try:
        return shelf.starting_point(key)
    except Refused as refused:
        raise click.ClickException(f"There is no file and no framework “{name}”.") from refused


@group.command("check")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the remarks as JSON.")
def check(name: str, as_json: bool) -> None:
    """Say what would fail people in the field; status 1 if it cannot be published. NAME: a file, KEY or KEY@VERSION."""
    plain = named(name)
    remarks = remarks_on(plain, doors.kinds_of(plain.key))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in remarks], ensure_ascii=False, indent=2))
    else:
        _tell(remarks)
    sys.exit(any(one.severity == Severity.MUST for one in remarks))


@group.command("diff")
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Say word by word what is different. OLD and NEW are files, a KEY or KEY@VERSION; status 1 if anything is."""
    changes = compare(named(old), named(new))
    for part in changes:
        click.echo(f"{part.kind}: {part.place}")
        for one in part.changes:
            marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
            click.echo(f"  {one.name}: {''.join(marks[kind].format(words) for kind, words in one.pieces)}")
    if not changes:
        click.echo("Nothing is different.")
    sys.exit(bool(changes))


def _tell(remarks: list[Remark]) -> None:
    heads = {Severity.MUST: "Mend this first:", Severity.SHOULD: "This may help people in the field:"}
    for severity, head in heads.items():
        ones = [one for one in remarks if one.severity == severity]
        if ones:
            click.echo(head)
        for one in ones:
            click.echo(f"  {one.place}: {one.sentence}")
    if not remarks:
        click.echo("Nothing to mend was found.")
