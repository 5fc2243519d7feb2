"""Turns what is published into what its page shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from inspect_app.charter.rules import Clock, Side
from inspect_app.core.web import day_words
from inspect_app.core.words import lazy
from inspect_app.improvement.rules import bar_counts
from inspect_app.public.loops import loop_of
from inspect_app.public.queries import consented_names, content_of
from inspect_app.public.queries_became import became
from inspect_app.public.rules import NOBODY, Happening, Published, name_by_consent
from inspect_app.reports.content import profile_rows, said_again
from inspect_app.reports.paper import day_of, dots_of

SIDES = (
    (Side.SERVICE, lazy("The service")),
    (Side.INSPECTORS, lazy("The inspectors")),
    (Side.PROGRAMME, lazy("The programme")),
)
DECISIONS = {
    "upheld": lazy("The service is right."),
    "partly": lazy("The service is partly right."),
    "rejected": lazy("The report stays as it is."),
}
LET_GO = {
    "seal": lazy("Sealed ratings"),
    "confirmation": lazy("A yes to the report"),
    "charter": lazy("A yes to the charter"),
    "self_rating": lazy("The service’s own rating"),
    "verdict": lazy("A verdict"),
}
NOTICED = {
    "seen": lazy("We saw"),
    "heard": lazy("We heard"),
    "asked": lazy("We asked"),
    "read": lazy("We read"),
    "counted": lazy("We counted"),
}


def values(published: Published) -> dict[str, Any]:
    """Return everything the page of a published inspection shows, as plain values."""
    content, now_known = said_again(content_of(published.edition.id)), became(published)
    consented = consented_names(published.id)
    return {
        "published": published,
        "edition": published.edition,
        "report": content,
        "counts": bar_counts(chain.state for chain in now_known.chains),
        "loops": [loop_of(chain, now_known.answer_time, consented) for chain in now_known.chains],
        "team": _team(content, consented),
        "named": partial(name_by_consent, consented=consented),
        "profile_rows": profile_rows(content),
        "clocks": _by_side(now_known.clocks),
        "milestones": [one for one in reversed(now_known.history) if one.big],
        "days": _by_day(now_known.history),
        "photos": now_known.photos,
        **_words(),
    }


def _words() -> dict[str, Any]:
    helpers: dict[str, Callable[..., Any]] = {"day_of": day_of, "dots_of": dots_of}
    return {**helpers, "decisions": DECISIONS, "let_go_words": LET_GO, "noticed": NOTICED}


def _team(content: Mapping[str, Any], consented: Collection[str]) -> dict[str, Any]:
    """Return how many looked, and those who agree to be named."""
    named = [one for one in content["team"] if one["name"] != NOBODY and one["name"] in consented]
    return {"size": len(content["team"]), "named": named, "others": len(content["team"]) - len(named)}


def _by_side(clocks: Collection[Clock]) -> list[tuple[str, list[Clock]]]:
    found = [(title, [clock for clock in clocks if clock.side == side]) for side, title in SIDES]
    return [(title, ones) for title, ones in found if ones]


def _by_day(history: Collection[Happening]) -> list[tuple[datetime, list[str]]]:
    """Return the whole history, newest day first, with the sentences of each day in their order."""
    grouped = groupby(history, key=lambda one: day_words(one.at))
    days = [list(ones) for _, ones in grouped]
    return [(ones[0].at, [one.text for one in ones]) for ones in reversed(days)]
