"""Rows that are written at once, each in one statement: for what is saved many times a second.

A flush finds out by itself what changed, in which order to write it and how to keep both sides of a relationship
alike. Where one row is written and everything about it is known, that costs more than the writing. The row is an
object of the session as any other afterwards, and belongs to the same transaction.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import Insert, Update

from inspect_app.core.database import Model, db

OWN = "own_id"
"""The name under which a statement is told which row it changes; no column is called so."""


def put(row: Model) -> None:
    """Insert a new row, whose values are all given: nothing is filled in. Raises what the database raises."""
    db.session.flush()
    table: Any = row.__table__
    values = {name: value for name, value in vars(row).items() if name in table.c}
    db.session.connection().execute(_insert(table), values)
    make_transient_to_detached(row)
    db.session.add(row)


def change(row: Model, **values: Any) -> None:
    """Change columns of a row that is in the database, there and in the object. Raises what the database raises."""
    db.session.flush()
    table: Any = row.__table__
    key: Any = row.id  # type: ignore[attr-defined]  # every table's key is called so
    db.session.connection().execute(_update(table, tuple(values)), {**values, OWN: key})
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table, names: tuple[str, ...]) -> Update:
    return update(table).where(table.c.id == bindparam(OWN)).values({name: bindparam(name) for name in names})
