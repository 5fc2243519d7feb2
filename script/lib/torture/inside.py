"""The office under test in this very process, for parts that look at what it stores rather than at a browser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app import create_app
from inspect_app.core.database import db
from inspect_app.people.models import Person
from script.lib.torture.office import make_data

SETTINGS = {"TESTING": True, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}


@contextmanager
def application() -> Iterator[Flask]:
    """Give an application on generated data, inside its context; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="inspect-torture-") as name:
        folder = make_data(Path(name) / "office", 1)
        app = create_app({**SETTINGS, "VAR": folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'inspect.db'}"})
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def person_called(name: str) -> Person:
    """Return somebody of the generated data."""
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def browser(app: Flask, key: str) -> FlaskClient:
    """Return a browser in which somebody is signed in; ``key`` is their ``fs_uniquifier``."""
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": 0, "identity.id": key})
    return client
