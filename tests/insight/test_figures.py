"""The programme's figures: what counts, and of what it is a part."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspect_app.charter.rules import Clock, ClockState
from inspect_app.core.database import db
from inspect_app.core.time import at
from inspect_app.improvement.rules import FixRate
from inspect_app.insight import queries
from inspect_app.insight.rules import Duties, Line, add_up, duties
from inspect_app.inspections.models import Hours
from inspect_app.reports import operations_editions
from inspect_app.reports import queries as reports
from tests.improvement import steps
from tests.improvement.conftest import START
from tests.public.conftest import another, counted, practice_kind


def clock(state: ClockState) -> Clock:
    return Clock(key="k", text="", side="service", owed_to="public", state=state, sentence="")


def test_a_duty_counts_when_it_is_done_or_its_time_is_over():
    kept, late = ClockState.KEPT, ClockState.LATE
    running = [clock(state) for state in (ClockState.RUNNING, ClockState.PAUSED, ClockState.NOT_STARTED)]
    assert duties([clock(kept), clock(late), clock(kept), *running]) == Duties(2, 3)
    assert Duties(2, 3).late == 1


def test_figures_add_up():
    lines = [
        Line({"citizen": 90}, Duties(1, 2), FixRate(1, 3)),
        Line({"citizen": 50, "officer": 5}, Duties(2, 2), FixRate(0, 4)),
    ]
    total = add_up(lines)
    assert (total.inspections, total.citizen_hours, total.rate, total.duties) == (2, 2, FixRate(1, 7), Duties(3, 4))
    assert add_up([]).rate.percent is None


def test_only_what_inspectors_confirmed_is_fixed_of_all_that_was_published(published):
    assert queries.figures().rate == FixRate(0, 3)
    with at(START + timedelta(days=20)):
        steps.claim(published, published.asked[0])
        assert queries.figures().rate == FixRate(0, 3)
        steps.say(published, published.asked[0], ana="fixed", bilal="fixed", carol="fixed")
        assert queries.figures().rate == FixRate(1, 3)


def test_what_is_for_practice_or_unpublished_counts_nowhere(published):
    assert queries.figures().inspections == 1
    another(published, "NC-5", "closed")
    assert queries.figures().inspections == 1
    published.inspection.kind_id = practice_kind().id
    db.session.flush()
    assert [one.reference for one, _, _ in queries.inspections_page()[0]] == ["NC-5"]


def test_a_withdrawn_report_leaves_the_figures(published):
    edition = reports.editions_of(published.inspection.id)[0]
    operations_editions.withdraw_edition(published.inspection, edition, "Wrong.", published.helen)
    assert queries.figures().inspections == 0


def test_figures_ask_the_same_of_one_as_of_many(published):
    queries.inspections_page()  # in which language its words are said is asked once
    with counted() as one:
        queries.inspections_page()
    for number in range(8):
        another(published, f"NC-{30 + number}", "fieldwork")
    with counted() as many:
        queries.inspections_page()
    assert len(many) == len(one)


@pytest.mark.parametrize(("who", "status"), [("helen", 200), ("oscar", 200), ("ana", 403), ("stuart", 403)])
def test_who_reads_each_inspections_figures(published, browse, who, status):
    assert browse(published.people[who]).get("/insight").status_code == status


def test_the_table_tells_time_promises_and_what_is_fixed(published, browse):
    db.session.add(
        Hours(
            inspection_id=published.inspection.id,
            person_id=published.ana.id,
            side="citizen",
            minutes=150,
            recorded_at=START,
            recorded_by_id=published.helen.id,
        )
    )
    another(published, "NC-5", "writing")
    page = browse(published.helen).get("/insight").text
    assert "2 hours 30 minutes" in page
    assert "0 of 3" in page
    assert "not published" in page
    assert 'data-label="Promises kept"' in page
