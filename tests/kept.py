"""A world that many tests begin with: made once for each worker through the real operations, then put back."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import inspect, select, tuple_

from inspect_app.core import access
from inspect_app.core.database import Base, db

Made = TypeVar("Made")
_rows: dict[str, list[tuple[Any, list[dict[str, Any]]]]] = {}
_worlds: dict[str, tuple[bytes, dict[Any, list[Any]]]] = {}


class _Pickler(pickle.Pickler):
    """Writes a row as its class and key: what it holds lies in the database. Notes the keys of each class."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.keys: dict[Any, list[Any]] = {}

    def persistent_id(self, thing: Any) -> Any:
        if not isinstance(thing, db.Model):
            return None
        key = inspect(thing).identity
        self.keys.setdefault(type(thing), []).append(key)
        return type(thing), key


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Any:
        return db.session.get_one(*pid)


def _rows_of(kind: Any, keys: list[Any]) -> list[Any]:
    """Load rows of one class in one query; the session knows them for as long as somebody holds them."""
    columns = inspect(kind).primary_key
    return list(db.session.scalars(select(kind).where(tuple_(*columns).in_(keys))).unique())


def once(name: str, make: Callable[[], Made]) -> Made:
    """Return what ``make`` makes in an empty database; from the second time on, its rows are put back instead."""
    if name not in _rows:
        made = make()
        db.session.commit()
        written = io.BytesIO()
        pickler = _Pickler(written)
        pickler.dump(made)
        _worlds[name] = written.getvalue(), pickler.keys
        tables = [(one, db.session.execute(select(one)).mappings().all()) for one in Base.metadata.sorted_tables]
        _rows[name] = [(table, [dict(row) for row in rows]) for table, rows in tables if rows]
    else:
        for table, rows in _rows[name]:
            db.session.execute(table.insert(), rows)
        db.session.commit()
    # Loaded anew the first time too, so that no test depends on being the first.
    db.session.expunge_all()
    access.forget_standings()
    world, keys = _worlds[name]
    held = [_rows_of(kind, ones) for kind, ones in keys.items()]
    loaded: Made = _Unpickler(io.BytesIO(world)).load()
    del held
    return loaded
