"""Trees of expressions: which questions they ask about, the same tree with other names, and the text of a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Tree = tuple[Any, ...]
"""A kind, and what belongs to it: ("number", "5"), ("name", "lift"), ("=", tree, tree), ("call", "sum", tree …).

Plain values alone: what comes back from JSON, lists in place of tuples, is evaluated just as well.
"""

LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"), ("minus",))
LEVEL_OF = {kind: level for level, kinds in enumerate(LEVELS) for kind in kinds}
HIGHEST = len(LEVELS)


def parts_of(tree: Tree) -> Iterator[Tree]:
    """Return the trees inside a tree, one step down."""
    if tree[0] == "regex":
        return iter(tree[1:2])
    begin = 2 if tree[0] == "call" else 1
    return (one for one in tree[begin:] if not isinstance(one, str))


def all_of(tree: Tree) -> Iterator[Tree]:
    """Return the tree and all trees inside it."""
    todo = [tree]
    while todo:
        one = todo.pop()
        yield one
        todo.extend(parts_of(one))


def names_in(tree: Tree) -> frozenset[str]:
    """Return the keys of the questions and repeated themes that an expression asks about."""
    return frozenset(one[1] for one in all_of(tree) if one[0] == "name")


def renamed(tree: Tree, names: Mapping[str, str], literal: Callable[[str, str], str] | None = None) -> Tree:
    """Return the tree with other names; a name that is not among ``names`` stays.

    ``literal`` is told a question's old name and a text that the tree compares its answer with, and returns what the
    text is to be: keys of options may have new names as well.
    """
    if tree[0] == "name":
        return ("name", names.get(tree[1], tree[1]))
    compared = _compared(tree) if literal else None
    if tree[0] == "regex":
        return ("regex", renamed(tree[1], names, literal), *tree[2:])
    parts: list[Any] = []
    for one in tree[1:]:
        if isinstance(one, str):
            parts.append(one)
        elif literal and compared and one[0] in ("text", "number"):
            parts.append(_literal(one, literal(compared, one[1])))
        else:
            parts.append(renamed(one, names, literal))
    return (tree[0], *parts)


def _literal(old: Tree, new: str) -> Tree:
    return old if new == old[1] else ("text", new)


def _compared(tree: Tree) -> str | None:
    """Return the name of the question whose answer stands beside a literal: in = and !=, and in selected()."""
    sides = tree[1:] if tree[0] in ("=", "!=") else tree[2:] if tree[:2] == ("call", "selected") else ()
    if len(sides) != 2 or not any(one[0] in ("text", "number") for one in sides):
        return None
    return next((_question(one) for one in sides if _question(one)), None)


def _question(tree: Tree) -> str:
    """Return the question whose answer, or one of whose answers, a tree is: ${name}, ., selected-at(${name}, 0)."""
    if tree[:2] == ("call", "selected-at"):
        return _question(tree[2])
    return "." if tree[0] == "here" else tree[1] if tree[0] == "name" else ""


def text_of_tree(tree: Tree) -> str:
    """Return the expression that compiles to the tree."""
    kind = tree[0]
    if kind in ("or", "and"):
        return f" {kind} ".join(_inside(one, LEVEL_OF[kind] + 1) for one in tree[1:])
    if kind == "minus":
        return f"-{_inside(tree[1], LEVEL_OF[kind])}"
    if kind in LEVEL_OF:
        return f"{_inside(tree[1], LEVEL_OF[kind])} {kind} {_inside(tree[2], LEVEL_OF[kind] + 1)}"
    if kind == "call":
        return f"{tree[1]}({', '.join(text_of_tree(one) for one in tree[2:])})"
    if kind == "regex":
        return f"regex({text_of_tree(tree[1])}, {_quoted(tree[2])})"
    if kind == "name":
        return f"${{{tree[1]}}}"
    return {"here": ".", "position": "position(..)"}.get(kind) or (_quoted(tree[1]) if kind == "text" else str(tree[1]))


def _inside(tree: Tree, lowest: int) -> str:
    text = text_of_tree(tree)
    return text if LEVEL_OF.get(tree[0], HIGHEST) >= lowest else f"({text})"


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
