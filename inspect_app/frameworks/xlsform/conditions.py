"""Conditions, checks and calculations of a form, told with our keys; what cannot be told is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from inspect_app.frameworks.expressions import Tree, compile_expression, names_in, renamed, text_of_tree
from inspect_app.frameworks.reading_questions import LONGEST_CONDITION

QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
PATH = re.compile(r"(?<![\w.)\]}])(?:\.{1,2}/|/)(?:\.\./)*(?:[\w.-]+/)*([^\W\d][\w.-]*)(?![\w./\[(-])")
REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


@dataclass
class Names:
    """What expressions of a form may ask about: its names, our keys for them, and for the names of their answers."""

    keys: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    """Question's name in the form → name of an answer → its key."""

    def literal(self, name: str, text: str) -> str:
        """Return the key of an answer's name."""
        return self.answers.get(name, {}).get(text, text)


def translated(text: str, names: Names, here: str = "") -> str:
    """Return an expression with our keys; ``here`` is the question that ``.`` stands for.

    What needs no change stays letter by letter. Raises ValueError with a sentence for what does not work here.
    """
    if len(text) > LONGEST_CONDITION:
        raise ValueError(f"it is longer than {LONGEST_CONDITION} letters.")
    given = with_names_for_paths(text, names)
    tree = compile_expression(given)
    if missing := sorted(names_in(tree) - names.keys.keys()):
        raise ValueError(f"it asks about “{missing[0]}”, which did not come over.")

    def literal(name: str, words: str) -> str:
        return names.literal(here if name == "." else name, words)

    other: Tree = renamed(tree, names.keys, literal)
    made = text.strip() if other == tree and given == text else text_of_tree(other)
    if len(made) > LONGEST_CONDITION:
        raise ValueError(f"it is longer than {LONGEST_CONDITION} letters.")
    return made


def with_names_for_paths(text: str, names: Names) -> str:
    """Return an expression with ${name} in place of each path that ends at a question of the form."""

    def name(found: re.Match[str]) -> str:
        return f"${{{found[1]}}}" if found[1] in names.keys else found[0]

    parts = QUOTED.split(text)
    return "".join(part if place % 2 else PATH.sub(name, part) for place, part in enumerate(parts))


def with_new_names(text: str, keys: dict[str, str]) -> str:
    """Return an expression with other names in ``${…}``, and else letter by letter as it was."""
    return REFERENCE.sub(lambda found: f"${{{keys[found[1]]}}}" if found[1] in keys else found[0], text)


def joined(conditions: list[str]) -> str:
    """Return one condition for several that must all be met."""
    ones = list(dict.fromkeys(conditions))
    return ones[0] if len(ones) == 1 else " and ".join(f"({one})" for one in ones)


def circles(asks: dict[str, set[str]]) -> list[list[str]]:
    """Return the ways on which something asks about itself: key → keys that it asks about."""
    found: list[list[str]] = []
    done: set[str] = set()
    for begin in asks:
        way: list[str] = []
        todo: list[tuple[str, int]] = [(begin, 0)]
        while todo:
            key, depth = todo.pop()
            del way[depth:]
            if key in way:
                found.append([*way[way.index(key) :], key])
            elif key not in done:
                way.append(key)
                done.add(key)
                todo += [(one, depth + 1) for one in sorted(asks.get(key, ()))]
    return found
