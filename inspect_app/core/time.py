"""Time: the one clock of the product, and days that people work.

Times are kept in UTC. People see them in the programme's zone. A deadline ends at midnight of that zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """Return the present moment in UTC; inside :func:`at`, that other moment."""
    return _moved.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at another moment, as the demonstration and tests need it."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def local(moment: datetime, zone: str) -> datetime:
    """Return the moment as people of that zone read it from the wall."""
    return moment.astimezone(ZoneInfo(zone))


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of a moment in that zone."""
    return local(moment, zone).date()


def end_of_day(day: date, zone: str) -> datetime:
    """Return the midnight (UTC) with which a deadline on that day is over."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=8)
def _holidays(country: str, subdivision: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision or None)


@lru_cache(maxsize=16_384)
def is_working_day(day: date, country: str, subdivision: str | None = None) -> bool:
    """Say whether people of that region work on that day (Monday to Friday, no public holiday)."""
    return day.weekday() < 5 and day not in _holidays(country, subdivision)


def add_working_days(start: date, amount: int, country: str, subdivision: str | None = None) -> date:
    """Return the day that lies ``amount`` working days after ``start``; the day itself does not count."""
    day = start
    while amount > 0:
        day += timedelta(days=1)
        if is_working_day(day, country, subdivision):
            amount -= 1
    return day


def working_days_between(start: date, end: date, country: str, subdivision: str | None = None) -> int:
    """Count the working days after ``start`` up to and with ``end``; negative when end lies before start."""
    if end < start:
        return -working_days_between(end, start, country, subdivision)
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), country, subdivision) for n in range(1, days + 1))


def add_months(start: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    for day in range(start.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, start.day)
