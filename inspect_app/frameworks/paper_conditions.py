"""Conditions as people read them on paper: “only if question 9: No, or question 9: Partly”."""

from __future__ import annotations

import re
from collections.abc import Mapping

from inspect_app.frameworks.expressions import Tree, compile_expression
from inspect_app.frameworks.plain import PlainFramework, criteria

COMPARED = {"=": "", "!=": "is_not", ">": "more", "<": "less"}


def condition_in_words(text: str, plain: PlainFramework, numbers: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Return a condition with the numbers of questions and the labels of answers; as it is written where it is odd."""
    try:
        said = _said(compile_expression(text), plain, numbers, words)
    except ValueError:
        said = None
    return said or re.sub(
        r"\$\{([^}]+)\}", lambda found: f"{words['question']} {numbers.get(found[1], found[1])}", text
    )


def _said(tree: Tree, plain: PlainFramework, numbers: Mapping[str, int], words: Mapping[str, str]) -> str | None:
    if tree[0] in ("or", "and"):
        parts = [_said(one, plain, numbers, words) for one in tree[1:]]
        return f", {words[tree[0]]} ".join(one for one in parts if one) if all(parts) else None
    if tree[0] == "call" and tree[1] == "selected":
        tree = ("=", *tree[2:])
    if tree[0] not in COMPARED or tree[1][0] != "name" or tree[2][0] not in ("text", "number"):
        return None
    key, value = tree[1][1], tree[2][1]
    if key not in numbers:
        return None
    how = COMPARED[tree[0]]
    label = _label(plain, key, value, words)
    return f"{words['question']} {numbers[key]}: {words[how] + ' ' if how else ''}{label}"


def _label(plain: PlainFramework, key: str, value: str, words: Mapping[str, str]) -> str:
    question = next(one for one in criteria(plain) if one.key == key)
    labels = {point.key: point.label for one in plain.scales if one.key == question.scale_key for point in one.points}
    labels |= {entry.key: entry.label for one in plain.lists if one.key == question.list_key for entry in one.options}
    return labels.get(value) or words.get(value, value)
