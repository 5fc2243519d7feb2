"""Days and deadlines, as people of the programme's region count them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from inspect_app.core.time import add_months, at, end_of_day, now


def test_the_clock_can_be_moved_and_comes_back() -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    with at(moment):
        assert now() == moment
    assert now().year > 2020


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), at(datetime(2020, 1, 1)):  # noqa: DTZ001  # what is refused
        pass


def test_a_deadline_ends_at_midnight_of_the_zone() -> None:
    assert end_of_day(date(2026, 6, 1), "Europe/London") == datetime(2026, 6, 1, 23, tzinfo=UTC)
    assert end_of_day(date(2026, 12, 1), "Europe/London") == datetime(2026, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
    ],
)
def test_months(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end
