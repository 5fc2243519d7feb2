"""A world that many tests begin with: made once for each worker through the real operations, then put back."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from inspect_app.core import access
from inspect_app.core.database import Base, db

Made = TypeVar("Made")
_rows: dict[str, list[tuple[Any, list[dict[str, Any]]]]] = {}
_worlds: dict[str, bytes] = {}


class _Pickler(pickle.Pickler):
    """Writes a row as its class and key: what it holds lies in the database."""

    def persistent_id(self, thing: Any) -> Any:
        return (type(thing), inspect(thing).identity) if isinstance(thing, db.Model) else None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Any:
        return db.session.get_one(*pid)


def once(name: str, make: Callable[[], Made]) -> Made:
    """Return what ``make`` makes in an empty database; from the second time on, its rows are put back instead."""
    if name not in _rows:
        made = make()
        db.session.commit()
        written = io.BytesIO()
        _Pickler(written).dump(made)
        _worlds[name] = written.getvalue()
        tables = [(one, db.session.execute(select(one)).mappings().all()) for one in Base.metadata.sorted_tables]
        _rows[name] = [(table, [dict(row) for row in rows]) for table, rows in tables if rows]
    else:
        for table, rows in _rows[name]:
            db.session.execute(table.insert(), rows)
        db.session.commit()
    # Loaded anew the first time too, so that no test depends on being the first.
    db.session.expunge_all()
    access.forget_standings()
    return _Unpickler(io.BytesIO(_worlds[name])).load()
