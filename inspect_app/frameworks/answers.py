"""Read what somebody answered to a question into the value that is kept; pure, the same for each way in.

A form says what was chosen (``value``), what was written (``amount``) and which of several were named (``several``). A
value that cannot be read is kept as it was written, so that its author can mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from inspect_app.frameworks.answer_types import EVIDENCE, LONGEST_NUMBER, MEASURED, NUMBER, OUTSIDE_SCALE, AnswerType
from inspect_app.frameworks.rules import Question

GIVEN = "given"
"""Chosen beside what was written, as opposed to "not seen": what was written counts."""


def answer_of(question: Question, chosen: str, written: str, several: Sequence[str]) -> str | None:
    """Return the value that a form answers a question with, or None when it says nothing yet."""
    if question.answer_type in EVIDENCE and chosen == GIVEN:
        return None
    if question.answered_in == "value" or chosen in OUTSIDE_SCALE:
        return chosen.strip() or None
    return value_of(question, " ".join(several) if question.answered_in == "several" else written)


def placed(question: Question, places: Sequence[str]) -> list[str]:
    """Return the options in the order that the numbers beside them say, as on paper: one number for each option.

    What bears no number, or the same as another, is left out: the question then refuses the answer.
    """
    numbers = [int(one) if one.strip().isdecimal() else 0 for one in places]
    named = dict(zip(numbers, (one.key for one in question.options), strict=False))
    return [key for number, key in sorted(named.items()) if number and numbers.count(number) == 1]


def value_of(question: Question, said: str) -> str | None:
    """Return a value as it is kept: a number with a point, options in the order of their list; None for nothing."""
    kind, said = AnswerType(question.answer_type), said.strip()
    if kind in MEASURED:
        return number_words(said) or said or None
    if kind == AnswerType.SEVERAL_OF:
        named, order = said.split(), [one.key for one in question.options]
        known = [key for key in order if key in named]
        return " ".join(known + [key for key in named if key not in order]) or None
    return " ".join(said.split()) or None if kind == AnswerType.RANK else said or None


def number_words(text: str) -> str | None:
    """Return a number as it is kept, without zeros behind the point; None for what is no number."""
    plain = text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if len(plain) > LONGEST_NUMBER or not NUMBER.fullmatch(plain):
        return None
    return f"{Decimal(plain).normalize() + 0:f}"


def shown_in(question: Question, value: str | None) -> tuple[str, str, list[str]]:
    """Return what a form shows of a value: what is chosen, what is written, which of several are named."""
    if value is None or question.answered_in == "value" or value in OUTSIDE_SCALE:
        return value or "", "", []
    return (GIVEN, "", value.split()) if question.answered_in == "several" else (GIVEN, value, [])
