"""The story's last part: the service hears, answers, plans and reports; the inspectors say whether it is fixed."""

from __future__ import annotations

import uuid
from datetime import timedelta

from inspect_app.core.database import db
from inspect_app.core.revisions import Origin
from inspect_app.demo.pictures import draw
from inspect_app.demo.story import Facts, key
from inspect_app.demo.telling import Telling
from inspect_app.improvement import operations_answers, operations_fixing, operations_plan, queries
from inspect_app.improvement.operations_fixing import Shown
from inspect_app.improvement.operations_plan import Commitment
from inspect_app.inspections.operations import hours
from inspect_app.reports.models import Recommendation


def add_steps(telling: Telling) -> None:
    """Add delivery, meeting, answers, plan, updates, verdicts and disagreements, as far as the story goes."""
    facts = telling.facts
    if facts["report"] and facts["report"]["delivered"]:
        delivered = facts["report"]["delivered"]
        telling.add(
            delivered["at"],
            lambda: operations_answers.note_delivery(telling.inspection, telling.person(delivered["by"])),
        )
    if facts["meeting"]:
        _meet(telling, facts["meeting"])
    for answer in facts["answers"]:
        _answer(telling, answer)
    if facts["plan"]:
        _plan(telling, facts["plan"])
    for update in facts["updates"]:
        telling.add(update["at"], lambda one=update: _update(telling, one))  # type: ignore[misc]
    for look in facts["verdicts"]:
        for person, said in look["given"].items():
            telling.add(
                said["at"],
                lambda look=look, person=person, said=said: operations_fixing.give_verdict(  # type: ignore[misc]
                    telling.inspection,
                    _asked(telling, look["recommendation"]),
                    _id(telling, "update", look["update"]),
                    said["value"],
                    said["why"],
                    telling.person(person),
                ),
            )
    for settled in facts["settled"]:
        if settled["result"] == "published_disagreement":
            telling.add(
                settled["at"],
                lambda one=settled: operations_fixing.record_disagreement(  # type: ignore[misc]
                    telling.inspection, _asked(telling, one["recommendation"]), one["reason"], telling.person(one["by"])
                ),
            )


def _id(telling: Telling, kind: str, name: str) -> uuid.UUID:
    return key(telling.facts["reference"], kind, name)


def _asked(telling: Telling, name: str) -> Recommendation:
    found = db.session.get(Recommendation, _id(telling, "recommendation", name))
    assert found is not None  # noqa: S101  # the team asked for it in an earlier step
    return found


def _meet(telling: Telling, meeting: Facts) -> None:
    present = ", ".join(telling.person(one).name for one in meeting["present"])
    recorded = telling.story.moment(meeting["recorded_at"])
    who = telling.person(meeting["recorded_by"])
    telling.add(
        recorded,
        lambda: operations_answers.record_meeting(
            telling.inspection,
            telling.story.moment(meeting["held_at"]).date(),
            meeting["place"],
            present,
            meeting["notes"],
            who,
            id=_id(telling, "meeting", "first"),
        ),
    )
    for person, given in meeting["hours"].items():
        telling.add(
            recorded + timedelta(minutes=5),
            lambda person=person, given=given: hours.record_hours(  # type: ignore[misc]
                telling.inspection,
                id=_id(telling, "meeting-hours", person),
                minutes=round(given * 60),
                actor=telling.coordinator,
                person=telling.person(person),
                what="Meeting with the service",
            ),
        )


def _answer(telling: Telling, answer: Facts) -> None:
    who, name = telling.person(answer["by"]), answer["recommendation"]
    sent = answer["sent_at"] and telling.story.moment(answer["sent_at"])
    written = telling.story.moment(answer["drafted_at"]) if answer.get("drafted_at") else sent - timedelta(minutes=5)
    telling.add(
        written,
        lambda: operations_answers.save_answer(
            telling.inspection, _asked(telling, name), answer["reply"], answer["reason"], Origin(author=who.id), who
        ),
    )
    if sent:
        telling.add(sent, lambda: _send(telling, name, answer["by"]))


def _send(telling: Telling, name: str, by: str) -> None:
    asked = _asked(telling, name)
    answer = queries.answer_to(asked.id)
    assert answer is not None  # noqa: S101  # the step before wrote it
    operations_answers.send_answers(telling.inspection, {asked.id: answer.revision_id}, telling.person(by))


def _plan(telling: Telling, plan: Facts) -> None:
    sent, who = telling.story.moment(plan["sent"]["at"]), telling.person(plan["sent"]["by"])
    for place, action in enumerate(plan["actions"]):
        telling.add(
            sent - timedelta(hours=2) + timedelta(minutes=6 * place),
            lambda one=action: operations_plan.add_action(  # type: ignore[misc]
                telling.inspection,
                _asked(telling, one["recommendation"]),
                Commitment(
                    what=one["what"],
                    owner=telling.cast.work_of(one["who"]),
                    due_on=telling.story.day(one["due"]),
                    how_seen=one["how_seen"],
                    with_citizens=one["with_citizens"],
                ),
                who,
                id=_id(telling, "action", one["id"]),
            ),
        )
    service = telling.cast.services[telling.facts["services"][0]]
    telling.add(sent, lambda: operations_plan.send_plan(telling.inspection, service, who))


def _update(telling: Telling, update: Facts) -> None:
    operations_fixing.post_update(
        telling.inspection,
        _asked(telling, update["recommendation"]),
        update["text"],
        update["says_done"],
        telling.person(update["by"]),
        shown=[_shown(update)] if update["proof"] else [],
        action_id=_id(telling, "action", update["action"]),
        id=_id(telling, "update", update["id"]),
    )


def _shown(update: Facts) -> Shown:
    """Return the proof of an update: a drawn photo where it is one, else a short paper."""
    words = update["proof"]
    if "photo" in words.lower():
        scene = {"r5": "stairs", "r1": "bus stop sign", "r6": "grit bin"}.get(update["recommendation"], "notice board")
        return Shown(draw(scene, update["id"]), f"{update['id']}.jpg", words, is_photo=True)
    return Shown(f"{words}\n\n{update['text']}\n".encode(), f"{update['id']}.txt", words, is_photo=False)
