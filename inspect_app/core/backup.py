"""Backup and restore: database and files in one packed file, proven before and after.

The packed file (.tar.gz) holds ``manifest.json`` (version, hashes, sums), ``tables/NAME.jsonl`` and
``files/SHA256``. Its form is the same for SQLite and PostgreSQL: what one gave, the other takes. The salt of
the passwords travels along where the data folder keeps it, as without it nobody's password fits any more, and so
do the keys that open rescue files;
other secrets and the configuration do not. Whoever has the file can read everything: keep it locked away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from alembic.runtime.migration import MigrationContext
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import Connection, create_engine, func, inspect, select

from inspect_app.core.database import db, safe_sqlite
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile, path_of, sync_folder
from inspect_app.core.packed import Manifest, Part, hash_of, pack, unpack
from inspect_app.core.portable import Fingerprint, dump_rows, fingerprint, load_rows
from inspect_app.core.time import now

SALT = "password_salt"
KEPT_SECRETS = (SALT, "office_key_*")
"""Files of the data folder, by name, without which what is restored cannot be used."""
OTHER_VERSION = (
    "This backup was made by another version of the product ({theirs}; this one is {ours}). "
    "Install that version, restore there, and then bring it up to date. Nothing was changed."
)
HAS_DATA = "This database already holds data. Say --force to replace all of it. Nothing was changed."
NOT_THE_SAME = "What was restored is not what the backup holds. All changes to the database were undone."


@dataclass(frozen=True)
class Summary:
    """What was saved or restored; ``problems`` are sentences about files that could not be saved."""

    rows: int
    files: int
    problems: tuple[str, ...] = ()


def backup(target: Path) -> Summary:
    """Write everything to one file, as it stood at one moment, while others go on working.

    A stored file that is missing or changed does not stop the backup; it is named in ``problems``.
    """
    with tempfile.TemporaryDirectory(dir=current_app.config["VAR"], prefix="backup-") as name:
        folder = Path(name)
        with _snapshot(folder) as connection:
            tables, parts = _dump_tables(connection, folder)
            revision = _revision(connection)
            stored = connection.execute(select(StoredFile.sha256_stored).distinct()).scalars().all()
        found, problems = _check_files(sorted(stored))
        parts += found
        secrets = [path for name in KEPT_SECRETS for path in sorted(Path(current_app.config["VAR"]).glob(name))]
        parts += [Part(f"secrets/{path.name}", path) for path in secrets]
        facts = {"made_at": now().isoformat(), "revision": revision, "tables": tables}
        pack(target, parts, facts)
    return Summary(sum(_rows(mark) for mark in tables.values()), len(found), tuple(problems))


def restore(source: Path, force: bool = False) -> Summary:
    """Replace the database's content and add the files, all or nothing; restart the product afterwards.

    Everything in the backup is verified before anything is touched, and the database again before its
    transaction ends. Raises Refused when the backup is damaged or of another version, and, without
    ``force``, when the database holds data. Files that only the old content used stay where they are.
    """
    db.session.rollback()
    with tempfile.TemporaryDirectory(dir=current_app.config["VAR"], prefix="restore-") as name:
        folder = Path(name)
        manifest = unpack(source, folder)
        if not inspect(db.engine).get_table_names():
            upgrade()
        with db.engine.begin() as connection:
            _check_fit(connection, manifest, force)
            _place_files(folder)
            _replace_rows(connection, folder, manifest)
        _place_secrets(folder)
    tables: dict[str, str] = manifest["tables"]
    files = sum(member.startswith("files/") for member in manifest["parts"])
    return Summary(sum(_rows(mark) for mark in tables.values()), files)


@contextmanager
def _snapshot(folder: Path) -> Iterator[Connection]:
    """Give a view of the database as it stands at one moment, without holding anybody up."""
    if db.engine.dialect.name != "sqlite":
        steady = db.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with steady.connect() as connection:
            yield connection
        return
    module = safe_sqlite()
    copy = folder / "snapshot.db"
    source, target = db.engine.raw_connection(), module.connect(str(copy))
    try:
        driver: Any = source.driver_connection
        driver.backup(target)
    finally:
        target.close()
        source.close()
    reader = create_engine(f"sqlite:///{copy}", module=module)
    try:
        with reader.connect() as connection:
            yield connection
    finally:
        reader.dispose()


def _dump_tables(connection: Connection, folder: Path) -> tuple[dict[str, str], list[Part]]:
    marks, parts = {}, []
    for table in db.metadata.sorted_tables:
        path, mark = folder / f"{table.name}.jsonl", Fingerprint()
        with path.open("wb") as out:
            for line in dump_rows(connection, table):
                mark.add(line)
                out.write(line)
        marks[table.name] = str(mark)
        parts.append(Part(f"tables/{table.name}.jsonl", path))
    return marks, parts


def _check_files(digests: list[str]) -> tuple[list[Part], list[str]]:
    parts, problems = [], []
    for digest in digests:
        path = path_of(digest)
        if path.is_file() and hash_of(path) == digest:
            parts.append(Part(f"files/{digest}", path))
        else:
            problems.append(f"A stored file is missing or has changed, and is not in the backup: {path}")
    return parts, problems


def _check_fit(connection: Connection, manifest: Manifest, force: bool) -> None:
    ours, theirs = _revision(connection), manifest["revision"]
    if ours != theirs or set(manifest["tables"]) != {table.name for table in db.metadata.sorted_tables}:
        raise Refused(OTHER_VERSION.format(theirs=theirs, ours=ours))
    filled = any(connection.scalar(select(func.count()).select_from(t)) for t in db.metadata.sorted_tables)
    if filled and not force:
        raise Refused(HAS_DATA)


def _replace_rows(connection: Connection, folder: Path, manifest: Manifest) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table in reversed(db.metadata.sorted_tables):
        connection.execute(table.delete())
    for table in db.metadata.sorted_tables:
        with (folder / "tables" / f"{table.name}.jsonl").open("rb") as lines:
            load_rows(connection, table, lines)
        if fingerprint(connection, table) != manifest["tables"][table.name]:
            raise Refused(NOT_THE_SAME)
    _set_counters(connection)


def _set_counters(connection: Connection) -> None:
    """Let PostgreSQL count on after the numbers that were just put in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in db.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        counter = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        highest = connection.scalar(select(func.max(column)))
        if counter and highest:
            connection.execute(select(func.setval(counter, highest)))


