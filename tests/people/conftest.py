"""What the tests of people share: an application of their own, with real limits and first-start."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from inspect_app import create_app
from inspect_app.core.database import db
from inspect_app.people.models import Person
from inspect_app.people.operations import add_person
from inspect_app.people.rules import Role

PASSWORD = "grit bin lantern otter"
CHEAP = {"argon2__time_cost": 1, "argon2__memory_cost": 1024, "argon2__parallelism": 1}


def make_app(folder: Path, **more: object) -> Flask:
    return create_app(
        {
            "TESTING": True,
            "VAR": folder,
            "SECRET_KEY": "a key for tests that is long enough, surely",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'own.db'}",
            "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP,
            "WTF_CSRF_ENABLED": False,
            **more,
        }
    )


def put_back(app: Flask, database: str) -> None:
    """Let the application begin anew on a copy of a database that lies beside its own."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    folder = app.config["VAR"]
    for left in [*folder.glob("own.db*"), folder / "setup_key"]:
        left.unlink(missing_ok=True)
    shutil.copy(folder / database, folder / "own.db")
    app.extensions.pop("people.has_people", None)
    app.extensions["people.limiter"].reset()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application for all these tests, with limits on; beside its database lies one as the migrations built it."""
    folder = tmp_path_factory.mktemp("own")
    app = make_app(folder)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    shutil.copy(folder / "own.db", folder / "empty.db")
    return app


@pytest.fixture
def own_app(made: Flask) -> Iterator[Flask]:
    """The application without anybody, as it has just been started."""
    settings = dict(made.config)
    put_back(made, "empty.db")
    yield made
    made.config.clear()
    made.config.update(settings)


@pytest.fixture
def people(own_app: Flask) -> dict[str, str]:
    """Name → address of one person of each role of the programme, and of somebody without any."""
    kept = own_app.config["VAR"] / "people.db"
    if not kept.exists():
        with own_app.app_context():
            for role in (Role.COORDINATOR, Role.INSPECTOR, Role.OBSERVER, Role.SAFEGUARDING_LEAD, Role.REVIEWER):
                add(role.value, [role])
            add("nobody", [])
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        shutil.copy(own_app.config["VAR"] / "own.db", kept)
    put_back(own_app, kept.name)
    return {role: f"{role}@northfield.example" for role in ("coordinator", "inspector", "observer", "nobody")}


def add(name: str, roles: list[Role], **more: object) -> Person:
    given = [(role, None) for role in roles]
    values = {"password": PASSWORD, "invite": False, **more}
    return add_person(name.title(), f"{name}@northfield.example", None, roles=given, **values)


@pytest.fixture
def enter(own_app: Flask, people: dict[str, str]) -> Callable[[str], FlaskClient]:
    """Return a browser in which somebody has signed in by the real page."""

    def sign_in(name: str) -> FlaskClient:
        browser = own_app.test_client()
        answer = browser.post("/sign-in", data={"email": f"{name}@northfield.example", "password": PASSWORD})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return browser

    return sign_in
