"""Rules about frameworks, as plain values."""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from inspect_app.core import words
from inspect_app.core.words import _, lazy, mark
from inspect_app.frameworks.plain import MOST_REPEATS, PlainCriterion, PlainFramework, PlainTheme, criteria


class AnswerType(StrEnum):
    """How a criterion is answered; a note is only read, a calculated one answers itself."""

    SCALE = "scale"
    COUNT = "count"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"
    YES_NO_PARTLY = "yes_no_partly"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    RANK = "rank"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date_time"
    PHOTO = "photo"
    SOUND = "sound"
    CALCULATED = "calculated"
    NOTE = "note"


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


NOT_SEEN = "not_seen"
DOES_NOT_APPLY = "does_not_apply"
OUTSIDE_SCALE = frozenset({NOT_SEEN, DOES_NOT_APPLY})
"""Values that are no point of a scale: they never count as bad, and are left out of every average."""
YES, NO, PARTLY = "yes", "no", "partly"
ADDED = "added"
"""The answer to a question for a photo or a recording, once there is one."""
VALUE_WORDS = {
    NOT_SEEN: lazy("Not seen"),
    DOES_NOT_APPLY: lazy("Does not apply"),
    YES: lazy("Yes"),
    NO: lazy("No"),
    PARTLY: lazy("Partly"),
}
LONGEST_VALUE = 200
LONGEST_NUMBER = 20
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
"""A number as it is kept."""
WISHES = ("wished", "required")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language as BCP 47 writes it: "de", "cy", "zh-Hant"."""

ANSWER_NAMES = {
    AnswerType.SCALE: "They choose a point of a scale",
    AnswerType.YES_NO: "Yes or no",
    AnswerType.YES_NO_PARTLY: "Yes, partly or no",
    AnswerType.COUNT: "They count: 0, 1, 2 …",
    AnswerType.NUMBER: "A number, such as minutes or degrees",
    AnswerType.ONE_OF: "They choose one answer of a list",
    AnswerType.SEVERAL_OF: "They choose some answers of a list",
    AnswerType.RANK: "They put a list in order",
    AnswerType.TEXT: "In their own words",
    AnswerType.DATE: "A day",
    AnswerType.TIME: "A time",
    AnswerType.DATE_TIME: "A day and a time",
    AnswerType.PHOTO: "A photo",
    AnswerType.SOUND: "A recording",
    AnswerType.CALCULATED: "Nothing: it is worked out from other answers",
    AnswerType.NOTE: "Nothing: they only read it",
}
"""How each way of answering is called where questions are made."""
CHOOSING = frozenset({AnswerType.ONE_OF, AnswerType.SEVERAL_OF, AnswerType.RANK})
"""Types whose answers come from a list."""
MEASURED = frozenset({AnswerType.NUMBER, AnswerType.COUNT})
"""Types that may have a unit, a least, a most and a step."""
ASKABLE = frozenset(AnswerType)
"""Types of answer that the pages of fieldwork can ask for; nothing else is published."""
ASKABLE_WAYS: frozenset[str] = frozenset({"limits", "required", "photo", "sound", "condition", "constraint", "each"})
"""Ways of asking, of those in :data:`WAYS`, that the pages of fieldwork know; nothing else is published."""
WAYS = {
    "condition": "is asked only if something else was answered",
    "each": "is repeated",
    "limits": "has a least, a most or a step",
    "constraint": "refuses some answers",
    "required": "must be answered",
    "photo": "asks for a photo",
    "sound": "asks for a recording",
}


def cannot_be_asked(plain: PlainFramework) -> list[tuple[str, str]]:
    """Return what no page of fieldwork can ask yet, as (part, sentence); nothing when all can be asked.

    A part is named ``theme/KEY`` or ``question/KEY``.
    """
    end = "Inspectors’ pages cannot do that yet."
    themes = [
        (f"theme/{theme.key}", f"This theme {WAYS[way]}. {end}")
        for theme in plain.themes
        for way in sorted(_ways_of_theme(theme) - ASKABLE_WAYS)
    ]
    types = [
        (f"question/{one.key}", f"People answer with: {ANSWER_NAMES[AnswerType(one.answer_type)].lower()}. {end}")
        for one in criteria(plain)
        if one.answer_type not in ASKABLE
    ]
    ways = [
        (f"question/{one.key}", f"This question {WAYS[way]}. {end}")
        for one in criteria(plain)
        for way in sorted(_ways_of(one) - ASKABLE_WAYS)
    ]
    lengths = {one.key: len(" ".join(option.key for option in one.options)) for one in plain.lists}
    orders = [
        (f"question/{one.key}", f"Its list is too long to be put in order. {end}")
        for one in criteria(plain)
        if one.answer_type == AnswerType.RANK and lengths.get(one.list_key or "", 0) > LONGEST_VALUE
    ]
    return themes + types + ways + orders


def _ways_of_theme(theme: PlainTheme) -> set[str]:
    return {name for name, is_used in (("condition", theme.condition), ("each", theme.each)) if is_used}


def _ways_of(one: PlainCriterion) -> set[str]:
    used = {
        "condition": one.condition,
        "limits": one.least or one.most or one.step,
        "constraint": one.constraint,
        "required": one.required,
        "photo": one.photo,
        "sound": one.sound,
    }
    return {name for name, is_used in used.items() if is_used}


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
            return value if _wrong_moment(value, AnswerType(self.answer_type)) else _moment_words(value)
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
        return self.key.partition("--")[0]

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
            return _wrong_yes_or_no(value, kind)
        if kind in CHOOSING:
            return self._wrong_choice(value, kind)
        if kind in MEASURED:
            return _wrong_number(value, whole=kind == AnswerType.COUNT) or self._outside_limits(Decimal(value))
        if kind in MOMENTS:
            return _wrong_moment(value, kind)
        return _wrong_length(value)

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


CHOOSE_ONE = lazy("Choose one of the answers on the page.")
EVIDENCE = {AnswerType.PHOTO: lazy("Photo added"), AnswerType.SOUND: lazy("Recording added")}
"""Types that are answered by adding something, with how that is read."""
UNANSWERED = frozenset({AnswerType.NOTE, AnswerType.CALCULATED})
"""Types that nobody answers."""
DAY, CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
MOMENTS = {
    AnswerType.DATE: (re.compile(DAY), lazy("Write a day, such as 2026-03-14.")),
    AnswerType.TIME: (re.compile(CLOCK), lazy("Write a time, such as 14:30.")),
    AnswerType.DATE_TIME: (re.compile(f"{DAY}T{CLOCK}"), lazy("Write a day and a time, such as 2026-03-14T14:30.")),
}


NAMED = frozenset({AnswerType.SEVERAL_OF, AnswerType.RANK})
"""Types that are answered by naming several options."""
WRITTEN = MEASURED | frozenset(MOMENTS) | {AnswerType.TEXT}
"""Types that are answered by writing."""


def _wrong_length(value: str) -> str | None:
    if len(value) <= LONGEST_VALUE:
        return None
    return _("Use up to %(most)s letters here, and write more below.", most=LONGEST_VALUE)


def _wrong_yes_or_no(value: str, kind: AnswerType) -> str | None:
    if kind == AnswerType.YES_NO:
        return None if value in (YES, NO) else _("Choose yes or no.")
    return None if value in (YES, PARTLY, NO) else _("Choose yes, partly or no.")


def _wrong_moment(value: str, kind: AnswerType) -> str | None:
    pattern, sentence = MOMENTS[kind]
    day, _between, clock = value.partition("T") if "-" in value else ("", "", value)
    try:
        if not pattern.fullmatch(value):
            return sentence
        if day:
            date.fromisoformat(day)
        if clock:
            time.fromisoformat(clock)
    except ValueError:
        return sentence
    return None


def _moment_words(value: str) -> str:
    """Return a day, a time or both as people say them: "14 March 2026, 2:30 pm"."""
    day, _between, clock = value.partition("T") if "-" in value else ("", "", value)
    parts = []
    if day:
        parts.append(words.day(date.fromisoformat(day)))
    if clock:
        parts.append(words.clock_time(time.fromisoformat(clock)))
    return ", ".join(parts)


def _wrong_number(value: str, whole: bool) -> str | None:
    sentence = _("Write a whole number, such as 7.") if whole else _("Write a number, such as 7 or 2.5.")
    if len(value) > LONGEST_NUMBER or not NUMBER.fullmatch(value):
        return sentence
    number = Decimal(value)
    return sentence if whole and (number != number.to_integral_value() or number < 0) else None
