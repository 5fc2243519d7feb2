"""The overview keeps what it reckoned until something happens: it must never tell of yesterday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask, g

from inspect_app.core import access, journal
from inspect_app.core.database import db
from inspect_app.core.mail import silence
from inspect_app.core.time import at
from inspect_app.demo import field, loop, planning, writing
from inspect_app.demo.story import Story
from inspect_app.demo.telling import Telling, begin
from inspect_app.inspections import operations, overview
from inspect_app.people.operations import change_person
from tests.moderation.conftest import Told, inspection, telling  # noqa: F401  # the story, told until the team agrees


@pytest.mark.alike
def test_after_each_step_of_a_whole_story_it_says_what_is_so(app: Flask) -> None:
    story = Story(date(2026, 11, 22))
    with app.test_request_context():
        with at(story.moment("2026-11-22T12:00")):
            told = Telling(next(one for one in story.inspections if one["reference"] == "DEMO-1"), begin(story))
        for part in (planning, field, writing, loop):
            part.add_steps(told)
        stages, head = set(), {}
        for step in sorted(told.steps):
            if step.at > story.moment("2026-11-22T12:00"):
                break
            with at(step.at), silence():
                step.do()
                db.session.commit()
                access.forget_standings()
                stages.add(told.inspection.stage)
                quiet = head == (head := journal.heads([told.inspection.id]))
                if quiet:  # nothing was journaled, so what was reckoned before is shown
                    _says_what_is_so(told.inspection)
                else:
                    overview.lines_of([told.inspection])
        assert len(stages) == 9


def _says_what_is_so(inspection) -> None:  # noqa: F811
    line = overview.lines_of([inspection])[0]
    anew = overview.reckon([inspection])[inspection.id]
    assert (line.missing, line.waiting, line.due) == (anew.missing, anew.waiting, anew.due)


def test_the_next_day_it_is_reckoned_anew(telling: Told, inspection) -> None:  # noqa: F811
    first = overview.lines_of([inspection])[0].due
    g.pop("clocks", None)  # another day is another request, which has asked nothing yet
    with at(telling.stages["moderation"] + timedelta(days=40)):
        later = overview.lines_of([inspection])[0].due
        assert later == overview.reckon([inspection])[inspection.id].due
    assert later != first


def test_when_nothing_happens_nothing_is_reckoned(telling: Told, inspection, monkeypatch) -> None:  # noqa: F811
    before = overview.lines_of([inspection])
    monkeypatch.setattr(overview.gates, "missing_of", lambda ones: {one.id: 1 / 0 for one in ones})
    assert overview.lines_of([inspection]) == before
    operations.remind(inspection, telling.person("euan"), "seal", telling.coordinator)
    with pytest.raises(ZeroDivisionError):
        overview.lines_of([inspection])


def test_it_forgets_what_is_too_much_and_still_knows_what_it_shows(telling: Told, inspection, monkeypatch) -> None:  # noqa: F811
    before = overview.lines_of([inspection])
    monkeypatch.setattr(overview, "KEPT", 0)
    assert overview.lines_of([inspection]) == before
    assert overview.lines_of([inspection]) == before


def test_a_new_name_is_seen_at_once(telling: Told, inspection) -> None:  # noqa: F811
    heads = journal.heads([journal.PROGRAMME_CHAIN])
    overview.lines_of([inspection])
    euan = telling.person("euan")
    known = {"email": euan.email, "phone": euan.phone, "about": euan.about}
    change_person(euan, name="Euan Other", **known, actor=telling.coordinator)
    assert journal.heads([journal.PROGRAMME_CHAIN]) != heads
    _says_what_is_so(inspection)
