"""Rules about frameworks, as plain values."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.core.words import _, mark
from inspect_app.frameworks.answer_types import (
    ADDED,
    CHOOSE_ONE,
    CHOOSING,
    EVIDENCE,
    LONGEST_VALUE,
    MEASURED,
    MOMENTS,
    NAMED,
    NOT_SEEN,
    OUTSIDE_SCALE,
    UNANSWERED,
    VALUE_WORDS,
    WRITTEN,
    AnswerType,
    moment_words,
    wrong_length,
    wrong_moment,
    wrong_number,
    wrong_yes_or_no,
)
from inspect_app.frameworks.plain import MOST_REPEATS, PlainFramework, criteria
from inspect_app.frameworks.slots import parted


class PromptKind(StrEnum):
    """What a prompt asks an inspector to do."""

    ASK = "ask"
    LOOK = "look"
    READ = "read"
    COUNT = "count"


class DraftState(StrEnum):
    """What became of questions that were begun."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


WISHES = ("wished", "required")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language as BCP 47 writes it: "de", "cy", "zh-Hant"."""


def cannot_be_asked(plain: PlainFramework) -> list[tuple[str, str]]:
    """Return what no page of fieldwork can ask, as (part, sentence); nothing when all can be asked.

    A part is named ``question/KEY``.
    """
    lengths = {one.key: len(" ".join(option.key for option in one.options)) for one in plain.lists}
    return [
        (f"question/{one.key}", "Its list is too long to be put in order. Use a shorter one.")
        for one in criteria(plain)
        if one.answer_type == AnswerType.RANK and lengths.get(one.list_key or "", 0) > LONGEST_VALUE
    ]


@dataclass(frozen=True)
class Point:
    """One point of a question's scale; position 0 is the worst."""

    key: str
    label: str
    descriptor: str
    position: int
    easy: str = ""
    sign: str | None = None


@dataclass(frozen=True)
class Option:
    """One entry of the list from which a question is answered."""

    key: str
    label: str


VERBS = (mark("Ask"), mark("Look"), mark("Read"), mark("Count"))
"""What a prompt begins with; said where it is shown."""


