"""Read an expression: its grammar, its limits, and a sentence for what is not right."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from inspect_app.frameworks.expressions.functions import FUNCTIONS, WITH_CIRCUMSTANCES
from inspect_app.frameworks.expressions.patterns import compile_pattern
from inspect_app.frameworks.expressions.trees import Tree, all_of, parts_of

LONGEST, DEEPEST, MOST_PARTS = 4_000, 60, 600

# The levels bind ever more tightly, as in XPath 1.0. Curly quotation marks, which word processors put in, do as well.
GRAMMAR = r"""
    ?start: either
    ?either: both ("or" both)*
    ?both: equality ("and" equality)*
    ?equality: order | equality EQUAL order -> pair
    ?order: sum | order ORDER sum -> pair
    ?sum: product | sum SIGN product -> pair
    ?product: signed | product TIMES signed -> pair
    ?signed: atom | "-" signed -> minus
    ?atom: NUMBER -> number
        | TEXT -> text
        | NAME -> name
        | HERE -> here
        | FUNCTION "(" [either ("," either)*] ")" -> call
        | POSITION -> position
        | "(" either ")"
    EQUAL: "!=" | "="
    ORDER: "<=" | ">=" | "<" | ">"
    SIGN: "+" | "-"
    TIMES: "*" | /div\b/ | /mod\b/
    NUMBER: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
    TEXT: /"[^"]*"/ | /'[^']*'/ | /[“”][^“”"]*[“”"]/ | /[‘’][^‘’']*[‘’']/
    NAME: /\$\{\s*[^\s{}$'"]+\s*\}/
    HERE: /\.(?![.0-9\/])/
    POSITION.2: /position\s*\(\s*\.\.\s*\)/
    FUNCTION: /[^\W\d][\w.-]*(:[\w.-]+)?(?=\s*\()/
    %ignore /[ \t\r\n\xa0]+/
"""
LACKING = {
    "indexed-repeat": "Ask about one repeat in the repeated theme itself.",
    "instance": "Tables beside the form are not known here.",
    "pulldata": "Tables beside the form are not known here.",
    "jr:choice-name": "Use the key of the answer in place of its words.",
    "jr:itext": "Use the key in place of the words.",
    "random": "An answer must come out the same again.",
    "uuid": "An answer must come out the same again.",
}


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Tree:
    """Return the tree of an expression. Raises ValueError with a sentence that names the fault."""
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} letters. Make it shorter.")
    if not text.strip():
        raise ValueError("it is blank.")
    try:
        tree = cast(Tree, _parser().parse(text))
    except VisitError as error:
        raise ValueError(str(error.orig_exc)) from error
    except UnexpectedInput as error:
        raise ValueError(_fault(text, error)) from error
    _check_size(tree)
    return tree


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Growing(), maybe_placeholders=False)


class _Growing(Transformer[Token, Tree]):
    """Makes the tree while the text is read; each method is named for its rule in the grammar."""

    def number(self, found: list[Token]) -> Tree:
        return ("number", str(found[0]))

    def text(self, found: list[Token]) -> Tree:
        return ("text", str(found[0])[1:-1])

    def name(self, found: list[Token]) -> Tree:
        return ("name", str(found[0])[2:-1].strip())

    def here(self, _: list[Token]) -> Tree:
        return ("here",)

    def position(self, _: list[Token]) -> Tree:
        return ("position",)

    def minus(self, found: list[Tree]) -> Tree:
        return ("minus", found[0])

    def pair(self, found: list[Any]) -> Tree:
        return (str(found[1]), found[0], found[2])

    def either(self, found: list[Tree]) -> Tree:
        return _flat("or", found)

    def both(self, found: list[Tree]) -> Tree:
        return _flat("and", found)

    def call(self, found: list[Any]) -> Tree:
        name, arguments = str(found[0]), found[1:]
        _check_call(name, len(arguments))
        if name != "regex":
            return ("call", name, *arguments)
        if arguments[1][0] != "text":
            raise ValueError("the pattern of “regex” must stand in quotation marks.")
        return ("regex", arguments[0], arguments[1][1], compile_pattern(arguments[1][1]))


def _flat(kind: str, found: list[Tree]) -> Tree:
    """Return one tree for a chain: “a or b or c” is as deep as “a or b”."""
    inside = [part for one in found for part in (one[1:] if one[0] == kind else (one,))]
    return (kind, *inside)


def _check_call(name: str, count: int) -> None:
    if name in LACKING:
        raise ValueError(f"“{name}” does not work here. {LACKING[name]}")
    least, most = FUNCTIONS[name][:2] if name in FUNCTIONS else WITH_CIRCUMSTANCES.get(name, (0, -1))
    if most < 0:
        raise ValueError(f"there is no function “{name}” here.")
    if not least <= count <= most:
        wanted = f"{least}" if least == most else f"{least} or more" if most > 9 else f"{least} to {most}"
        raise ValueError(f"“{name}” has {count} values in its brackets. It needs {wanted}.")


def _check_size(tree: Tree) -> None:
    if sum(1 for _ in all_of(tree)) > MOST_PARTS:
        raise ValueError(f"it has more than {MOST_PARTS} parts. Make it shorter.")
    row, depth = [tree], 0
    while row:
        row, depth = [part for one in row for part in parts_of(one)], depth + 1
        if depth > DEEPEST:
            raise ValueError(f"it has more than {DEEPEST} levels of brackets. Make it simpler.")


def _fault(text: str, error: UnexpectedInput) -> str:
    place: Any = error.pos_in_stream  # typed too narrowly in lark
    is_at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    if is_at_end or place is None or not 0 <= place < len(text):
        return "it ends too early. Is a bracket open, or is something missing?"
    if found := next((name for name in LACKING if f"{name}(" in text[:place]), None):
        return f"“{found}” does not work here. {LACKING[found]}"
    rest = text[place : place + 20].split("\n")[0]
    if text[place] in "./":
        return f"paths such as “{rest}” do not work here. Write ${{name}}."
    if text[place] in "\"'“”‘’":
        return f"a quotation mark is open at letter {place + 1}: {rest}"
    if text[place] == "[":
        return f"“[” at letter {place + 1} does not work here: tables and filters are not known."
    return f"“{rest}” at letter {place + 1} does not fit there."
