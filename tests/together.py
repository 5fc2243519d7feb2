"""Several people at once, as on a server: each with a thread, a context and a connection of their own.

All set out together. On PostgreSQL, where only rows are locked, they meet once more: each has read what it needs
before anybody may lock or write, so that who relies on what was read before is found out every time. (On SQLite one
who may write keeps all others out from the first look.)
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from inspect_app.core import access, journal
from inspect_app.core.database import db
from inspect_app.core.time import at, now
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from tests.conftest import sign_in

PATIENCE = 5.0
"""Seconds after which nobody waits for the others any longer; only a fault makes a test last that long."""


@dataclass(frozen=True)
class Said:
    """What one of them was told: the status, and the words of the page."""

    status: int
    text: str


def browser(app: Flask, person: Person) -> FlaskClient:
    """Return a browser without script in which a person is signed in, for use in a thread."""
    return sign_in(app.test_client(), person)


def post(app: Flask, person: Person, path: str, /, **fields: Any) -> Callable[[], Said]:
    """Return what somebody does: send a form."""
    client = browser(app, person)

    def send() -> Said:
        response = client.post(path, data=fields)
        return Said(response.status_code, response.text)

    return send


def inside(app: Flask, do: Callable[[], Any]) -> Callable[[], Any]:
    """Return what a worker does in an application context of its own."""

    def work() -> Any:
        with app.app_context():
            return do()

    return work


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same time; return what each gave back. Afterwards the test sees how everything stands now."""
    db.session.commit()
    db.session.expire_all()
    moment, start, written = now(), threading.Barrier(len(acts)), _Meeting(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with at(moment):
            start.wait(PATIENCE)
            try:
                return act()
            finally:
                written.leave()

    engine = db.engine
    rows_are_locked = engine.dialect.name == "postgresql"
    if rows_are_locked:
        event.listen(engine, "before_cursor_execute", written.before)
    try:
        with ThreadPoolExecutor(len(acts)) as pool:
            done = [pool.submit(contextvars.Context().run, run, act) for act in acts]
            return [one.result() for one in done]
    finally:
        if rows_are_locked:
            event.remove(engine, "before_cursor_execute", written.before)
        access.forget_standings()
        db.session.expire_all()


class _Meeting:
    """Where all meet before their first lock or write; who comes to an end without one is not waited for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.here: set[int] = set()
        self.change = threading.Condition()

    def before(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FOR UPDATE" in statement or "FOR SHARE" in statement or not statement.startswith("SELECT"):
            self._wait()

    def _wait(self) -> None:
        with self.change:
            if threading.get_ident() in self.here:
                return
            self.here.add(threading.get_ident())
            self.change.notify_all()
            self.change.wait_for(lambda: len(self.here) >= self.count, PATIENCE)

    def leave(self) -> None:
        with self.change:
            self.here.add(threading.get_ident())
            self.change.notify_all()


def statuses(said: Sequence[Said]) -> list[int]:
    """Return what all were told, as sorted statuses."""
    return sorted(one.status for one in said)


def entries(inspection: Inspection, *kinds: str) -> list[journal.Entry]:
    """Return the entries of these kinds, after a look at whether every chain of the journal holds."""
    assert list(journal.broken_chains()) == []
    return list(journal.entries(inspection.id, *kinds))
