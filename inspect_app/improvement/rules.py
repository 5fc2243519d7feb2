"""Rules of improvement, as plain values: answers, verdicts, how a recommendation stands, and the fix rate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.core.words import _, lazy, mark, ngettext, within

LONGEST_TEXT = 20_000
"""Signs in an answer, an action or an update; longer ones are refused, none is cut."""


class Decision(StrEnum):
    """What the service says to one recommendation."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    REFERRED = "referred"


DECISION_WORDS = {
    Decision.ACCEPTED: lazy("Accepted"),
    Decision.PARTLY: lazy("Partly accepted"),
    Decision.NOT_ACCEPTED: lazy("Not accepted"),
    Decision.REFERRED: lazy("Passed on to elected members"),
}
NEEDS_ACTION = frozenset({Decision.ACCEPTED, Decision.PARTLY})
"""What the service said yes to needs at least one action in its plan."""


class Word(StrEnum):
    """What one inspector says of one claim that something is done."""

    FIXED = "fixed"
    PARTLY = "partly"
    NOT_FIXED = "not_fixed"
    CANNOT_TELL = "cannot_tell"


WORD_WORDS = {
    Word.FIXED: lazy("Fixed"),
    Word.PARTLY: lazy("Partly fixed"),
    Word.NOT_FIXED: lazy("Not fixed"),
    Word.CANNOT_TELL: lazy("Cannot tell"),
}
KEPT_WORDS = {key: str.__str__(words).lower() for key, words in WORD_WORDS.items()}
"""As they stand in a count that is kept."""
WORD_SIGNS = {Word.FIXED: "ok", Word.PARTLY: "mid", Word.NOT_FIXED: "wrong", Word.CANNOT_TELL: "plain"}


class Outcome(StrEnum):
    """What the inspectors together say of one claim."""

    OPEN = "open"
    FIXED = "fixed"
    PARTLY = "partly"
    NOT_FIXED = "not_fixed"
    UNCLEAR = "unclear"


OUTCOME_WORDS = {
    Outcome.OPEN: lazy("The inspectors are looking"),
    Outcome.FIXED: lazy("Fixed, say the inspectors"),
    Outcome.PARTLY: lazy("Only partly fixed, say the inspectors"),
    Outcome.NOT_FIXED: lazy("Not fixed, say the inspectors"),
    Outcome.UNCLEAR: lazy("Too few inspectors could tell"),
}
BACK_TO_SERVICE = frozenset({Outcome.PARTLY, Outcome.NOT_FIXED, Outcome.UNCLEAR})
"""After these the service may say again that it is done."""
SMALLEST_YES = 2
"""How many inspectors at least must say *fixed*; in a smaller team, all of them."""


def outcome(words: Sequence[str], team_size: int, time_over: bool) -> Outcome:
    """Return what the inspectors together say of one claim.

    ``words`` are those given in time, ``team_size`` counts the inspectors who could give one, ``time_over`` says that
    nobody is waited for any more. *Fixed* needs a majority of those who answered and at least two of them (or all, in
    a smaller team). *Partly* counts as not fixed.
    """
    if not time_over and len(words) < team_size:
        return Outcome.OPEN
    count = Counter(words)
    fixed = count[Word.FIXED]
    if 2 * fixed > len(words) and fixed >= min(SMALLEST_YES, team_size):
        return Outcome.FIXED
    if not count[Word.PARTLY] + count[Word.NOT_FIXED]:
        return Outcome.UNCLEAR
    return Outcome.NOT_FIXED if count[Word.NOT_FIXED] >= fixed + count[Word.PARTLY] else Outcome.PARTLY


KEYS_OF_KEPT = {words: key for key, words in KEPT_WORDS.items()}
NOBODY = mark("Nobody has said anything.")
LOOKED = re.compile(r"(\d+) of (\d+) inspectors have said what they think\.")
PART = re.compile(rf"(\d+)(?: of (\d+))? says?: ({'|'.join(KEYS_OF_KEPT)})\.")
PARTS = re.compile(rf"{PART.pattern}( {PART.pattern})*")


def tally(words: Sequence[str], team_size: int) -> str:
    """Return a round's count, dissent included: "3 of 4 say: fixed. 1 says: partly fixed."; English, as it is kept."""
    count = Counter(words)
    parts = [
        f"{count[word]}{f' of {team_size}' if not place else ''} {'says' if count[word] == 1 else 'say'}: "
        f"{KEPT_WORDS[word]}."
        for place, word in enumerate(one for one in Word if count[one])
    ]
    return " ".join(parts) or NOBODY


def look_tally(count: int, team_size: int) -> str:
    """Return how many inspectors have said something; English, as it is kept."""
    return f"{count} of {team_size} inspectors have said what they think."


def said(kept: str) -> str:
    """Return what was kept in English of a round in the reader's language; what people wrote stays as it is."""
    for head in OUTCOME_WORDS.values():
        if kept.startswith(start := str.__str__(head) + ". "):
            return _("%(outcome)s. %(tally)s", outcome=head, tally=said(kept.removeprefix(start)))
    if kept == NOBODY:
        return _(NOBODY)
    if looked := LOOKED.fullmatch(kept):
        count, team = map(int, looked.groups())
        return ngettext(
            "%(n)s of %(team)s inspectors have said what they think.",
            "%(n)s of %(team)s inspectors have said what they think.",
            count,
            team=team,
        )
    return " ".join(_part_said(*one) for one in PART.findall(kept)) if PARTS.fullmatch(kept) else kept


