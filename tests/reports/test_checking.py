from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from inspect_app.charter.queries import clocks_for
from inspect_app.charter.rules import Clock, ClockState
from inspect_app.core import journal
from inspect_app.core.database import new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import at, local_day, now
from inspect_app.inspections import gates
from inspect_app.inspections.operations import move_on
from inspect_app.reports import operations_checking as operations
from inspect_app.reports import queries
from inspect_app.reports.content import paragraphs
from tests.reports.steps import checking, enter, raised

QUOTE = "The phone line closes at five."


def kinds(world) -> list[str]:
    return [entry.kind for entry in journal.entries(world.inspection.id)]


def test_a_recommendation_cannot_be_challenged(world):
    checking(world)
    with pytest.raises(Refused, match="cannot be challenged") as refusal:
        operations.raise_point(world.inspection, "R1", "Put one number", "No.", world.stuart)
    assert refusal.value.status == 422


def test_the_quote_must_stand_in_the_paragraph(world):
    checking(world)
    with pytest.raises(Refused, match=r"not in paragraph 1\.1"):
        operations.raise_point(world.inspection, "1.1", QUOTE, "No.", world.stuart)
    with pytest.raises(Refused, match=r"no paragraph 9\.9"):
        operations.raise_point(world.inspection, "9.9", QUOTE, "No.", world.stuart)


def test_the_whole_way_from_challenge_to_new_words(world):
    point = raised(world)
    operations.close_check(world.inspection, world.stuart)
    assert "accuracy.settled" not in kinds(world)
    operations.decide_point(world.inspection, point, "upheld", "I rang. There is a tape.", world.olive)
    assert kinds(world)[-2:] == ["accuracy.decided", "accuracy.settled"]
    assert [one.sentence for one in gates.missing(world.inspection)] == ["Paragraph 1.2 must be written anew."]
    operations.reword(world.inspection, point, "The phone line closes at five. Then a tape speaks.", world.ana)
    assert point.new_paragraph == "The phone line closes at five. Then a tape speaks. People at the bus stop wait."
    enter(world, "answering")
    final = queries.latest_draft(world.inspection.id)
    sent = queries.sent_draft(world.inspection.id)
    assert final is not None
    assert sent is not None
    assert paragraphs(final.content)["1.2"] == point.new_paragraph
    assert "Then a tape speaks" not in paragraphs(sent.content)["1.2"]
    assert final.content["accuracy"][0]["reason"] == "I rang. There is a tape."


def test_two_points_on_the_same_words(world):
    first = raised(world)
    second = operations.raise_point(world.inspection, first.paragraph, "five. People", "Six.", world.kenny, id=new_id())
    for point in (first, second):
        operations.decide_point(world.inspection, point, "partly", "So it is.", world.olive)
    operations.reword(world.inspection, first, "The line closes at six.", world.ana)
    operations.reword(world.inspection, second, "The line closes at six. All people wait.", world.ana)
    operations.reword(world.inspection, second, "The line closes at six. Many people wait.", world.ana)
    assert operations.text_now(world.inspection, first) == "The line closes at six. Many people wait."


def test_nobody_decides_twice_or_on_their_own_inspection(world):
    point = raised(world)
    operations.decide_point(world.inspection, point, "rejected", "It is so.", world.olive)
    operations.decide_point(world.inspection, point, "rejected", "It is so.", world.olive)
    with pytest.raises(Refused, match="decided already"):
        operations.decide_point(world.inspection, point, "upheld", "Or not.", world.olive)
    with pytest.raises(Refused) as refusal:
        operations.decide_point(world.inspection, point, "upheld", "Mine.", world.ana)
    assert refusal.value.status == 403


def test_after_closing_no_point_can_be_added_and_closing_twice_is_once(world):
    checking(world)
    operations.close_check(world.inspection, world.stuart)
    operations.close_check(world.inspection, world.stuart)
    assert kinds(world).count("accuracy.closed") == 1
    assert kinds(world).count("accuracy.settled") == 1
    with pytest.raises(Refused, match="check of the facts is over"):
        operations.raise_point(world.inspection, "1.2", QUOTE, "No.", world.stuart)


def test_the_same_point_twice_is_one(world):
    checking(world)
    same = new_id()
    values = ("1.2", QUOTE, "A tape.", world.stuart)
    assert operations.raise_point(world.inspection, *values, id=same) is operations.raise_point(
        world.inspection, *values, id=same
    )


def test_staff_may_challenge_but_only_the_lead_closes(world):
    checking(world)
    operations.raise_point(world.inspection, "1.2", QUOTE, "A tape.", world.kenny)
    with pytest.raises(Refused, match="lead of the service"):
        operations.close_check(world.inspection, world.kenny)


def test_the_gate_opens_when_the_charters_time_is_over(world):
    checking(world)
    assert "still checking" in gates.missing(world.inspection)[0].sentence
    with at(now() + timedelta(days=40)):
        assert gates.missing(world.inspection) == []


def told(world) -> dict[str, Clock]:
    return {one.key: one for one in clocks_for(world.inspection.id, world.inspection.charter_id)}


def checked_by(world) -> date:
    """The last day of the service's time; the draft goes out at noon of a working day."""
    due = told(world)["check-facts"].due
    assert due is not None
    return due


def noon(day: date):
    return at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def test_when_the_service_lets_its_time_pass_the_system_says_that_nothing_waits(world):
    with noon(date(2026, 3, 16)):
        checking(world)
        over = checked_by(world) + timedelta(days=1)
    with noon(over - timedelta(days=1)):
        assert operations.settle_when_over() == 0
    with noon(over):
        assert operations.settle_when_over() == 1
        assert operations.settle_when_over() == 0
        clocks = told(world)
        assert clocks["decide-points"].sentence == "Kept. It took 0 working days. The time was 10 working days."
        assert clocks["hand-over-report"].started == over
        with pytest.raises(Refused, match="check of the facts is over"):
            operations.raise_point(world.inspection, "1.2", QUOTE, "No.", world.stuart)
        operations.close_check(world.inspection, world.stuart)
    assert "accuracy.closed" not in kinds(world)


def test_the_reviewers_time_runs_from_the_end_of_the_services(world):
    with noon(date(2026, 3, 16)):
        point = raised(world)
        over = checked_by(world) + timedelta(days=1)
    with noon(over + timedelta(days=1)):
        assert operations.settle_when_over() == 0
        assert (told(world)["decide-points"].started, told(world)["decide-points"].is_open) == (over, True)
        assert told(world)["hand-over-report"].started is None
        operations.decide_point(world.inspection, point, "rejected", "It is so.", world.olive)
        assert kinds(world)[-1] == "accuracy.settled"
        assert told(world)["hand-over-report"].started == over + timedelta(days=1)


def test_moved_on_before_the_system_looked_says_when_nothing_waited_any_more(world):
    with noon(date(2026, 3, 16)):
        checking(world)
        over = checked_by(world) + timedelta(days=1)
    with noon(over + timedelta(days=1)):
        move_on(world.inspection, world.helen)
        settled = next(one for one in journal.entries(world.inspection.id) if one.kind == "accuracy.settled")
        assert local_day(settled.occurred_at, "Europe/London") == over
    with noon(over + timedelta(days=60)):
        clocks = told(world)
        assert clocks["check-facts"].sentence == "Not done in time."
        assert not clocks["check-facts"].is_open
        assert clocks["hand-over-report"].started == over
        assert clocks["hand-over-report"].state is ClockState.KEPT
