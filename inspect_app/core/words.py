"""The product's own words: written in English, shown in the language of whoever reads.

The English sentence is the key. Rules may import this: it knows neither the web nor the database. Which language is
read, and where its catalogue lies, is said once by ``languages``; without an application everything is English.
docs/translating.md says how to mark a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import reduce
from typing import Any, SupportsIndex

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from babel.support import NullTranslations
from markupsafe import Markup, escape

SOURCE = "en"


@dataclass(frozen=True)
class _Reader:
    language: Callable[[], str]
    translations: Callable[[], NullTranslations]


_nobody = NullTranslations()
_reader = [_Reader(lambda: SOURCE, lambda: _nobody)]


def speak_with(language: Callable[[], str], translations: Callable[[], NullTranslations]) -> None:
    """Say how the reader's language and its translations are found."""
    _reader[0] = _Reader(language, translations)


def language() -> str:
    """Return the language (BCP 47) in which words are said now."""
    return _reader[0].language()


def _(text: str, /, **facts: Any) -> str:
    """Return a sentence in the reader's language, with ``facts`` in place of ``%(name)s``."""
    said = translated(text)
    return said % facts if facts else said


def ngettext(one: str, many: str, n: int, /, **facts: Any) -> str:
    """Return the sentence that fits the number ``n``, which is a fact of it too: ``%(n)s``."""
    return plural(one, many, n) % {"n": number(n), **facts}


def translated(text: str) -> str:
    """Return a sentence in the reader's language, with its ``%(name)s`` as they are."""
    return str(_reader[0].translations().gettext(str.__str__(text))) if text else text


def plural(one: str, many: str, n: int) -> str:
    """Return the form that fits a number, with its ``%(name)s`` as they are."""
    return str(_reader[0].translations().ngettext(one, many, n))


def mark(text: str) -> str:
    """Mark a sentence for the translators and return it as it is: whoever shows it says ``_(sentence)``."""
    return text


def lazy(text: str) -> str:
    """Mark a sentence of a module or a form, which is made before anybody reads it; it is translated when shown."""
    return Lazy(text)


class Lazy(str):
    """English where it is compared, kept or sent as JSON; in the reader's language where it is shown.

    ``str.join`` looks at the English letters: say ``str()`` first.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return _(str.__str__(self))

    def __html__(self) -> Markup:
        """Return what a template shows."""
        return escape(str(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __mod__(self, facts: Any) -> str:
        said: str = str(self) % facts
        return said

    def __add__(self, other: str) -> str:
        return str(self) + other

    def __radd__(self, other: str) -> str:
        return other + str(self)

    def lower(self) -> str:
        """Return it in small letters."""
        return str(self).lower()

    def capitalize(self) -> str:
        """Return it with a capital letter."""
        return str(self).capitalize()

    def format(self, *parts: Any, **facts: Any) -> str:
        """Return it with facts in place of ``{name}``."""
        return str(self).format(*parts, **facts)

    def format_map(self, facts: Any, /) -> str:
        """Return it with facts in place of ``{name}``."""
        return str(self).format_map(facts)

    def replace(self, old: str, new: str, count: SupportsIndex = -1, /) -> str:
        """Return it with other letters in it."""
        return str(self).replace(old, new, count)


def within(text: str) -> str:
    """Return a word or two as they stand inside a sentence: in small letters, but not in German, for its nouns."""
    return str(text) if language().split("-")[0] == "de" else text.lower()


def either(choices: Iterable[str]) -> str:
    """Return several things of which one is enough, "a or b or c"; nothing for none."""
    return _joined(choices, "%(first)s or %(second)s")


def both(things: Iterable[str]) -> str:
    """Return several things that belong together, "a and b and c"; nothing for none."""
    return _joined(things, "%(first)s and %(second)s")


def _joined(things: Iterable[str], pattern: str) -> str:
    told = [str(one) for one in things]
    return reduce(lambda first, second: _(pattern, first=first, second=second), told) if told else ""


PATTERNS = (mark("%(first)s or %(second)s"), mark("%(first)s and %(second)s"))
"""How two things are joined."""


def number(value: float) -> str:
    """Return a number with its thousands set apart, "20,000"."""
    return f"{value:,}" if language() == SOURCE else str(format_decimal(value, locale=_locale()))


def decimal(value: float) -> str:
    """Return a number with one place after the point, "1.4"."""
    return f"{value:.1f}" if language() == SOURCE else str(format_decimal(value, "#,##0.0", locale=_locale()))


def day(value: date, weekday: bool = False) -> str:
    """Return a day as people say it, "14 March 2026"."""
    if language() != SOURCE:
        return str(format_date(value, "full" if weekday else "long", locale=_locale()))
    words = f"{value.day} {value:%B %Y}"
    return f"{value:%A} {words}" if weekday else words


def clock_time(value: time) -> str:
    """Return a time of day as people read it, "9:30 am"."""
    if language() != SOURCE:
        return str(format_time(value, "short", locale=_locale()))
    return f"{value.hour % 12 or 12}:{value:%M} {'am' if value.hour < 12 else 'pm'}"


def _locale() -> str:
    return language().replace("-", "_")
