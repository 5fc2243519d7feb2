"""The functions of expressions: name → how many arguments, and what it gives. Pure; the tablet has the same table."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from inspect_app.frameworks.expressions.values import (
    LONGEST_TEXT,
    Result,
    Value,
    days_of,
    divided,
    each,
    first,
    moment_of,
    number_of,
    share_of_day,
    shifted,
    text_of,
    truth_of,
)

Arguments = Sequence[Result]
Function = Callable[[Arguments], Result]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BLANKS = re.compile(r"[ \t\r\n]+")
MOST_PLACES = 15
MANY = 99


def words_in(result: Result) -> list[str]:
    """Return the keys of a list that blanks separate, as the answer to a question with several answers is kept."""
    return [one for one in BLANKS.split(text_of(result)) if one]


def round_half_up(number: float) -> float:
    """Return the nearest whole number; a half goes up."""
    if not math.isfinite(number):
        return number
    low = float(math.floor(number))
    return low + 1.0 if number - low >= 0.5 else low


def power(base: float, exponent: float) -> float:
    """Return base to the power of exponent, by products and square roots alone, which every computer does alike."""
    if math.isnan(base) or not abs(exponent) <= 2**53:
        return math.nan
    whole = float(math.floor(abs(exponent)))
    part = abs(exponent) - whole
    if base < 0 and part:
        return math.nan
    result = 1.0
    factor = abs(base)
    is_odd = rest_by_two(whole) == 1.0
    while whole >= 1:
        if rest_by_two(whole) == 1.0:
            result *= factor
        factor *= factor
        whole = float(math.floor(whole / 2))
    root = abs(base)
    while part:
        root = math.sqrt(root)
        part *= 2
        if part >= 1:
            result *= root
            part -= 1
    if exponent < 0:
        result = divided(1.0, result)
    return -result if base < 0 and is_odd else result


def rest_by_two(whole: float) -> float:
    """Return 1 for odd whole numbers, 0 for even ones."""
    return math.fmod(whole, 2.0)


def _whole(number: float, way: Callable[[float], int]) -> float:
    return float(way(number)) if math.isfinite(number) else number


def _root(number: float) -> float:
    return math.sqrt(number) if number >= 0 else math.nan


def _rounded(given: Arguments) -> float:
    number = number_of(given[0])
    places = number_of(given[1]) if len(given) > 1 else 0.0
    if not abs(places) <= MOST_PLACES:
        return math.nan
    whole = math.floor(places)
    return shifted(round_half_up(shifted(number, whole)), -whole)


def _said(given: Arguments) -> list[Value]:
    """Return all that was answered, over all repeats; what was left blank is left out."""
    return [value for result in given for value in each(result) if text_of(value) != ""]


def _sum(given: Arguments) -> float:
    total = 0.0
    for value in _said(given):
        total += number_of(value)
    return total


def _extreme(given: Arguments, is_better: Callable[[float, float], bool]) -> float:
    best = math.nan
    for place, value in enumerate(_said(given)):
        number = number_of(value)
        if math.isnan(number):
            return number
        if place == 0 or is_better(number, best):
            best = number
    return best


def _joined(glue: str, given: Arguments) -> str:
    return glue.join(text_of(value) for result in given for value in each(result))[:LONGEST_TEXT]


def _part(given: Arguments) -> str:
    text = text_of(given[0])
    begin = _place(number_of(given[1]), len(text))
    end = _place(number_of(given[2]), len(text)) if len(given) > 2 else len(text)
    return text[begin:end] if begin < end else ""


def _place(number: float, length: int) -> int:
    """Return a place in a text; below 0 it counts from the end."""
    if math.isnan(number):
        return 0
    bounded = max(-float(length), min(float(length), number))
    whole = math.floor(bounded)
    return whole + length if whole < 0 else whole


def _selected_at(given: Arguments) -> str:
    words, place = words_in(given[0]), number_of(given[1])
    return words[math.floor(place)] if 0 <= place < len(words) else ""


def _coalesced(given: Arguments) -> Result:
    return next((first(one) for one in given if text_of(one) != ""), "")


def _translated(given: Arguments) -> str:
    old, new = text_of(given[1]), text_of(given[2])
    table: dict[str, str] = {}
    for place, letter in enumerate(old):
        table.setdefault(letter, new[place : place + 1])
    return "".join(table.get(letter, letter) for letter in text_of(given[0]))


def _date(given: Arguments) -> str:
    moment = moment_of(number_of(given[0]))
    return "{:04}-{:02}-{:02}".format(*moment) if moment else ""


def _date_time(given: Arguments) -> str:
    moment = moment_of(number_of(given[0]))
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*moment) if moment else ""


def _date_in_words(given: Arguments) -> str:
    days = number_of(given[0])
    moment = moment_of(days)
    if moment is None:
        return ""
    year, month, day, hour, minute, second = moment
    weekday = (math.floor(number_of(_date(given))) + 3) % 7
    parts = {"Y": f"{year:04}", "y": f"{year % 100:02}", "m": f"{month:02}", "n": f"{month}", "b": MONTHS[month - 1]}
    parts |= {"d": f"{day:02}", "e": f"{day}", "H": f"{hour:02}", "h": f"{hour}", "M": f"{minute:02}"}
    parts |= {"S": f"{second:02}", "3": "000", "a": DAYS[weekday], "%": "%"}
    return re.sub(r"%([\s\S])", lambda found: parts.get(found[1], found[0]), text_of(given[1]))


def _after(text: str, mark: str) -> str:
    return text[text.index(mark) + len(mark) :] if mark in text else ""


def _before(text: str, mark: str) -> str:
    return text[: text.index(mark)] if mark in text else ""


FUNCTIONS: dict[str, tuple[int, int, Function]] = {
    # What was chosen.
    "selected": (2, 2, lambda given: text_of(given[1]).strip(" \t\r\n") in words_in(given[0])),
    "selected-at": (2, 2, _selected_at),
    "count-selected": (1, 1, lambda given: float(len(words_in(given[0])))),
    # Yes or no.
    "not": (1, 1, lambda given: not truth_of(given[0])),
    "true": (0, 0, lambda _: True),
    "false": (0, 0, lambda _: False),
    "boolean": (1, 1, lambda given: truth_of(given[0])),
    "boolean-from-string": (1, 1, lambda given: text_of(given[0]) in ("1", "true")),
    "coalesce": (2, MANY, _coalesced),
    # Texts.
    "string": (1, 1, lambda given: text_of(given[0])),
    "string-length": (1, 1, lambda given: float(len(text_of(given[0])))),
    "normalize-space": (1, 1, lambda given: " ".join(words_in(given[0]))),
    "contains": (2, 2, lambda given: text_of(given[1]) in text_of(given[0])),
    "starts-with": (2, 2, lambda given: text_of(given[0]).startswith(text_of(given[1]))),
    "ends-with": (2, 2, lambda given: text_of(given[0]).endswith(text_of(given[1]))),
    "substr": (2, 3, _part),
    "substring-before": (2, 2, lambda given: _before(text_of(given[0]), text_of(given[1]))),
    "substring-after": (2, 2, lambda given: _after(text_of(given[0]), text_of(given[1]))),
    "translate": (3, 3, _translated),
    "concat": (1, MANY, lambda given: _joined("", given)),
    "join": (2, MANY, lambda given: _joined(text_of(given[0]), given[1:])),
    # Numbers.
    "number": (1, 1, lambda given: number_of(given[0])),
    "int": (1, 1, lambda given: _whole(number_of(given[0]), math.trunc)),
    "round": (1, 2, _rounded),
    "floor": (1, 1, lambda given: _whole(number_of(given[0]), math.floor)),
    "ceiling": (1, 1, lambda given: _whole(number_of(given[0]), math.ceil)),
    "ceil": (1, 1, lambda given: _whole(number_of(given[0]), math.ceil)),
    "abs": (1, 1, lambda given: abs(number_of(given[0]))),
    "sqrt": (1, 1, lambda given: _root(number_of(given[0]))),
    "pow": (2, 2, lambda given: power(number_of(given[0]), number_of(given[1]))),
    # Over all repeats.
    "sum": (1, MANY, _sum),
    "min": (1, MANY, lambda given: _extreme(given, lambda one, best: one < best)),
    "max": (1, MANY, lambda given: _extreme(given, lambda one, best: one > best)),
    "count": (1, 1, lambda given: float(len(each(given[0])))),
    "count-non-empty": (1, 1, lambda given: float(len(_said(given)))),
    # Dates.
    "date": (1, 1, _date),
    "date-time": (1, 1, _date_time),
    "decimal-date-time": (1, 1, lambda given: number_of(given[0])),
    "decimal-date": (1, 1, lambda given: _whole(days_of(text_of(given[0])), math.floor)),
    "decimal-time": (1, 1, lambda given: share_of_day(text_of(given[0]))),
    "format-date": (2, 2, _date_in_words),
    "format-date-time": (2, 2, _date_in_words),
}
"""Name → least and most arguments, and the function."""

WITH_CIRCUMSTANCES = {"if": (3, 3), "once": (1, 1), "today": (0, 0), "now": (0, 0), "regex": (2, 2)}
"""Functions that know more than their arguments: the evaluator does them itself."""
