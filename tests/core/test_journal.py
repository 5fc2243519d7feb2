"""The journal is append-only, and a change in the past is found out."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.journal import Chain, EntryKind


@pytest.fixture(autouse=True)
def kind() -> None:
    journal.declare(EntryKind("stone.moved", "{actor} moved a stone."))


def append(times: int, inspection: uuid.UUID | None = None) -> list[journal.Entry]:
    entries = [
        journal.append("stone.moved", actor=None, inspection=inspection, facts={"stone": number})
        for number in range(times)
    ]
    db.session.commit()
    return entries


def test_entries_are_numbered_and_chained(app: Flask) -> None:
    first, second, third = append(3)
    assert [entry.number for entry in (first, second, third)] == [1, 2, 3]
    assert (first.previous, second.previous, third.previous) == (journal.START, first.hash, second.hash)
    assert list(journal.broken_chains()) == []


def test_each_inspection_has_a_chain_of_its_own(app: Flask) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    append(2, one)
    assert [entry.number for entry in append(1, other)] == [1]
    assert [entry.facts["stone"] for entry in journal.entries(one)] == [0, 1]


@pytest.mark.parametrize("field", ["facts", "actor_id", "occurred_at", "kind"])
def test_a_changed_entry_is_found_out(app: Flask, field: str) -> None:
    entry = append(3)[1]
    changed = {
        "facts": {"stone": 99},
        "actor_id": uuid.uuid4(),
        "occurred_at": entry.occurred_at.replace(year=2001),
        "kind": "stone.stolen",
    }
    setattr(entry, field, changed[field])
    db.session.commit()
    assert len(list(journal.broken_chains())) == 1


def test_a_cut_tail_is_found_out_by_the_head(app: Flask) -> None:
    db.session.delete(append(3)[2])
    db.session.commit()
    assert len(list(journal.broken_chains())) == 1


def test_an_entry_survives_being_read_back(app: Flask) -> None:
    append(1)
    db.session.expire_all()
    assert list(journal.broken_chains()) == []


def test_nothing_undeclared_is_recorded(app: Flask) -> None:
    with pytest.raises(KeyError):
        journal.append("stone.unheard-of", actor=None)
    assert db.session.query(Chain).count() == 0


def test_a_kind_is_declared_once(app: Flask) -> None:
    with pytest.raises(ValueError, match=r"stone\.moved"):
        journal.declare(EntryKind("stone.moved", "Something else."))


def test_every_kind_says_who_hears_of_it(app: Flask) -> None:
    assert all(kind.hears for kind in journal.kinds().values())
