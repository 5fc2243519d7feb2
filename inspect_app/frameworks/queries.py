"""Reads about frameworks. A published version never changes, so its questions are kept in the process."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.frameworks.models import Criterion, FrameworkVersion, Scale, Texts, Theme
from inspect_app.frameworks.rules import Point, Prompt, Question

MOST_KEPT = 64
_kept: dict[uuid.UUID, tuple[Question, ...]] = {}


def criteria_of(version_id: uuid.UUID | None) -> tuple[Question, ...]:
    """Return the questions of a published version in their order; none when no version is chosen yet."""
    if version_id is None:
        return ()
    if version_id not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[version_id] = _questions(_whole_version(version_id))
    return _kept[version_id]


def question_of(version_id: uuid.UUID | None, key: str) -> Question:
    """Return one question of a version; raise Refused (404) when it has none with this key."""
    for question in criteria_of(version_id):
        if question.key == key:
            return question
    raise Refused("There is no such question in this inspection.", 404)


def scale_points(version_id: uuid.UUID, scale_key: str) -> tuple[Point, ...]:
    """Return the points of a scale, worst first; none when no question uses it."""
    return next((one.points for one in criteria_of(version_id) if one.scale_key == scale_key), ())


def published_versions() -> Sequence[FrameworkVersion]:
    """Return all published versions by title, the newest of each first."""
    return db.session.scalars(
        select(FrameworkVersion)
        .options(selectinload(FrameworkVersion.framework))
        .order_by(FrameworkVersion.title, FrameworkVersion.number.desc())
    ).all()


def version_by_id(version_id: uuid.UUID) -> FrameworkVersion:
    """Return one version with its framework; raise Refused (404) when there is none."""
    version = db.session.get(FrameworkVersion, version_id, options=[selectinload(FrameworkVersion.framework)])
    if version is None:
        raise Refused("There are no such questions.", 404)
    return version


def _whole_version(version_id: uuid.UUID) -> FrameworkVersion:
    version = db.session.get(
        FrameworkVersion,
        version_id,
        options=[
            selectinload(FrameworkVersion.themes).selectinload(Theme.criteria),
            selectinload(FrameworkVersion.scales).selectinload(Scale.points),
        ],
    )
    if version is None:
        raise Refused("There are no such questions.", 404)
    return version


def _questions(version: FrameworkVersion) -> tuple[Question, ...]:
    scales = {scale.key: scale for scale in version.scales}
    return tuple(
        _question(criterion, theme, scales.get(criterion.scale_key or ""), version.language)
        for theme in version.themes
        for criterion in theme.criteria
    )


def _question(criterion: Criterion, theme: Theme, scale: Scale | None, language: str) -> Question:
    points = scale.points if scale else []
    return Question(
        key=criterion.key,
        theme_key=theme.key,
        theme_title=_text(theme.titles, language),
        position=criterion.position,
        statement=_text(criterion.statements, language),
        easy=_text(criterion.statements, language, "easy"),
        prompts=tuple(Prompt(one["kind"].capitalize(), _text(one["texts"], language)) for one in criterion.prompts),
        answer_type=criterion.answer_type,
        scale_key=criterion.scale_key,
        scale_title=_text(scale.titles, language) if scale else "",
        points=tuple(
            Point(one.key, _text(one.labels, language), _text(one.descriptors, language), one.position)
            for one in points
        ),
        may_be_not_seen=criterion.may_be_not_seen,
        may_not_apply=criterion.may_not_apply,
        symbol=criterion.symbol,
    )


def _text(texts: Texts, language: str, variant: str = "plain") -> str:
    there = texts.get(language) or next(iter(texts.values()))
    return there.get(variant) or there["plain"]
