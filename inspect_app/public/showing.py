"""Turns what is published into what its page shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from inspect_app.charter.rules import Clock, Side
from inspect_app.core.web import day_words
from inspect_app.improvement.rules import Settled, bar_counts
from inspect_app.improvement.values import Chain
from inspect_app.public.queries import consented_names, content_of
from inspect_app.public.queries_became import AnswerTime, became
from inspect_app.public.rules import NOBODY, Published, name_by_consent
from inspect_app.reports.paper import day_of, dots_of

SIDES = ((Side.SERVICE, "The service"), (Side.INSPECTORS, "The inspectors"), (Side.PROGRAMME, "The programme"))
DECISIONS = {
    "upheld": "The service is right.",
    "partly": "The service is partly right.",
    "rejected": "The report stays as it is.",
}
LET_GO = {
    "seal": "Sealed ratings",
    "confirmation": "A yes to the report",
    "charter": "A yes to the charter",
    "self_rating": "The service’s own rating",
    "verdict": "A verdict",
}
NOTICED = {"seen": "We saw", "heard": "We heard", "asked": "We asked", "read": "We read", "counted": "We counted"}


def values(published: Published) -> dict[str, Any]:
    """Return everything the page of a published inspection shows, as plain values."""
    content, now_known = content_of(published.edition.id), became(published)
    consented = consented_names(published.id)
    return {
        "published": published,
        "edition": published.edition,
        "report": content,
        "counts": bar_counts(chain.state for chain in now_known.chains),
        "loops": [_loop(_nameless(chain, consented), now_known.answer_time) for chain in now_known.chains],
        "team": _team(content, consented),
        "named": partial(name_by_consent, consented=consented),
        "profile_rows": [{"label": theme["title"], **theme} for theme in content["themes"]],
        "clocks": _by_side(now_known.clocks),
        "history": list(reversed(now_known.history)),
        "photos": now_known.photos,
        **_words(),
    }


def _words() -> dict[str, Any]:
    helpers: dict[str, Callable[..., Any]] = {"day_of": day_of, "dots_of": dots_of}
    return {**helpers, "decisions": DECISIONS, "let_go_words": LET_GO, "noticed": NOTICED}


def _nameless(chain: Chain, consented: Collection[str]) -> Chain:
    """Return the chain without the names of those who no longer agree to be named."""
    rounds = (
        replace(one, said=tuple(replace(said, who=name_by_consent(said.who, consented)) for said in one.said))
        for one in chain.rounds
    )
    return replace(chain, rounds=tuple(rounds))


def _loop(chain: Chain, time: AnswerTime) -> dict[str, Any]:
    """Return one recommendation as the page shows it; an answer that never came is said plainly."""
    steps = chain.steps()
    answered = next(place for place, step in enumerate(steps) if step["title"].startswith("What the service answered"))
    if chain.answer is None:
        late = time.is_over and not chain.settlement
        steps[answered] = dict(steps[answered], text=_unanswered(time), kind="wrong" if late else "plain")
    elif chain.answer.days is not None:
        steps[answered] = dict(steps[answered], text=f"{steps[answered]['text']} {_answered_in(chain, time)}".strip())
    return {
        "number": chain.number,
        "text": chain.text,
        "why": chain.why,
        "service": chain.service,
        "word": chain.word,
        "sign": chain.sign,
        "steps": steps,
        "proofs": [proof for update in chain.updates for proof in update.proofs],
        "disputed": chain.settlement is not None and chain.settlement.outcome == Settled.DISAGREEMENT,
    }


def _unanswered(time: AnswerTime) -> str:
    if time.due is None:
        return "Not answered."
    if time.is_over:
        return f"Not answered. The time ended on {day_words(time.due)}."
    return f"Not answered yet. There is time until {day_words(time.due)}."


def _answered_in(chain: Chain, time: AnswerTime) -> str:
    days = chain.answered_days
    unit = "working day" if days == 1 else "working days"
    if time.allowed.endswith("working days"):
        return f"(Answered in {days} of {time.allowed}.)"
    return f"(Answered in {days} {unit}.)"


def _team(content: Mapping[str, Any], consented: Collection[str]) -> dict[str, Any]:
    """Return how many looked, and those who agree to be named."""
    named = [one for one in content["team"] if one["name"] != NOBODY and one["name"] in consented]
    return {"size": len(content["team"]), "named": named, "others": len(content["team"]) - len(named)}


def _by_side(clocks: Collection[Clock]) -> list[tuple[str, list[Clock]]]:
    found = [(title, [clock for clock in clocks if clock.side == side]) for side, title in SIDES]
    return [(title, ones) for title, ones in found if ones]
