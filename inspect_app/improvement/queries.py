"""Reads about answers, plans, updates and verdicts. A draft of an answer is read here by its own service alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision
from inspect_app.core.words import _
from inspect_app.improvement.models import Action, Answer, FeedbackMeeting, Proof, Settlement, Update, Verdict
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Stage
from inspect_app.people.models import Person
from inspect_app.people.rules import SERVICE_ROLES
from inspect_app.reports.models import Recommendation
from inspect_app.reports.queries import latest_edition, recommendations_of

SHOWN = (Stage.ANSWERING, Stage.IMPROVING, Stage.CLOSED)


def is_reached(inspection: Inspection) -> bool:
    """Say whether the final report went to the service: before that, nobody outside the team reads what it asks for."""
    if inspection.stage == Stage.CANCELLED:
        return inspection.published_at is not None
    return (inspection.suspended_from or inspection.stage) in SHOWN


def services_of(person: Person) -> set[uuid.UUID]:
    """Return the services for which a person works."""
    return {grant.service_id for grant in person.roles if grant.name in SERVICE_ROLES and grant.service_id}


def asked_of(inspection: Inspection, person: Person) -> list[Recommendation]:
    """Return the recommendations to the services for which a person works; none before the final report."""
    mine = services_of(person)
    if not is_reached(inspection):
        return []
    return [one for one in recommendations_of(inspection.id) if one.service_id in mine]


def answers_of(recommendation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Answer]:
    """Return answers, drafts among them, by recommendation. Callers show drafts to the service alone."""
    rows = db.session.scalars(select(Answer).where(Answer.recommendation_id.in_(recommendation_ids)))
    return {row.recommendation_id: row for row in rows}


def answers_not_printed(inspection: Inspection) -> int:
    """Return how many answers were sent that the newest edition does not print; 0 while nothing is published."""
    edition = latest_edition(inspection.id)
    if edition is None:
        return 0
    answers = answers_of([one.id for one in recommendations_of(inspection.id)])
    sent = {str(key) for key, answer in answers.items() if answer.sent_at}
    return len(sent - edition.content.get("answers", {}).keys())


def answer_to(recommendation_id: uuid.UUID) -> Answer | None:
    """Return the answer to one recommendation, a draft or sent."""
    return answers_of([recommendation_id]).get(recommendation_id)


def sent_decision(recommendation_id: uuid.UUID) -> str | None:
    """Return what the service decided in an answer that was sent, or None."""
    answer = answer_to(recommendation_id)
    return answer.decision if answer and answer.sent_at else None


def actions_of(recommendation_ids: Collection[uuid.UUID]) -> Sequence[Action]:
    """Return the actions that stand, the earliest due first."""
    return db.session.scalars(
        select(Action)
        .where(Action.recommendation_id.in_(recommendation_ids), Action.withdrawn_at.is_(None))
        .order_by(Action.due_on, Action.id)
    ).all()


def action_in(inspection: Inspection, action_id: uuid.UUID) -> tuple[Recommendation, Action]:
    """Return an action that stands, with its recommendation; raise Refused (404) when it is not there."""
    action = db.session.get(Action, action_id)
    asked = db.session.get(Recommendation, action.recommendation_id) if action else None
    if action is None or asked is None or action.withdrawn_at or asked.inspection_id != inspection.id:
        raise Refused(_("This action is not there, or it was taken back."), 404)
    return asked, action


def top_revision(kind: str, subject_id: uuid.UUID) -> uuid.UUID | None:
    """Return the revision that stands on top of a subject."""
    return db.session.scalar(
        select(Revision.id)
        .where(Revision.subject_kind == kind, Revision.subject_id == subject_id, Revision.is_top.is_(True))
        .order_by(Revision.received_at.desc(), Revision.id.desc())
        .limit(1)
    )


def updates_of(recommendation_ids: Collection[uuid.UUID]) -> Sequence[Update]:
    """Return all updates with what they show, oldest first."""
    return db.session.scalars(
        select(Update)
        .where(Update.recommendation_id.in_(recommendation_ids))
        .options(selectinload(Update.proofs).joinedload(Proof.file))
        .order_by(Update.posted_at, Update.id)
    ).all()


def verdicts_of(recommendation_ids: Collection[uuid.UUID]) -> Sequence[tuple[Verdict, Person]]:
    """Return all verdicts with who gave them, oldest first."""
    query = select(Verdict, Person).join(Person, Person.id == Verdict.person_id)
    rows = db.session.execute(
        query.where(Verdict.recommendation_id.in_(recommendation_ids)).order_by(Verdict.given_at, Verdict.id)
    )
    return [(verdict, person) for verdict, person in rows]


def verdict_by(update_id: uuid.UUID, person_id: uuid.UUID) -> Verdict | None:
    """Return what one inspector said of one claim."""
    return db.session.scalar(select(Verdict).where(Verdict.update_id == update_id, Verdict.person_id == person_id))


def settlements_of(recommendation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Settlement]:
    """Return how recommendations ended, by recommendation."""
    rows = db.session.scalars(select(Settlement).where(Settlement.recommendation_id.in_(recommendation_ids)))
    return {row.recommendation_id: row for row in rows}


def meetings_of(inspection_id: uuid.UUID) -> Sequence[FeedbackMeeting]:
    """Return the meetings between inspectors and service, oldest first."""
    return db.session.scalars(
        select(FeedbackMeeting)
        .where(FeedbackMeeting.inspection_id == inspection_id)
        .order_by(FeedbackMeeting.held_on, FeedbackMeeting.id)
    ).all()


def proof_in(inspection: Inspection, proof_id: uuid.UUID) -> Proof:
    """Return a photo or document of an update of this inspection; raise Refused (404) when it is not there."""
    found = db.session.scalar(
        select(Proof)
        .join(Update, Update.id == Proof.update_id)
        .join(Recommendation, Recommendation.id == Update.recommendation_id)
        .where(Proof.id == proof_id, Recommendation.inspection_id == inspection.id)
    )
    if found is None:
        raise Refused(_("This file is not there."), 404)
    return found


def services_told(inspection_id: uuid.UUID, kind: str) -> set[str]:
    """Return for which services (identifiers as text) an entry of this kind was made."""
    return {str(entry.facts.get("service")) for entry in journal.entries(inspection_id, kind)}
