"""A coordinator, a citizen, somebody of a service, and a stranger."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core.database import db, new_id
from inspect_app.core.time import now
from inspect_app.people.models import Grant, Person


@pytest.fixture
def people(app: Any) -> SimpleNamespace:
    """Helen coordinates; Ana and Stuart inspect; Ruth works for a service."""
    found = {}
    for name, role in (("helen", "coordinator"), ("ana", "inspector"), ("stuart", "inspector"), ("ruth", "observer")):
        grant = Grant(name=role, granted_at=now())
        found[name] = Person(id=new_id(), name=name.capitalize(), email=f"{name}@example.org", fs_uniquifier=name,
                             added_at=now(), active=True, roles=[grant])  # fmt: skip
        db.session.add(found[name])
    db.session.flush()
    return SimpleNamespace(**found)
