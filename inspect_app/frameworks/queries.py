"""Reads about frameworks. A published version never changes, so its questions are kept in the process."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.core import words
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks.asking import Step, steps_of
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.editing import put_words
from inspect_app.frameworks.models import Framework, FrameworkDraft, FrameworkTranslation, FrameworkVersion
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, PlainScale, PlainTheme, in_language
from inspect_app.frameworks.repeats import find
from inspect_app.frameworks.rules import DraftState, Option, Point, Prompt, Question

MOST_KEPT = 64
MOST_PLAIN = 16
_plain: dict[uuid.UUID, PlainFramework] = {}
_drafts: dict[uuid.UUID, tuple[datetime, PlainFramework]] = {}
_kept: dict[tuple[uuid.UUID, str | None, frozenset[uuid.UUID]], tuple[Question, ...]] = {}
_steps: dict[uuid.UUID, tuple[Step, ...]] = {}
SAME = [
    "key",
    "easy",
    "answer_type",
    "scale_key",
    "may_be_not_seen",
    "may_not_apply",
    "symbol",
    "hint",
    "unit",
    "least",
    "most",
    "step",
    "condition",
    "constraint",
    "constraint_words",
    "calculation",
    "required",
    "photo",
    "sound",
    "weight",
]
"""What a question of a version is called as in its file."""


def criteria_of(version_id: uuid.UUID | None, language: str | None = None) -> tuple[Question, ...]:
    """Return the questions of a published version in their order; none when no version is chosen yet.

    They are in the version's own language, or in another as far as they are translated.
    """
    if version_id is None:
        return ()
    state = (version_id, language, _translated(version_id, language) if language else frozenset())
    if state not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[state] = questions_of(plain_version(version_id), language)
    return _kept[state]


def criteria_read(version_id: uuid.UUID | None) -> tuple[Question, ...]:
    """Return the questions of a version in the language of whoever reads, as far as they are translated."""
    questions = criteria_of(version_id)
    if not questions or questions[0].language == words.language():
        return questions
    return criteria_of(version_id, words.language())


def _translated(version_id: uuid.UUID, language: str) -> frozenset[uuid.UUID]:
    """Return which state the translation of a version has: translations change, the version does not."""
    of_version = FrameworkTranslation.version_id == version_id, FrameworkTranslation.language == language
    return frozenset(db.session.scalars(select(FrameworkTranslation.revision_id).where(*of_version)))


def steps_to_ask(version_id: uuid.UUID | None) -> tuple[Step, ...]:
    """Return the compiled conditions, calculations and constraints of a version; none where it has none."""
    if version_id is None:
        return ()
    if version_id not in _steps:
        if len(_steps) >= MOST_KEPT:
            _steps.pop(next(iter(_steps)), None)
        _steps[version_id] = steps_of(criteria_of(version_id))
    return _steps[version_id]


def question_of(version_id: uuid.UUID | None, key: str) -> Question:
    """Return one question of a version, or of an instance; raise Refused (404) when it has none with this key."""
    question = find(criteria_of(version_id), key)
    if question is not None:
        return question
    raise Refused(_("There is no such question in this inspection."), 404)


def question_read(version_id: uuid.UUID | None, key: str) -> Question:
    """Return the same in the language of whoever reads, as far as it is translated; raise Refused (404) for none."""
    return find(criteria_read(version_id), key) or question_of(version_id, key)


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


def framework_keys() -> frozenset[str]:
    """Return the short names of all frameworks."""
    return frozenset(db.session.scalars(select(Framework.key)))


def newest_version(key: str) -> FrameworkVersion | None:
    """Return the newest published version of a framework, or nothing."""
    query = select(FrameworkVersion).join(Framework).where(Framework.key == key)
    return db.session.scalar(query.order_by(FrameworkVersion.number.desc()).limit(1))


def versions_of(framework_id: uuid.UUID) -> Sequence[FrameworkVersion]:
    """Return all versions of a framework, the newest first."""
    query = select(FrameworkVersion).where(FrameworkVersion.framework_id == framework_id)
    return db.session.scalars(query.order_by(FrameworkVersion.number.desc())).all()


def version_by_id(version_id: uuid.UUID) -> FrameworkVersion:
    """Return one version with its framework; raise Refused (404) when there is none."""
    version = db.session.get(FrameworkVersion, version_id, options=[selectinload(FrameworkVersion.framework)])
    if version is None:
        raise Refused(_("There are no such questions."), 404)
    return version


def open_drafts() -> Sequence[FrameworkDraft]:
    """Return the drafts that are being made, the one that was changed last first."""
    return db.session.scalars(
        select(FrameworkDraft)
        .options(joinedload(FrameworkDraft.changed_by), joinedload(FrameworkDraft.based_on))
        .where(FrameworkDraft.state == DraftState.OPEN)
        .order_by(FrameworkDraft.changed_at.desc())
    ).all()


def draft_by_id(draft_id: uuid.UUID) -> FrameworkDraft:
    """Return one draft; raise Refused (404) when there is none."""
    draft = db.session.get(FrameworkDraft, draft_id, options=[joinedload(FrameworkDraft.based_on)])
    if draft is None:
        raise Refused(_("There are no such questions."), 404)
    return draft


def brought_draft(version_id: uuid.UUID) -> FrameworkDraft | None:
    """Return the draft that a version was made of, where it came from a file that said some things otherwise."""
    made_of = select(FrameworkDraft).where(FrameworkDraft.version_id == version_id)
    return next((one for one in db.session.scalars(made_of) if one.brought), None)


def plain_draft(draft: FrameworkDraft) -> PlainFramework:
    """Return what a draft says; read once for each of its states, as a large one is slow to read."""
    moment, plain = _drafts.get(draft.id, (None, None))
    if plain is None or moment != draft.changed_at:
        plain = plain_of(draft.document)
        if len(_drafts) >= MOST_PLAIN:
            _drafts.pop(next(iter(_drafts)), None)
        _drafts[draft.id] = draft.changed_at, plain
    return plain


def forget_draft(draft_id: uuid.UUID) -> None:
    """Read a draft anew: it says something else now."""
    _drafts.pop(draft_id, None)


def plain_version(version_id: uuid.UUID) -> PlainFramework:
    """Return all that a published version says, with what was translated since; raise Refused (404) for none."""
    plain = _published(version_id)
    for layer in db.session.scalars(
        select(FrameworkTranslation).where(FrameworkTranslation.version_id == version_id).order_by("language")
    ):
        plain = put_words(plain, layer.language, layer.texts)
    return plain


def _published(version_id: uuid.UUID) -> PlainFramework:
    """Return what a version said when it was published; a large one takes longer to read than a page may take."""
    if version_id not in _plain:
        document = db.session.scalar(select(FrameworkVersion.document).where(FrameworkVersion.id == version_id))
        if document is None:
            raise Refused(_("There are no such questions."), 404)
        if len(_plain) >= MOST_PLAIN:
            _plain.pop(next(iter(_plain)), None)
        _plain[version_id] = plain_of(document)
    return _plain[version_id]


def questions_of(plain: PlainFramework, language: str | None = None) -> tuple[Question, ...]:
    """Return the questions of a framework in their order, in its own language or in another."""
    spoken = in_language(plain, language or plain.language)
    scales = {scale.key: scale for scale in spoken.scales}
    lists = {one.key: one.options for one in spoken.lists}
    translated = _translated_questions(plain, language) if language else frozenset()
    pairs = ((theme, criterion) for theme in spoken.themes for criterion in theme.criteria)
    return tuple(
        replace(
            _question(criterion, theme, scales.get(criterion.scale_key or "")),
            position=position,
            options=tuple(Option(one.key, one.label) for one in lists.get(criterion.list_key or "", ())),
            language=language if language and criterion.key in translated else plain.language,
        )
        for position, (theme, criterion) in enumerate(pairs)
    )


def _translated_questions(plain: PlainFramework, language: str) -> frozenset[str]:
    """Return the keys of the questions whose words are translated into a language."""
    texts = next((dict(one.texts) for one in plain.translations if one.language == language), {})
    return frozenset(address.split("/")[1] for address, said in texts.items() if said and address.endswith("/plain"))


def _question(criterion: PlainCriterion, theme: PlainTheme, scale: PlainScale | None) -> Question:
    points = scale.points if scale else ()
    same = {name: getattr(criterion, name) for name in SAME}
    return Question(
        theme_key=theme.key,
        theme_title=theme.title,
        position=0,
        statement=criterion.plain,
        prompts=tuple(Prompt(one.kind.capitalize(), one.text, one.easy) for one in criterion.prompts),
        scale_title=scale.title if scale else "",
        points=tuple(
            Point(one.key, one.label, one.descriptor, place, one.easy, one.sign) for place, one in enumerate(points)
        ),
        theme_weight=theme.weight,
        theme_condition=theme.condition,
        each=theme.each,
        most_repeats=theme.most,
        **same,
    )