def _place_files(folder: Path) -> None:
    for path in sorted((folder / "files").glob("*")):
        target = path_of(path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        sync_folder(target.parent)


def _place_secrets(folder: Path) -> None:
    for name in KEPT_SECRETS:
        for kept in (folder / "secrets").glob(name):
            kept.chmod(0o600)
            kept.replace(Path(current_app.config["VAR"]) / kept.name)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _rows(mark: str) -> int:
    return int(mark.split(":")[0])


def register_cli(app: Flask) -> None:
    """Add the commands ``backup`` and ``restore``."""

    @app.cli.command("backup")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    def backup_command(file: Path) -> None:
        """Save database and files together in FILE (.tar.gz)."""
        summary = backup(file)
        click.echo(f"Saved {summary.rows} rows and {summary.files} files in {file}.")
        for problem in summary.problems:
            click.echo(problem, err=True)
        if summary.problems:
            raise click.exceptions.Exit(1)

    @app.cli.command("restore")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--force", is_flag=True, help="Replace all data that is there.")
    def restore_command(file: Path, force: bool) -> None:
        """Bring back database and files from FILE. Stop the product first."""
        try:
            summary = restore(file, force)
        except Refused as refusal:
            raise click.ClickException(refusal.sentence) from refusal
        click.echo(f"Brought back {summary.rows} rows and {summary.files} files. Start the product again.")
