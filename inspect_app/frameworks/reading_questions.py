"""Check the themes and questions of a framework's file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from inspect_app.frameworks.answer_types import CHOOSING, MEASURED, AnswerType
from inspect_app.frameworks.parts import Part
from inspect_app.frameworks.rules import WISHES, PromptKind

LONGEST_TITLE, LONGEST_WORDS, LONGEST_CONDITION, LONGEST_UNIT = 160, 1000, 2000, 60
MOST_IN_A_THEME, MOST_PROMPTS, MOST_REPEATS, HEAVIEST = 1000, 30, 100, 1000
THEME = ["key", "title", "criteria", "weight", "condition", "each", "most"]
QUESTION = [
    "key",
    "statement",
    "answer",
    "prompts",
    "not_seen",
    "does_not_apply",
    "symbol",
    "hint",
    "condition",
    "constraint",
    "constraint_words",
    "calculation",
    "required",
    "weight",
    "photo",
    "sound",
]
ANSWER = ["type", "scale", "list", "unit", "least", "most", "step"]


def check_theme(data: Any, number: int, scales: Collection[str], lists: Collection[str]) -> tuple[str, list[str]]:
    """Check one theme; return its key and those of its questions. Raises ValueError with the place of a fault."""
    theme = Part(data, f"theme {number}", THEME, called="theme")
    key = theme.key()
    theme.text("title", LONGEST_TITLE)
    theme.number("weight", HEAVIEST)
    theme.maybe_text("condition", LONGEST_CONDITION)
    theme.maybe_text("each", LONGEST_UNIT)
    theme.whole("most", 1, MOST_REPEATS)
    ones = enumerate(theme.entries("criteria", MOST_IN_A_THEME), 1)
    return key, [_check_question(one, f"{theme.place}, question {place}", scales, lists) for place, one in ones]


def _check_question(data: Any, place: str, scales: Collection[str], lists: Collection[str]) -> str:
    question = Part(data, place, QUESTION, called="question")
    key = question.key()
    statement = Part(
        question.data.get("statement"), f"{question.place}: “statement”", ("plain", "easy"), "It needs “plain:”."
    )
    statement.text("plain", LONGEST_WORDS)
    statement.maybe_text("easy", LONGEST_WORDS)
    for name in ("hint", "condition", "constraint", "constraint_words"):
        question.maybe_text(name, LONGEST_CONDITION)
    for name in ("not_seen", "does_not_apply", "required"):
        question.yes_or_no(name)
    for name in ("photo", "sound"):
        question.one_of(name, WISHES)
    question.number("weight", HEAVIEST)
    question.maybe_key("symbol")
    for one in question.entries("prompts", MOST_PROMPTS, may_be_empty=True):
        _check_prompt(one, question.place)
    kind = _check_answer(question, scales, lists)
    if (kind == AnswerType.CALCULATED) != bool(question.maybe_text("calculation", LONGEST_CONDITION)):
        raise ValueError(f"{question.place}: “calculation” and the answer's type “calculated” belong together.")
    return key


def _check_answer(question: Part, scales: Collection[str], lists: Collection[str]) -> str:
    answer = Part(question.data.get("answer"), f"{question.place}: “answer”", ANSWER, "It needs “type:”.")
    answer.place = question.place
    kind = answer.one_of("type", AnswerType, "the answer's type")
    if kind is None:
        raise ValueError(f"{question.place}: the answer's type must be one of {', '.join(AnswerType)}.")
    _check_named(answer, "scale", scales, kind == AnswerType.SCALE)
    _check_named(answer, "list", lists, kind in CHOOSING)
    answer.maybe_text("unit", LONGEST_UNIT)
    least, most, step = (answer.number_as_text(name) for name in ("least", "most", "step"))
    for name in ("unit", "least", "most", "step"):
        if answer.data.get(name) is not None and kind not in MEASURED:
            raise ValueError(f"{question.place}: “{name}” is for answers of the type number or count.")
    if least is not None and most is not None and least > most:
        raise ValueError(f"{question.place}: “least” is more than “most”.")
    if step is not None and step <= 0:
        raise ValueError(f"{question.place}: “step” must be more than 0.")
    return kind


def _check_named(answer: Part, name: str, there: Collection[str], is_needed: bool) -> None:
    value = answer.data.get(name)
    if is_needed and not (isinstance(value, str) and value in there):
        raise ValueError(f"{answer.place}: no {name} is called “{value}”.")
    if not is_needed and value is not None:
        raise ValueError(f"{answer.place}: an answer of the type “{answer.data['type']}” has no {name}.")


def _check_prompt(data: Any, place: str) -> None:
    prompt = Part(data, f"{place}: each prompt", (*PromptKind, "easy"))
    kinds = [name for name in prompt.data if name != "easy"]
    if len(kinds) != 1:
        raise ValueError(f"{place}: each prompt begins with one of {', '.join(PromptKind)}.")
    prompt.place = place
    prompt.text(kinds[0], LONGEST_WORDS)
    prompt.maybe_text("easy", LONGEST_WORDS)
