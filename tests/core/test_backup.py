"""Backup and restore: everything comes back, nothing is touched unless all of it is right."""

from __future__ import annotations

import io
import json
import tarfile
import warnings
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    create_engine,
    select,
)

from inspect_app.core import backup as backup_module
from inspect_app.core import files
from inspect_app.core.backup import backup, restore
from inspect_app.core.database import db, safe_sqlite
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile
from inspect_app.core.jobs import Job, enqueue
from inspect_app.core.portable import dump_rows, fingerprint, load_rows

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def saved(app: Flask, tmp_path: Path) -> Path:
    """A backup of one stored file and one job; afterwards the database is empty and the file gone."""
    stored = files.store("Grüße".encode(), "text/plain", "a.txt")
    enqueue("mail.send", {"message_id": "x", "none": None, "deep": [1, {"a": True}]}, unique_key="k")
    db.session.commit()
    summary = backup(tmp_path / "all.tar.gz")
    assert (summary.files, summary.problems) == (1, ())
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    db.session.expunge_all()
    files.path_of(stored.sha256_stored).unlink()
    return tmp_path / "all.tar.gz"


def count(model: type) -> int:
    return len(db.session.scalars(select(model)).all())


def changed(source: Path, change: Change, target: Path | None = None) -> Path:
    """Pack the backup anew, with a change that somebody made to it."""
    with tarfile.open(source) as packed:
        parts = {member.name: packed.extractfile(member).read() for member in packed}  # type: ignore[union-attr]
    change(parts)
    target = target or source.with_name("changed.tar.gz")
    with tarfile.open(target, "w:gz") as packed:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    return target


def test_everything_comes_back(app: Flask, saved: Path) -> None:
    summary = restore(saved)
    assert summary.files == 1
    stored = db.session.scalars(select(StoredFile)).one()
    assert files.read(stored) == "Grüße".encode()
    job = db.session.scalars(select(Job)).one()
    assert job.payload == {"message_id": "x", "none": None, "deep": [1, {"a": True}]}
    assert job.created_at.tzinfo
    assert not list(files.missing_or_changed())


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_behind(app: Flask, saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in saved.parent.iterdir()] == ["all.tar.gz"]
    assert not list(Path(app.config["VAR"]).glob("backup-*"))


def test_data_that_is_there_is_replaced_only_on_request(app: Flask, saved: Path) -> None:
    files.store(b"newer", "text/plain", "b.txt")
    db.session.commit()
    with pytest.raises(Refused, match="already holds data"):
        restore(saved)
    assert db.session.scalars(select(StoredFile.original_name)).all() == ["b.txt"]
    restore(saved, force=True)
    assert db.session.scalars(select(StoredFile.original_name)).all() == ["a.txt"]


def test_the_salt_of_the_passwords_travels_along(app: Flask, tmp_path: Path) -> None:
    salt = Path(app.config["VAR"]) / "password_salt"
    before = salt.read_text()
    backup(tmp_path / "all.tar.gz")
    salt.write_text("another machine's")
    restore(tmp_path / "all.tar.gz", force=True)
    assert salt.read_text() == before
    assert salt.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_missing_does_not_stop_the_backup_and_is_named(app: Flask, tmp_path: Path) -> None:
    stored = files.store(b"gone", "text/plain", "a.txt")
    db.session.commit()
    path = files.path_of(stored.sha256_stored)
    path.unlink()
    outcome = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "all.tar.gz")])
    assert outcome.exit_code == 1
    assert str(path) in outcome.output
    assert (tmp_path / "all.tar.gz").is_file()


def rename_first(prefix: str, name: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        old = next(part for part in parts if part.startswith(prefix))
        content = parts.pop(old)
        parts[name] = content
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"][name] = manifest["parts"].pop(old)
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


def edit(prefix: str, content: bytes) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        parts[next(part for part in parts if part.startswith(prefix))] = content

    return change


DAMAGES = {
    "a row was changed": edit("tables/job", b"{}"),
    "a file was changed": edit("files/", b"evil!!!"),
    "a part is missing": lambda parts: parts.pop("tables/job.jsonl"),
    "a part too many": lambda parts: parts.update({"tables/zzz.jsonl": b""}),
    "a path that leads out": rename_first("files/", "../../evil"),
    "a path from the root": rename_first("files/", "/etc/evil"),
    "a file under another's name": rename_first("files/", "files/" + "0" * 64),
    "no manifest": lambda parts: parts.pop("manifest.json"),
    "an odd manifest": edit("manifest", b"[]"),
    "no JSON": edit("manifest", b"{"),
}


def test_a_backup_that_was_packed_anew_unchanged_is_as_good(app: Flask, saved: Path) -> None:
    assert restore(changed(saved, lambda _: None)).files == 1


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_backup_that_somebody_changed_is_refused(app: Flask, saved: Path, damage: Change) -> None:
    with pytest.raises(Refused, match="Nothing was changed"):
        restore(changed(saved, damage))
    assert count(StoredFile) == 0
    assert not list(Path(app.config["VAR"]).glob("restore-*"))
    assert not (Path(app.config["VAR"]).parent / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE])
