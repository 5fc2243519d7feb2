"""Writes of the service while it answers: open the report, meet, draft, send."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from inspect_app.core import journal, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.revisions import Origin, Saved
from inspect_app.core.time import local_day, now
from inspect_app.core.web import day_words
from inspect_app.core.words import _, number
from inspect_app.improvement import queries
from inspect_app.improvement.models import Answer, FeedbackMeeting
from inspect_app.improvement.operations_shared import note, own, same_id, settle, written
from inspect_app.improvement.rules import LONGEST_TEXT, Decision, Settled
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard, lock
from inspect_app.people.models import Person
from inspect_app.reports.models import Recommendation
from inspect_app.reports.queries import recommendations_of

Seen = Mapping[uuid.UUID, uuid.UUID | None]


def undelivered(inspection: Inspection, actor: Person) -> list[uuid.UUID]:
    """Return the inspected services of a person for which nobody has opened the final report yet."""
    told = queries.services_told(inspection.id, "report.delivered")
    mine = queries.services_of(actor)
    return [one.id for one in inspection.services if one.id in mine and str(one.id) not in told]


def note_delivery(inspection: Inspection, actor: Person) -> None:
    """Record, once for each service, that somebody of it opened the final report."""
    lock(inspection)
    if not queries.is_reached(inspection):
        return
    for service_id in undelivered(inspection, actor):
        journal.append(
            "report.delivered",
            actor=actor.id,
            inspection=inspection.id,
            about=("service", service_id),
            facts={"service": str(service_id)},
        )


def record_meeting(
    inspection: Inspection,
    held_on: date,
    place: str,
    present: str,
    notes: str,
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> FeedbackMeeting:
    """Record that inspectors and service met; the same id twice is one. Raises Refused (422) for a day to come."""
    guard(actor, "improvement.meeting", inspection)
    known: FeedbackMeeting | None = same_id(FeedbackMeeting, id, inspection_id=inspection.id)
    if known is not None:
        return known
    if held_on > local_day(now(), zone()):
        raise Refused(_("Record the meeting when it has taken place. Choose today or an earlier day."), 422)
    meeting = FeedbackMeeting(
        id=id or new_id(),
        inspection_id=inspection.id,
        held_on=held_on,
        place=written(place, _("Write where you met.")),
        present=written(present, _("Write who was there.")),
        notes=notes.strip(),
        recorded_by_id=actor.id,
        recorded_at=now(),
    )
    db.session.add(meeting)
    db.session.flush()
    journal.append(
        "meeting.recorded",
        actor=actor.id,
        inspection=inspection.id,
        about=("meeting", meeting.id),
        facts={"day": held_on.isoformat()},
    )
    return meeting


def save_answer(
    inspection: Inspection,
    asked: Recommendation,
    decision: str | None,
    reason: str,
    origin: Origin,
    actor: Person,
) -> Saved:
    """Save the draft of an answer, for the service alone; when two save at once both are kept and ``on_top`` is false.

    Raises Refused for another service's recommendation, and when the answer was sent: it does not change any more.
    """
    guard(actor, "improvement.draft", inspection)
    own(actor, asked)
    decision = decision or None
    if decision is not None and decision not in set(Decision):
        raise Refused(_("Choose one of the answers."), 422)
    if len(reason) > LONGEST_TEXT:
        raise Refused(_("This is too long. Up to %(count)s signs fit here.", count=number(LONGEST_TEXT)), 422)
    answer = queries.answer_to(asked.id)
    if answer is not None and answer.sent_at is not None:
        raise Refused(_("This answer was sent on %(day)s. It does not change any more.", day=day_words(answer.sent_at)))
    answer_id = answer.id if answer else uuid.uuid5(asked.id, "answer")
    saved = revisions.save(
        ("answer", answer_id),
        {"decision": decision, "reason": reason.strip()},
        origin,
        top=answer.revision_id if answer else None,
        inspection=inspection.id,
    )
    db.session.flush()
    if saved.repeated or not saved.on_top:
        return saved
    if answer is None:
        answer = Answer(id=answer_id, recommendation_id=asked.id)
        db.session.add(answer)
    answer.decision, answer.reason, answer.revision_id = decision, reason.strip(), saved.revision.id
    answer.saved_by_id, answer.saved_at = actor.id, now()
    db.session.flush()
    return saved


def send_answers(inspection: Inspection, seen: Seen, actor: Person) -> int:
    """Send answers to the team; ``seen`` says which recommendations, and which revision of each the person read.

    What was sent before is left as it is. Raises Refused when one is not whole, or was changed after the person
    read it: then nothing is sent. Returns how many were sent now.
    """
    guard(actor, "improvement.send", inspection)
    asked = {one.id: one for one in recommendations_of(inspection.id)}
    answers = queries.answers_of(asked.keys())
    chosen = []
    for key, revision in seen.items():
        if key not in asked:
            raise Refused(_("This recommendation is not there."), 404)
        own(actor, asked[key], lead=True)
        answer = answers.get(key)
        if answer is None or answer.sent_at is None:
            chosen.append((asked[key], _whole(asked[key], answer, revision)))
    for recommendation, answer in chosen:
        _send(inspection, recommendation, answer, actor)
    _complete(inspection, actor)
    return len(chosen)


def _whole(asked: Recommendation, answer: Answer | None, seen: uuid.UUID | None) -> Answer:
    where = asked.number
    if answer is None or answer.decision is None:
        raise Refused(_("Choose an answer to recommendation %(number)s first.", number=where), 422)
    if not answer.reason.strip():
        raise Refused(
            _("Say why, in your answer to recommendation %(number)s. Every answer needs a reason.", number=where), 422
        )
    if seen is not None and seen != answer.revision_id:
        raise Refused(
            _(
                "Somebody changed the answer to recommendation %(number)s meanwhile. Read it again before you send it.",
                number=where,
            )
        )
    return answer


def _send(inspection: Inspection, asked: Recommendation, answer: Answer, actor: Person) -> None:
    answer.sent_at = now()
    db.session.flush()
    note("answer.sent", inspection, asked, actor, decision=answer.decision, revision=str(answer.revision_id))
    if answer.decision == Decision.NOT_ACCEPTED:
        settle(inspection, asked, Settled.DECLINED, answer.reason, actor)


def _complete(inspection: Inspection, actor: Person) -> None:
    wanted = [one.id for one in recommendations_of(inspection.id)]
    sent = [one for one in queries.answers_of(wanted).values() if one.sent_at]
    if len(sent) < len(wanted) or journal.entries(inspection.id, "answers.completed"):
        return
    journal.append(
        "answers.completed",
        actor=actor.id,
        inspection=inspection.id,
        about=("inspection", inspection.id),
        facts={"count": len(sent)},
    )


def decline_after_referral(inspection: Inspection, asked: Recommendation, reason: str, actor: Person) -> None:
    """Record that the elected members, to whom a recommendation was passed on, decided against it, and why."""
    guard(actor, "improvement.decline", inspection)
    own(actor, asked, lead=True)
    if queries.sent_decision(asked.id) != Decision.REFERRED:
        raise Refused(_("This recommendation was not passed on to elected members."))
    settle(inspection, asked, Settled.DECLINED, written(reason, _("Say what they decided, and why.")), actor)
