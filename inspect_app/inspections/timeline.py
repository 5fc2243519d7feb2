"""The journal of an inspection as people read it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.web import day_words, moment_words
from inspect_app.core.words import _, lazy
from inspect_app.inspections import queries
from inspect_app.inspections.models import Inspection

PAGE_LENGTH = 10
SYSTEM = lazy("The charter’s clock")


@dataclass(frozen=True)
class Told:
    """One entry of the journal in plain words."""

    when: str
    iso: str
    text: str


class _Words(dict[str, Any]):
    """Facts for a sentence; a fact that an older entry lacks is left out instead of failing."""

    def __missing__(self, key: str) -> str:
        return ""


def timeline(inspection: Inspection, page: int = 1, length: int = PAGE_LENGTH) -> tuple[list[Told], Pagination]:
    """Return what happened, newest first, as one page of sentences, and the pagination."""
    entry = journal.Entry
    unseen = [kind.name for kind in journal.kinds().values() if kind.unseen]
    query = select(entry).where(entry.chain_id == inspection.id, entry.kind.not_in(unseen))
    query = query.order_by(entry.number.desc())
    found = db.paginate(query, page=page, per_page=length, error_out=False)
    names = queries.names_of({one for row in found.items for one in _identifiers(row)})
    return [_told(row, names) for row in found.items], found


def sentence(entry: journal.Entry) -> str:
    """Return one entry in plain words, with names in place of identifiers."""
    return _told(entry, queries.names_of(_identifiers(entry))).text


def _identifiers(entry: journal.Entry) -> set[uuid.UUID]:
    values = (_as_uuid(value) for value in entry.facts.values())
    return {value for value in (entry.actor_id, entry.about_id, *values) if value is not None}


def _as_uuid(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _told(entry: journal.Entry, names: Mapping[uuid.UUID, str]) -> Told:
    kind = journal.kinds().get(entry.kind)
    words = _Words({key: _in_words(value, names) for key, value in entry.facts.items()})
    words["actor"] = names.get(entry.actor_id, str(SYSTEM)) if entry.actor_id else str(SYSTEM)
    words.setdefault("person", words["actor"])
    text = _(kind.sentence).format_map(words) if kind else entry.kind
    return Told(moment_words(entry.occurred_at), entry.occurred_at.isoformat(), text)


def _in_words(value: object, names: Mapping[uuid.UUID, str]) -> object:
    known = _as_uuid(value)
    if known is not None:
        return names.get(known, "")
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return day_words(date.fromisoformat(value))
        except ValueError:
            return value
    return _(value) if isinstance(value, str) else value  # the journal keeps marked words: "inspector"
