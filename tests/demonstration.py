"""The demonstration, loaded once for all tests of a run that look at it; each works on a copy."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from inspect_app.core.time import now
from script.lib.served import ROOT, copy_data, make_demonstration

POSTGRESQL = os.environ.get("TEST_DATABASE_URL")
"""A PostgreSQL server to run the same tests on; each worker makes a database of its own there."""
TEMPLATE = "demonstration"
KEPT = ROOT / ".pytest_cache" / "demonstration"
MAKERS = ("inspect_app", "migrations", "templates", "static")


def pristine(factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the demonstration as it was loaded; nobody may change it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "demonstration"
    with _alone(shared / "demonstration.lock"):
        if not (shared / "demonstration.loaded").exists():
            if POSTGRESQL:
                make_demonstration(folder, new_database(TEMPLATE))
            else:
                copy_data(_kept(), folder)
            (shared / "demonstration.loaded").touch()
    return folder


def _kept() -> Path:
    """Return the demonstration that an earlier run made within this hour, where nothing that makes it has changed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with _alone(KEPT / "lock"):
        folder = KEPT / _fingerprint()
        if not folder.exists():
            for old in (one for one in KEPT.iterdir() if one.is_dir()):
                shutil.rmtree(old)
            make_demonstration(KEPT / "new")
            (KEPT / "new").rename(folder)
    return folder


def _fingerprint() -> str:
    """Return one hash over the hour, as the story goes on until now, and every file of the product."""
    found = hashlib.sha256(f"{now():%Y-%m-%d %H}\n".encode())
    for path in sorted(path for place in MAKERS for path in (ROOT / place).rglob("*") if path.is_file()):
        if path.suffix != ".pyc":
            found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def copy_of(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a data folder with the demonstration in it, to do with as one likes."""
    return copy_data(pristine(factory), factory.mktemp(name) / "var")


def database_of(folder: Path) -> str:
    """Return the address of the database that belongs to a copy; on PostgreSQL it is copied here."""
    if not POSTGRESQL:
        return f"sqlite:///{folder / 'inspect.db'}"
    return new_database(f"copy_{uuid.uuid4().hex[:12]}", f"TEMPLATE {TEMPLATE}")


def new_database(name: str, more: str = "") -> str:
    """Make a database on the server that PostgreSQL's run of the tests uses; return its address."""
    engine = create_engine(str(POSTGRESQL), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} {more}"))
    engine.dispose()
    return f"{str(POSTGRESQL).rsplit('/', 1)[0]}/{name}"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
