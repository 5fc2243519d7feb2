"""Sheets of a form as tables: columns by what they mean and in which language, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video", "big-image"}
)
MEANT = {
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::calculate": "calculation",
    "bind::readonly": "read_only",
    "bind::jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "control::jr:count": "repeat_count",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
    "list": "list_name",
    "title": "form_title",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
}
PARENTS = ("bind", "control", "body", "media", "instance")


@dataclass(frozen=True)
class Column:
    """A column: what it means, the language it is in ("" for none), and what stands at its top."""

    meaning: str
    language: str
    header: str


@dataclass(frozen=True)
class Line:
    """One row: its number, and its cells by column."""

    row: int
    cells: Mapping[Column, str]

    def get(self, meaning: str) -> str:
        """Return the cell of a column without language, "" when there is none."""
        return next(
            (text for column, text in self.cells.items() if column.meaning == meaning and not column.language), ""
        )

    def header(self, meaning: str) -> str:
        """Return what stands at the top of a column, as the report names it."""
        return next((column.header for column in self.cells if column.meaning == meaning), meaning)

    def said(self, meaning: str) -> dict[str, str]:
        """Return the words of a column by language; "" for the column that names none."""
        return {column.language: text for column, text in self.cells.items() if column.meaning == meaning}


@dataclass(frozen=True)
class Table:
    """One sheet."""

    name: str
    columns: tuple[Column, ...] = ()
    header_row: int = 1
    lines: tuple[Line, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def table_of(sheet: Mapping[str, Any] | None, name: str) -> Table:
    """Return a sheet as a table; the first row that says something names the columns."""
    if not sheet or not sheet["rows"]:
        return Table(sheet["name"] if sheet else name)
    (header_row, headers), *rows = sheet["rows"]
    columns = [column_of(text) if text.strip() else None for text in headers]
    lines = []
    for row, cells in rows:
        pairs = zip(columns, cells, strict=False)
        kept = {column: text.strip() for column, text in pairs if column is not None and text.strip()}
        if kept:
            lines.append(Line(row, kept))
    formulas = frozenset((row, column) for row, column in sheet["formulas"])
    return Table(sheet["name"], tuple(one for one in columns if one), header_row, tuple(lines), formulas)


def column_of(text: str) -> Column:
    """Return what a column's header means."""
    header = re.sub(r"\s+", " ", text.strip())
    parts = [part.strip() for part in (header.split("::") if "::" in header else header.split(":"))]
    low = parts[0].lower()
    if low in PARENTS and len(parts) > 1:
        low, parts = f"{low}::{parts[1].lower()}", parts[1:]
    low = low.removeprefix("media::")
    low = MEANT.get(low, low).replace(" ", "_")
    low = MEANT.get(low, low)
    if low in TRANSLATED:
        return Column(low, "::".join(parts[1:]), header)
    whole = header.lower().replace(" ", "_")
    return Column(low if len(parts) == 1 or low in MEANT.values() else MEANT.get(whole, whole), "", header)