@dataclass(frozen=True)
class Prompt:
    """What to do to find out; ``verb`` is Ask, Look, Read or Count."""

    verb: str
    text: str
    easy: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a published version, as pages and rules read it, in one language.

    ``condition``, ``theme_condition``, ``constraint`` and ``calculation`` are expressions, "" for none. ``each`` says
    what the theme is repeated for ("room"), at most ``most_repeats`` times. ``language`` is that of the texts; those
    that nobody translated are in the version's own.
    """

    key: str
    theme_key: str
    theme_title: str
    position: int
    statement: str
    easy: str
    prompts: tuple[Prompt, ...]
    answer_type: str
    scale_key: str | None
    scale_title: str
    points: tuple[Point, ...]
    may_be_not_seen: bool
    may_not_apply: bool
    symbol: str | None = None
    hint: str = ""
    options: tuple[Option, ...] = ()
    unit: str = ""
    least: str | None = None
    most: str | None = None
    step: str | None = None
    condition: str = ""
    constraint: str = ""
    constraint_words: str = ""
    calculation: str = ""
    required: bool = False
    photo: str = ""
    sound: str = ""
    weight: float = 1
    theme_weight: float = 1
    theme_condition: str = ""
    each: str = ""
    most_repeats: int = MOST_REPEATS
    language: str = ""
    instance: str = ""
    instance_name: str = ""
    is_name: bool = False

    def point(self, value: str | None) -> Point | None:
        """Return the point that a value names, or None for every other value."""
        return next((one for one in self.points if one.key == value), None)

    def words(self, value: str | None) -> str:
        """Return a value as people read it: a point's label, "Not seen", "Yes", what was chosen, or the answer."""
        point = self.point(value)
        if point is not None:
            return point.label
        if not value or value in OUTSIDE_SCALE:
            return _("Taken back") if self.is_name and value else str(VALUE_WORDS.get(value or "", ""))
        if self.answer_type in CHOOSING:
            labels = {one.key: one.label for one in self.options}
            return ", ".join(labels.get(key, key) for key in value.split())
        if self.answer_type in EVIDENCE and value == ADDED:
            return str(EVIDENCE[AnswerType(self.answer_type)])
        if self.answer_type in MOMENTS:
            return value if wrong_moment(value, AnswerType(self.answer_type)) else moment_words(value)
        if self.answer_type in MEASURED and self.unit:
            return f"{value} {self.unit}"
        return value if self.answer_type == AnswerType.TEXT else str(VALUE_WORDS.get(value, value))

    @property
    def whole(self) -> str:
        """Return the statement, with what it is asked for in a repeated theme: "Lounge: The room is clean."."""
        with_name = self.instance_name and not self.is_name
        return f"{self.instance_name}: {self.statement}" if with_name else self.statement

    @property
    def own_key(self) -> str:
        """Return the question's key in its version, the same for all instances."""
        return parted(self.key)[0]

    @property
    def takes_answer(self) -> bool:
        """Whether there is something to answer: a note is only read."""
        return self.answer_type not in UNANSWERED

    @property
    def required_evidence(self) -> tuple[str, ...]:
        """Return what must be added: ``photo``, ``sound``, both or nothing."""
        return tuple(one for one in EVIDENCE if self.answer_type == one or getattr(self, one) == "required")

    @property
    def wished_evidence(self) -> tuple[str, ...]:
        """Return what would help and may be left out."""
        return tuple(one for one in EVIDENCE if self.answer_type != one and getattr(self, one) == "wished")

    @property
    def answered_in(self) -> str:
        """Return the field of a form that takes the answer: ``value`` (chosen), ``amount`` (written) or ``several``."""
        if self.answer_type in NAMED:
            return "several"
        return "amount" if self.answer_type in WRITTEN else "value"

    @property
    def limits(self) -> str:
        """Return which numbers can be written, as a sentence; "" when all can."""
        least, most = self.least, self.most
        parts = [_("from %(least)s to %(most)s", least=least, most=most)] if least and most else []
        parts += [_("%(least)s or more", least=least)] if least and not most else []
        parts += [_("%(most)s or less", most=most)] if most and not least else []
        parts += [_("in steps of %(step)s", step=self.step)] if self.step else []
        sentence = ", ".join(parts)
        return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""

    def wrong_value(self, value: str | None) -> str | None:
        """Return a sentence when the question cannot be answered with this value, otherwise None."""
        if value is None:
            return None
        if value in OUTSIDE_SCALE and not any(one.key == value for one in self.options):
            allowed = self.may_be_not_seen if value == NOT_SEEN else self.may_not_apply
            return None if allowed else _("This question needs an answer. Choose one.")
        kind = AnswerType(self.answer_type)
        if kind in UNANSWERED:
            return _("There is nothing to answer here.")
        if kind in EVIDENCE:
            return None if value == ADDED else _("Add it below. That is the answer.")
        if kind == AnswerType.SCALE:
            return None if self.point(value) else CHOOSE_ONE
        if kind in (AnswerType.YES_NO, AnswerType.YES_NO_PARTLY):
            return wrong_yes_or_no(value, kind)
        if kind in CHOOSING:
            return self._wrong_choice(value, kind)
        if kind in MEASURED:
            return wrong_number(value, whole=kind == AnswerType.COUNT) or self._outside_limits(Decimal(value))
        if kind in MOMENTS:
            return wrong_moment(value, kind)
        return wrong_length(value)

    def _wrong_choice(self, value: str, kind: AnswerType) -> str | None:
        keys, known = value.split(), {one.key for one in self.options}
        if not keys or len(set(keys)) != len(keys) or not set(keys) <= known:
            return CHOOSE_ONE
        if kind == AnswerType.ONE_OF and len(keys) != 1:
            return CHOOSE_ONE
        if len(value) > LONGEST_VALUE:
            return _("These are too many. Choose fewer.")
        return _("Put all of them in order.") if kind == AnswerType.RANK and set(keys) != known else None

    def _outside_limits(self, number: Decimal) -> str | None:
        if self.least is not None and number < Decimal(self.least):
            return _("Write %(least)s or more.", least=self.least)
        if self.most is not None and number > Decimal(self.most):
            return _("Write %(most)s or less.", most=self.most)
        if self.step is not None and (number - Decimal(self.least or 0)) % Decimal(self.step):
            return _("Write a number in steps of %(step)s.", step=self.step)
        return None
