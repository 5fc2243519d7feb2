"""Clocks: a pure function of commitments, what happened, and the present moment.

A clock starts when the event it waits for has happened, pauses while the inspection is on hold, and says one
of: not started, running (n days left), kept (after n days), late (by n days).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from inspect_app.core.time import add_months, is_working_day, local_day


class Unit(StrEnum):
    """In what a commitment's time is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class Side(StrEnum):
    """Who owes, or is owed."""

    SERVICE = "service"
    INSPECTORS = "inspectors"
    PROGRAMME = "programme"
    PUBLIC = "public"


class Which(StrEnum):
    """Which of several starting events counts: the first, the last, or each with its own end."""

    FIRST = "first"
    LAST = "last"
    EACH = "each"


class ClockState(StrEnum):
    """How a clock stands."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    LATE = "late"


class Promise(Protocol):
    """A commitment, as the charter states it."""

    key: str
    text: str
    side: str
    owed_to: str
    amount: int
    unit: str
    after: str
    which: str
    until: str
    when_over: str | None


@dataclass(frozen=True)
class Event:
    """Something that happened in one inspection; ``subject`` tells events of one kind apart (a recommendation)."""

    kind: str
    at: datetime
    subject: str = ""


@dataclass(frozen=True)
class Calendar:
    """Where the clock hangs: the zone whose midnight ends a day, and the region whose holidays count."""

    zone: str
    country: str
    subdivision: str | None = None

    def works_on(self, day: date) -> bool:
        """Say whether people of the region work on a day."""
        return is_working_day(day, self.country, self.subdivision)


@dataclass(frozen=True)
class Clock:
    """One commitment running in one inspection; ``days`` are left, over or taken (for months: calendar days)."""

    key: str
    text: str
    side: str
    owed_to: str
    state: ClockState
    sentence: str
    when_over: str | None = None
    started: date | None = None
    due: date | None = None
    ended: date | None = None
    days: int = 0
    extended: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether the duty is still owed."""
        return self.started is not None and self.ended is None


SUSPENDED, RESUMED = "stage.suspended", "stage.resumed"


def clocks(
    commitments: Iterable[Promise],
    events: Sequence[Event],
    now: datetime,
    calendar: Calendar,
    extensions: Mapping[str, date] | None = None,
) -> list[Clock]:
    """Return the clock of each commitment; ``extensions`` are the days that were granted, by its key."""
    ordered = sorted(events, key=lambda event: event.at)
    pauses = _pauses(ordered, calendar)
    return [_clock(one, ordered, now, calendar, pauses, (extensions or {}).get(one.key)) for one in commitments]


Pauses = Sequence[tuple[date, date | None]]


def _pauses(events: Sequence[Event], calendar: Calendar) -> Pauses:
    """Return the days on hold as pairs: from, up to but without; None while the hold lasts."""
    pauses: list[tuple[date, date | None]] = []
    for event in events:
        day = local_day(event.at, calendar.zone)
        if event.kind == SUSPENDED:
            pauses.append((day, None))
        elif event.kind == RESUMED and pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], day)
    return pauses


def _rests(day: date, pauses: Pauses) -> bool:
    return any(start <= day and (end is None or day < end) for start, end in pauses)


def due_day(start: date, amount: int, unit: str, calendar: Calendar, pauses: Pauses = ()) -> date:
    """Return the last day of a duty that starts on a day; the day of the event itself does not count.

    Days on hold do not count. A hold that still lasts cannot be foreseen, so it counts as if it ended now.
    """
    closed = [(first, last) for first, last in pauses if last is not None]
    if unit == Unit.MONTHS:
        amount = (add_months(start, amount) - start).days
    counts: Callable[[date], bool] = calendar.works_on if unit == Unit.WORKING_DAYS else lambda _day: True
    day = start
    while amount > 0:
        day += timedelta(days=1)
        if counts(day) and not (closed and _rests(day, closed)):
            amount -= 1
    return day