def _part_said(count: str, team: str, word: str) -> str:
    n, as_said = int(count), within(WORD_WORDS[KEYS_OF_KEPT[word]])
    if not team:
        return ngettext("%(n)s says: %(word)s.", "%(n)s say: %(word)s.", n, word=as_said)
    return ngettext("%(n)s of %(team)s says: %(word)s.", "%(n)s of %(team)s say: %(word)s.", n, team=team, word=as_said)


class Settled(StrEnum):
    """How a recommendation can end."""

    FIXED = "fixed"
    DECLINED = "declined"
    DISAGREEMENT = "disagreement"


SETTLED_WORDS = {
    Settled.FIXED: lazy("Fixed, and confirmed by the inspectors"),
    Settled.DECLINED: lazy("Not accepted, with the reason"),
    Settled.DISAGREEMENT: lazy("We disagree: the service says done, the inspectors do not"),
}


class State(StrEnum):
    """How a recommendation stands."""

    UNANSWERED = "unanswered"
    REFERRED = "referred"
    ANSWERED = "answered"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    CLAIMED = "claimed"
    PARTLY = "partly"
    NOT_FIXED = "not_fixed"
    UNCLEAR = "unclear"
    FIXED = "fixed"
    DECLINED = "declined"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Look:
    """How a state is shown: its word, its sign, and where it counts in the picture of the fix rate."""

    word: str
    sign: str
    bar: str


LOOKS = {
    State.UNANSWERED: Look(lazy("Not answered yet"), "plain", "open"),
    State.REFERRED: Look(lazy("With elected members"), "plain", "open"),
    State.ANSWERED: Look(lazy("Answered"), "plain", "open"),
    State.PLANNED: Look(lazy("Planned"), "plain", "open"),
    State.UNDER_WAY: Look(lazy("Under way"), "mid", "open"),
    State.CLAIMED: Look(lazy("The service says done"), "mid", "open"),
    State.PARTLY: Look(lazy("Partly fixed"), "mid", "partly"),
    State.NOT_FIXED: Look(lazy("Not fixed"), "wrong", "open"),
    State.UNCLEAR: Look(lazy("Not clear yet"), "plain", "open"),
    State.FIXED: Look(lazy("Fixed"), "ok", "fixed"),
    State.DECLINED: Look(lazy("Not accepted"), "declined", "declined"),
    State.DISPUTED: Look(lazy("We disagree"), "wrong", "disputed"),
}
ENDS = {Settled.FIXED: State.FIXED, Settled.DECLINED: State.DECLINED, Settled.DISAGREEMENT: State.DISPUTED}
AFTER_ROUND = {
    Outcome.OPEN: State.CLAIMED,
    Outcome.FIXED: State.CLAIMED,  # until it is settled, which follows at once
    Outcome.PARTLY: State.PARTLY,
    Outcome.NOT_FIXED: State.NOT_FIXED,
    Outcome.UNCLEAR: State.UNCLEAR,
}


def state_of(
    decision: str | None, has_action: bool, has_update: bool, last_round: Outcome | None, settled: str | None
) -> State:
    """Return how a recommendation stands; ``decision`` is that of a sent answer."""
    if settled:
        return ENDS[Settled(settled)]
    if last_round is not None:
        return AFTER_ROUND[last_round]
    if decision is None:
        return State.UNANSWERED
    if has_update:
        return State.UNDER_WAY
    if has_action:
        return State.PLANNED
    return State.REFERRED if decision == Decision.REFERRED else State.ANSWERED


@dataclass(frozen=True)
class FixRate:
    """How many recommendations inspectors confirmed as fixed, of all that were published, declined ones included."""

    fixed: int
    total: int

    @property
    def percent(self) -> int | None:
        """Return the rate in whole percent, rounded down so that it never says too much; None of nothing."""
        return self.fixed * 100 // self.total if self.total else None

    @property
    def words(self) -> str:
        """Return the rate with its denominator."""
        return _("%(number)s of %(count)s", number=self.fixed, count=self.total)


def fix_rate(states: Iterable[State]) -> FixRate:
    """Return the fix rate: only what is settled as fixed counts as fixed, everything counts below the line."""
    count = Counter(states)
    return FixRate(count[State.FIXED], count.total())


def bar_words(counts: Mapping[str, int]) -> str:
    """Return what became of recommendations in a few words: "8 fixed, 2 not accepted, 1 where we disagree"."""
    n = {name: counts.get(name, 0) for name in ("fixed", "partly", "declined", "disputed", "open")}
    said_of = {
        "fixed": ngettext("%(n)s fixed", "%(n)s fixed", n["fixed"]),
        "partly": ngettext("%(n)s partly fixed", "%(n)s partly fixed", n["partly"]),
        "declined": ngettext("%(n)s not accepted", "%(n)s not accepted", n["declined"]),
        "disputed": ngettext("%(n)s where we disagree", "%(n)s where we disagree", n["disputed"]),
        "open": ngettext("%(n)s still open", "%(n)s still open", n["open"]),
    }
    return ", ".join(words for name, words in said_of.items() if n[name])


def bar_counts(states: Iterable[State]) -> dict[str, int]:
    """Return how many recommendations are fixed, partly, disputed, declined and open."""
    count = Counter(LOOKS[state].bar for state in states)
    return {name: count[name] for name in ("fixed", "partly", "disputed", "declined", "open")}
