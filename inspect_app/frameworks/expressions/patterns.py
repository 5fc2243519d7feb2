"""Patterns of ``regex()``: a subset that is matched in time linear in the text, whatever the pattern.

A pattern is compiled to a short list of steps; server and tablet walk all alternatives at once (Thompson 1968), so
none can blow up as backtracking does. Left out: looking ahead or behind, back references, borders of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Program = tuple[tuple[Any, ...], ...]

MOST_STEPS = 400
LONGEST_MATCHED = 1_000
"""A longer text matches no pattern."""
MOST_COPIES = 200
DEEPEST = 30

SPACE = ((9, 13), (32, 32), (160, 160))
DIGIT = ((48, 57),)
WORD = ((48, 57), (65, 90), (95, 95), (97, 122))
CLASSES = {"d": (False, DIGIT), "D": (True, DIGIT), "s": (False, SPACE), "S": (True, SPACE)}
CLASSES |= {"w": (False, WORD), "W": (True, WORD)}
CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
LAST = 0x10FFFF


def compile_pattern(pattern: str) -> Program:
    """Return the steps of a pattern. Raises ValueError with a sentence for what the subset leaves out."""
    reader = _Reader(pattern)
    tree = reader.alternatives(0)
    if reader.at < len(pattern):
        raise ValueError(f"the pattern “{pattern}” has a “)” too many.")
    steps: list[tuple[Any, ...]] = []
    _emit(tree, steps, pattern)
    return (*steps, ("match",))


def matches(program: Sequence[Sequence[Any]], text: str) -> bool:
    """Return whether the steps describe the whole text."""
    if len(text) > LONGEST_MATCHED:
        return False
    current = _reached(program, {0}, 0, len(text))
    for position, letter in enumerate(text, 1):
        code = ord(letter)
        on = {at + 1 for at in current if program[at][0] == "one" and _is_one(program[at], code)}
        if not on:
            return False
        current = _reached(program, on, position, len(text))
    return any(program[at][0] == "match" for at in current)


def _is_one(step: Sequence[Any], code: int) -> bool:
    inside = any(low <= code <= high for low, high in step[2])
    return bool(inside != step[1])


def _reached(program: Sequence[Sequence[Any]], begin: set[int], position: int, length: int) -> set[int]:
    """Return all steps that can be reached without reading a letter."""
    todo, seen = list(begin), set(begin)
    while todo:
        step = program[todo.pop()]
        at = step[1:] if step[0] in ("split", "jump") else ()
        if (step[0] == "begin" and position == 0) or (step[0] == "end" and position == length):
            at = (step[1],)
        for target in at:
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


class _Reader:
    """Reads a pattern into nested tuples: letters, ("all", …), ("any", …), ("again", what, least, most)."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at = pattern, 0

    def ahead(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        letter = self.ahead()
        if not letter:
            raise ValueError(f"the pattern “{self.pattern}” ends too early.")
        self.at += 1
        return letter

    def alternatives(self, depth: int) -> tuple[Any, ...]:
        if depth > DEEPEST:
            raise ValueError(f"the pattern “{self.pattern}” has too many brackets inside each other.")
        ways = [self.sequence(depth)]
        while self.ahead() == "|":
            self.at += 1
            ways.append(self.sequence(depth))
        return ways[0] if len(ways) == 1 else ("any", *ways)

    def sequence(self, depth: int) -> tuple[Any, ...]:
        parts = []
        while self.ahead() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom(depth)))
        return ("all", *parts)

    def atom(self, depth: int) -> tuple[Any, ...]:
        letter = self.take()
        if letter == "(":
            return self.group(depth)
        if letter == "[":
            return self.letters()
        if letter in "*+?{":
            raise ValueError(f"in the pattern “{self.pattern}”, nothing stands before “{letter}”.")
        if letter in "^$":
            return ("begin",) if letter == "^" else ("end",)
        if letter == ".":
            return ("one", True, ((10, 10),))
        return ("one", *self.escaped()) if letter == "\\" else ("one", False, ((ord(letter), ord(letter)),))

    def group(self, depth: int) -> tuple[Any, ...]:
        if self.ahead() == "?":
            if self.pattern[self.at : self.at + 2] != "?:":
                raise ValueError(f"the pattern “{self.pattern}” uses “(?”, which is not known here.")
            self.at += 2
        inside = self.alternatives(depth + 1)
        if self.ahead() != ")":
            raise ValueError(f"in the pattern “{self.pattern}”, a “)” is missing.")
        self.at += 1
        return inside

    def repeated(self, atom: tuple[Any, ...]) -> tuple[Any, ...]:
        if not self.ahead() or self.ahead() not in "*+?{":
            return atom
        least, most = self.times()
        if self.ahead() == "?":  # as few as possible: for a whole match the same
            self.at += 1
        return ("again", atom, least, most)

    def times(self) -> tuple[int, int | None]:
        letter = self.take()
        if letter != "{":
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[letter]
        end = self.pattern.find("}", self.at)
        least, comma, most = self.pattern[self.at : end if end >= 0 else self.at].partition(",")
        self.at = end + 1
        if not _is_count(least) or (most and not _is_count(most)):
            raise ValueError(f"in the pattern “{self.pattern}”, write {{2}}, {{2,}} or {{2,5}}, up to {MOST_COPIES}.")
        upper = None if comma and not most else int(most or least)
        if upper is not None and upper < int(least):
            raise ValueError(f"in the pattern “{self.pattern}”, {{{least},{most}}} goes down.")
        return int(least), upper

    def escaped(self) -> tuple[bool, tuple[tuple[int, int], ...]]:
        letter = self.take()
        if letter in CLASSES:
            return CLASSES[letter]
        code = self.code_of(letter)
        return False, ((code, code),)

    def code_of(self, letter: str) -> int:
        if letter == "u":
            digits = self.pattern[self.at : self.at + 4]
            self.at += 4
            if len(digits) == 4 and all(one in "0123456789abcdefABCDEF" for one in digits):
                return int(digits, 16)
        elif letter in CONTROLS:
            return ord(CONTROLS[letter])
        elif not (letter.isascii() and letter.isalnum()):
            return ord(letter)
        raise ValueError(f"the pattern “{self.pattern}” uses “\\{letter}”, which is not known here.")

    def letters(self) -> tuple[Any, ...]:
        inverse = self.ahead() == "^"
        self.at += inverse
        ranges: list[tuple[int, int]] = []
        is_first = True
        while self.ahead() != "]" or is_first:
            is_first = False
            ranges.extend(self.range())
        self.at += 1
        return ("one", inverse, tuple(ranges))

    def range(self) -> tuple[tuple[int, int], ...]:
        letter = self.take()
        if letter == "\\":
            inverse, found = self.escaped()
            if inverse or len(found) > 1 or found == DIGIT:
                return _turned(found) if inverse else found
            low = found[0][0]
        else:
            low = ord(letter)
        if self.ahead() != "-" or self.pattern[self.at + 1 : self.at + 2] in ("]", ""):
            return ((low, low),)
        self.at += 1
        letter = self.take()
        high = self.escaped()[1][0][0] if letter == "\\" else ord(letter)
        if high < low:
            raise ValueError(f"in the pattern “{self.pattern}”, “{chr(low)}-{chr(high)}” goes backwards.")
        return ((low, high),)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= MOST_COPIES


