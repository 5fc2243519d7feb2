"""The first start: while there is nobody, every address leads to the page that makes the first coordinator.

Only who can read the server's output or its data folder knows the key, so that no stranger takes the
programme over before its owner does.
"""

from __future__ import annotations

import os
import secrets
from hmac import compare_digest
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import Flask, current_app, redirect, request, url_for
from sqlalchemy.exc import IntegrityError

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import Programme, set_up
from inspect_app.core.words import _
from inspect_app.people.models import Person
from inspect_app.people.operations import add_person
from inspect_app.people.queries import somebody_exists
from inspect_app.people.rules import Role

FIRST_PROGRAMME = UUID(int=1)
"""Always the same, so that of two who start at once only one can win, on every database."""
OPEN = frozenset({"static", "healthz", "people.start"})


def setup_key() -> str:
    """Return the key of the first start; made once, kept in the data folder, readable by its owner alone."""
    path = _key_path()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(16)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def _key_path() -> Path:
    return Path(current_app.config["VAR"]) / "setup_key"


def is_setup_key(given: str) -> bool:
    """Say whether this is the key, in a time that does not tell how much of it was right."""
    return compare_digest(given.strip().encode(), setup_key().encode())


def has_people() -> bool:
    """Say whether anybody is there; once somebody is, that stays so, and nobody asks again."""
    if not current_app.extensions.get("people.has_people"):
        current_app.extensions["people.has_people"] = somebody_exists()
    return bool(current_app.extensions["people.has_people"])


def start_programme(programme: Programme, *, name: str, email: str, password: str) -> Person:
    """Make the programme and its first coordinator, who is also whom to ring.

    Raises Refused when somebody is there already: of two who start at once, one wins.
    """
    if somebody_exists():
        raise Refused(_("The first coordinator is there already. Sign in, or ask them to add you."))
    programme.id = FIRST_PROGRAMME
    programme.contact_name, programme.contact_email = name.strip(), email.strip()
    try:
        set_up(programme)
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(_("Somebody else was quicker. Sign in, or ask them to add you.")) from error
    first = [(Role.COORDINATOR, None)]
    person = add_person(name, email, None, phone=programme.contact_phone, roles=first, password=password, invite=False)
    _key_path().unlink(missing_ok=True)
    return person


def init_app(app: Flask) -> None:
    """Lead every address to the first start while there is nobody, and let a command print the address."""

    @app.before_request
    def lead_to_start() -> Any:
        if request.endpoint in OPEN or has_people():
            return None
        return redirect(url_for("people.start"), 303)

    @app.cli.command("first-start")
    def first_start() -> None:
        """Print the address at which the first coordinator begins; nothing when people are there."""
        if not somebody_exists():
            path = app.url_map.bind("").build("people.start", {"key": setup_key()})
            click.echo(f"{app.config['PUBLIC_URL']}{path}")
