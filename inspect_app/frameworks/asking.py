"""Which questions are asked, what calculated ones come to and what an answer is checked against: pure functions.

A version's expressions are compiled once, in an order in which each stands behind those that it asks about. The same
steps go to the tablet (``static/frameworks/asking.js``), so that both come to the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspect_app.frameworks.expressions import Given, Tree, compile_expression, evaluate, holds, names_in, words_of
from inspect_app.frameworks.rules import MEASURED, OUTSIDE_SCALE, Question

CONSTRAINED = "This answer does not fit. Look at it again."


@dataclass(frozen=True)
class Step:
    """One question: when it is asked (None: always), how it is worked out, and what its answer must meet."""

    key: str
    is_number: bool
    condition: Tree | None = None
    calculation: Tree | None = None
    constraint: Tree | None = None


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
    """Return the steps of a version's questions, or none where every question is asked and nothing is worked out."""
    if not any(one.condition or one.theme_condition or one.calculation or one.constraint for one in questions):
        return ()
    return _in_order([_step(one) for one in questions])


def asked(steps: Sequence[Step], questions: Sequence[Question], values: Mapping[str, str | None], at: Moment) -> Asked:
    """Return which questions are asked of somebody who said this.

    What is not asked any more counts as blank for the others, and so do *not seen* and *does not apply*.
    """
    if not steps:
        return Asked(frozenset(one.key for one in questions))
    answers: dict[str, Any] = {}
    found: set[str] = set()
    results: dict[str, str] = {}
    for step in steps:
        given = Given(answers=answers, today=at.today, now=at.now)
        if step.condition is not None and not holds(step.condition, given):
            continue
        found.add(step.key)
        if step.calculation is None:
            answers[step.key] = _answer(step, values.get(step.key))
        else:
            worked_out = evaluate(step.calculation, given)
            answers[step.key], results[step.key] = worked_out, words_of(worked_out)
    return Asked(frozenset(found), results)


def unmet(
    steps: Sequence[Step], question: Question, value: str | None, values: Mapping[str, str | None], at: Moment
) -> str | None:
    """Return the sentence of a question whose constraint an answer does not meet, otherwise None."""
    step = next((one for one in steps if one.key == question.key and one.constraint is not None), None)
    if step is None or step.constraint is None or value is None or value in OUTSIDE_SCALE:
        return None
    answers = {one.key: _answer(one, values.get(one.key)) for one in steps} | {step.key: _answer(step, value)}
    given = Given(answers=answers, here=_answer(step, value), today=at.today, now=at.now)
    return None if holds(step.constraint, given) else question.constraint_words or CONSTRAINED


def for_tablet(steps: Sequence[Step]) -> list[list[Any]]:
    """Return the steps as JSON has them: [key, is it a number, condition, calculation]; one for each question."""
    return [[one.key, one.is_number, one.condition, one.calculation, one.constraint] for one in steps]


def _step(question: Question) -> Step:
    parts = [compile_expression(one) for one in (question.theme_condition, question.condition) if one]
    return Step(
        key=question.key,
        is_number=question.answer_type in MEASURED,
        condition=("and", *parts) if len(parts) > 1 else parts[0] if parts else None,
        calculation=compile_expression(question.calculation) if question.calculation else None,
        constraint=compile_expression(question.constraint) if question.constraint else None,
    )


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