def _clock(
    promise: Promise,
    events: Sequence[Event],
    now: datetime,
    calendar: Calendar,
    pauses: Pauses,
    granted: date | None,
) -> Clock:
    duties = _duties(promise, events)
    if not duties:
        return _made(promise, ClockState.NOT_STARTED, "Not started yet.")
    measured = [_measure(promise, start, end, now, calendar, pauses, granted) for start, end in duties]
    still_open = [clock for clock in measured if clock.is_open]
    return min(still_open, key=lambda clock: clock.due or date.max) if still_open else measured[-1]


def _duties(promise: Promise, events: Sequence[Event]) -> list[tuple[datetime, datetime | None]]:
    """Pair each starting event that counts with the first event that ends it, if there is one."""
    starts = [event for event in events if event.kind == promise.after]
    if promise.which == Which.FIRST:
        starts = starts[:1]
    elif promise.which == Which.LAST:
        starts = starts[-1:]
    pairs = []
    for start in starts:
        ends = (
            event.at
            for event in events
            if event.kind == promise.until
            and event.at >= start.at
            and (promise.which != Which.EACH or event.subject == start.subject)
        )
        pairs.append((start.at, next(ends, None)))
    return pairs


def _measure(
    promise: Promise,
    start: datetime,
    end: datetime | None,
    now: datetime,
    calendar: Calendar,
    pauses: Pauses,
    granted: date | None,
) -> Clock:
    started = local_day(start, calendar.zone)
    due = due_day(started, promise.amount, promise.unit, calendar, pauses)
    extended = granted is not None and granted > due
    if extended and granted is not None:
        due = granted
    ended = local_day(end, calendar.zone) if end else None
    today = ended or local_day(now, calendar.zone)
    counting = calendar.works_on if promise.unit == Unit.WORKING_DAYS else lambda _day: True
    unit = "working day" if promise.unit == Unit.WORKING_DAYS else "day"
    closed = [(first, last) for first, last in pauses if last is not None]
    late = _count(due, today, counting, closed)
    if ended is not None:
        taken = _count(started, ended, counting, closed)
        if late > 0:
            state, days, sentence = ClockState.LATE, late, f"Done, but {_many(late, unit)} late."
        else:
            allowed = _many(promise.amount, "month" if promise.unit == Unit.MONTHS else unit)
            state, days = ClockState.KEPT, taken
            sentence = f"Kept. It took {_many(taken, unit)}. The time was {allowed}."
    elif pauses and pauses[-1][1] is None:
        state, days, sentence = ClockState.PAUSED, 0, "On hold."
    elif late > 0:
        state, days, sentence = ClockState.LATE, late, f"Late by {_many(late, unit)}."
    else:
        days = _count(today, due, counting, closed)
        state = ClockState.RUNNING
        sentence = "Due today." if today == due else f"{_many(days, unit).capitalize()} left."
    if extended:
        sentence += " More time was given."
    return _made(promise, state, sentence, started=started, due=due, ended=ended, days=days, extended=extended)


def _count(after: date, until: date, counts: Callable[[date], bool], pauses: Pauses) -> int:
    """Count the days after one day up to and with another; 0 when there are none."""
    length = (until - after).days
    days = (after + timedelta(days=number) for number in range(1, length + 1))
    return sum(counts(day) and not (pauses and _rests(day, pauses)) for day in days)


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _made(
    promise: Promise,
    state: ClockState,
    sentence: str,
    *,
    started: date | None = None,
    due: date | None = None,
    ended: date | None = None,
    days: int = 0,
    extended: bool = False,
) -> Clock:
    return Clock(
        key=promise.key,
        text=promise.text,
        side=promise.side,
        owed_to=promise.owed_to,
        state=state,
        sentence=sentence,
        when_over=promise.when_over,
        started=started,
        due=due,
        ended=ended,
        days=days,
        extended=extended,
    )
