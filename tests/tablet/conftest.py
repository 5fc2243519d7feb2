"""A small inspection in its visits, and tablets that send to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from inspect_app.core.database import new_id
from inspect_app.core.time import now
from inspect_app.people.models import Person
from tests.fieldwork.conftest import make_world
from tests.kept import once


@pytest.fixture
def world(app) -> SimpleNamespace:
    return once("fieldwork", make_world)


def entry_of(
    world: SimpleNamespace, kind: str, person: Person, content: dict[str, Any], /, **more: Any
) -> dict[str, Any]:
    """Return an entry as a tablet makes it; ``more`` replaces parts of its envelope."""
    return {
        "id": str(new_id()),
        "kind": kind,
        "inspection": world.inspection.reference,
        "person": str(person.id),
        "author": str(person.id),
        "device": "tablet-1",
        "sequence": 1,
        "captured_at": now().isoformat(),
        "based_on": None,
        "form": str(world.inspection.framework_version_id),
        "content": content,
    } | more


def rating(world: SimpleNamespace, person: Person, value: str | None = "good", key: int = 0, **more: Any) -> Any:
    """Return an entry about one question."""
    content = {"question": world.keys[key], "value": value, "reason": more.pop("reason", "It works.")}
    return entry_of(world, "rating", person, content, **more)


def note(world: SimpleNamespace, person: Person, text: str = "A door is locked.", **more: Any) -> Any:
    """Return an entry about something that was seen; ``note`` names the note."""
    content = {"note": str(more.pop("note", new_id())), "kind": "seen", "text": text, "amount": None, "unit": None,
               "question": more.pop("question", None), "visit": None}  # fmt: skip
    return entry_of(world, "note", person, content, **more)


def seal(world: SimpleNamespace, person: Person, *ratings: Any, **more: Any) -> Any:
    """Return an entry that seals these ratings."""
    return entry_of(world, "seal", person, {"revisions": [one["id"] for one in ratings]}, **more)


def text_of(entry: Any) -> str:
    """Return the text that a tablet makes once."""
    return json.dumps(entry, ensure_ascii=False)


def send(client: FlaskClient, entry: Any) -> Any:
    """Send an entry, made or already a text; the answer says whether the receipt names this very text."""
    text = entry if isinstance(entry, str) else text_of(entry)
    response = client.post("/outbox", data=text.encode(), content_type="application/json")
    response.digest = hashlib.sha256(text.encode()).hexdigest()
    return response


@pytest.fixture
def sends(as_person) -> Callable[[Person, Any], Any]:
    """A function: somebody sends an entry from a tablet on which they are signed in."""
    clients: dict[Any, FlaskClient] = {}

    def act(person: Person, entry: Any) -> Any:
        client = clients.setdefault(person.id, as_person(person))
        return send(client, entry)

    return act
