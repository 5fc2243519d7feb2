"""The holidays of a clock are frozen when it starts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update

from inspect_app.charter import operations
from inspect_app.charter.calendar import Calendar, NotedHolidays, due_day
from inspect_app.charter.models import HolidayList
from inspect_app.charter.operations import note_holidays
from inspect_app.charter.queries import calendar
from inspect_app.core.database import db
from inspect_app.core.jobs import run_due
from inspect_app.core.journal import PROGRAMME_CHAIN, entries
from inspect_app.core.programme import Programme, set_up
from inspect_app.core.time import at, public_holidays
from inspect_app.people.rules import HOLIDAY_REGIONS

NOTED = datetime(2026, 1, 5, 9, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 5, 29, 9, tzinfo=UTC), datetime(2026, 6, 2, 9, tzinfo=UTC)
PROCLAIMED = datetime(2026, 6, 1, 9, tzinfo=UTC)
EXTRA = date(2026, 6, 17)
"""A Wednesday on which Scotland works, until it is proclaimed a holiday."""


def list_of(noted_at: datetime, *extra: date) -> NotedHolidays:
    return NotedHolidays(2026, public_holidays("GB", "SCT", 2026) | set(extra), noted_at)


def programme(country: str = "GB", subdivision: str | None = "SCT") -> Programme:
    return Programme(
        name="Look", organisation_name="Northfield", contact_name="Helen", contact_phone="1",
        contact_email="helen@example.org", zone="Europe/London", country=country, subdivision=subdivision,
    )  # fmt: skip


def lists() -> int:
    return db.session.scalar(select(func.count()).select_from(HolidayList)) or 0


@pytest.fixture
def noted(app: Flask) -> Programme:
    """A programme whose holidays were noted when it was set up."""
    row = programme()
    with at(NOTED):
        set_up(row)
    return row


@pytest.fixture
def proclaim(monkeypatch: pytest.MonkeyPatch):
    """A function that lets the library know one more holiday."""

    def more(day: date) -> None:
        monkeypatch.setattr(
            operations,
            "public_holidays",
            lambda country, part, year: public_holidays(country, part, year) | ({day} if day.year == year else set()),
        )

    return more


def due(start: datetime, hung: Calendar, amount: int = 20) -> date:
    return due_day(start, amount, "working_days", hung)


def test_a_holiday_proclaimed_later_moves_no_clock_that_runs() -> None:
    old = Calendar("Europe/London", "GB", "SCT", (list_of(NOTED),))
    new = Calendar("Europe/London", "GB", "SCT", (list_of(NOTED), list_of(PROCLAIMED, EXTRA)))
    assert due(BEFORE, new) == due(BEFORE, old)
    assert due(AFTER, new) == due(AFTER, old) + timedelta(days=1)
    assert new.working_days(BEFORE)(EXTRA)
    assert not new.working_days(AFTER)(EXTRA)


def test_a_clock_from_before_the_first_list_counts_by_that_list() -> None:
    hung = Calendar("Europe/London", "GB", "SCT", (list_of(NOTED, EXTRA), list_of(PROCLAIMED)))
    assert not hung.working_days(datetime(2025, 12, 1, tzinfo=UTC))(EXTRA)
    assert hung.working_days(AFTER)(EXTRA)


def test_a_year_without_a_list_comes_from_the_library() -> None:
    hung = Calendar("Europe/London", "GB", "SCT", (list_of(NOTED),))
    assert not hung.working_days(NOTED)(date(2030, 1, 1))
    assert hung.working_days(NOTED)(date(2030, 1, 3))


@given(
    region=st.sampled_from(sorted(HOLIDAY_REGIONS)),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    amount=st.integers(1, 60),
)
def test_lists_of_an_unchanged_library_change_nothing(region: str, start: datetime, amount: int) -> None:
    country, _, part = region.partition("-")
    years = range(start.year - 1, start.year + 4)
    noted = tuple(NotedHolidays(year, public_holidays(country, part or None, year), NOTED) for year in years)
    live, frozen = Calendar("Europe/London", country, part or None), Calendar("Europe/London", country, part, noted)
    assert due(start, frozen, amount) == due(start, live, amount)


def test_they_are_noted_when_the_programme_is_set_up(noted: Programme) -> None:
    assert [one.year for one in calendar().noted] == [2025, 2026, 2027, 2028, 2029]
    assert [one.facts["years"] for one in entries(PROGRAMME_CHAIN, "holidays.noted")] == [[*range(2025, 2030)]]


def test_only_what_differs_is_noted_again(noted: Programme, proclaim) -> None:
    with at(PROCLAIMED):
        assert note_holidays() == 0
        proclaim(EXTRA)
        assert note_holidays() == 1
        assert note_holidays() == 0
    assert (lists(), len(entries(PROGRAMME_CHAIN, "holidays.noted"))) == (6, 2)
    assert due(BEFORE, calendar()) == due(BEFORE, Calendar("Europe/London", "GB", "SCT"))
    assert due(AFTER, calendar()) == due(AFTER, Calendar("Europe/London", "GB", "SCT")) + timedelta(days=1)


def test_each_year_another_year_is_noted(noted: Programme) -> None:
    with at(datetime(2027, 1, 1, 9, tzinfo=UTC)):
        assert note_holidays() == 1
    assert calendar().noted[-1].year == 2030


def test_clocks_that_run_keep_the_holidays_of_the_region_they_started_in(noted: Programme) -> None:
    easter_monday = date(2026, 4, 6)
    noted.subdivision = "ENG"
    with at(datetime(2026, 3, 20, 9, tzinfo=UTC)):
        assert note_holidays() == 5
    assert calendar().working_days(datetime(2026, 3, 19, tzinfo=UTC))(easter_monday)
    assert not calendar().working_days(datetime(2026, 3, 21, tzinfo=UTC))(easter_monday)


def test_nothing_is_noted_before_there_is_a_programme(app: Flask) -> None:
    assert note_holidays() == 0
    assert calendar() == Calendar("Europe/London", "GB")


def test_a_worker_notes_them_once_a_day(app: Flask) -> None:
    db.session.add(programme())
    db.session.commit()
    with at(NOTED):
        run_due()
    assert lists() == 5


def test_what_another_worker_has_just_noted_is_not_noted_twice(noted: Programme, monkeypatch) -> None:
    db.session.execute(update(HolidayList).values(noted_at=NOTED))
    monkeypatch.setattr(operations, "holiday_lists", list)  # it looked before the other one wrote
    with at(NOTED):
        assert note_holidays() == 0
    assert (lists(), len(entries(PROGRAMME_CHAIN, "holidays.noted"))) == (5, 1)


def test_a_request_reads_them_once(noted: Programme, app: Flask) -> None:
    db.session.commit()
    seen: list[str] = []
    listen = lambda _c, _cursor, statement, *_: seen.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        with app.test_request_context():
            assert calendar() is calendar()
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert sum("holiday_list" in one for one in seen) == 1
