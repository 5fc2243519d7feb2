"""Evaluate a compiled expression: a pure function of the tree and what is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from inspect_app.frameworks.expressions.functions import FUNCTIONS
from inspect_app.frameworks.expressions.patterns import matches
from inspect_app.frameworks.expressions.trees import Tree
from inspect_app.frameworks.expressions.values import (
    MOST_NODES,
    Nodes,
    Result,
    Value,
    divided,
    each,
    first,
    number_of,
    rest,
    text_of,
    truth_of,
)

Answer = str | int | float | bool | None


@dataclass(frozen=True)
class Given:
    """What an expression may know.

    ``answers``: question's key → its answer, or one for each repeat. Points and options are given by key, several
    options with blanks between them, numbers as numbers, dates as ISO 8601 has them; what was not seen or does not
    apply is given as None, as is what was not answered. A repeated theme's key stands for its repeats: a list with
    one entry for each. ``here``: the answer of the question itself. ``today``, ``now``: in the programme's zone, such
    as 2026-11-22 and 2026-11-22T17:05:00. ``position``: which repeat this is, from 1.
    """

    answers: Mapping[str, Answer | Sequence[Answer]] = field(default_factory=dict)
    here: Answer = None
    today: str = ""
    now: str = ""
    position: int = 1


def evaluate(tree: Tree, given: Given) -> Value:
    """Return the value of a compiled expression: text, number, or yes or no. Never raises for a compiled tree."""
    return first(_value(tree, given))


def holds(tree: Tree, given: Given) -> bool:
    """Return whether a condition is met."""
    return truth_of(_value(tree, given))


def words_of(value: Value) -> str:
    """Return a value as people read it: a number in full, no exponent; what is no number is blank."""
    return "" if value != value else text_of(value)


def _value(tree: Tree, given: Given) -> Result:
    kind: str = tree[0]
    if kind in ATOMS:
        return ATOMS[kind](tree, given)
    one = _value(tree[1], given)
    if kind == "minus":
        return -number_of(one)
    other = _value(tree[2], given)
    if kind in ARITHMETIC:
        return ARITHMETIC[kind](number_of(one), number_of(other))
    if kind in EQUALITY and (isinstance(one, bool) or isinstance(other, bool)):
        return (truth_of(one) == truth_of(other)) == (kind == "=")
    test = COMPARISONS[kind]
    return any(test(left, right) for left in each(one) for right in each(other))


def _called(tree: Tree, given: Given) -> Result:
    name, arguments = tree[1], tree[2:]
    if name == "if":
        return _value(arguments[1] if truth_of(_value(arguments[0], given)) else arguments[2], given)
    if name == "once":
        here = _plain(given.here)
        return here if text_of(here) != "" else _value(arguments[0], given)
    if name == "today":
        return given.today
    if name == "now":
        return given.now
    return FUNCTIONS[name][2]([_value(one, given) for one in arguments])


def _answer(answer: Answer | Sequence[Answer]) -> Result:
    if answer is None or isinstance(answer, str | int | float):
        return _plain(answer)
    nodes: Nodes = [_plain(one) for one in answer[:MOST_NODES]]
    return nodes


def _plain(answer: Answer) -> Value:
    if answer is None:
        return ""
    if isinstance(answer, str | bool):
        return answer
    try:
        return float(answer)
    except OverflowError:
        return math.inf if answer > 0 else -math.inf


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return number_of(one) == number_of(other)
    return text_of(one) == text_of(other)


ATOMS: dict[str, Callable[[Tree, Given], Result]] = {
    "text": lambda tree, _: str(tree[1]),
    "number": lambda tree, _: float(tree[1]),
    "name": lambda tree, given: _answer(given.answers.get(tree[1])),
    "here": lambda _, given: _plain(given.here),
    "position": lambda _, given: float(given.position),
    "or": lambda tree, given: any(truth_of(_value(one, given)) for one in tree[1:]),
    "and": lambda tree, given: all(truth_of(_value(one, given)) for one in tree[1:]),
    "call": _called,
    "regex": lambda tree, given: matches(tree[3], text_of(_value(tree[1], given))),
}
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "div": divided,
    "mod": rest,
}
EQUALITY = ("=", "!=")
COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "=": _same,
    "!=": lambda one, other: not _same(one, other),
    "<": lambda one, other: number_of(one) < number_of(other),
    "<=": lambda one, other: number_of(one) <= number_of(other),
    ">": lambda one, other: number_of(one) > number_of(other),
    ">=": lambda one, other: number_of(one) >= number_of(other),
}
