"""Clocks follow from the charter, what happened, and the present moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.charter.calendar import Calendar, due_day
from inspect_app.charter.rules import Clock, ClockState, Event, clocks

SCOTLAND = Calendar("Europe/London", "GB", "SCT")


@dataclass
class Duty:
    """A commitment: the service answers within 20 working days."""

    key: str = "answer-all"
    text: str = "The service answers every recommendation."
    side: str = "service"
    owed_to: str = "inspectors"
    amount: int = 20
    unit: str = "working_days"
    after: str = "stage.answering"
    which: str = "first"
    until: str = "answers.completed"
    when_over: str | None = "publish"
    or_over: str | None = None
    or_until: str | None = None
    lapses: str | None = None


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=UTC)


def clock(duty: Duty, events: list[tuple[str, str]], today: str, **more: object) -> Clock:
    return clocks([duty], [Event(kind, at(day)) for kind, day in events], at(today), SCOTLAND, **more)[0]  # type: ignore[arg-type]


def test_a_clock_waits_for_its_event() -> None:
    found = clock(Duty(), [], "2026-03-02")
    assert (found.state, found.due) == (ClockState.NOT_STARTED, None)


def test_the_day_of_the_event_does_not_count() -> None:
    found = clock(Duty(amount=1), [("stage.answering", "2026-03-02")], "2026-03-02")
    assert (found.due, found.days, found.sentence) == (date(2026, 3, 3), 1, "1 working day left.")


def test_weekends_and_scottish_holidays_do_not_count() -> None:
    # Good Friday 2026 is 3 April; Easter Monday is a working day in Scotland, 6 April.
    assert due_day(at("2026-04-02"), 1, "working_days", SCOTLAND) == date(2026, 4, 6)


def test_a_clock_is_not_late_before_the_midnight_of_its_last_day() -> None:
    events = [("stage.answering", "2026-03-02")]
    assert clock(Duty(amount=1), events, "2026-03-03").sentence == "Due today."
    assert clock(Duty(amount=1), events, "2026-03-04").sentence == "Late by 1 working day."


def test_midnight_is_that_of_the_programmes_zone() -> None:
    duty = Duty(amount=1)
    start = [Event("stage.answering", at("2026-06-01"))]
    just_before = datetime(2026, 6, 2, 22, 59, tzinfo=UTC)  # 23:59 in London, in summer
    just_after = datetime(2026, 6, 2, 23, 1, tzinfo=UTC)
    assert clocks([duty], start, just_before, SCOTLAND)[0].state is ClockState.RUNNING
    assert clocks([duty], start, just_after, SCOTLAND)[0].state is ClockState.LATE


def test_a_kept_promise_says_how_long_it_took() -> None:
    found = clock(Duty(), [("stage.answering", "2026-03-02"), ("answers.completed", "2026-03-18")], "2026-05-01")
    assert (found.state, found.days) == (ClockState.KEPT, 12)
    assert found.sentence == "Kept. It took 12 working days. The time was 20 working days."


def test_a_duty_done_too_late_stays_late() -> None:
    found = clock(Duty(), [("stage.answering", "2026-03-02"), ("answers.completed", "2026-03-31")], "2026-05-01")
    assert (found.state, found.is_open, found.sentence) == (
        ClockState.LATE,
        False,
        "Done, but 1 working day late.",
    )


def test_what_ended_before_the_start_does_not_count() -> None:
    found = clock(Duty(), [("answers.completed", "2026-03-01"), ("stage.answering", "2026-03-02")], "2026-03-03")
    assert found.state is ClockState.RUNNING


def test_days_on_hold_do_not_count() -> None:
    events = [
        ("stage.answering", "2026-03-02"),
        ("stage.suspended", "2026-03-03"),
        ("stage.resumed", "2026-03-10"),
    ]
    assert clock(Duty(amount=2), events[:2], "2026-03-09").state is ClockState.PAUSED
    assert clock(Duty(amount=2), events, "2026-03-10").due == date(2026, 3, 11)


def test_more_time_moves_the_day_and_says_so() -> None:
    found = clock(
        Duty(amount=1),
        [("stage.answering", "2026-03-02")],
        "2026-03-05",
        extensions={"answer-all": date(2026, 3, 6)},
    )
    assert (found.state, found.due) == (ClockState.RUNNING, date(2026, 3, 6))
    assert found.sentence.endswith("More time was given.")


def test_the_last_visit_starts_the_clock_of_the_draft() -> None:
    duty = Duty(after="visit.held", which="last", until="draft.sent", amount=15)
    assert clock(duty, [("visit.held", "2026-03-02"), ("visit.held", "2026-03-09")], "2026-03-10").due == date(
        2026, 3, 30
    )


def test_each_claim_has_a_clock_of_its_own_and_the_open_one_shows() -> None:
    duty = Duty(after="fix.claimed", which="each", until="verdict.given", amount=28, unit="calendar_days")
    events = [
        Event("fix.claimed", at("2026-03-02"), "r1"),
        Event("fix.claimed", at("2026-03-04"), "r2"),
        Event("verdict.given", at("2026-03-05"), "r2"),
    ]
    found = clocks([duty], events, at("2026-03-06"), SCOTLAND)[0]
    assert (found.is_open, found.due) == (True, date(2026, 3, 30))


def test_months_end_on_the_last_day_of_a_shorter_one() -> None:
    assert due_day(at("2026-08-31"), 6, "months", SCOTLAND) == date(2027, 2, 28)


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    amount=st.integers(1, 60),
    unit=st.sampled_from(["working_days", "calendar_days", "months"]),
)
def test_a_longer_time_never_ends_earlier(start: date, amount: int, unit: str) -> None:
    moment = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    day = due_day(moment, amount, unit, SCOTLAND)
    assert start < day < due_day(moment, amount + 1, unit, SCOTLAND)
    if unit == "working_days":
        assert SCOTLAND.working_days(moment)(day)
        assert SCOTLAND.worked(moment, moment + (day - start)) == amount


@pytest.mark.parametrize("today", ["2026-03-02", "2026-03-20", "2026-04-30"])
def test_a_clock_never_shows_both_left_and_late(today: str) -> None:
    found = clock(Duty(), [("stage.answering", "2026-03-02")], today)
    assert (found.state is ClockState.LATE) == ("Late" in found.sentence) != ("left" in found.sentence)


def test_days_are_counted_after_the_first_and_with_the_last() -> None:
    friday, monday = at("2026-03-06"), at("2026-03-09")
    assert (SCOTLAND.worked(friday, friday), SCOTLAND.worked(friday, monday)) == (0, 1)


CHECK = Duty("check-facts", amount=2, after="draft.sent", until="accuracy.closed", lapses="stage.answering")
DECIDE = Duty("decide", amount=2, after="accuracy.closed", until="accuracy.settled", or_over="check-facts")


def both(events: list[tuple[str, str]], today: str, **more: object) -> list[Clock]:
    found = [Event(kind, at(day)) for kind, day in events]
    return clocks([CHECK, DECIDE], found, at(today), SCOTLAND, **more)  # type: ignore[arg-type]


def test_a_clock_starts_when_the_time_of_another_promise_is_over() -> None:
    sent = [("draft.sent", "2026-03-02")]
    assert both(sent, "2026-03-04")[1].state is ClockState.NOT_STARTED
    check, decide = both(sent, "2026-03-05")
    assert check.sentence == "Late by 1 working day."
    assert (decide.started, decide.due) == (date(2026, 3, 5), date(2026, 3, 9))


def test_it_starts_with_its_event_when_that_is_earlier() -> None:
    kept = [("draft.sent", "2026-03-02"), ("accuracy.closed", "2026-03-03")]
    assert both(kept, "2026-03-20")[1].started == date(2026, 3, 3)
    late = [("draft.sent", "2026-03-02"), ("accuracy.closed", "2026-03-12")]
    assert both(late, "2026-03-20")[1].started == date(2026, 3, 5)


def test_more_time_for_the_one_starts_the_other_later() -> None:
    more = {"check-facts": date(2026, 3, 10)}
    sent = [("draft.sent", "2026-03-02")]
    assert both(sent, "2026-03-10", extensions=more)[1].state is ClockState.NOT_STARTED
    assert both(sent, "2026-03-11", extensions=more)[1].started == date(2026, 3, 11)


def test_time_is_not_over_while_it_rests() -> None:
    held = [("draft.sent", "2026-03-02"), ("stage.suspended", "2026-03-04")]
    assert both(held, "2026-03-20")[1].state is ClockState.NOT_STARTED
    held = [("draft.sent", "2026-03-02"), ("stage.suspended", "2026-03-10")]
    assert both(held, "2026-03-20")[1].state is ClockState.PAUSED


def test_what_nobody_can_do_any_more_is_not_done_and_no_longer_owed() -> None:
    gone = [("draft.sent", "2026-03-02"), ("stage.answering", "2026-03-09")]
    check = both(gone, "2026-05-20")[0]
    assert (check.state, check.is_open, check.days, check.sentence) == (
        ClockState.LATE,
        False,
        3,
        "Not done in time.",
    )


def test_what_an_early_end_makes_needless_is_neither_kept_nor_late() -> None:
    found = clock(Duty(), [("stage.answering", "2026-03-02"), ("stage.cancelled", "2026-03-03")], "2026-05-20")
    assert (found.state, found.is_open, found.sentence) == (ClockState.DROPPED, False, "No longer needed.")


def test_either_event_keeps_a_promise() -> None:
    duty = Duty(after="visit.held", until="stage.moderation", or_until="stage.writing")
    found = clock(duty, [("visit.held", "2026-03-02"), ("stage.writing", "2026-03-03")], "2026-05-20")
    assert (found.state, found.ended) == (ClockState.KEPT, date(2026, 3, 3))
