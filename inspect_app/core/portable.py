"""Rows as lines of JSON, the same for every database, so that a backup fits any of them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, ForeignKeyConstraint, Table, null, select

AT_ONCE = 500

Row = dict[str, Any]


def dump_rows(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield each row of the table as one line."""
    query = select(table).order_by(*table.primary_key.columns)
    rows = connection.execute(query, execution_options={"yield_per": AT_ONCE})
    for row in rows.mappings():
        facts = {column.name: _plain(column, row[column.name]) for column in table.columns}
        yield json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def load_rows(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Insert the lines as rows, a row always after the one of the same table that it points at."""
    rows = ({name: _value(table.columns[name], value) for name, value in json.loads(line).items()} for line in lines)
    batch: list[Row] = []
    for row in _parents_first(table, rows):
        batch.append(row)
        if len(batch) == AT_ONCE:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)


class Fingerprint:
    """A sum over lines that does not depend on their order, as databases sort text differently."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Count one line in."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest())) % 2**256

    def __str__(self) -> str:
        return f"{self.rows}:{self._sum:064x}"


def fingerprint(connection: Connection, table: Table) -> str:
    """Return the sum over all rows of the table."""
    found = Fingerprint()
    for line in dump_rows(connection, table):
        found.add(line)
    return str(found)


def _plain(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return value
    if isinstance(value, Enum):
        return {"enum": value.name}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, (date, time)):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, (UUID, Decimal)):
        return {type(value).__name__.lower(): str(value)}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return value


def _value(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return null() if value is None else value
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    if kind == "enum":
        return column.type.enum_class[text]  # type: ignore[attr-defined]  # only Enum columns give one
    makers = {
        "datetime": datetime.fromisoformat,
        "date": date.fromisoformat,
        "time": time.fromisoformat,
        "uuid": UUID,
        "decimal": Decimal,
        "bytes": base64.b64decode,
    }
    return makers[kind](text)


def _parents_first(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    own = [fk for fk in table.foreign_key_constraints if fk.referred_table is table]
    if not own:
        yield from rows
        return
    waiting = list(rows)
    there: set[tuple[int, tuple[Any, ...]]] = set()
    while waiting:
        later: list[Row] = []
        for row in waiting:
            if any(_points_at_none_of(there, row, number, fk) for number, fk in enumerate(own)):
                later.append(row)
                continue
            yield row
            there |= {(n, tuple(row[e.column.name] for e in fk.elements)) for n, fk in enumerate(own)}
        if len(later) == len(waiting):
            raise ValueError(f"rows of {table.name} point at each other or at nothing")
        waiting = later


def _points_at_none_of(
    there: set[tuple[int, tuple[Any, ...]]], row: Row, number: int, constraint: ForeignKeyConstraint
) -> bool:
    key = tuple(row[element.parent.name] for element in constraint.elements)
    target = tuple(row[element.column.name] for element in constraint.elements)
    return None not in key and key != target and (number, key) not in there
