"""Two people, or a person and the clock, at the same moment while a service answers and improves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from inspect_app.charter.queries import extensions
from inspect_app.core import jobs, periodic
from inspect_app.core.database import db, new_id
from inspect_app.core.mail import MailMessage
from inspect_app.core.revisions import history
from inspect_app.core.time import at
from inspect_app.improvement import operations_time, queries
from inspect_app.improvement.duties import send_weekly
from inspect_app.improvement.models import Verdict
from inspect_app.people.operations import add_person
from inspect_app.people.rules import Role
from inspect_app.reports.queries import editions_of
from tests.improvement.steps import action, answered, claim, draft, ended, improving, say
from tests.together import at_once, entries, inside, post, statuses

BASE = "/inspections/NC-2026-03"
SOON = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
OVER = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
"""A Monday after the time to answer."""
WORDS = "We would rather do this next year, when the depot has moved."


@pytest.fixture
def hugh(world):
    return add_person(
        "Hugh", "hugh@example.org", world.helen, roles=[(Role.COORDINATOR, None)], invite=False
    )  # the second coordinator


def sends(app, world, person=None):
    asked = world.asked[0]
    seen = {"recommendation": str(asked.id), f"seen-{asked.id}": str(queries.answer_to(asked.id).revision_id)}
    return post(app, person or world.stuart, f"{BASE}/answers/send", **seen)


def test_an_answer_sent_twice_is_sent_once(app, world) -> None:
    with at(SOON):
        draft(world, world.asked[0])
        said = at_once(sends(app, world), sends(app, world))
    assert statuses(said) == [303, 303]
    assert len(entries(world.inspection, "answer.sent")) == 1


def test_an_answer_that_is_changed_while_it_is_sent(app, world) -> None:
    with at(SOON):
        draft(world, world.asked[0])
        base = str(queries.answer_to(world.asked[0].id).revision_id)
        sent, changed = at_once(
            sends(app, world),
            post(
                app, world.kenny, f"{BASE}/answers/{world.asked[0].id}",
                decision="partly", reason=WORDS, revision=str(new_id()), based_on=base,
            ),
        )  # fmt: skip
    standing = queries.answer_to(world.asked[0].id)
    found = entries(world.inspection, "answer.sent")
    if sent.status == 303:
        assert changed.status == 409
        assert "does not change any more" in changed.text
        assert WORDS in changed.text, "the words are given back"
        assert [one.facts["revision"] for one in found] == [base] == [str(standing.revision_id)]
    else:
        assert (sent.status, changed.status) == (409, 303)
        assert "Somebody changed the answer to recommendation 1 meanwhile." in sent.text
        assert (found, standing.reason, standing.sent_at) == ([], WORDS, None)


@pytest.mark.parametrize("again", [False, True], ids=["the first time", "anew"])
def test_two_draft_one_answer_both_are_kept_and_one_is_told(app, world, again) -> None:
    with at(SOON):
        if again:
            draft(world, world.asked[0])
        standing = queries.answer_to(world.asked[0].id)
        base = str(standing.revision_id) if standing else ""
        said = at_once(
            *(
                post(app, one, f"{BASE}/answers/{world.asked[0].id}", decision="partly", reason=f"Says {one.name}.",
                     revision=str(new_id()), based_on=base)
                for one in (world.stuart, world.kenny)
            )
        )  # fmt: skip
    assert statuses(said) == [303, 409]
    told = next(one.text for one in said if one.status == 409)
    assert "Says Stuart Low." in told
    assert "Says Kenny Moss." in told
    standing = queries.answer_to(world.asked[0].id)
    kept = history(("answer", standing.id))
    assert {one.content["reason"] for one in kept} >= {"Says Stuart Low.", "Says Kenny Moss."}
    assert [one.id for one in kept if one.is_top] == [standing.revision_id]


def test_two_leads_send_the_last_answers_at_once(app, world) -> None:
    with at(SOON):
        for asked in world.asked:
            draft(world, asked)
        winter = {"recommendation": [str(one.id) for one in world.asked[:2]]}
        said = at_once(
            post(app, world.stuart, f"{BASE}/answers/send", **winter),
            post(app, world.leanne, f"{BASE}/answers/send", recommendation=str(world.asked[2].id)),
        )
    assert statuses(said) == [303, 303]
    assert len(entries(world.inspection, "answer.sent")) == 3
    assert len(entries(world.inspection, "answers.completed")) == 1


def test_more_time_is_decided_once(app, world, hugh) -> None:
    with at(SOON):
        until = datetime(2026, 4, 20, tzinfo=UTC).date()
        asked = operations_time.ask_more_time(world.inspection, "answer-all", until, "Ill.", world.stuart)
        path = f"{BASE}/more-time/{asked.id}"
        said = at_once(
            post(app, world.helen, path, granted="yes", reason="This is fair."),
            post(app, hugh, path, granted="no", reason="It was enough."),
        )
    assert statuses(said) == [303, 409]
    assert "This was decided already." in "".join(one.text for one in said)
    told = entries(world.inspection, "clock.extension_decided")
    assert [one.facts["granted"] for one in told] == [extensions(world.inspection.id)[0].granted]


def test_more_time_is_asked_for_once(app, world) -> None:
    with at(SOON):
        fields = {"key": "answer-all", "until": "2026-04-20", "reason": "Two people are ill."}
        said = at_once(*(post(app, world.stuart, f"{BASE}/more-time", id=str(new_id()), **fields) for _ in range(2)))
    assert statuses(said) == [303, 409]
    assert len(extensions(world.inspection.id)) == len(entries(world.inspection, "clock.extension_asked")) == 1


def test_the_clock_and_two_coordinators_publish_once(app, world, hugh) -> None:
    """When time is over the clock publishes, and so does who moves it on before the clock has come."""
    with at(OVER):
        clock, *moved = at_once(
            inside(app, publish_and_commit),
            *(post(app, one, f"{BASE}/move-on", stage="answering") for one in (world.helen, hugh)),
        )
    assert clock in (0, 1)
    assert statuses(moved) == [303, 409]
    assert [one.number for one in editions_of(world.inspection.id)] == [1]
    for kind in ("report.published", "stage.improving"):
        assert len(entries(world.inspection, kind)) == 1


def publish_and_commit() -> int:
    done = operations_time.publish_when_over()
    db.session.commit()
    return done


def test_the_last_answer_and_the_clock(app, world) -> None:
    with at(OVER):
        draft(world, world.asked[0])
        published, sent = at_once(inside(app, publish_and_commit), sends(app, world))
    assert (published, sent.status) == (1, 303)
    edition = editions_of(world.inspection.id)[0]
    first = entries(world.inspection, "answer.sent", "report.published")[0]
    assert list(edition.content["answers"]) == ([str(world.asked[0].id)] if first.kind == "answer.sent" else [])


def test_two_workers_publish_and_mail_once(app, world, monkeypatch) -> None:
    registered = {name: one for name, one in periodic._registered.items() if name.startswith("improvement.")}
    monkeypatch.setattr(periodic, "_registered", registered)
    with at(OVER):
        done = at_once(*(inside(app, jobs.run_due) for _ in range(3)))
    assert sum(done) == len(registered) == 3
    assert len(entries(world.inspection, "report.published")) == 1
    mails = db.session.scalars(select(MailMessage.to_address).where(MailMessage.kind == "improvement.weekly")).all()
    assert len(mails) == len(set(mails)) == 3


def test_even_without_a_lease_a_weekly_mail_goes_out_once(app, world) -> None:
    """A worker that slept for longer than its lease wakes up beside the one that took over."""

    def mail() -> None:
        send_weekly()
        db.session.commit()

    with at(OVER):
        at_once(inside(app, mail), inside(app, mail))
    mails = db.session.scalars(select(MailMessage.to_address).where(MailMessage.kind == "improvement.weekly")).all()
    assert len(mails) == len(set(mails)) == 3


@pytest.mark.parametrize(("words", "outcome"), [(("fixed", "fixed"), "fixed"), (("not_fixed", "partly"), None)])
def test_the_last_two_verdicts_at_once_are_counted_once(app, world, words, outcome) -> None:
    with at(SOON):
        improving(world)
        asked = world.asked[0]
        claim(world, asked)
        say(world, asked, ana="fixed" if outcome else "not_fixed")
        update = str(entries(world.inspection, "fix.claimed")[0].facts["update"])
        said = at_once(
            *(
                post(app, one, f"{BASE}/improvement/{asked.id}/verdict", word=word, reason="I looked.", update=update)
                for one, word in zip((world.bilal, world.carol), words, strict=True)
            )
        )
    assert statuses(said) == [303, 303]
    assert ended(asked) == outcome
    assert len(entries(world.inspection, "recommendation.settled")) == (1 if outcome else 0)
    assert len(entries(world.inspection, "verdict.given")) == 3


@pytest.mark.parametrize("same", [True, False], ids=["the same word", "two words"])
def test_one_inspector_has_one_word(app, world, same) -> None:
    with at(SOON):
        improving(world)
        asked = world.asked[0]
        claim(world, asked)
        update = str(entries(world.inspection, "fix.claimed")[0].facts["update"])
        path = f"{BASE}/improvement/{asked.id}/verdict"
        said = at_once(
            post(app, world.bilal, path, word="fixed", reason="I looked.", update=update),
            post(app, world.bilal, path, word="fixed" if same else "not_fixed", reason="I looked.", update=update),
        )
    assert statuses(said) == ([303, 303] if same else [303, 409])
    assert len(db.session.scalars(select(Verdict)).all()) == len(entries(world.inspection, "verdict.given")) == 1


def test_two_say_done_at_once_and_one_round_begins(app, world) -> None:
    with at(SOON):
        improving(world)
        path = f"{BASE}/improvement/{world.asked[0].id}/update"
        said = at_once(
            *(
                post(app, one, path, id=str(new_id()), text=f"Done, says {one.name}.", says_done="yes")
                for one in (world.stuart, world.kenny)
            )
        )
    assert statuses(said) == [303, 409]
    assert len(entries(world.inspection, "fix.claimed")) == 1


def test_the_clock_and_the_last_inspector_decide_once(app, world) -> None:
    def decide() -> int:
        done = operations_time.decide_when_over()
        db.session.commit()
        return done

    with at(SOON):
        improving(world)
        asked = world.asked[0]
        claim(world, asked)
        say(world, asked, ana="fixed", bilal="fixed")
        update = str(entries(world.inspection, "fix.claimed")[0].facts["update"])
    with at(OVER):
        given = post(app, world.carol, f"{BASE}/improvement/{asked.id}/verdict", word="cannot_tell",
                     reason="I was ill.", update=update)  # fmt: skip
        said = at_once(given, inside(app, decide), inside(app, decide))
    assert said[0].status in (303, 409)
    assert ended(asked) == "fixed"
    assert len(entries(world.inspection, "recommendation.settled")) == 1


def test_an_action_is_done_or_taken_back_but_not_both(app, world) -> None:
    with at(SOON):
        answered(world)
        kept, one = (action(world, world.asked[0]) for _ in range(2))
        said = at_once(
            post(app, world.stuart, f"{BASE}/plan/actions/{one.id}/done"),
            post(app, world.kenny, f"{BASE}/plan/actions/{one.id}/withdraw"),
        )
    assert statuses(said)[0] == 303
    assert (one.done_at is None) != (one.withdrawn_at is None)
    assert len(entries(world.inspection, "action.done")) == (1 if one.done_at else 0)
    assert kept.withdrawn_at is None


def test_two_leads_send_one_plan_once(app, world) -> None:
    with at(SOON):
        answered(world)
        for asked in world.asked[:2]:
            action(world, asked)
        path = f"{BASE}/plan/{world.winter.id}/send"
        said = at_once(*(post(app, world.stuart, path) for _ in range(2)))
    assert statuses(said) == [303, 303]
    assert len(entries(world.inspection, "plan.sent")) == 1
