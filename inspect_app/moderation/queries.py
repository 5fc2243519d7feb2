"""Reads about agreed ratings and minority statements. Callers have checked that ratings are open to the viewer."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from inspect_app.core.database import db
from inspect_app.fieldwork.models import Evidence, Observation, Rating
from inspect_app.fieldwork.queries import sealed_raters
from inspect_app.fieldwork.queries_sheet import asked_of
from inspect_app.fieldwork.rules import Rater, RaterKind
from inspect_app.frameworks.queries import criteria_of
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import NAME, is_name, joined, parted
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Stage, is_past
from inspect_app.moderation.models import AgreedRating, MinorityStatement
from inspect_app.moderation.rules import Item, agenda


def questions(inspection: Inspection) -> Sequence[Question]:
    """Return the criteria that are answered, in the framework's order; none before it has a framework.

    What nobody who sealed was asked, because of their other answers or because nobody added anything to a repeated
    theme, is not agreed on either. A question of a repeated theme is there once: the team agrees on one rating over all
    that its inspectors looked at.
    """
    found = [one for one in criteria_of(inspection.framework_version_id) if one.takes_answer]
    asked = _asked(inspection)
    if not asked:
        return found
    anybody = {key for keys in asked.values() for key, instance in map(parted, keys) if not is_name(instance)}
    return [one for one in found if one.key in anybody]


def _asked(inspection: Inspection) -> dict[Rater, frozenset[str]] | None:
    """Return what each inspector who sealed was asked; None where everybody was asked everything."""
    sealed = sealed_raters([inspection.id]).get(inspection.id, {})
    return asked_of(inspection, [one for one in sealed if one.kind == RaterKind.INSPECTOR])


def are_open(inspection: Inspection) -> bool:
    """Say whether the team may see one another's ratings: from moderation on, or all along when it rates together."""
    if inspection.kind.rating == "together":
        return True
    return inspection.stage not in _BLIND and is_past(inspection.stage, Stage.FIELDWORK, inspection.suspended_from)


_BLIND = (Stage.PLANNING, Stage.PREPARING, Stage.FIELDWORK)


def ratings(inspection: Inspection, criterion_key: str) -> Sequence[Rating]:
    """Return the ratings of one criterion that inspectors have sealed; none while they are sealed from one another.

    In a repeated theme those are one for each instance that still stands.

    Whoever was released before they sealed keeps what they had begun to themselves.
    """
    if not are_open(inspection):
        return []
    query = select(Rating).where(_is_sealed_rating(inspection), Rating.criterion_key == criterion_key)
    query = query.order_by(Rating.instance, Rating.rater_id)
    asked = _asked(inspection)
    found = db.session.scalars(query).all()
    if asked is None:
        return found
    return [one for one in found if one.question_key in asked.get(Rater(one.rater_kind, one.rater_id), ())]


def _is_sealed_rating(inspection: Inspection) -> ColumnElement[bool]:
    return and_(
        Rating.inspection_id == inspection.id,
        Rating.rater_kind == RaterKind.INSPECTOR,
        Rating.rater_id.in_(_who_sealed(inspection)),
        _IS_NO_NAME,
    )


_IS_NO_NAME = Rating.instance.not_like(f"{NAME}%")
"""A rating that answers a question, as opposed to saying what one of several is called."""


def instance_names(inspection: Inspection) -> dict[tuple[uuid.UUID, str], str]:
    """Return what each rater called what they looked at in repeated themes, by (rater, instance)."""
    named = (Rating.inspection_id == inspection.id, Rating.instance.like(f"{NAME}%"), Rating.value.is_not(None))
    rows = db.session.execute(select(Rating.rater_id, Rating.instance, Rating.value).where(*named))
    return {(rater, instance.removeprefix(NAME)): value or "" for rater, instance, value in rows}


def _values(inspection: Inspection) -> list[tuple[str, str, str | None, str]]:
    """Return who said what of which instance, without the reasons: a large team says very much."""
    if not are_open(inspection):
        return []
    row = Rating.criterion_key, Rating.rater_id, Rating.value, Rating.instance
    query = select(*row).where(_is_sealed_rating(inspection)).order_by(Rating.instance)
    asked = _asked(inspection)
    return [
        (key, str(rater), value, instance)
        for key, rater, value, instance in db.session.execute(query)
        if asked is None or joined(key, instance) in asked.get(Rater(RaterKind.INSPECTOR, rater), ())
    ]


