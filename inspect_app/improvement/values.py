"""What became of a recommendation, as plain values: what was seen, asked, answered, done and said of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inspect_app.core.web import day_words
from inspect_app.core.words import _, within
from inspect_app.improvement.rules import (
    DECISION_WORDS,
    LOOKS,
    OUTCOME_WORDS,
    SETTLED_WORDS,
    WORD_SIGNS,
    WORD_WORDS,
    Decision,
    Outcome,
    Settled,
    State,
    Word,
    look_tally,
    said,
    tally,
)


@dataclass(frozen=True)
class AnswerLine:
    """A sent answer; ``days`` are the working days it took, None when nobody knows when the time began."""

    decision: str
    reason: str
    day: date
    days: int | None = None

    @property
    def words(self) -> str:
        """Return what the service decided, in words."""
        return DECISION_WORDS[Decision(self.decision)]


@dataclass(frozen=True)
class ActionLine:
    """One action of a plan that was sent."""

    id: uuid.UUID
    what: str
    owner: str
    due: date
    how_seen: str
    with_citizens: bool
    done: date | None


@dataclass(frozen=True)
class ProofLine:
    """One photo or document that an update shows."""

    id: uuid.UUID
    caption: str
    is_photo: bool


@dataclass(frozen=True)
class UpdateLine:
    """What the service told; ``says_done`` is its key."""

    id: uuid.UUID
    text: str
    day: date
    says_done: bool
    proofs: tuple[ProofLine, ...]


@dataclass(frozen=True)
class VerdictLine:
    """One inspector's word; ``who`` is a name only where it may be shown."""

    who: str
    word: str
    reason: str
    day: date

    @property
    def words(self) -> str:
        """Return the word as people read it."""
        return WORD_WORDS[Word(self.word)]

    @property
    def sign(self) -> str:
        """Return the sign of the word."""
        return WORD_SIGNS[Word(self.word)]


@dataclass(frozen=True)
class Round:
    """One claim that something is done, and what the inspectors say of it.

    While it is open ``said`` is empty, so that nobody is led by the others; ``by`` says who has given a word, and
    ``waiting`` for whom one waits (both empty in public). ``due`` is the last day, None without such a promise.
    """

    update_id: uuid.UUID
    day: date
    outcome: Outcome
    count: int
    team: int
    said: tuple[VerdictLine, ...] = ()
    by: frozenset[uuid.UUID] = frozenset()
    waiting: tuple[tuple[uuid.UUID, str], ...] = ()
    due: date | None = None

    @property
    def words(self) -> str:
        """Return what the inspectors together say."""
        return OUTCOME_WORDS[self.outcome]

    @property
    def tally(self) -> str:
        """Return how many say what; for an open round only how many have said something."""
        return said(self.kept_tally)

    @property
    def kept_tally(self) -> str:
        """Return it in English, as it is kept."""
        if self.outcome is Outcome.OPEN:
            return look_tally(self.count, self.team)
        return tally([one.word for one in self.said], self.team)


@dataclass(frozen=True)
class SettlementLine:
    """How a recommendation ended."""

    outcome: str
    reason: str
    day: date

    @property
    def words(self) -> str:
        """Return the end in words."""
        return SETTLED_WORDS[Settled(self.outcome)]

    @property
    def why(self) -> str:
        """Return the reason as it is read: a count in the reader's language, what people wrote as it is."""
        return said(self.reason)


