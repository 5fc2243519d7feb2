"""What every test stands on: an application on a database that the migrations built, emptied after each test."""

from __future__ import annotations

import contextvars
import os
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings

from inspect_app import create_app
from inspect_app.core.database import Base, db
from inspect_app.core.time import at, now
from inspect_app.people.models import Person
from tests.demonstration import POSTGRESQL, new_database

# A slow machine is no fault of the product.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

# Templates are compiled once for all applications and servers of all runs.
os.environ["INSPECT_CACHE"] = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "inspect")


def _database(folder: Path) -> str:
    return new_database(f"test_{uuid.uuid4().hex[:12]}") if POSTGRESQL else f"sqlite:///{folder / 'test.db'}"


WITH_DATABASE = {"application", "demonstration", "loaded"}
"""Fixtures that stand on a database which TEST_DATABASE_URL can move."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what touches the database: the rest was run on SQLite, and cannot tell them apart."""
    if not POSTGRESQL:
        return
    touching = [one for one in items if WITH_DATABASE & set(getattr(one, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[one for one in items if one not in touching])
    items[:] = touching


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application per worker, its database built by the migrations."""
    folder = tmp_path_factory.mktemp("var")
    app = create_app(
        {
            "TESTING": True,
            "VAR": folder,
            "SECRET_KEY": "a key for tests that is long enough, surely",
            "SQLALCHEMY_DATABASE_URI": _database(folder),
            "SECURITY_PASSWORD_HASH": "plaintext",
            "SECURITY_PASSWORD_SCHEMES": ["plaintext"],
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
        }
    )
    with app.app_context():
        upgrade()
    return app


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application with an empty database."""
    with application.app_context():
        yield application
        db.session.remove()
        _empty()


@cache
def _deletes() -> str:
    return ";".join(str(table.delete()) for table in reversed(Base.metadata.sorted_tables))


def _empty() -> None:
    """Delete every row, in one message to the database instead of one for each table."""
    connection = db.engine.raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            if POSTGRESQL:
                cursor.execute(_deletes())
            else:
                cursor.executescript(f"BEGIN IMMEDIATE; {_deletes()}; COMMIT")
        connection.commit()
    finally:
        connection.close()


class FreshClient(FlaskClient):
    """A browser whose every request has a context of its own, as on a server; the test's work is committed first."""

    def open(self, *arguments: Any, **more: Any) -> Any:
        db.session.commit()
        return contextvars.Context().run(self._open_at, now(), *arguments, **more)

    def _open_at(self, moment: datetime, *arguments: Any, **more: Any) -> Any:
        with at(moment):
            return super().open(*arguments, **more)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script, signed in as nobody."""
    return FreshClient(app, app.response_class)


def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Sign a person in on this browser, as the sign-in page does."""
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = person.fs_uniquifier
        session["_fresh"] = True
        session["fs_cc"] = "set"
        session["fs_paa"] = 0
        session["identity.id"] = person.fs_uniquifier
    return client


@pytest.fixture
def as_person(app: Flask) -> Any:
    """A function that returns a browser in which a person is signed in."""
    return lambda person: sign_in(FreshClient(app, app.response_class), person)
