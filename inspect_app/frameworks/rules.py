"""Rules about frameworks, as plain values."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class AnswerType(StrEnum):
    """How a criterion is answered."""

    SCALE = "scale"
    COUNT = "count"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"


class PromptKind(StrEnum):
    """What a prompt asks an inspector to do."""

    ASK = "ask"
    LOOK = "look"
    READ = "read"
    COUNT = "count"


NOT_SEEN = "not_seen"
DOES_NOT_APPLY = "does_not_apply"
OUTSIDE_SCALE = frozenset({NOT_SEEN, DOES_NOT_APPLY})
"""Values that are no point of a scale: they never count as bad, and are left out of every average."""
YES, NO = "yes", "no"
VALUE_WORDS = {NOT_SEEN: "Not seen", DOES_NOT_APPLY: "Does not apply", YES: "Yes", NO: "No"}
LONGEST_VALUE = 200
LONGEST_NUMBER = 20


@dataclass(frozen=True)
class PlainPoint:
    """One point of a scale, as a framework's file states it; the worst comes first."""

    key: str
    label: str
    descriptor: str


@dataclass(frozen=True)
class PlainScale:
    """One scale, as a framework's file states it."""

    key: str
    title: str
    points: tuple[PlainPoint, ...]


@dataclass(frozen=True)
class PlainCriterion:
    """One question, as a framework's file states it; ``prompts`` are (kind, text), ``symbol`` names a picture."""

    key: str
    plain: str
    easy: str
    answer_type: str
    scale_key: str | None
    prompts: tuple[tuple[str, str], ...]
    may_be_not_seen: bool
    may_not_apply: bool
    symbol: str | None = None


@dataclass(frozen=True)
class PlainTheme:
    """One theme with its questions, as a framework's file states it."""

    key: str
    title: str
    criteria: tuple[PlainCriterion, ...]


@dataclass(frozen=True)
class PlainFramework:
    """A whole version of a framework, as its file states it."""

    key: str
    version: int
    language: str
    title: str
    summary: str
    source: str
    scales: tuple[PlainScale, ...]
    themes: tuple[PlainTheme, ...]


@dataclass(frozen=True)
class Point:
    """One point of a question's scale; position 0 is the worst."""

    key: str
    label: str
    descriptor: str
    position: int


@dataclass(frozen=True)
class Prompt:
    """What to do to find out; ``verb`` is Ask, Look, Read or Count."""

    verb: str
    text: str


@dataclass(frozen=True)
class Question:
    """One question of a published version, as pages and rules read it."""

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

    def point(self, value: str | None) -> Point | None:
        """Return the point that a value names, or None for every other value."""
        return next((one for one in self.points if one.key == value), None)

    def words(self, value: str | None) -> str:
        """Return a value as people read it: a point's label, "Not seen", "Yes", or the answer itself."""
        point = self.point(value)
        if point is not None:
            return point.label
        return VALUE_WORDS.get(value or "", value or "")

    def wrong_value(self, value: str | None) -> str | None:
        """Return a sentence when the question cannot be answered with this value, otherwise None."""
        if value is None:
            return None
        if value in OUTSIDE_SCALE:
            allowed = self.may_be_not_seen if value == NOT_SEEN else self.may_not_apply
            return None if allowed else "This question needs an answer. Choose one."
        if self.answer_type == AnswerType.SCALE:
            return None if self.point(value) else "Choose one of the answers on the page."
        if self.answer_type == AnswerType.YES_NO:
            return None if value in (YES, NO) else "Choose yes or no."
        if self.answer_type in (AnswerType.COUNT, AnswerType.NUMBER):
            return _wrong_number(value, whole=self.answer_type == AnswerType.COUNT)
        return None if len(value) <= LONGEST_VALUE else f"Use up to {LONGEST_VALUE} letters here, and write more below."


def _wrong_number(value: str, whole: bool) -> str | None:
    sentence = "Write a whole number, such as 7." if whole else "Write a number, such as 7 or 2.5."
    if len(value) > LONGEST_NUMBER:
        return sentence
    try:
        number = Decimal(value)
    except InvalidOperation:
        return sentence
    if not number.is_finite() or (whole and (number != number.to_integral_value() or number < 0)):
        return sentence
    return None