def test_nothing_but_plain_files_is_taken(app: Flask, saved: Path, kind: bytes) -> None:
    with tarfile.open(saved) as packed:
        manifest = packed.extractfile("manifest.json").read()  # type: ignore[union-attr]
        name = next(member.name for member in packed if member.name.startswith("files/"))
    target = saved.with_name("links.tar.gz")
    with tarfile.open(target, "w:gz") as packed:
        info = tarfile.TarInfo("manifest.json")
        info.size = len(manifest)
        packed.addfile(info, io.BytesIO(manifest))
        link = tarfile.TarInfo(name)
        link.type, link.linkname = kind, "/etc/passwd"
        packed.addfile(link)
    with pytest.raises(Refused, match="not a backup"):
        restore(target)


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.9])
def test_a_backup_that_is_cut_off_is_refused(app: Flask, saved: Path, keep: float) -> None:
    data = saved.read_bytes()
    short = saved.with_name("short.tar.gz")
    short.write_bytes(data[: int(keep if keep >= 1 else len(data) * keep)])
    with pytest.raises(Refused, match="not a backup"):
        restore(short)


def test_a_backup_of_another_version_is_refused(app: Flask, saved: Path) -> None:
    def older(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest["revision"] = "older"
        parts["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(Refused, match="another version"):
        restore(changed(saved, older))


def test_what_does_not_come_back_the_same_is_undone(app: Flask, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.store(b"newer", "text/plain", "b.txt")
    db.session.commit()
    monkeypatch.setattr(backup_module, "fingerprint", lambda *_: "something else")
    with pytest.raises(Refused, match="undone"):
        restore(saved, force=True)
    assert db.session.scalars(select(StoredFile.original_name)).all() == ["b.txt"]


def test_the_commands(app: Flask, saved: Path) -> None:
    runner = app.test_cli_runner()
    again = runner.invoke(args=["restore", str(saved)])
    assert (again.exit_code, again.output[:12]) == (0, "Brought back")
    refused = runner.invoke(args=["restore", str(saved)])
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert runner.invoke(args=["backup", str(saved)]).output.startswith("Saved ")


def test_no_two_tables_point_at_each_other(app: Flask) -> None:
    """Otherwise no order would exist in which rows can be put back."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert db.metadata.sorted_tables


ODD = Table(
    "odd",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("parent", ForeignKey("odd.id")),
    Column("day", Date),
    Column("amount", Numeric(8, 2)),
    Column("raw", LargeBinary),
    Column("facts", JSON),
)


def small_database() -> Connection:
    engine = create_engine("sqlite://", module=safe_sqlite())
    ODD.metadata.create_all(engine)
    connection = engine.connect()
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    return connection


def test_every_kind_of_value_and_rows_that_point_at_later_ones_come_back() -> None:
    source, target = small_database(), small_database()
    rows = [
        {
            "id": 2,
            "parent": None,
            "day": date(2026, 1, 2),
            "amount": Decimal("1.50"),
            "raw": b"\x00\xff",
            "facts": {"uuid": "x"},
        },
        {"id": 1, "parent": 2, "day": None, "amount": None, "raw": None, "facts": [1, None]},
        {"id": 3, "parent": 3, "day": None, "amount": None, "raw": None, "facts": None},
    ]
    for row in rows:
        source.execute(ODD.insert(), row)
    load_rows(target, ODD, dump_rows(source, ODD))
    assert fingerprint(source, ODD) == fingerprint(target, ODD)
    read = target.execute(select(ODD).order_by(ODD.c.id)).mappings().all()
    assert [dict(row) for row in read] == sorted(rows, key=lambda row: str(row["id"]))
