"""The journal: the one append-only record of everything that happened.

Each inspection has a chain of its own, and the programme has one, so that nobody waits for somebody else's
inspection. Each entry carries the hash of the one before it: a change in the past is found out. An entry
holds identifiers and facts, no free text and no personal data, so that what must be forgotten can be.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, Uuid, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, db, new_id, uuid_pk
from inspect_app.core.time import now

PROGRAMME_CHAIN = uuid.UUID(int=0)
"""The chain of what belongs to no inspection."""
RESTRICTED_CHAIN = uuid.UUID(int=1)
"""The chain of safeguarding concerns: read by those who look after them, and by no timeline, mail or figure."""
START = "0" * 64
"""The hash before the first entry of a chain."""


class Audience(StrEnum):
    """Who hears of an entry by mail."""

    NOBODY = "nobody"
    COORDINATORS = "coordinators"
    TEAM = "team"
    SERVICE = "service"
    SERVICE_LEADS = "service leads"
    REVIEWERS = "reviewers"
    PERSON = "the person it is about"


@dataclass(frozen=True)
class EntryKind:
    """One kind of thing that can happen.

    ``sentence`` tells it in the timeline, with ``{actor}`` and the entry's facts as fields; ``public`` kinds
    show in the public history; ``hears`` are mailed. A ``restricted`` kind goes to the restricted chain alone, and
    no audience hears of it. An ``unseen`` kind stands in an inspection's chain and not in its timeline, which
    the service reads too: who needs help to sign in or to write is nobody else's business.
    """

    name: str
    sentence: str
    public: bool = False
    hears: tuple[Audience, ...] = (Audience.NOBODY,)
    restricted: bool = False
    unseen: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for a restricted kind that would show or be told to an audience."""
        if self.restricted and (self.public or set(self.hears) != {Audience.NOBODY}):
            raise ValueError(f"{self.name} is restricted: it is not public, and no audience hears of it")


_kinds: dict[str, EntryKind] = {}


class Chain(Model):
    """The head of one chain; its row is locked while an entry is appended."""

    __tablename__ = "journal_chain"

    id: Mapped[uuid.UUID] = uuid_pk()
    length: Mapped[int] = mapped_column(BigInteger, default=0)
    head: Mapped[str] = mapped_column(String(64), default=START)


class Entry(Model):
    """One thing that happened: who, what, when, about what, with which facts."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("chain_id", "number"),
        Index("ix_journal_entry_chain_id_kind", "chain_id", "kind"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    chain_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("journal_chain.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    about_kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


def declare(*kinds: EntryKind) -> None:
    """Make kinds of entry known; each room declares its own. Raises ValueError for a name in use."""
    for kind in kinds:
        if _kinds.get(kind.name, kind) != kind:
            raise ValueError(f"two kinds of entry are called {kind.name}")
        _kinds[kind.name] = kind


def kinds() -> Mapping[str, EntryKind]:
    """Return all kinds of entry by name."""
    return _kinds


def append(
    kind: str,
    *,
    actor: uuid.UUID | None,
    inspection: uuid.UUID | None = None,
    about: tuple[str, uuid.UUID | None] = ("programme", None),
    facts: Mapping[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> Entry:
    """Append what happened, in the transaction of the change itself.

    ``actor`` is None when the system did it. A restricted kind names no inspection: it has a chain of its own.
    Raises KeyError for a kind that no room declared, ValueError for an entry on the wrong chain.
    """
    moment = now()
    chain = _locked_chain(_chain_for(_kinds[kind], inspection))
    entry = Entry(
        id=new_id(),
        chain_id=chain.id,
        number=chain.length + 1,
        kind=kind,
        actor_id=actor,
        about_kind=about[0],
        about_id=about[1],
        facts=dict(facts or {}),
        occurred_at=occurred_at or moment,
        recorded_at=moment,
        previous=chain.head,
        hash="",
    )
    entry.hash = digest(entry)
    chain.length, chain.head = entry.number, entry.hash
    db.session.add(entry)
    db.session.flush()
    for listener in _listeners:
        listener(entry)
    return entry


_listeners: list[Callable[[Entry], None]] = []


def on_append(listener: Callable[[Entry], None]) -> None:
    """Let a room hear of each entry inside its transaction (mails are queued so)."""
    if listener not in _listeners:
        _listeners.append(listener)


def heads(chains: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the hash of the newest entry of each chain; a chain without an entry is left out."""
    return {row.id: row.head for row in db.session.execute(select(Chain.id, Chain.head).where(Chain.id.in_(chains)))}


def _chain_for(kind: EntryKind, inspection: uuid.UUID | None) -> uuid.UUID:
    if kind.restricted and inspection is None:
        return RESTRICTED_CHAIN
    if kind.restricted or inspection == RESTRICTED_CHAIN:
        raise ValueError(f"{kind.name} does not belong on this chain")
    return inspection or PROGRAMME_CHAIN


def _locked_chain(chain_id: uuid.UUID) -> Chain:
    query = select(Chain).where(Chain.id == chain_id).with_for_update().execution_options(populate_existing=True)
    chain = db.session.scalar(query)
    if chain is not None:
        return chain
    with suppress(IntegrityError), db.session.begin_nested():  # two may begin the same chain at the same moment
        db.session.add(Chain(id=chain_id, length=0, head=START))
    return db.session.scalars(query).one()


def digest(entry: Entry) -> str:
    """Return the hash over an entry and the hash before it (SHA-256, hexadecimal)."""
    content = json.dumps(
        [
            entry.previous,
            str(entry.id),
            str(entry.chain_id),
            entry.number,
            entry.kind,
            str(entry.actor_id),
            entry.about_kind,
            str(entry.about_id),
            entry.facts,
            entry.occurred_at.isoformat(timespec="microseconds"),
            entry.recorded_at.isoformat(timespec="microseconds"),
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()


def restricted_entries(about: tuple[str, uuid.UUID]) -> Sequence[Entry]:
    """Return what happened to one thing on the restricted chain: for those alone who look after it."""
    query = select(Entry).where(Entry.chain_id == RESTRICTED_CHAIN, Entry.about_kind == about[0])
    return db.session.scalars(query.where(Entry.about_id == about[1]).order_by(Entry.number)).all()


def entries(inspection: uuid.UUID, *names: str) -> Sequence[Entry]:
    """Return the entries of an inspection in their order, or those of the named kinds alone.

    Raises ValueError for the restricted chain.
    """
    if inspection == RESTRICTED_CHAIN:
        raise ValueError("the restricted chain is no inspection")
    query = select(Entry).where(Entry.chain_id == inspection).order_by(Entry.number)
    if names:
        query = query.where(Entry.kind.in_(names))
    return db.session.scalars(query).all()


def broken_chains() -> Iterator[str]:
    """Say of each chain that was tampered with where it breaks; yields nothing when all is well."""
    for chain in db.session.scalars(select(Chain)):
        expected, number = START, 0
        rows = select(Entry).where(Entry.chain_id == chain.id).order_by(Entry.number)
        for number, entry in enumerate(db.session.scalars(rows), 1):
            if entry.number != number or entry.previous != expected or digest(entry) != entry.hash:
                yield f"Journal {chain.id}: entry {number} was changed or removed."
                break
            expected = entry.hash
        else:
            if (chain.length, chain.head) != (number, expected):
                yield f"Journal {chain.id}: its end was cut off or added to."
