"""How the programme's figures are reckoned, as plain values: each with what it is a part of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspect_app.charter.rules import Clock, ClockState
from inspect_app.improvement.rules import FixRate

CITIZEN, SERVICE, OFFICER = "citizen", "service", "officer"
SIDES = (CITIZEN, SERVICE, OFFICER)
"""Who gives time, as hours are recorded."""


@dataclass(frozen=True)
class Duties:
    """How many of the charter's duties were kept, of those that were done or whose time is over."""

    kept: int = 0
    over: int = 0

    @property
    def late(self) -> int:
        """Return how many were late, those that are still not done among them."""
        return self.over - self.kept


def duties(clocks: Iterable[Clock]) -> Duties:
    """Count duties; one that still runs, rests or has not started counts nowhere."""
    states = Counter(clock.state for clock in clocks)
    kept = states[ClockState.KEPT]
    return Duties(kept, kept + states[ClockState.LATE])


@dataclass(frozen=True)
class Line:
    """One inspection's part: minutes by who gave them, duties, and how many recommendations are confirmed fixed."""

    minutes: Mapping[str, int]
    duties: Duties
    rate: FixRate


@dataclass(frozen=True)
class Figures:
    """What several inspections together say."""

    inspections: int
    minutes: Mapping[str, int]
    duties: Duties
    rate: FixRate

    @property
    def citizen_hours(self) -> int:
        """Return the hours that citizens gave, rounded down so that it never says too much."""
        return self.minutes.get(CITIZEN, 0) // 60


def add_up(lines: Iterable[Line]) -> Figures:
    """Return the figures of these inspections together."""
    lines = list(lines)
    minutes: Counter[str] = Counter()
    for line in lines:
        minutes.update(line.minutes)
    return Figures(
        inspections=len(lines),
        minutes=dict(minutes),
        duties=Duties(sum(one.duties.kept for one in lines), sum(one.duties.over for one in lines)),
        rate=FixRate(sum(one.rate.fixed for one in lines), sum(one.rate.total for one in lines)),
    )
