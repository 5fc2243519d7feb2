"""What answering and improving wait for, and what each person has to do there."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select

from inspect_app.charter.queries import clocks_of, extensions
from inspect_app.core.access import Standing
from inspect_app.core.database import db
from inspect_app.core.words import _, both, ngettext
from inspect_app.improvement import queries
from inspect_app.improvement.operations_plan import is_sent
from inspect_app.improvement.operations_time import answering_is_over
from inspect_app.improvement.queries_chain import chains, chains_of, fix_counts
from inspect_app.improvement.rules import BACK_TO_SERVICE, NEEDS_ACTION, State, bar_words
from inspect_app.improvement.values import Chain
from inspect_app.inspections import gates
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Missing, Stage
from inspect_app.people.models import Person
from inspect_app.reports.models import Recommendation

OVERVIEW = "improvement.overview"
SERVICE = frozenset({Standing.SERVICE_LEAD, Standing.SERVICE_STAFF})
NEWS = "news_of_what_was_done"
Found = dict[uuid.UUID, list[Missing]]


def register() -> None:
    """Register the room's doors with the inspections."""
    gates.before_leaving(Stage.ANSWERING, unanswered, unanswered_of)
    gates.before_leaving(Stage.IMPROVING, unsettled, unsettled_of)
    gates.find_tasks_with(tasks)
    gates.tell_ending_with(ending)


def unanswered(inspection: Inspection) -> list[Missing]:
    """Return whose answers are waited for; nothing when the charter's time to answer is over."""
    return unanswered_of([inspection])[inspection.id]


def unanswered_of(inspections: Sequence[Inspection]) -> Found:
    """Return whose answers many inspections wait for."""
    clocks = clocks_of({one.id: one.charter_id for one in inspections})
    waiting = [one.id for one in inspections if not answering_is_over(clocks[one.id])]
    asked = db.session.scalars(
        select(Recommendation)
        .where(Recommendation.inspection_id.in_(waiting), Recommendation.withdrawn_at.is_(None))
        .order_by(Recommendation.number)
    ).all()
    answers = queries.answers_of([one.id for one in asked])
    owed: defaultdict[tuple[uuid.UUID, uuid.UUID], list[Recommendation]] = defaultdict(list)
    for one in asked:
        answer = answers.get(one.id)
        if answer is None or answer.sent_at is None:
            owed[one.inspection_id, one.service_id].append(one)
    found: Found = {one.id: [] for one in inspections}
    for (inspection_id, service_id), ones in owed.items():
        name = ones[0].service.name
        sentence = ngettext(
            "One answer is still to come from %(service)s.",
            "%(n)s answers are still to come from %(service)s.",
            len(ones),
            service=name,
        )
        found[inspection_id].append(Missing(sentence, name, OVERVIEW, "answers", service=str(service_id)))
    return found


def unsettled(inspection: Inspection) -> list[Missing]:
    """Return each recommendation that is not settled, with who is waited for."""
    return unsettled_of([inspection])[inspection.id]


def unsettled_of(inspections: Sequence[Inspection]) -> Found:
    """Return what many inspections wait for before they can be closed."""
    found = chains_of(inspections, inside=True)
    return {key: [*_from_service(ones), *_from_inspectors(ones)] for key, ones in found.items()}


def _from_service(found: Sequence[Chain]) -> Iterator[Missing]:
    for one in found:
        if one.settlement or one.open_round:
            continue
        what = "answers" if one.state is State.UNANSWERED else NEWS
        yield Missing(_wait_words(one), one.service, OVERVIEW, what, service=str(one.service_id))


def _wait_words(chain: Chain) -> str:
    number, service = chain.number, chain.service
    if chain.state is State.UNANSWERED:
        return _(
            "Recommendation %(number)s is not answered. %(service)s has to answer.", number=number, service=service
        )
    if chain.state is State.REFERRED:
        return _(
            "Recommendation %(number)s is with elected members. %(service)s tells what they decided.",
            number=number,
            service=service,
        )
    if chain.last_round and chain.last_round.outcome in BACK_TO_SERVICE:
        return _(
            "Recommendation %(number)s is not fixed. %(service)s can do more and say so again, "
            "or it is recorded that both sides disagree.",
            number=number,
            service=service,
        )
    return _(
        "Recommendation %(number)s is not done. %(service)s has to say when it is.", number=number, service=service
    )


def _from_inspectors(found: Sequence[Chain]) -> Iterator[Missing]:
    waiting: defaultdict[tuple[uuid.UUID, str], list[int]] = defaultdict(list)
    for one in found:
        for inspector in one.open_round.waiting if one.open_round else ():
            waiting[inspector].append(one.number)
    for (person_id, name), numbers in waiting.items():
        sentence = ngettext(
            "%(name)s has not said whether recommendation %(numbers)s is fixed.",
            "%(name)s has not said whether recommendations %(numbers)s are fixed.",
            len(numbers),
            name=name,
            numbers=_list([str(one) for one in numbers]),
        )
        yield Missing(sentence, name, OVERVIEW, "verdict", whom=str(person_id))


