"""The story as plain values: read from ``story/``, and moved so that its last day lies in the present week."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

HERE = Path(__file__).resolve().parent / "story"
Facts = dict[str, Any]


@dataclass(order=True)
class Step:
    """One thing that happens in the story: when, in which order among what happens at that moment, and what."""

    at: datetime
    place: int
    do: Callable[[], object] = field(compare=False)


class Story:
    """The whole story; days move by whole weeks, so that working days stay working days."""

    def __init__(self, today: date) -> None:
        self.facts: Facts = _read("programme.yaml")
        self.people: list[Facts] = _read("people.yaml")["people"]
        self.places: Facts = _read("services.yaml")
        weeks = max(0, (today - self.facts["story_today"]).days // 7)
        self.moved = timedelta(weeks=weeks)
        self.zone = ZoneInfo(self.facts["programme"]["zone"])

    @cached_property
    def making(self) -> Facts:
        """Return what is said of questions that are made together."""
        return dict(_read("making.yaml"))

    @cached_property
    def inspections(self) -> list[Facts]:
        """Return the inspections of the story."""
        return [_read(name) for name in self.facts["inspections"]]

    def moment(self, words: str | datetime) -> datetime:
        """Return the moment that a local time of the story stands for."""
        local = words if isinstance(words, datetime) else datetime.fromisoformat(words)
        return local.replace(tzinfo=self.zone) + self.moved

    def day(self, value: date) -> date:
        """Return the day that a day of the story stands for."""
        return value + self.moved


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def key(*words: str) -> uuid.UUID:
    """Return the identifier of a thing in the story, the same each time."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "inspect-together:demonstration:" + ":".join(words))
