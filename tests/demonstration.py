"""The demonstration, loaded once for all tests of a run that look at it; each works on a copy."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from script.lib.served import copy_data, make_demonstration

POSTGRESQL = os.environ.get("TEST_DATABASE_URL")
"""A PostgreSQL server to run the same tests on; each worker makes a database of its own there."""
TEMPLATE = "demonstration"


def pristine(factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the demonstration as it was loaded; nobody may change it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "demonstration"
    with _alone(shared / "demonstration.lock"):
        if not (shared / "demonstration.loaded").exists():
            make_demonstration(folder, new_database(TEMPLATE) if POSTGRESQL else None)
            (shared / "demonstration.loaded").touch()
    return folder


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