def _list(numbers: Sequence[str]) -> str:
    return both([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)


def tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    """Yield what a person has to do between the final report and the closed loop."""
    if Standing.COORDINATOR in standings and inspection.stage not in (Stage.CLOSED, Stage.CANCELLED):
        yield from _requests(inspection)
    if inspection.stage not in (Stage.ANSWERING, Stage.IMPROVING, Stage.CLOSED):
        return
    if standings & SERVICE and inspection.stage != Stage.CLOSED:
        yield from _service_tasks(inspection, person)
    if Standing.COORDINATOR in standings and (late := queries.answers_not_printed(inspection)):
        hint = ngettext(
            "One answer is not in the published report.", "%(n)s answers are not in the published report.", late
        )
        href = url_for("improvement.late_answers", reference=inspection.reference)
        yield Task(_("Publish the late answers"), href, _("To do"), hint=hint)
    if Standing.INSPECTOR in standings and inspection.stage == Stage.IMPROVING:
        yield from _verdict_tasks(inspection, person)
    href = url_for(OVERVIEW, reference=inspection.reference)
    yield Task(_("See what became of each recommendation"), href, "", "waiting", group="more")


def ending(inspection: Inspection) -> str:
    """Return in a sentence what became of all that was asked for; empty where nothing was."""
    counts = fix_counts(inspection)
    asked = sum(counts.values())
    sentence = ngettext(
        "%(n)s thing was asked for: %(became)s.",
        "%(n)s things were asked for: %(became)s.",
        asked,
        became=bar_words(counts),
    )
    return sentence if asked else ""


def _requests(inspection: Inspection) -> Iterator[Task]:
    for one in extensions(inspection.id):
        if one.decided_at is None:
            href = url_for("improvement.decide_time", reference=inspection.reference, extension_id=one.id)
            yield Task(_("Decide about more time"), href, _("To do"), hint=_("The service asked for it."))


def _service_tasks(inspection: Inspection, person: Person) -> Iterator[Task]:
    asked = queries.asked_of(inspection, person)
    answers = queries.answers_of([one.id for one in asked])
    sent = [one for one in answers.values() if one.sent_at]
    done = len(sent) == len(asked)
    yield Task(
        _("Answer the recommendations"),
        url_for("improvement.answers", reference=inspection.reference),
        _("Done") if done else _("%(sent)s of %(count)s sent", sent=len(sent), count=len(asked)),
        "done" if done else "doing" if answers else "todo",
    )
    if not queries.meetings_of(inspection.id):
        yield Task(
            _("Meet the inspectors, and record it"),
            url_for("improvement.meeting", reference=inspection.reference),
            _("To do"),
            hint=_("Listen to what they found."),
        )
    if any(one.decision in NEEDS_ACTION for one in sent):
        services = {one.service_id for one in asked}
        whole = all(is_sent(inspection, service_id) for service_id in services)
        href = url_for("improvement.plan", reference=inspection.reference)
        yield Task(_("Make your plan"), href, _("Sent") if whole else _("To do"), "done" if whole else "todo")
    if inspection.stage == Stage.IMPROVING:
        yield from _fixing_tasks(inspection, {one.id for one in asked})


def _fixing_tasks(inspection: Inspection, mine: set[uuid.UUID]) -> Iterator[Task]:
    found = [one for one in chains(inspection) if one.id in mine and one.answer]
    left = [one for one in found if one.settlement is None and one.open_round is None]
    if left:
        href = url_for(OVERVIEW, reference=inspection.reference)
        yield Task(_("Tell what you have done"), href, ngettext("%(n)s to do", "%(n)s to do", len(left)), "doing")


def _verdict_tasks(inspection: Inspection, person: Person) -> Iterator[Task]:
    for one in chains(inspection, inside=True):
        if one.open_round and person.id not in one.open_round.by:
            href = url_for("improvement.verdict", reference=inspection.reference, recommendation_id=one.id)
            title = _("Is it fixed? Recommendation %(number)s", number=one.number)
            yield Task(title, href, _("To do"), hint=one.text)


def part_of_edition(inspection: Inspection) -> Mapping[str, Any]:
    """Return what an edition says of answers, plan and meeting; nothing that was not sent, and no inspector's name."""
    answers = {}
    for one in chains(inspection):
        if one.answer is None:
            continue
        answers[str(one.id)] = {
            "decision": one.answer.decision,
            "words": one.answer.words,
            "reason": one.answer.reason,
            "day": one.answer.day.isoformat(),
            "actions": [
                {"what": act.what, "owner": act.owner, "due": act.due.isoformat(), "how_seen": act.how_seen}
                for act in one.actions
            ],
            "today": {"words": one.word, "kind": one.sign, "text": one.today if one.updates else ""},
        }
    part: dict[str, Any] = {"answers": answers}
    # Who was there is for the team and the service alone.
    part["meetings"] = [
        {"day": one.held_on.isoformat(), "place": one.place, "notes": one.notes}
        for one in queries.meetings_of(inspection.id)
    ]
    return part
