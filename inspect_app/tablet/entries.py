"""What the office does with each kind of entry: one handler per kind, registered when the application is made."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.tablet.rules import Entry, Kind, State


@dataclass(frozen=True)
class Outcome:
    """What became of an entry: its state, and what the tablet is told besides.

    ``more`` may hold ``revision``, ``sentence``, ``files`` (hashes of what arrived); for *two* ``words``,
    ``reason`` and ``shown``, ``other`` (the other state) and ``below`` (whether it stands below this one); for
    *wrong* ``after``: what must arrive first.
    """

    state: State = State.SAFE
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """What is kept for its author alone when an entry comes too late: what it was, and the words."""

    what: str
    content: Mapping[str, Any]


Prepare = Callable[[Entry, Person], Any]
Handle = Callable[[Inspection, Entry, Person, Any], Outcome]
Keep = Callable[[Inspection, Entry, Any], Kept | None]


@dataclass(frozen=True)
class Handler:
    """How one kind of entry is stored.

    ``prepare`` does slow work before anybody has to wait for the writing (a photo is made ready); what it returns is
    handed on. ``handle`` writes, as the pages do, and raises Refused as the operations do. ``keep`` says what is
    kept for the author when it is too late. ``of_team`` is False for what anybody near an inspection may send;
    ``secret`` entries leave no words behind; ``keeps_both`` says that the operation itself keeps other words that
    come under an id in use.
    """

    handle: Handle
    prepare: Prepare | None = None
    keep: Keep | None = None
    of_team: bool = True
    secret: bool = False
    keeps_both: bool = False


_handlers: dict[Kind, Handler] = {}


def handles(kind: Kind, handler: Handler) -> None:
    """Register how entries of a kind are stored."""
    _handlers[kind] = handler


def handler_of(kind: Kind) -> Handler | None:
    """Return how entries of a kind are stored; None when this office cannot take them yet."""
    return _handlers.get(kind)


class NotYet(Exception):
    """An entry came before something that it stands on; ``after`` names the entries or things that are missing."""

    def __init__(self, sentence: str, after: list[uuid.UUID]) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.after = after


class NeedsFile(Exception):
    """The photo or sound of an entry has not arrived; ``digest`` is its hash."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest
