"""Reads about reports; loading spelled out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Observation, Seal
from inspect_app.inspections.models import Inspection
from inspect_app.moderation.models import AgreedRating, MinorityStatement
from inspect_app.reports.models import (
    AccuracyPoint,
    Confirmation,
    Edition,
    Finding,
    Recommendation,
    ReportDraft,
    ReportSection,
)


def sections_of(inspection_id: uuid.UUID) -> dict[str, ReportSection]:
    """Return the written sections by key."""
    rows = db.session.scalars(select(ReportSection).where(ReportSection.inspection_id == inspection_id))
    return {row.key: row for row in rows}


def findings_of(inspection_id: uuid.UUID) -> Sequence[Finding]:
    """Return the findings that stand, in their order, with what they stand on."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.inspection_id == inspection_id, Finding.withdrawn_at.is_(None))
        .options(selectinload(Finding.basis))
        .order_by(Finding.number)
    ).all()


def recommendations_of(inspection_id: uuid.UUID) -> Sequence[Recommendation]:
    """Return the recommendations that stand, in their order, with their findings."""
    return db.session.scalars(
        select(Recommendation)
        .where(Recommendation.inspection_id == inspection_id, Recommendation.withdrawn_at.is_(None))
        .options(selectinload(Recommendation.findings))
        .order_by(Recommendation.number)
    ).all()


def finding_in(inspection: Inspection, finding_id: uuid.UUID) -> Finding:
    """Return one finding of an inspection; raise Refused (404) when it is not there."""
    found = db.session.get(Finding, finding_id)
    if found is None or found.inspection_id != inspection.id or found.withdrawn_at:
        raise Refused(_("This finding is not there, or it was withdrawn."), 404)
    return found


def recommendation_in(inspection: Inspection, recommendation_id: uuid.UUID) -> Recommendation:
    """Return one recommendation of an inspection; raise Refused (404) when it is not there."""
    found = db.session.get(Recommendation, recommendation_id)
    if found is None or found.inspection_id != inspection.id or found.withdrawn_at:
        raise Refused(_("This recommendation is not there, or it was withdrawn."), 404)
    return found


def team_observations(inspection: Inspection) -> Sequence[Observation]:
    """Return the observations that are the team's, oldest first, with their evidence.

    They are once their author has sealed; where the team rates together nobody seals, and all are the team's.
    """
    query = select(Observation).where(Observation.inspection_id == inspection.id, Observation.withdrawn_at.is_(None))
    if inspection.kind.rating == "alone":
        query = query.where(Observation.author_id.in_(sealed_raters(inspection.id, "inspector")))
    return db.session.scalars(
        query.options(selectinload(Observation.evidence)).order_by(Observation.noted_at, Observation.id)
    ).all()


def sealed_raters(inspection_id: uuid.UUID, kind: str) -> set[uuid.UUID]:
    """Return who has sealed and not opened the seal again: persons, or services that rated themselves."""
    return set(
        db.session.scalars(
            select(Seal.rater_id).where(
                Seal.inspection_id == inspection_id, Seal.rater_kind == kind, Seal.opened_at.is_(None)
            )
        )
    )


def agreed_ratings(inspection_id: uuid.UUID) -> Sequence[AgreedRating]:
    """Return what the team agreed on."""
    return db.session.scalars(
        select(AgreedRating).where(AgreedRating.inspection_id == inspection_id).order_by(AgreedRating.criterion_key)
    ).all()


def minority_statements(inspection_id: uuid.UUID, about: str) -> Sequence[MinorityStatement]:
    """Return the minority statements that stand, about one kind of thing."""
    return db.session.scalars(
        select(MinorityStatement)
        .where(
            MinorityStatement.inspection_id == inspection_id,
            MinorityStatement.about == about,
            MinorityStatement.withdrawn_at.is_(None),
        )
        .order_by(MinorityStatement.stated_at)
    ).all()


def minority_statements_about(about_id: uuid.UUID) -> Sequence[MinorityStatement]:
    """Return the minority statements that stand about one thing."""
    return db.session.scalars(
        select(MinorityStatement)
        .where(MinorityStatement.about_id == about_id, MinorityStatement.withdrawn_at.is_(None))
        .order_by(MinorityStatement.stated_at)
    ).all()


def drafts_of(inspection_id: uuid.UUID) -> Sequence[ReportDraft]:
    """Return every draft, newest first."""
    return db.session.scalars(
        select(ReportDraft)
        .where(ReportDraft.inspection_id == inspection_id)
        .options(joinedload(ReportDraft.file))
        .order_by(ReportDraft.number.desc())
    ).all()


def latest_draft(inspection_id: uuid.UUID) -> ReportDraft | None:
    """Return the newest draft, or None."""
    return next(iter(drafts_of(inspection_id)), None)


def sent_draft(inspection_id: uuid.UUID) -> ReportDraft | None:
    """Return the draft whose facts the service checks: the first that was sent, or None."""
    return db.session.scalar(
        select(ReportDraft)
        .where(ReportDraft.inspection_id == inspection_id, ReportDraft.sent_at.is_not(None))
        .order_by(ReportDraft.number)
        .limit(1)
    )


def draft_numbered(inspection: Inspection, number: int) -> ReportDraft:
    """Return one draft; raise Refused (404) when it is not there."""
    found = next((one for one in drafts_of(inspection.id) if one.number == number), None)
    if found is None:
        raise Refused(_("There is no draft with this number."), 404)
    return found


def confirmations_of(draft_id: uuid.UUID) -> dict[uuid.UUID, Confirmation]:
    """Return who said yes or no to a draft, by person."""
    rows = db.session.scalars(select(Confirmation).where(Confirmation.draft_id == draft_id))
    return {row.person_id: row for row in rows}


def points_of(draft_id: uuid.UUID) -> Sequence[AccuracyPoint]:
    """Return the accuracy points on a draft in the order in which they were raised."""
    return db.session.scalars(
        select(AccuracyPoint)
        .where(AccuracyPoint.draft_id == draft_id)
        .order_by(AccuracyPoint.raised_at, AccuracyPoint.id)
    ).all()


def points_in(inspection: Inspection) -> Sequence[AccuracyPoint]:
    """Return the accuracy points of an inspection; none before its draft was sent."""
    draft = sent_draft(inspection.id)
    return points_of(draft.id) if draft else []


def point_in(inspection: Inspection, point_id: uuid.UUID) -> AccuracyPoint:
    """Return one accuracy point of an inspection; raise Refused (404) when it is not there."""
    found = next((one for one in points_in(inspection) if one.id == point_id), None)
    if found is None:
        raise Refused(_("This point is not there."), 404)
    return found


def editions_of(inspection_id: uuid.UUID) -> Sequence[Edition]:
    """Return every edition, newest first."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.inspection_id == inspection_id)
        .options(joinedload(Edition.file))
        .order_by(Edition.number.desc())
    ).all()


def latest_edition(inspection_id: uuid.UUID) -> Edition | None:
    """Return the newest edition that was not withdrawn, or None."""
    return next((one for one in editions_of(inspection_id) if one.withdrawn_at is None), None)


def edition_numbered(inspection: Inspection, number: int) -> Edition:
    """Return one edition; raise Refused (404) when it is not there."""
    found = next((one for one in editions_of(inspection.id) if one.number == number), None)
    if found is None:
        raise Refused(_("There is no edition with this number."), 404)
    return found
