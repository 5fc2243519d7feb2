"""Which questions are asked, what calculated ones come to and what an answer is checked against: pure functions.

A version's expressions are compiled once, in an order in which each stands behind those that it asks about. The same
steps go to the tablet (``static/frameworks/asking.js``), so that both come to the same. In a repeated theme each
question is asked for every instance (repeats.py), and knows the answers of its own one.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from inspect_app.core.words import lazy
from inspect_app.frameworks.answer_types import MEASURED, OUTSIDE_SCALE
from inspect_app.frameworks.expressions import Given, Tree, compile_expression, evaluate, holds, names_in, words_of
from inspect_app.frameworks.repeats import instances_of, repeated
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import joined, name_key, parted

CONSTRAINED = lazy("This answer does not fit. Look at it again.")


@dataclass(frozen=True)
class Step:
    """One question: when it is asked (None: always), how it is worked out, and what its answer must meet.

    ``theme`` is the key of the repeated theme that the question belongs to, "" for none. Whether such a theme is asked
    at all is a step too; its key is ``THEME--name-``.
    """

    key: str
    is_number: bool
    condition: Tree | None = None
    calculation: Tree | None = None
    constraint: Tree | None = None
    theme: str = ""


@dataclass(frozen=True)
class Moment:
    """The day and the moment in the programme's zone: 2026-11-22 and 2026-11-22T17:05:00."""

    today: str = ""
    now: str = ""


@dataclass(frozen=True)
class Asked:
    """Which questions are asked now, and what the calculated ones come to."""

    keys: frozenset[str]
    results: Mapping[str, str] = field(default_factory=dict)


def steps_of(questions: Sequence[Question]) -> tuple[Step, ...]:
    """Return the steps of a version's questions, or none where each is asked once and nothing is worked out."""
    if not any(
        one.condition or one.theme_condition or one.calculation or one.constraint or one.each for one in questions
    ):
        return ()
    themes = [
        Step(name_key(key, ""), False, _condition(one.theme_condition)) for key, one in repeated(questions).items()
    ]
    return _in_order(themes + [_step(one) for one in questions])


def each_once(steps: Sequence[Step]) -> list[Step]:
    """Return the steps for answers that stand for all instances of a repeated theme, as a team's agreed ones do."""
    return [replace(one, theme="") for one in steps]


def asked(steps: Sequence[Step], questions: Sequence[Question], values: Mapping[str, str | None], at: Moment) -> Asked:
    """Return which questions are asked of somebody who said this.

    What is not asked any more counts as blank for the others, and so do *not seen* and *does not apply*.
    """
    if not steps:
        return Asked(frozenset(one.key for one in questions))
    said = _Said(steps, values)
    found: set[str] = set()
    results: dict[str, str] = {}
    for step in steps:
        for instance, mine, place in said.of(step):
            given = Given(answers=mine, today=at.today, now=at.now, position=place)
            if step.condition is not None and not holds(step.condition, given):
                continue
            slot = joined(step.key, instance)
            found.add(slot)
            if step.calculation is None:
                mine[step.key] = _answer(step, values.get(slot))
            else:
                worked_out = evaluate(step.calculation, given)
                mine[step.key], results[slot] = worked_out, words_of(worked_out)
        said.gather(step)
    for theme, ones in said.instances.items():
        if name_key(theme, "") in found:
            found |= {name_key(theme, instance) for instance, _ in ones}
    return Asked(frozenset(found), results)


class _Said:
    """The answers as expressions know them: once for all, and for each instance its own on top of them."""

    def __init__(self, steps: Sequence[Step], values: Mapping[str, str | None]) -> None:
        themes = dict.fromkeys(step.theme for step in steps if step.theme)
        self.instances = {theme: instances_of(values, theme) for theme in themes}
        self.all: MutableMapping[str, Any] = {
            theme: [name for _, name in ones] for theme, ones in self.instances.items()
        }
        self._own: dict[tuple[str, str], MutableMapping[str, Any]] = {
            (theme, instance): ChainMap(dict.fromkeys(one.key for one in steps if one.theme == theme), self.all)
            for theme, ones in self.instances.items()
            for instance, _ in ones
        }

    def of(self, step: Step) -> list[tuple[str, MutableMapping[str, Any], int]]:
        """Return for what a step is taken: (instance, the answers that it knows and adds to, which one it is)."""
        if not step.theme:
            return [("", self.all, 1)]
        ones = self.instances[step.theme]
        return [(one, self._own[step.theme, one], place) for place, (one, _) in enumerate(ones, 1)]

    def gather(self, step: Step) -> None:
        """Let the questions outside of a repeated theme know all answers to one of its questions."""
        if step.theme:
            self.all[step.key] = [mine[step.key] for _, mine, _ in self.of(step)]


def unmet(
    steps: Sequence[Step], question: Question, value: str | None, values: Mapping[str, str | None], at: Moment
) -> str | None:
    """Return the sentence of a question whose constraint an answer does not meet, otherwise None."""
    key, here = parted(question.key)
    step = next((one for one in steps if one.key == key and one.constraint is not None), None)
    if step is None or step.constraint is None or value is None or value in OUTSIDE_SCALE:
        return None
    said, answer = _Said(steps, values), _answer(step, value)
    known, position = said.all, 1
    for one in steps:
        for instance, mine, place in said.of(one):
            mine[one.key] = _answer(one, values.get(joined(one.key, instance)))
            if one is step and instance == here:
                known, position = mine, place
        said.gather(one)
    given = Given(answers={**known, key: answer}, here=answer, today=at.today, now=at.now, position=position)
    return None if holds(step.constraint, given) else question.constraint_words or str(CONSTRAINED)


def for_tablet(steps: Sequence[Step]) -> list[list[Any]]:
    """Return the steps as JSON has them: [key, is it a number, condition, calculation, constraint, repeated theme]."""
    return [
        [one.key, one.is_number, one.condition, one.calculation, one.constraint, *([one.theme] if one.theme else [])]
        for one in steps
    ]


def _step(question: Question) -> Step:
    return Step(
        key=question.key,
        is_number=question.answer_type in MEASURED,
        condition=_condition(question.theme_condition, question.condition),
        calculation=compile_expression(question.calculation) if question.calculation else None,
        constraint=compile_expression(question.constraint) if question.constraint else None,
        theme=question.theme_key if question.each else "",
    )


def _condition(*texts: str) -> Tree | None:
    """Return the condition that all of some conditions are met; None for none."""
    parts = [compile_expression(one) for one in texts if one]
    return ("and", *parts) if len(parts) > 1 else parts[0] if parts else None


def _in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps so that each stands behind those that it asks about; circles stay as they came."""
    waiting, done, ordered = list(steps), set[str](), list[Step]()
    keys = {one.key for one in steps}
    needs = {one.key: _needs(one) & keys for one in steps}
    while waiting:
        ready = [one for one in waiting if needs[one.key] <= done] or waiting[:1]
        ordered += ready
        done |= {one.key for one in ready}
        waiting = [one for one in waiting if one.key not in done]
    return tuple(ordered)


def _needs(step: Step) -> frozenset[str]:
    trees = [one for one in (step.condition, step.calculation) if one is not None]
    return frozenset().union(*(names_in(one) for one in trees))


def _answer(step: Step, value: str | None) -> str | float | None:
    if value is None or value in OUTSIDE_SCALE:
        return None
    if not step.is_number:
        return value
    try:
        return float(value)
    except ValueError:
        return value
