"""Clocks: what a service owes, more time, the weekly mail, and what happens by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import current_app
from sqlalchemy import event, select

from inspect_app.charter.queries import clocks_for, extensions
from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.mail import MailMessage
from inspect_app.core.time import at
from inspect_app.improvement import doors
from inspect_app.improvement import operations_plan as planning
from inspect_app.improvement import operations_time as times
from inspect_app.improvement.duties import send_weekly
from inspect_app.improvement.owing import lines_of_mail, owed_by
from inspect_app.improvement.queries_chain import chains, chains_of
from inspect_app.inspections.operations import move_on, suspend
from inspect_app.inspections.queries import by_reference
from inspect_app.reports.queries import editions_of
from tests.improvement.steps import action, answer, answered, claim, improving, say

DUE = date(2026, 3, 30)
"""Twenty working days after START."""


def local(day, hour=9):
    return at(datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/London")))


def mails():
    return db.session.scalars(select(MailMessage).where(MailMessage.kind == "improvement.weekly")).all()


def more(world, until=date(2026, 4, 20), key="answer-all", granted=True):
    asked = times.ask_more_time(world.inspection, key, until, "Two people are ill.", world.stuart)
    if granted is not None:
        times.decide_more_time(world.inspection, asked, granted, "This is fair.", world.helen)
    return asked


def test_a_service_sees_what_it_owes_and_nothing_of_another(world):
    with local(date(2026, 3, 10)):
        owed = owed_by(world.winter)[0]
        assert [one.clock.key for one in owed.clocks] == ["meet", "answer-all"]
        assert [chain.number for chain in owed.answers] == [1, 2]
        assert not any(one.is_late for one in owed.clocks)
        answer(world, world.asked[0])
        answer(world, world.asked[1])
        owed = owed_by(world.winter)[0]
        assert [one.clock.key for one in owed.clocks] == ["meet"]
        assert [one.clock.key for one in owed_by(world.schools)[0].clocks] == ["meet", "answer-all"]


def test_late_only_after_the_day_has_ended(world):
    with local(DUE, 23):
        assert not owed_by(world.winter)[0].clocks[1].is_late
    with local(DUE + timedelta(days=1), 1):
        assert owed_by(world.winter)[0].clocks[1].is_late


def test_one_mail_a_week_on_monday_morning(world):
    for day, hour, expected in ((8, 9, 0), (9, 6, 0), (9, 7, 3), (9, 8, 3), (10, 8, 3), (16, 7, 6)):
        with local(date(2026, 3, day), hour):
            send_weekly()
        assert len(mails()) == expected, (day, hour)
    text = mails()[0].body
    assert "is due on 30 March 2026" in text
    assert "was due" not in text
    assert "/service/" in text


def test_the_mail_is_about_what_is_owed_and_not_covered(world):
    with local(date(2026, 3, 10)):
        assert "answers every recommendation" in "".join(lines_of_mail(owed_by(world.winter)))
        more(world, granted=None)
        assert "You asked for time until 20 April 2026." in "".join(lines_of_mail(owed_by(world.winter)))
        times.decide_more_time(
            world.inspection, times.extension_in(world.inspection, _asked(world)), True, "Fair.", world.helen
        )
        assert "answers every recommendation" not in "".join(lines_of_mail(owed_by(world.winter)))
    with local(date(2026, 4, 21)):
        assert "was due on 20 April 2026" in "".join(lines_of_mail(owed_by(world.winter)))


def _asked(world):
    return extensions(world.inspection.id)[-1].id


def test_who_owes_nothing_gets_no_mail(world):
    with local(date(2026, 3, 9)):
        suspend(world.inspection, "Snow.", world.helen)
        send_weekly()
        assert mails() == []
        assert owed_by(world.winter) == []


def test_more_time_is_for_the_lead_for_own_duties_and_later_days(world):
    with local(date(2026, 3, 10)):
        for key, until, words in (
            ("publish", date(2026, 4, 20), "something that you owe"),
            ("answer-all", DUE, "already"),
            ("answer-all", date(2026, 9, 1), "90 days"),
        ):
            with pytest.raises(Refused, match=words):
                times.ask_more_time(world.inspection, key, until, "Ill.", world.stuart)
        with pytest.raises(Refused, match="Only the lead"):
            times.ask_more_time(world.inspection, "answer-all", date(2026, 4, 20), "Ill.", world.kenny)
        key = new_id()
        made = [
            times.ask_more_time(world.inspection, "answer-all", date(2026, 4, 20), "Ill.", world.stuart, id=key)
            for _ in range(2)
        ]
        assert made[0] is made[1]
        with pytest.raises(Refused, match="Only a coordinator"):
            times.decide_more_time(world.inspection, made[0], True, "Yes.", world.stuart)


def test_published_when_time_is_over_answered_or_not(world):
    answer_day = date(2026, 3, 20)
    with local(answer_day):
        answer(world, world.asked[0])
    with local(DUE, 23):
        assert times.publish_when_over() == 0
        assert doors.unanswered(world.inspection)
    with local(DUE + timedelta(days=1), 1):
        assert times.publish_when_over() == 1
        assert times.publish_when_over() == 0
        edition = editions_of(world.inspection.id)[0]
        assert list(edition.content["answers"]) == [str(world.asked[0].id)]
        assert world.inspection.stage == "answering"
        assert doors.unanswered(world.inspection) == []
        move_on(world.inspection, world.helen)
        answer(world, world.asked[1])  # still owed, still possible
        assert [chain.word for chain in chains(world.inspection)] == [
            "Answered",
            "Answered",
            "Not answered yet",
        ]


def test_a_report_published_by_the_system_keeps_the_promise_to_publish(world):
    def publishing():
        found = clocks_for(world.inspection.id, world.inspection.charter_id)
        return next(one for one in found if one.key == "publish")

    over = DUE + timedelta(days=1)
    with local(DUE, 23):
        assert publishing().started is None
    with local(over, 1):
        assert (publishing().started, publishing().is_open) == (over, True)
        times.publish_when_over()
    with local(over + timedelta(days=30)):
        answered(world)
        assert publishing().sentence == "Kept. It took 0 working days. The time was 2 working days."


def test_not_published_on_hold_or_while_more_time_runs(world):
    with local(date(2026, 3, 10)):
        more(world)
    with local(DUE + timedelta(days=2)):
        assert times.publish_when_over() == 0
        suspend(world.inspection, "Snow.", world.helen)
    with local(date(2026, 5, 20)):
        assert times.publish_when_over() == 0


def test_a_refused_extension_changes_nothing(world):
    with local(date(2026, 3, 10)):
        more(world, granted=False)
    with local(DUE + timedelta(days=1)):
        assert times.publish_when_over() == 1


def test_actions_are_late_after_their_day_and_not_while_inspectors_look(world):
    with local(date(2026, 3, 10)):
        improving(world, "accepted", "not_accepted")
        action(world, world.asked[0], due_on=date(2026, 4, 1))
        planning.send_plan(world.inspection, world.winter, world.stuart)
    with local(date(2026, 4, 1)):
        assert [one.is_late for one in owed_by(world.winter)[0].actions] == [False]
    with local(date(2026, 4, 2)):
        assert [one.is_late for one in owed_by(world.winter)[0].actions] == [True]
        claim(world, world.asked[0])
        assert not any(one.actions for one in owed_by(world.winter))
        say(world, world.asked[0], ana="not_fixed", bilal="not_fixed", carol="not_fixed")
        owed = owed_by(world.winter)[0]
        assert [chain.number for chain in owed.updates] == [1]
        assert "not fixed yet: recommendation 1" in "".join(lines_of_mail([owed]))


def test_answered_in_working_days(world):
    with local(date(2026, 3, 9)):
        answered(world)
        assert {chain.answered_days for chain in chains(world.inspection)} == {5}


def test_as_many_questions_for_much_as_for_little(world):
    with local(date(2026, 3, 10)):
        improving(world)
        counts = []
        for asked in world.asked:
            action(world, asked)
            claim(world, asked, by=world.leanne if asked is world.asked[2] else world.kenny)
            say(world, asked, ana="fixed", bilal="fixed", carol="fixed")
            counts.append(_queries())
        assert counts[0] == counts[1] == counts[2] < 25


def _queries():
    """Count what one reading of all chains asks of the database, with nothing read before."""
    db.session.commit()
    seen = []
    with current_app.app_context():  # a session of its own
        inspection = by_reference("NC-2026-03")
        listen = lambda *_: seen.append(1)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            chains_of([inspection])
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
        db.session.rollback()
    return len(seen)


def test_the_journal_knows_every_kind_and_holds_no_words(world):
    with local(date(2026, 3, 10)):
        improving(world)
        claim(world, world.asked[0])
        say(world, world.asked[0], ana="fixed", bilal="fixed", carol="fixed")
    texts = str([entry.facts for entry in journal.entries(world.inspection.id)])
    assert "I looked" not in texts
    assert "You are right" not in texts
    assert list(journal.broken_chains()) == []
