"""Reads about ratings and seals. What one person rated reaches another through these doors alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.core.access import Standing, standings
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.fieldwork.models import KeptWords, Rating, Seal
from inspect_app.fieldwork.rules import Rater, RaterKind, Viewer, sees_ratings_of_others
from inspect_app.frameworks.slots import NAME, parted
from inspect_app.inspections.models import Inspection, Kind, Member
from inspect_app.inspections.queries import accepted
from inspect_app.people.models import Person

TEAM = frozenset({Standing.INSPECTOR, Standing.TEAM_LEAD, Standing.SUPPORTER})
HELPERS = frozenset({Standing.COORDINATOR, Standing.REVIEWER})
SERVICE = frozenset({Standing.SERVICE_LEAD, Standing.SERVICE_STAFF})


@dataclass(frozen=True)
class SelfRating:
    """What a service said of itself on one question."""

    service_id: uuid.UUID
    value: str
    reason: str


_TO_SAVE = (
    select(Inspection)
    .where(Inspection.reference == bindparam("reference"))
    .options(
        joinedload(Inspection.kind).load_only(Kind.rating),
        joinedload(Inspection.members)
        .load_only(Member.person_id, Member.role, Member.is_lead, Member.supports_id, Member.state)
        .lazyload(Member.person),
    )
)


def inspection_to_save(reference: str) -> Inspection:
    """Return an inspection with what access asks of its team and no more, in one query: a save must be quick.

    Raises Refused (404) when there is none.
    """
    found = db.session.scalars(_TO_SAVE, {"reference": reference}).unique().one_or_none()
    if found is None:
        raise Refused(_("There is no inspection with this reference."), 404)
    return found


def viewer_of(inspection: Inspection, person: Person) -> Viewer:
    """Return how close a person is to an inspection."""
    found = standings(person, inspection)
    for group, viewer in ((TEAM, Viewer.TEAM), (HELPERS, Viewer.HELPER), (SERVICE, Viewer.SERVICE)):
        if found & group:
            return viewer
    return Viewer.NOBODY


def visible_ratings(inspection: Inspection, viewer: Person) -> Sequence[Rating]:
    """Return the inspectors' ratings that a person may see: the one door to what others rated.

    Always their own, and as a supporter those of the inspector they support. Those of others when moderation
    has begun, and only what its author has sealed. Ordered by question and rater.
    """
    mine = Rating.rater_id.in_([viewer.id, *supported_by(inspection, viewer.id)])
    may_see: ColumnElement[bool] = mine
    who = viewer_of(inspection, viewer)
    if sees_ratings_of_others(who, inspection.stage, inspection.suspended_from, inspection.published_at is not None):
        may_see = or_(mine, _sealed(inspection, Rating.rater_kind, Rating.rater_id))
    return db.session.scalars(
        select(Rating)
        .where(Rating.inspection_id == inspection.id, Rating.rater_kind == RaterKind.INSPECTOR, may_see)
        .where(Rating.value.is_not(None) | mine)
        .order_by(Rating.criterion_key, Rating.rater_id, Rating.instance)
    ).all()


def _sealed(
    inspection: Inspection, kind: ColumnElement[str] | object, rater: ColumnElement[uuid.UUID] | object
) -> ColumnElement[bool]:
    return (
        select(Seal.id)
        .where(
            Seal.inspection_id == inspection.id,
            Seal.rater_kind == kind,
            Seal.rater_id == rater,
            Seal.opened_at.is_(None),
        )
        .exists()
    )


def supported_by(inspection: Inspection, person_id: uuid.UUID) -> list[uuid.UUID]:
    """Return whom a person supports on this team: one inspector, or nobody."""
    return [
        one.supports_id for one in accepted(inspection, "supporter") if one.person_id == person_id and one.supports_id
    ]


def own_ratings(inspection: Inspection, rater: Rater) -> Mapping[str, Rating]:
    """Return what one rater has said so far, by question. For the rater, and whoever types for them."""
    rows = db.session.scalars(
        select(Rating).where(
            Rating.inspection_id == inspection.id,
            Rating.rater_kind == rater.kind,
            Rating.rater_id == rater.id,
        )
    )
    return {row.question_key: row for row in rows}


def own_rating(inspection: Inspection, rater: Rater, question_key: str) -> Rating | None:
    """Return what one rater has said to one question so far."""
    key, instance = parted(question_key)
    return db.session.scalar(
        select(Rating).where(
            Rating.inspection_id == inspection.id,
            Rating.rater_kind == rater.kind,
            Rating.rater_id == rater.id,
            Rating.criterion_key == key,
            Rating.instance == instance,
        )
    )


def self_ratings(inspection: Inspection, services: Collection[uuid.UUID] | None = None) -> dict[str, list[SelfRating]]:
    """Return what the services said of themselves and sealed, by question.

    The caller shows one question's only after the team has agreed on it.
    """
    query = select(Rating).where(
        Rating.inspection_id == inspection.id,
        Rating.rater_kind == RaterKind.SERVICE,
        Rating.value.is_not(None),
        _sealed(inspection, Rating.rater_kind, Rating.rater_id),
    )
    if services is not None:
        query = query.where(Rating.rater_id.in_(services))
    found: dict[str, list[SelfRating]] = {}
    query = query.where(Rating.instance.not_like(f"{NAME}%"))
    for row in db.session.scalars(query.order_by(Rating.criterion_key, Rating.rater_id, Rating.instance)):
        found.setdefault(row.criterion_key, []).append(SelfRating(row.rater_id, row.value or "", row.reason))
    return found


def seal_of(inspection: Inspection, rater: Rater) -> Seal | None:
    """Return the seal that holds now, or None."""
    return db.session.scalar(
        select(Seal).where(
            Seal.inspection_id == inspection.id,
            Seal.rater_kind == rater.kind,
            Seal.rater_id == rater.id,
            Seal.opened_at.is_(None),
        )
    )


def seals_of(inspection: Inspection) -> Sequence[Seal]:
    """Return every seal of an inspection, opened ones too, in their order."""
    return db.session.scalars(select(Seal).where(Seal.inspection_id == inspection.id).order_by(Seal.sealed_at)).all()


def sealed_raters(inspection_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[Rater, Seal]]:
    """Return who has sealed, for many inspections in one query."""
    found: dict[uuid.UUID, dict[Rater, Seal]] = {key: {} for key in inspection_ids}
    rows = db.session.scalars(select(Seal).where(Seal.inspection_id.in_(found), Seal.opened_at.is_(None)))
    for row in rows if found else ():
        found[row.inspection_id][Rater(row.rater_kind, row.rater_id)] = row
    return found


def kept_words(inspection: Inspection, person_id: uuid.UUID) -> Sequence[KeptWords]:
    """Return what somebody wrote too late, newest first: for them alone."""
    return db.session.scalars(
        select(KeptWords)
        .where(KeptWords.inspection_id == inspection.id, KeptWords.person_id == person_id)
        .order_by(KeptWords.kept_at.desc())
    ).all()


def service_rater(inspection: Inspection, service_id: uuid.UUID, person: Person) -> tuple[Rater, str]:
    """Return the service as a rater of itself, and its name. Raises Refused (404, 403) for others."""
    service = next((one for one in inspection.services if one.id == service_id), None)
    if service is None:
        raise Refused(_("This inspection does not look at that service."), 404)
    if not any(grant.service_id == service_id for grant in person.roles):
        raise Refused(_("Only the lead and staff of %(service)s can see this.", service=service.name), 403)
    return Rater(RaterKind.SERVICE, service_id), service.name
