"""Read a charter from its plain form, and say where it is at fault."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from inspect_app.charter.calendar import Unit
from inspect_app.charter.rules import Promise, Side, Which


@dataclass(frozen=True)
class PlainCharter:
    """A whole charter, as the file states it."""

    key: str
    version: int
    title: str
    summary: str
    promises: tuple[str, ...]
    commitments: tuple[Promise, ...]


def read_charter(data: Any, events: Set[str]) -> PlainCharter:
    """Check and return a charter; ``events`` are the journal's kinds. Raises ValueError naming the fault."""
    if not isinstance(data, Mapping):
        raise ValueError("it must begin with “key:”.")
    commitments = tuple(_commitment(one, number, events) for number, one in enumerate(data.get("commitments") or (), 1))
    keys = [one.key for one in commitments]
    if len(set(keys)) != len(keys):
        raise ValueError("two commitments have the same key.")
    for number, one in enumerate(commitments, 1):
        if one.or_over is not None and one.or_over not in keys[: number - 1]:
            raise ValueError(f"commitment {number}: “or_over” must be the key of a commitment above it.")
    return PlainCharter(
        key=_text(data, "key", "the charter"),
        version=int(data.get("version") or 1),
        title=_text(data, "title", "the charter"),
        summary=_text(data, "summary", "the charter"),
        promises=tuple(str(one) for one in data.get("promises") or ()),
        commitments=commitments,
    )


def _commitment(data: Any, number: int, events: Set[str]) -> Promise:
    place = f"commitment {number}"
    if not isinstance(data, Mapping):
        raise ValueError(f"{place} must have a key and a text.")
    amount = data.get("amount")
    if not isinstance(amount, int) or amount < 1:
        raise ValueError(f"{place}: “amount” must be a number from 1.")
    for name in ("after", "until", "or_until", "lapses"):
        named = data.get(name)
        if named not in events and (named is not None or name in ("after", "until")):
            raise ValueError(f"{place}: nothing is called “{named}”.")
    when_over = data.get("when_over")
    if when_over not in (None, "publish"):
        raise ValueError(f"{place}: “when_over” is either “publish” or left empty.")
    return Promise(
        key=_text(data, "key", place),
        text=_text(data, "text", place),
        side=_one_of(data, "side", Side, place),
        owed_to=_one_of(data, "owed_to", Side, place),
        amount=amount,
        unit=_one_of(data, "unit", Unit, place),
        after=data["after"],
        which=_one_of(data, "which", Which, place, default=Which.FIRST),
        or_over=data.get("or_over"),
        until=data["until"],
        or_until=data.get("or_until"),
        lapses=data.get("lapses"),
        when_over=when_over,
        source=data.get("source"),
    )


def _text(data: Mapping[str, Any], name: str, place: str) -> str:
    value = str(data.get(name) or "").strip()
    if not value:
        raise ValueError(f"{place}: “{name}” is missing.")
    return value


def _one_of(data: Mapping[str, Any], name: str, words: Any, place: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if value not in list(words):
        raise ValueError(f"{place}: “{name}” must be one of {', '.join(words)}.")
    return str(value)
