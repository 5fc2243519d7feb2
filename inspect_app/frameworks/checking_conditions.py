"""Check the conditions, checks and calculations of a framework: what they ask about must be there, and can be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inspect_app.core.words import _, mark
from inspect_app.frameworks.answer_types import CHOOSING, NO, PARTLY, YES, AnswerType
from inspect_app.frameworks.editing import find
from inspect_app.frameworks.expressions import Tree, compile_expression, names_in
from inspect_app.frameworks.expressions.trees import all_of
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, criteria

Fault = tuple[bool, str, str]
"""Whether it must be mended; where; what it is."""


@dataclass(frozen=True)
class Used:
    """An expression that stands somewhere: of which part, what it does, and from which question on it is asked."""

    part: str
    does: str
    text: str
    position: int
    key: str


def faults_of_conditions(plain: PlainFramework) -> Iterator[Fault]:
    """Yield what is wrong with each expression: unreadable, unknown, never true, asked too early, going in circles."""
    order = {one.key: place for place, one in enumerate(criteria(plain))}
    themes = {theme.key for theme in plain.themes if theme.each}
    allowed = {one.key: values for one in criteria(plain) if (values := _values_of(one, plain)) is not None}
    trees: dict[str, list[Tree]] = {}
    for used in _used(plain, order):
        try:
            tree = compile_expression(used.text)
        except ValueError as error:
            yield True, used.part, _("“%(what)s” cannot be read: %(fault)s", what=_(used.does), fault=error)
            continue
        trees.setdefault(used.key, []).append(tree)
        yield from _names(used, tree, order, themes)
        yield from _never(used, tree, allowed)
    for key in _circles({key: {name for one in found for name in names_in(one)} for key, found in trees.items()}):
        yield True, f"question/{key}", _("It depends on itself, through the questions that it asks about.")


def _used(plain: PlainFramework, order: Mapping[str, int]) -> Iterator[Used]:
    for theme in plain.themes:
        if theme.condition and theme.criteria:
            first = theme.criteria[0].key
            yield Used(f"theme/{theme.key}", mark("Ask these questions only if"), theme.condition, order[first], "")
    for one in criteria(plain):
        part = f"question/{one.key}"
        if one.condition:
            yield Used(part, mark("Ask this only if"), one.condition, order[one.key], one.key)
        if one.constraint:
            yield Used(part, mark("Take an answer only if"), one.constraint, order[one.key] + 1, "")
        if one.calculation:
            yield Used(part, mark("How is it worked out?"), one.calculation, len(order), one.key)


def _names(used: Used, tree: Tree, order: Mapping[str, int], themes: set[str]) -> Iterator[Fault]:
    for name in sorted(names_in(tree)):
        if name not in order and name not in themes:
            yield (
                True,
                used.part,
                _("“%(what)s” asks about “%(name)s”, and there is no such question.", what=_(used.does), name=name),
            )
        elif order.get(name, -1) >= used.position and name != used.key:
            yield (
                False,
                used.part,
                _("“%(what)s” asks about “%(name)s”, which comes later.", what=_(used.does), name=name),
            )


def _never(used: Used, tree: Tree, allowed: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    for one in all_of(tree):
        name, value = _compared(one)
        if name in allowed and value and value not in allowed[name]:
            yield (
                True,
                used.part,
                _(
                    "“%(what)s” waits for “%(value)s”, which nobody can answer to “%(name)s”.",
                    what=_(used.does),
                    value=value,
                    name=name,
                ),
            )


def _compared(tree: Tree) -> tuple[str, str]:
    """Return the question and the value that a tree compares, or nothing."""
    sides = tree[1:3] if tree[0] in ("=", "!=") else tree[2:4] if tree[:2] == ("call", "selected") else ()
    found = {side[0]: side[1] for side in sides if side[0] in ("name", "text")}
    return found.get("name", ""), found.get("text", "")


def _values_of(one: PlainCriterion, plain: PlainFramework) -> frozenset[str] | None:
    """Return what a question can be answered with, where that can be listed."""
    kind = AnswerType(one.answer_type)
    if kind == AnswerType.SCALE:
        scale = find(plain.scales, one.scale_key or "")
        return frozenset(it.key for it in scale.points) if scale else None
    if kind in CHOOSING:
        some = find(plain.lists, one.list_key or "")
        return frozenset(it.key for it in some.options) if some else None
    if kind == AnswerType.YES_NO:
        return frozenset({YES, NO})
    return frozenset({YES, PARTLY, NO}) if kind == AnswerType.YES_NO_PARTLY else None


def _circles(asks: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield the questions that depend on themselves."""
    for start in asks:
        waiting, seen = list(asks[start]), set[str]()
        while waiting:
            name = waiting.pop()
            if name == start:
                yield start
                break
            if name not in seen:
                seen.add(name)
                waiting += asks.get(name, ())
