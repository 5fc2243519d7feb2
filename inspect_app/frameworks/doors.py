"""Doors for upper rooms: who uses a framework, and for how many days, is known there and asked for here."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class KindOfUse:
    """A kind of inspection that uses a framework, and on how many days its team looks."""

    title: str
    days: int


@dataclass(frozen=True)
class Use:
    """An inspection that uses a version: its reference and title, where it lies, how far it is."""

    reference: str
    title: str
    href: str
    stage: str


KindFinder = Callable[[str], Sequence[KindOfUse]]
UseFinder = Callable[[uuid.UUID], Sequence[Use]]

_kinds: list[KindFinder] = []
_uses: list[UseFinder] = []


def find_kinds_with(finder: KindFinder) -> None:
    """Register who knows which kinds use the framework with a key."""
    _kinds[:] = [finder]


def find_uses_with(finder: UseFinder) -> None:
    """Register who knows which inspections use a version."""
    _uses[:] = [finder]


def kinds_of(key: str) -> list[KindOfUse]:
    """Return the kinds of inspection that use a framework."""
    return [kind for finder in _kinds for kind in finder(key)]


def uses_of(version_id: uuid.UUID) -> list[Use]:
    """Return the inspections that use a version, the newest first."""
    return [use for finder in _uses for use in finder(version_id)]
