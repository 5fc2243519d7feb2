"""Values of expressions: text, numbers, yes or no; and how one becomes another, by the rules of XPath 1.0.

``static/frameworks/expression_values.js`` holds the same rules. Each step is one that every computer does alike:
whole numbers, comparisons, the four operations and square roots on 64-bit numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

Value = str | float | bool
Nodes = Sequence[Value]
Result = Value | Nodes

MOST_NODES = 200
"""How many repeats' answers are looked at."""
LONGEST_TEXT = 100_000
SECONDS_OF_A_DAY = 86_400
NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")
MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?(?:(Z)|([+-])([0-9]{2}):?([0-9]{2}))?)?"
)
CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?")


def first(result: Result) -> Value:
    """Return the value itself, or the first of several; blank when there is none."""
    if isinstance(result, str | float | bool):
        return result
    return result[0] if result else ""


def each(result: Result) -> Nodes:
    """Return the values of all repeats; one value counts as one repeat."""
    return (result,) if isinstance(result, str | float | bool) else result


def truth_of(result: Result) -> bool:
    """Return yes or no: a text that is not blank, a number that is not 0, at least one repeat."""
    if isinstance(result, bool):
        return result
    if isinstance(result, float):
        return result != 0 and not math.isnan(result)
    return len(result) > 0


def number_of(result: Result) -> float:
    """Return a number; a date or a moment counts its days since 1970; what is no number is NaN."""
    value = first(result)
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if NUMBER.fullmatch(value):
        return float(value)
    return days_of(value)


def text_of(result: Result) -> str:
    """Return a text; a number is written in full, without an exponent."""
    value = first(result)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shifted(number: float, places: int) -> float:
    """Return the number with its decimal point moved, without an error of its own: 1.005 by 2 is 100.5."""
    if number == 0 or not math.isfinite(number):
        return number
    return float(f"{text_of(number)}e{places}")


def divided(one: float, other: float) -> float:
    """Return the quotient; division by 0 gives infinity or NaN, as the norm of 64-bit numbers says."""
    if other != 0:
        return one / other
    if one == 0 or math.isnan(one) or math.isnan(other):
        return math.nan
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def rest(one: float, other: float) -> float:
    """Return what is left of a division, with the sign of what was divided."""
    if math.isnan(one) or math.isnan(other) or math.isinf(one) or other == 0:
        return math.nan
    return math.fmod(one, other)


def days_of(text: str) -> float:
    """Return the days from 1970-01-01 to a date or a moment written as ISO 8601 has it; NaN when it is neither."""
    found = MOMENT.fullmatch(text)
    if found is None:
        return math.nan
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= _days_of_month(year, month)):
        return math.nan
    days = float(_days_from_civil(year, month, day))
    if found[4] is None:
        return days
    seconds = _seconds(found[4], found[5], found[6], found[7])
    if found[9]:
        away = (int(found[10]) * 60 + int(found[11])) * 60
        seconds += -away if found[9] == "+" else away
    return days + seconds / SECONDS_OF_A_DAY


def share_of_day(text: str) -> float:
    """Return which part of the day has passed at a time such as 12:00 (0.5); NaN when it is no time."""
    found = CLOCK.fullmatch(text)
    return _seconds(found[1], found[2], found[3], found[4]) / SECONDS_OF_A_DAY if found else math.nan


def moment_of(days: float) -> tuple[int, int, int, int, int, int] | None:
    """Return year, month, day, hour, minute and second of a count of days; None outside the years 1 to 9999."""
    if math.isnan(days) or not -719162 <= days < 2932897:
        return None
    whole = math.floor(days)
    seconds = math.floor((days - whole) * SECONDS_OF_A_DAY + 0.5)
    if seconds == SECONDS_OF_A_DAY:
        whole, seconds = whole + 1, 0
    return (*_civil_from_days(whole), seconds // 3600, seconds // 60 % 60, seconds % 60)


def _seconds(hour: str, minute: str, second: str | None, part: str | None) -> float:
    if int(hour) > 24 or int(minute) > 59 or int(second or "0") > 60:
        return math.nan
    whole = (int(hour) * 60 + int(minute)) * 60 + int(second or "0")
    return whole + int((part or "0").ljust(3, "0")) / 1000


def _days_of_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _days_from_civil(year: int, month: int, day: int) -> int:
    """Count days in the Gregorian calendar with whole numbers alone, the year beginning in March."""
    shifted_year = year - 1 if month <= 2 else year
    era = shifted_year // 400
    of_era = shifted_year - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def _civil_from_days(days: int) -> tuple[int, int, int]:
    shifted_days = days + 719468
    era = shifted_days // 146097
    of_era = shifted_days - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    part = (5 * of_year + 2) // 153
    month = part + 3 if part < 10 else part - 9
    return year + era * 400 + (1 if month <= 2 else 0), month, of_year - (153 * part + 2) // 5 + 1