def _turned(ranges: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return all letters that the ranges, which are in order, leave out."""
    edges = [-1, *(edge for low, high in ranges for edge in (low, high)), LAST + 1]
    return tuple((edges[at] + 1, edges[at + 1] - 1) for at in range(0, len(edges), 2))


def _emit(tree: tuple[Any, ...], steps: list[tuple[Any, ...]], pattern: str) -> None:
    if len(steps) > MOST_STEPS:
        raise ValueError(f"the pattern “{pattern}” is too long. Write a shorter one.")
    kind = tree[0]
    if kind == "one":
        steps.append(tree)
    elif kind in ("begin", "end"):
        steps.append((kind, len(steps) + 1))
    elif kind == "all":
        for part in tree[1:]:
            _emit(part, steps, pattern)
    elif kind == "any":
        _emit_any(tree[1:], steps, pattern)
    else:
        _emit_again(tree[1], tree[2], tree[3], steps, pattern)


def _emit_any(ways: Sequence[tuple[Any, ...]], steps: list[tuple[Any, ...]], pattern: str) -> None:
    jumps = []
    for way in ways[:-1]:
        split = len(steps)
        steps.append(("split", split + 1, 0))
        _emit(way, steps, pattern)
        jumps.append(len(steps))
        steps.append(("jump", 0))
        steps[split] = ("split", split + 1, len(steps))
    _emit(ways[-1], steps, pattern)
    for jump in jumps:
        steps[jump] = ("jump", len(steps))


def _emit_again(
    what: tuple[Any, ...], least: int, most: int | None, steps: list[tuple[Any, ...]], pattern: str
) -> None:
    for _ in range(least):
        before = len(steps)
        _emit(what, steps, pattern)
        if len(steps) == before:  # nothing, however often
            return
    if most is None:
        split = len(steps)
        steps.append(("split", split + 1, 0))
        _emit(what, steps, pattern)
        steps.append(("jump", split))
        steps[split] = ("split", split + 1, len(steps))
        return
    splits = []
    for _ in range(most - least):
        splits.append(len(steps))
        steps.append(("split", len(steps) + 1, 0))
        _emit(what, steps, pattern)
    for split in splits:
        steps[split] = ("split", split + 1, len(steps))
