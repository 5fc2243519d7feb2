"""Reads about observations and evidence: private until their author seals, then the team's."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Evidence, Observation, Seal
from inspect_app.fieldwork.queries import supported_by, viewer_of
from inspect_app.fieldwork.rules import RaterKind, sees_observations_of_others
from inspect_app.frameworks.slots import parted
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


def visible_observations(
    inspection: Inspection, viewer: Person, question_key: str | None = None
) -> Sequence[Observation]:
    """Return the observations that a person may see, oldest first, with evidence; withdrawn ones are out."""
    query = (
        select(Observation)
        .where(
            Observation.inspection_id == inspection.id,
            Observation.withdrawn_at.is_(None),
            may_be_seen(inspection, viewer, Observation.author_id),
        )
        .options(selectinload(Observation.evidence).selectinload(Evidence.thumbnail))
        .order_by(Observation.noted_at, Observation.id)
    )
    if question_key is not None:
        key, instance = parted(question_key)
        query = query.where(Observation.criterion_key == key, Observation.instance == instance)
    return db.session.scalars(query).all()


def visible_evidence(inspection: Inspection, viewer: Person, question_key: str | None = None) -> Sequence[Evidence]:
    """Return the photos and sounds that a person may see, oldest first; withdrawn ones are out."""
    query = (
        select(Evidence)
        .where(
            Evidence.inspection_id == inspection.id,
            Evidence.withdrawn_at.is_(None),
            may_be_seen(inspection, viewer, Evidence.author_id),
        )
        .order_by(Evidence.added_at, Evidence.id)
    )
    if question_key is not None:
        key, instance = parted(question_key)
        query = query.where(Evidence.criterion_key == key, Evidence.instance == instance)
    return db.session.scalars(query).all()


def may_be_seen(
    inspection: Inspection, viewer: Person, author: InstrumentedAttribute[uuid.UUID]
) -> ColumnElement[bool]:
    """Return the condition under which a person may see what somebody noted: the one door to notes of others.

    Where a team rates together nobody seals, and notes are the team's at once.
    """
    mine = author.in_([viewer.id, *supported_by(inspection, viewer.id)])
    who = viewer_of(inspection, viewer)
    if not sees_observations_of_others(who, inspection.stage, inspection.suspended_from):
        return mine
    if inspection.kind.rating == "together":
        return true()
    sealed = select(Seal.id).where(
        Seal.inspection_id == inspection.id,
        Seal.rater_kind == RaterKind.INSPECTOR,
        Seal.rater_id == author,
        Seal.opened_at.is_(None),
    )
    return or_(mine, sealed.exists())


def observation_for(inspection: Inspection, viewer: Person, observation_id: uuid.UUID) -> Observation:
    """Return one observation; raise Refused (404) when it is not there for this person."""
    found = db.session.scalar(
        select(Observation).where(
            Observation.id == observation_id,
            Observation.inspection_id == inspection.id,
            Observation.withdrawn_at.is_(None),
            may_be_seen(inspection, viewer, Observation.author_id),
        )
    )
    if found is None:
        raise Refused(_("There is no such note, or it is not for you yet."), 404)
    return found


def evidence_for(inspection: Inspection, viewer: Person, evidence_id: uuid.UUID, kind: str) -> Evidence:
    """Return one photo or one sound; raise Refused (404) when it is not there for this person.

    Whoever added it for somebody else sees it as well.
    """
    found = db.session.scalar(
        select(Evidence).where(
            Evidence.id == evidence_id,
            Evidence.kind == kind,
            Evidence.inspection_id == inspection.id,
            Evidence.withdrawn_at.is_(None),
            or_(Evidence.typist_id == viewer.id, may_be_seen(inspection, viewer, Evidence.author_id)),
        )
    )
    if found is None:
        raise Refused(_("There is no such photo or recording, or it is not for you yet."), 404)
    return found


def typists(revision_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return revision → (who typed it, how it came in), for those that somebody typed for somebody else."""
    if not revision_ids:
        return {}
    rows = db.session.execute(
        select(Revision.id, Person.name, Revision.source)
        .join(Person, Person.id == Revision.typist_id)
        .where(Revision.id.in_(revision_ids))
    )
    return {row[0]: (row[1], row[2]) for row in rows}