def _who_sealed(inspection: Inspection) -> set[uuid.UUID]:
    sealed = sealed_raters([inspection.id]).get(inspection.id, {})
    return {rater.id for rater in sealed if rater.kind == RaterKind.INSPECTOR}


def agenda_of(inspection: Inspection) -> list[Item]:
    """Return the agenda: the widest disagreement first."""
    found = questions(inspection)
    positions = {one.key: {point.key: point.position for point in one.points} for one in found}
    return agenda([one.key for one in found], positions, _values(inspection))


def agreed(inspection_id: uuid.UUID) -> dict[str, AgreedRating]:
    """Return what the team agreed, by criterion."""
    rows = db.session.scalars(select(AgreedRating).where(AgreedRating.inspection_id == inspection_id))
    return {row.criterion_key: row for row in rows}


def agreed_keys(inspection_ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, set[str]]:
    """Return which criteria are agreed, by inspection, in one query."""
    found: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    rows = select(AgreedRating.inspection_id, AgreedRating.criterion_key)
    for inspection_id, key in db.session.execute(rows.where(AgreedRating.inspection_id.in_(inspection_ids))):
        found[inspection_id].add(key)
    return found


def own_of_service(inspection: Inspection, criterion_keys: Sequence[str] | set[str]) -> dict[str, list[Rating]]:
    """Return how the service rated itself, for the named criteria: those whose agreed rating is saved.

    In a repeated theme that is once for each instance that it named.
    """
    rows = db.session.scalars(
        select(Rating)
        .where(
            Rating.inspection_id == inspection.id,
            Rating.rater_kind == "service",
            Rating.criterion_key.in_(set(criterion_keys)),
            _IS_NO_NAME,
        )
        .order_by(Rating.instance, Rating.rater_id)
    ).all()
    several = list({Rater(row.rater_kind, row.rater_id) for row in rows if row.instance})
    asked = (asked_of(inspection, several) if several else None) or {}
    found: dict[str, list[Rating]] = {}
    for row in rows:
        if not row.instance or row.question_key in asked.get(Rater(row.rater_kind, row.rater_id), ()):
            found.setdefault(row.criterion_key, []).append(row)
    return found


def statements(inspection_id: uuid.UUID, about: str | None = None) -> Sequence[MinorityStatement]:
    """Return the minority statements that stand, oldest first."""
    query = select(MinorityStatement).where(
        MinorityStatement.inspection_id == inspection_id, MinorityStatement.withdrawn_at.is_(None)
    )
    if about:
        query = query.where(MinorityStatement.about == about)
    return db.session.scalars(query.order_by(MinorityStatement.stated_at)).all()


def seen_for(inspection: Inspection, criterion_key: str) -> tuple[Sequence[Observation], Sequence[Evidence]]:
    """Return the team's observations, photos and sounds for one criterion, once ratings are open."""
    if not are_open(inspection):
        return [], []
    observations = db.session.scalars(
        select(Observation)
        .where(
            Observation.inspection_id == inspection.id,
            Observation.criterion_key == criterion_key,
            Observation.withdrawn_at.is_(None),
            _may_be_shown(inspection, Observation.author_id),
        )
        .order_by(Observation.noted_at)
    ).all()
    ids = [one.id for one in observations]
    evidence = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.inspection_id == inspection.id,
            (Evidence.criterion_key == criterion_key) | Evidence.observation_id.in_(ids),
            Evidence.withdrawn_at.is_(None),
            _may_be_shown(inspection, Evidence.author_id),
        )
        .order_by(Evidence.added_at)
    ).all()
    return observations, evidence


def _may_be_shown(inspection: Inspection, author: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Notes are their author's own until they seal; a team that rates together seals nothing and shares all."""
    if inspection.kind.rating == "together":
        return true()
    return author.in_(_who_sealed(inspection))
