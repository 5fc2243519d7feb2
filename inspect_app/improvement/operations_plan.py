"""Writes about the improvement plan: actions, and the plan as a whole."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from inspect_app.core import journal, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.revisions import Origin, Saved
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _
from inspect_app.improvement import queries
from inspect_app.improvement.models import Action
from inspect_app.improvement.operations_shared import note, own, own_service, refuse_settled, same_id, written
from inspect_app.improvement.rules import NEEDS_ACTION, Decision
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.people.models import Person
from inspect_app.reports.models import Recommendation
from inspect_app.reports.queries import recommendations_of
from inspect_app.services.models import Service

LONGEST_OWNER = 160


@dataclass(frozen=True)
class Commitment:
    """What an action promises."""

    what: str
    owner: str
    due_on: date
    how_seen: str
    with_citizens: bool = False

    def content(self) -> dict[str, Any]:
        """Return it as a revision keeps it."""
        return asdict(self) | {"due_on": self.due_on.isoformat()}


def add_action(
    inspection: Inspection,
    asked: Recommendation,
    promised: Commitment,
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> Action:
    """Add an action to what the service said yes to; the same id twice is one.

    Raises Refused when the answer was not sent yet or was no, or when something is missing.
    """
    guard(actor, "improvement.plan", inspection)
    own(actor, asked)
    known: Action | None = same_id(Action, id, recommendation_id=asked.id)
    if known is not None:
        return known
    refuse_settled(asked)
    if queries.sent_decision(asked.id) is None:
        raise Refused(_("Answer recommendation %(number)s first. Then plan what you will do.", number=asked.number))
    clean = _checked(promised, None)
    action = Action(id=id or new_id(), recommendation_id=asked.id, added_by_id=actor.id, added_at=now())
    _write(action, clean)
    saved = revisions.save(
        ("action", action.id), clean.content(), Origin(author=actor.id), top=None, inspection=inspection.id
    )
    db.session.add(action)
    db.session.flush()
    note(
        "action.added",
        inspection,
        asked,
        actor,
        action=str(action.id),
        due=clean.due_on.isoformat(),
        revision=str(saved.revision.id),
    )
    return action


def change_action(
    inspection: Inspection,
    asked: Recommendation,
    action: Action,
    promised: Commitment,
    origin: Origin,
    actor: Person,
) -> Saved:
    """Change an action; when somebody else changed it meanwhile both are kept and ``on_top`` is false."""
    guard(actor, "improvement.plan", inspection)
    own(actor, asked)
    _refuse_ended(action)
    clean = _checked(promised, action.due_on)
    top = queries.top_revision("action", action.id)
    saved = revisions.save(("action", action.id), clean.content(), origin, top=top, inspection=inspection.id)
    db.session.flush()
    if saved.on_top and not saved.repeated:
        was = action.due_on.isoformat()
        _write(action, clean)
        db.session.flush()
        facts = {"action": str(action.id), "was": was, "due": clean.due_on.isoformat()}
        note("action.changed", inspection, asked, actor, revision=str(saved.revision.id), **facts)
    return saved


def finish_action(inspection: Inspection, asked: Recommendation, action: Action, actor: Person) -> None:
    """Say that an action is done; twice is once. Whether it is fixed, the inspectors say."""
    guard(actor, "improvement.plan", inspection)
    own(actor, asked)
    if action.done_at is not None:
        return
    action.done_at = now()
    db.session.flush()
    note("action.done", inspection, asked, actor, action=str(action.id))


def withdraw_action(inspection: Inspection, asked: Recommendation, action: Action, actor: Person) -> None:
    """Take an action back; refused for the last one of a plan that was sent, since something was promised."""
    guard(actor, "improvement.plan", inspection)
    own(actor, asked)
    if action.withdrawn_at is not None:
        return
    _refuse_ended(action)
    others = [one for one in queries.actions_of([asked.id]) if one.id != action.id]
    if not others and is_sent(inspection, asked.service_id) and queries.sent_decision(asked.id) in NEEDS_ACTION:
        raise Refused(
            _("This is the only action for recommendation %(number)s. Add another one first.", number=asked.number)
        )
    action.withdrawn_at = now()
    db.session.flush()
    note("action.changed", inspection, asked, actor, action=str(action.id), withdrawn=True)


def is_sent(inspection: Inspection, service_id: uuid.UUID) -> bool:
    """Say whether a service has sent its plan."""
    return str(service_id) in queries.services_told(inspection.id, "plan.sent")


def lacks(inspection: Inspection, service: Service) -> list[str]:
    """Return, in sentences, what a service's plan still needs before it can be sent."""
    asked = [one for one in recommendations_of(inspection.id) if one.service_id == service.id]
    answers = queries.answers_of([one.id for one in asked])
    said_yes = [
        one for one in asked if (found := answers.get(one.id)) and found.sent_at and found.decision in NEEDS_ACTION
    ]
    planned = {one.recommendation_id for one in queries.actions_of([one.id for one in said_yes])}
    sentences = [
        _("Recommendation %(number)s needs an action.", number=one.number) for one in said_yes if one.id not in planned
    ]
    if not any(answer.sent_at for answer in answers.values()):
        sentences.append(_("Send your answers first."))
    return sentences


def send_plan(inspection: Inspection, service: Service, actor: Person) -> None:
    """Send a service's plan to the team; twice is once. Raises Refused with all that it still needs."""
    guard(actor, "improvement.send_plan", inspection)
    own_service(actor, service.id, service.name)
    if service.id not in {one.id for one in inspection.services}:
        raise Refused(_("This service is not part of the inspection."), 404)
    if is_sent(inspection, service.id):
        return
    missing = lacks(inspection, service)
    if missing:
        raise Refused(" ".join([_("The plan is not whole yet."), *missing]))
    journal.append(
        "plan.sent",
        actor=actor.id,
        inspection=inspection.id,
        about=("service", service.id),
        facts={"service": str(service.id)},
    )


def _checked(promised: Commitment, standing: date | None) -> Commitment:
    if promised.due_on != standing and promised.due_on < local_day(now(), zone()):
        raise Refused(_("Choose a day that is still to come."), 422)
    if len(promised.owner.strip()) > LONGEST_OWNER:
        raise Refused(_("Write who does it in up to %(count)s signs.", count=LONGEST_OWNER), 422)
    return Commitment(
        what=written(promised.what, _("Write what you will do.")),
        owner=written(promised.owner, _("Write who does it.")),
        due_on=promised.due_on,
        how_seen=written(promised.how_seen, _("Write how one will see that it is done.")),
        with_citizens=promised.with_citizens,
    )


def _write(action: Action, promised: Commitment) -> None:
    action.what, action.owner, action.due_on = promised.what, promised.owner, promised.due_on
    action.how_seen, action.with_citizens = promised.how_seen, promised.with_citizens


def _refuse_ended(action: Action) -> None:
    if action.withdrawn_at is not None or action.done_at is not None:
        raise Refused(_("This action is done or was taken back. It does not change any more."))


def may_plan(decision: str | None) -> bool:
    """Say whether an answer leads to actions: everything but no."""
    return decision is not None and decision != Decision.NOT_ACCEPTED
