"""What time a clock counts: days that people work on, holidays as they were known, and days on hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from inspect_app.core.time import add_months, local_day, public_holidays

Pauses = Sequence[tuple[date, date | None]]
"""Days on hold: from, up to but without; None while the hold lasts."""


class Unit(StrEnum):
    """In what a commitment's time is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


@dataclass(frozen=True)
class NotedHolidays:
    """The public holidays of one year, as they were known at a moment."""

    year: int
    days: frozenset[date]
    noted_at: datetime


@dataclass(frozen=True)
class Calendar:
    """Where the clock hangs: the zone whose midnight ends a day, and the region whose holidays count.

    ``noted`` are the lists of holidays that were noted, the oldest first.
    """

    zone: str
    country: str
    subdivision: str | None = None
    noted: tuple[NotedHolidays, ...] = ()

    def working_days(self, since: datetime) -> Callable[[date], bool]:
        """Return what says whether people work on a day, for a clock that started at a moment.

        Its holidays are frozen: of each year it takes the newest list that was noted until then, or the oldest one
        when none was; a year that nobody noted comes from the library.
        """
        known: dict[int, frozenset[date]] = {}
        for one in self.noted:
            if one.year not in known or one.noted_at <= since:
                known[one.year] = one.days

        def works(day: date) -> bool:
            if day.year not in known:
                known[day.year] = public_holidays(self.country, self.subdivision, day.year)
            return day.weekday() < 5 and day not in known[day.year]

        return works

    def worked(self, start: datetime, end: datetime) -> int:
        """Count the working days after the day of one moment, up to and with the day of another."""
        return count(local_day(start, self.zone), local_day(end, self.zone), self.working_days(start), ())


def due_day(start: datetime, amount: int, unit: str, calendar: Calendar, pauses: Pauses = ()) -> date:
    """Return the last day of a duty that starts at a moment; the day of the event itself does not count.

    Days on hold do not count. A hold that still lasts cannot be foreseen, so it counts as if it ended now.
    """
    day = local_day(start, calendar.zone)
    if unit == Unit.MONTHS:
        amount = (add_months(day, amount) - day).days
    closed = [(first, last) for first, last in pauses if last is not None]
    counts = counting(unit, calendar, start)
    while amount > 0:
        day += timedelta(days=1)
        if counts(day) and not (closed and _rests(day, closed)):
            amount -= 1
    return day


def counting(unit: str, calendar: Calendar, start: datetime) -> Callable[[date], bool]:
    """Return what says whether a day counts, for a clock of that unit that started at a moment."""
    return calendar.working_days(start) if unit == Unit.WORKING_DAYS else lambda _day: True


def count(after: date, until: date, counts: Callable[[date], bool], pauses: Pauses) -> int:
    """Count the days after one day up to and with another; 0 when there are none."""
    length = (until - after).days
    days = (after + timedelta(days=number) for number in range(1, length + 1))
    return sum(counts(day) and not (pauses and _rests(day, pauses)) for day in days)


def _rests(day: date, pauses: Pauses) -> bool:
    return any(start <= day and (end is None or day < end) for start, end in pauses)
