"""Reads of a rater's sheet: their questions, what they answered and added, which are asked now, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import case, func, select

from inspect_app.core.database import db
from inspect_app.core.programme import zone
from inspect_app.core.time import local, now
from inspect_app.fieldwork.models import Evidence, Observation, Rating
from inspect_app.fieldwork.queries import sealed_raters
from inspect_app.fieldwork.rules import NO_EVIDENCE, Had, Progress, Rater, RaterKind, missing_evidence, unanswered
from inspect_app.frameworks.answer_types import ADDED, EVIDENCE
from inspect_app.frameworks.asking import Asked, Moment, asked
from inspect_app.frameworks.queries import criteria_of, criteria_read, steps_to_ask
from inspect_app.frameworks.repeats import PATTERN, expanded, find, instances_of, repeated
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import joined, name_key
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted


@dataclass(frozen=True)
class Added:
    """What somebody added to a repeated theme, by name."""

    key: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """How far one rater is.

    ``questions`` hold those of a repeated theme once for each instance that the rater added, behind that of its name.
    ``values`` hold what was added too; ``had`` also names what they said there is none of. ``adds`` is false for a
    service that rates itself: it adds no photos and recordings.
    """

    questions: tuple[Question, ...]
    values: Mapping[str, str | None]
    asked: Asked
    had: Had
    adds: bool = True
    themes: tuple[Added, ...] = ()

    @property
    def open(self) -> list[Question]:
        """The questions that are asked now, notes among them."""
        return [one for one in self.questions if one.key in self.asked.keys]

    @property
    def answerable(self) -> list[Question]:
        """The questions that are asked now and wait for an answer."""
        return [one for one in self.open if one.takes_answer]

    @property
    def left(self) -> list[Question]:
        """The questions that must be answered before a seal."""
        return unanswered(self.open, self.values)

    @property
    def missing(self) -> list[tuple[Question, str]]:
        """What is required and was neither added nor explained: (question, ``photo`` or ``sound``)."""
        return missing_evidence(self.open, self.values, self.had) if self.adds else []

    @property
    def done(self) -> int:
        """How many questions have an answer."""
        return sum(self.values.get(one.key) is not None for one in self.answerable)


def moment() -> Moment:
    """Return the day and the moment, as expressions know them."""
    at = local(now(), zone())
    return Moment(at.date().isoformat(), at.replace(tzinfo=None).isoformat(timespec="seconds"))


def questions_for(inspection: Inspection, rater: Rater) -> tuple[Question, ...]:
    """Return the questions of one rater: a service that rates itself adds no photos and recordings."""
    return _for_rater(criteria_read(inspection.framework_version_id), rater)


def question_for(inspection: Inspection, rater: Rater, key: str) -> Question | None:
    """Return one question of one rater in the words of its framework, or None: a save looks at none of them."""
    return find(_for_rater(criteria_of(inspection.framework_version_id), rater), key)


def _for_rater(found: tuple[Question, ...], rater: Rater) -> tuple[Question, ...]:
    if rater.kind == RaterKind.SERVICE and any(one.answer_type in EVIDENCE for one in found):
        return tuple(one for one in found if one.answer_type not in EVIDENCE)
    return found


def sheet_of(inspection: Inspection, rater: Rater, values: Mapping[str, str | None] | None = None) -> Sheet:
    """Return the sheet of one rater; ``values`` where they are known, otherwise what stands."""
    if values is None:
        values = _own_values(inspection, rater)
    questions = questions_for(inspection, rater)
    if not is_together(inspection, rater):
        questions = expanded(questions, values)
    had: Had = frozenset()
    if rater.kind == RaterKind.INSPECTOR and any(one.required_evidence for one in questions):
        had = _added(inspection, rater)
        added = {one.key: ADDED for one in questions if (one.key, one.answer_type) in had}
        values = added | {key: value for key, value in values.items() if value is not None or key not in added}
        had |= _explained(inspection, rater)
    found = asked(steps_to_ask(inspection.framework_version_id), questions, values, moment())
    if is_together(inspection, rater):  # nobody adds instances; a question is talked about once
        found = replace(found, keys=found.keys | {one.key for one in questions if one.each})
    themes = _added_to(questions_for(inspection, rater), values, found)
    return Sheet(questions, values, found, had, rater.kind == RaterKind.INSPECTOR, themes)


def _added_to(questions: Sequence[Question], values: Mapping[str, str | None], found: Asked) -> tuple[Added, ...]:
    """Return the repeated themes that are asked, with what was added to each."""
    themes = [one for key, one in repeated(questions).items() if name_key(key, "") in found.keys]
    return tuple(
        Added(one.theme_key, one.theme_title, tuple(name for _, name in instances_of(values, one.theme_key)))
        for one in themes
    )


def is_together(inspection: Inspection, rater: Rater) -> bool:
    """Say whether this rater's team rates together, so that they only read questions and take notes."""
    return inspection.kind.rating == "together" and rater.kind == RaterKind.INSPECTOR


