"""Rules about sign-in cards, as plain values: words, PIN, tries, days and states."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from inspect_app.core.words import _
from inspect_app.people.rules import Role

WORDS_ON_A_CARD = 4
"""Of the 758 shipped words: 38 bits. Nobody guesses that at 40 tries in a quarter of an hour."""
SHORTEST_PIN, LONGEST_PIN = 4, 8
DAYS_AFTER = 7
"""A card works for some days after the last visit, for those who finish at home."""
TRIES_BEFORE_A_PAUSE = 5
PAUSE = timedelta(minutes=15)
MOST_TRIES = 15
"""So many wrong PINs in a row end a card: of 10,000 PINs of four figures a thief tries 15."""
AT_THE_DOOR = timedelta(minutes=10)
"""How long after the words the PIN can be given."""
MAY_HAVE_A_CARD = frozenset({Role.INSPECTOR, Role.SUPPORTER})
"""Who looks after others or answers for something signs in with more than a card."""


class CardState(StrEnum):
    """How a card stands, as the coordinator's list says it."""

    NEW = "new"
    IN_USE = "PIN chosen"
    REVOKED = "revoked"
    STOPPED = "stopped after too many wrong PINs"
    OVER = "over"


def state_of_card(pin_chosen: bool, revoked: bool, stopped: bool, last_day: date, today: date) -> CardState:
    """Return how a card stands; what ended it first to matter is named first."""
    if stopped:
        return CardState.STOPPED
    if revoked:
        return CardState.REVOKED
    if today > last_day:
        return CardState.OVER
    return CardState.IN_USE if pin_chosen else CardState.NEW


def draw_words(words: Sequence[str]) -> str:
    """Return the words of a new card, drawn by chance, "river lamp otter stone"; no word stands twice."""
    drawn: list[str] = []
    while len(drawn) < WORDS_ON_A_CARD:
        word = secrets.choice(words)
        if word not in drawn:
            drawn.append(word)
    return " ".join(drawn)


def read_words(text: str) -> tuple[str, ...]:
    """Return the words of a word list's file, without its remarks."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def normal_words(typed: str) -> str:
    """Return what somebody typed as a card's words are kept: small letters, one space between them."""
    return " ".join(re.findall(r"[a-z]+", typed.lower()))


def wrong_pin(pin: str) -> str | None:
    """Return a sentence when nobody should choose this PIN, otherwise None."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        return _("Choose %(least)s to %(most)s figures.", least=SHORTEST_PIN, most=LONGEST_PIN)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return _("This PIN is easy to guess. Choose figures that are not in a row.")
    return None


def pause_until(wrong: int, last_try: datetime) -> datetime | None:
    """Return until when a card waits after so many wrong PINs in a row, or None when it need not."""
    return last_try + PAUSE if wrong and wrong % TRIES_BEFORE_A_PAUSE == 0 else None


def last_day_of_card(visit_days: Iterable[date], today: date) -> date:
    """Return the last day on which a card works: some days after the last visit, or after today when that is later."""
    return max([today, *visit_days]) + timedelta(days=DAYS_AFTER)


def why_no_card(name: str, roles: Collection[str]) -> str | None:
    """Return a sentence when somebody cannot have a card, otherwise None."""
    if set(roles) - MAY_HAVE_A_CARD:
        return _("%(name)s does more here than inspect or support. They sign in by e-mail.", name=name)
    return None
