"""The courses that somebody can take. A room further up knows them and offers them here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Titles = Callable[[], Mapping[str, str]]

_offered: list[Titles] = []


def offer_with(titles: Titles) -> None:
    """Register the function that returns key → title of every course, in the order to show them."""
    _offered[:] = [titles]


def titles() -> Mapping[str, str]:
    """Return key → title of every course; nothing while no room offers any."""
    return _offered[0]() if _offered else {}