@dataclass(frozen=True)
class Chain:
    """One recommendation from what was seen to what became of it."""

    id: uuid.UUID
    number: int
    text: str
    why: str
    service: str
    service_id: uuid.UUID
    saw: tuple[Mapping[str, str], ...]
    heard: tuple[Mapping[str, str], ...]
    state: State
    answer: AnswerLine | None = None
    actions: tuple[ActionLine, ...] = ()
    updates: tuple[UpdateLine, ...] = ()
    rounds: tuple[Round, ...] = ()
    settlement: SettlementLine | None = None

    @property
    def word(self) -> str:
        """Return how it stands, in a word or two."""
        return LOOKS[self.state].word

    @property
    def sign(self) -> str:
        """Return the sign of how it stands: ok, mid, wrong, declined or plain."""
        return LOOKS[self.state].sign

    @property
    def changed_on(self) -> date | None:
        """Return the day of the newest thing that the service or the inspectors said or did; None before the answer."""
        said = [line.day for line in self.verdicts]
        done = [one.done for one in self.actions if one.done]
        heard = [one.day for one in (self.answer, self.settlement, *self.updates) if one]
        return max([*heard, *done, *said], default=None)

    @property
    def answered_days(self) -> int | None:
        """Return how many working days the answer took."""
        return self.answer.days if self.answer else None

    @property
    def last_round(self) -> Round | None:
        """Return what the inspectors say of the newest claim, if there was one."""
        return self.rounds[-1] if self.rounds else None

    @property
    def verdicts(self) -> tuple[VerdictLine, ...]:
        """Return every word of every round that is over, oldest first."""
        return tuple(line for one in self.rounds for line in one.said)

    @property
    def open_round(self) -> Round | None:
        """Return the round in which the inspectors are looking now."""
        last = self.last_round
        return last if last and last.outcome is Outcome.OPEN and self.settlement is None else None

    @property
    def today(self) -> str:
        """Return how it stands now, in a sentence or two."""
        return said(self.kept_today)

    @property
    def kept_today(self) -> str:
        """Return it in English, as it is kept."""
        if self.settlement:
            return self.settlement.reason
        if self.last_round:
            return f"{str.__str__(self.last_round.words)}. {self.last_round.kept_tally}"
        return self.updates[-1].text if self.updates else ""

    def steps(self) -> list[dict[str, str]]:
        """Return the chain as the picture of the loop wants it."""
        seen = " ".join(one["text"] for one in (*self.saw, *self.heard))
        why = {"title": _("Why they asked for it"), "text": self.why, "kind": "ok"}
        steps = [
            {"title": _("What the inspectors saw and heard"), "text": seen, "kind": "ok" if seen else "plain"},
            why if self.why else {"title": _("What they asked for"), "text": self.text, "kind": "ok"},
        ]
        return [*steps, self._answered(), *self._did(), *self._said(), *self._ended()]

    def _answered(self) -> dict[str, str]:
        if self.answer is None:
            return {"title": _("What the service answered"), "text": "", "kind": "plain"}
        signs = {Decision.ACCEPTED: "ok", Decision.PARTLY: "mid"}
        return {
            "title": _("What the service answered: %(answer)s", answer=within(self.answer.words)),
            "text": self.answer.reason,
            "when": day_words(self.answer.day),
            "kind": signs.get(Decision(self.answer.decision), "declined"),
        }

    def _did(self) -> list[dict[str, str]]:
        ended = self.settlement is not None
        planned = [
            {
                "title": _plan_title(one.done is not None, ended),
                "text": _(
                    "%(what)s %(owner)s, by %(day)s. How you can see it: %(how)s",
                    what=one.what,
                    owner=one.owner,
                    day=day_words(one.due),
                    how=one.how_seen,
                ),
                "when": day_words(one.done) if one.done else "",
                "kind": "ok" if one.done or self.state is State.FIXED else "plain",
            }
            for one in self.actions
        ]
        if self.updates or (self.settlement and self.settlement.outcome == Settled.DECLINED):
            return planned
        return [*planned, {"title": _("What the service did"), "text": "", "kind": "plain"}]

    def _said(self) -> list[dict[str, str]]:
        """Return each update, and after a claim what the inspectors said of it."""
        rounds = {one.update_id: one for one in self.rounds}
        steps = []
        for update in self.updates:
            title = _("The service says: done") if update.says_done else _("What the service did")
            steps.append({"title": title, "text": update.text, "when": day_words(update.day), "kind": "mid"})
            found = rounds.get(update.id)
            if found:
                steps.append(_round_step(found, self._confirmed_on(found)))
        return steps

    def _confirmed_on(self, found: Round) -> str:
        """Return the day on which a round settled it, in words; empty for the others."""
        return day_words(self.settlement.day) if self.settlement and found.outcome is Outcome.FIXED else ""

    def _ended(self) -> list[dict[str, str]]:
        """Return how it ended, unless the step before has said so in the same words."""
        end, last = self.settlement, self.last_round
        if end is None or (end.outcome == Settled.FIXED and last and last.outcome is Outcome.FIXED):
            return []
        if end.outcome == Settled.DECLINED and self.answer and end.reason == self.answer.reason:
            return []
        return [{"title": end.words, "text": end.why, "when": day_words(end.day), "kind": self.sign}]


def _plan_title(done: bool, ended: bool) -> str:
    if done:
        return _("What the service planned and did")
    return _("What the service planned") if ended else _("What the service plans")


def _round_step(found: Round, when: str) -> dict[str, str]:
    signs = {Outcome.FIXED: "ok", Outcome.PARTLY: "mid", Outcome.NOT_FIXED: "wrong"}
    words = " ".join(
        _("%(who)s, %(word)s: “%(reason)s”", who=one.who, word=within(one.words), reason=one.reason)
        for one in found.said
    )
    return {
        "title": found.words,
        "text": f"{found.tally} {words}".strip(),
        "when": when,
        "kind": signs.get(found.outcome, "plain"),
    }


def by_news(found: Iterable[Chain]) -> tuple[list[Chain], list[Chain]]:
    """Return the chains that still move and those that are settled, each with the newest news first."""
    newest = sorted(found, key=lambda one: (one.changed_on or date.min, -one.number), reverse=True)
    return [one for one in newest if not one.settlement], [one for one in newest if one.settlement]
