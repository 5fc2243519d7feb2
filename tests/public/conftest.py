"""Published inspections, reached by the real operations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import event

from inspect_app.core.database import db, new_id
from inspect_app.core.time import at
from inspect_app.inspections.models import Inspection, Kind
from tests.improvement import steps
from tests.improvement.conftest import START, FreshClient, World, browse, make_world, world  # noqa: F401  # fixtures
from tests.kept import once


@pytest.fixture
def published(app) -> World:
    """The world with its report published: two things accepted, one not."""
    return once("published", make_published)


def make_published() -> World:
    made = make_world()
    with at(START + timedelta(days=9)):
        steps.improving(made, "accepted", "not_accepted")
    return made


@pytest.fixture
def nobody(app) -> FreshClient:
    """A browser in which nobody is signed in."""
    return FreshClient(app, app.response_class)


@pytest.fixture
def open_page(nobody) -> Callable[..., str]:
    """A function that returns a page's words as everybody reads them, without marks."""

    def fetch(path: str, status: int = 200) -> str:
        answer = nobody.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        main = answer.text.split("<main", 1)[1].split("</main>")[0]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

    return fetch


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the questions that are put to the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def another(world: World, reference: str, stage: str, **changes: Any) -> Inspection:  # noqa: F811
    """Add an inspection of the first service that stands in a stage, with nothing published."""
    made = Inspection(
        id=new_id(),
        reference=reference,
        title=f"Title of {reference}",
        kind_id=world.inspection.kind_id,
        charter_id=world.inspection.charter_id,
        stage=stage,
        contact=world.helen,
        language="en",
        created_at=START,
        services=[world.winter],
        **changes,
    )
    db.session.add(made)
    db.session.flush()
    return made


def practice_kind() -> Kind:
    """Add the kind that trains people and never counts."""
    kind = Kind(
        key="practice",
        title="Practice",
        summary="",
        team_min=1,
        team_max=9,
        rating="alone",
        practice=True,
        leaves_out=[],
        required_training=[],
        settings={},
    )
    db.session.add(kind)
    db.session.flush()
    return kind
