"""How questions are answered: the types, the values that are kept, how people read them, and what is refused."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from inspect_app.core import words
from inspect_app.core.words import _, lazy, mark


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
ANSWER_NAMES = {
    AnswerType.SCALE: mark("They choose a point of a scale"),
    AnswerType.YES_NO: mark("Yes or no"),
    AnswerType.YES_NO_PARTLY: mark("Yes, partly or no"),
    AnswerType.COUNT: mark("They count: 0, 1, 2 …"),
    AnswerType.NUMBER: mark("A number, such as minutes or degrees"),
    AnswerType.ONE_OF: mark("They choose one answer of a list"),
    AnswerType.SEVERAL_OF: mark("They choose some answers of a list"),
    AnswerType.RANK: mark("They put a list in order"),
    AnswerType.TEXT: mark("In their own words"),
    AnswerType.DATE: mark("A day"),
    AnswerType.TIME: mark("A time"),
    AnswerType.DATE_TIME: mark("A day and a time"),
    AnswerType.PHOTO: mark("A photo"),
    AnswerType.SOUND: mark("A recording"),
    AnswerType.CALCULATED: mark("Nothing: it is worked out from other answers"),
    AnswerType.NOTE: mark("Nothing: they only read it"),
}
"""How each way of answering is called where questions are made."""
CHOOSING = frozenset({AnswerType.ONE_OF, AnswerType.SEVERAL_OF, AnswerType.RANK})
"""Types whose answers come from a list."""
MEASURED = frozenset({AnswerType.NUMBER, AnswerType.COUNT})
"""Types that may have a unit, a least, a most and a step."""
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


def wrong_length(value: str) -> str | None:
    """Return a sentence when words are too long for an answer, otherwise None."""
    if len(value) <= LONGEST_VALUE:
        return None
    return _("Use up to %(most)s letters here, and write more below.", most=LONGEST_VALUE)


def wrong_yes_or_no(value: str, kind: AnswerType) -> str | None:
    """Return a sentence when this is no answer to a question for yes, no or partly, otherwise None."""
    if kind == AnswerType.YES_NO:
        return None if value in (YES, NO) else _("Choose yes or no.")
    return None if value in (YES, PARTLY, NO) else _("Choose yes, partly or no.")


def wrong_moment(value: str, kind: AnswerType) -> str | None:
    """Return a sentence when this is no day, time or both as they are kept, otherwise None."""
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


def moment_words(value: str) -> str:
    """Return a day, a time or both as people say them: "14 March 2026, 2:30 pm"."""
    day, _between, clock = value.partition("T") if "-" in value else ("", "", value)
    parts = []
    if day:
        parts.append(words.day(date.fromisoformat(day)))
    if clock:
        parts.append(words.clock_time(time.fromisoformat(clock)))
    return ", ".join(parts)


def wrong_number(value: str, whole: bool) -> str | None:
    """Return a sentence when this is no number as it is kept, otherwise None."""
    sentence = _("Write a whole number, such as 7.") if whole else _("Write a number, such as 7 or 2.5.")
    if len(value) > LONGEST_NUMBER or not NUMBER.fullmatch(value):
        return sentence
    number = Decimal(value)
    return sentence if whole and (number != number.to_integral_value() or number < 0) else None