def _own_values(inspection: Inspection, rater: Rater) -> dict[str, str | None]:
    rows = db.session.execute(
        select(Rating.criterion_key, Rating.instance, Rating.value).where(
            Rating.inspection_id == inspection.id, Rating.rater_kind == rater.kind, Rating.rater_id == rater.id
        )
    )
    return {joined(key, instance): value for key, instance, value in rows}


def blank_sheet(inspection: Inspection, rater: Rater) -> Sheet:
    """Return a sheet on which nothing is said and everything is asked: a tablet fills it.

    Each repeated theme is there for one instance, which stands for any.
    """
    questions = questions_for(inspection, rater)
    if not is_together(inspection, rater):
        found = expanded(questions, {name_key(theme, PATTERN): PATTERN for theme in repeated(questions)})
        questions = tuple(replace(one, instance_name="") for one in found)
    themes = tuple(Added(key, one.theme_title, ()) for key, one in repeated(questions).items())
    return Sheet(questions, {}, Asked(frozenset(one.key for one in questions)), frozenset(), themes=themes)


def _added(inspection: Inspection, rater: Rater) -> frozenset[tuple[str, str]]:
    """Return what a rater added to questions, by itself or with a note."""
    key = func.coalesce(Evidence.criterion_key, Observation.criterion_key)
    instance = case((Evidence.criterion_key.is_not(None), Evidence.instance), else_=Observation.instance)
    rows = db.session.execute(
        select(key, instance, Evidence.kind)
        .outerjoin(Observation, Observation.id == Evidence.observation_id)
        .where(Evidence.inspection_id == inspection.id, Evidence.author_id == rater.id, key.is_not(None))
        .where(Evidence.withdrawn_at.is_(None))
    )
    return frozenset((joined(str(key), one), str(kind)) for key, one, kind in rows)


def _explained(inspection: Inspection, rater: Rater) -> frozenset[tuple[str, str]]:
    """Return for what a rater noted why there is none."""
    query = select(Observation.criterion_key, Observation.instance, Observation.text).where(
        Observation.inspection_id == inspection.id,
        Observation.author_id == rater.id,
        Observation.criterion_key.is_not(None),
        Observation.withdrawn_at.is_(None),
    )
    found = db.session.execute(query).all()
    return frozenset(
        (joined(str(key), instance), str(kind))
        for key, instance, text in found
        for kind, begin in NO_EVIDENCE.items()
        if text.startswith(begin)
    )


def progress(inspection: Inspection) -> list[Progress]:
    """Return how far each inspector and each service is, as figures: what a coordinator may know."""
    raters = [(Rater(RaterKind.INSPECTOR, one.person_id), one.person.name) for one in accepted(inspection)]
    raters += [(Rater(RaterKind.SERVICE, one.id), one.name) for one in inspection.services]
    seals = sealed_raters([inspection.id])[inspection.id]
    values = _values(inspection)
    found = []
    for rater, name in raters:
        sheet = sheet_of(inspection, rater, values.get(rater, {}))
        sealed_at = seals[rater].sealed_at if rater in seals else None
        found.append(Progress(rater, name, sheet.done, len(sheet.answerable), sealed_at))
    return found


def _values(inspection: Inspection) -> dict[Rater, dict[str, str | None]]:
    """Return everybody's values, in one query; only figures made of them leave this module."""
    rows = db.session.execute(
        select(Rating.rater_kind, Rating.rater_id, Rating.criterion_key, Rating.instance, Rating.value).where(
            Rating.inspection_id == inspection.id
        )
    )
    found: dict[Rater, dict[str, str | None]] = {}
    for kind, rater_id, key, instance, value in rows:
        found.setdefault(Rater(kind, rater_id), {})[joined(key, instance)] = value
    return found


def asked_of(inspection: Inspection, raters: Sequence[Rater]) -> dict[Rater, frozenset[str]] | None:
    """Return which questions some raters are asked by what they said; None where everybody is asked everything."""
    if not steps_to_ask(inspection.framework_version_id):
        return None
    values = _values(inspection)
    return {rater: sheet_of(inspection, rater, values.get(rater, {})).asked.keys for rater in raters}
