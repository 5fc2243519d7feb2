"""One recommendation as a loop: seen, asked, answered, planned, done, judged; naming only those who agreed to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from inspect_app.core.web import day_words
from inspect_app.core.words import _, ngettext, within
from inspect_app.improvement.rules import Decision, Outcome, Settled
from inspect_app.improvement.values import ActionLine, Chain, Round, UpdateLine
from inspect_app.public.queries_became import AnswerTime
from inspect_app.public.rules import name_by_consent

Step = dict[str, str]
ANSWER_SIGNS = {Decision.ACCEPTED: "ok", Decision.PARTLY: "mid"}
ROUND_SIGNS = {Outcome.FIXED: "ok", Outcome.PARTLY: "mid", Outcome.NOT_FIXED: "wrong"}


def loop_of(chain: Chain, time: AnswerTime, consented: Collection[str]) -> dict[str, Any]:
    """Return one recommendation as the page shows it; ``consented`` are the names that may be shown today."""
    return {
        "number": chain.number,
        "text": chain.text,
        "service": chain.service,
        "word": chain.word,
        "sign": chain.sign,
        "steps": [*_seen(chain), _why(chain), _answered(chain, time), *_after(chain, consented)],
        "proofs": [proof for update in chain.updates for proof in update.proofs],
    }


def _seen(chain: Chain) -> Iterable[Step]:
    """Return what it stands on: each thing on a line of its own, what people said last."""
    things = [one["text"] for one in (*chain.saw, *chain.heard)]
    return [_step(_("What we saw and heard"), "\n".join(things), "ok")] if things else []


def _why(chain: Chain) -> Step:
    """Return why it was asked for: what was asked for is the heading of the loop. Without a reason it is told again."""
    return (
        _step(_("Why we asked for it"), chain.why, "ok")
        if chain.why
        else _step(_("What we asked for"), chain.text, "ok")
    )


def _answered(chain: Chain, time: AnswerTime) -> Step:
    if chain.answer is None:
        if time.due is None:
            return _step(_("What the service answered"), _("Not answered."), "plain")
        if not time.is_over:
            return _step(
                _("What the service answered"),
                _("Not yet. There is time until %(day)s.", day=day_words(time.due)),
                "plain",
            )
        return _step(_("Not answered"), _("The time ended on %(day)s.", day=day_words(time.due)), "wrong")
    answer = chain.answer
    sign = ANSWER_SIGNS.get(Decision(answer.decision), "declined")
    words = f"{answer.reason}\n{_answer_days(answer.days, time)}".strip()
    return _step(
        _("What the service answered: %(answer)s", answer=within(answer.words)), words, sign, day_words(answer.day)
    )


def _answer_days(days: int | None, time: AnswerTime) -> str:
    if days is None:
        return ""
    if time.allowed.endswith("working days"):
        allowed = int(time.allowed.split()[0])
        return ngettext(
            "Answered in %(days)s of %(n)s working days.",
            "Answered in %(days)s of %(n)s working days.",
            allowed,
            days=days,
        )
    return ngettext("Answered in %(n)s working day.", "Answered in %(n)s working days.", days)


def _after(chain: Chain, consented: Collection[str]) -> list[Step]:
    """Return what followed the answer; a fix that was confirmed is told once, by the round that confirmed it."""
    rounds = {one.update_id: one for one in chain.rounds}
    steps = [_planned(one) for one in chain.actions]
    for update in chain.updates:
        steps.append(_did(update))
        if update.id in rounds:
            steps.append(_judged(rounds[update.id], consented))
    end = chain.settlement
    if end is None:
        return steps if chain.updates else [*steps, _step(_("What the service did"), "", "plain")]
    last = chain.last_round
    if end.outcome == Settled.FIXED and last is not None and last.outcome is Outcome.FIXED:
        return [*steps[:-1], dict(steps[-1], when=day_words(end.day))]
    if end.outcome == Settled.DECLINED and chain.answer is not None and end.reason == chain.answer.reason:
        return steps  # the answer has said it already
    return [*steps, _step(end.words, end.why, chain.sign, day_words(end.day))]


def _planned(action: ActionLine) -> Step:
    """Return one action. Its owner is a person of the service, and is not named here."""
    told = [action.what, _("By %(day)s.", day=day_words(action.due))]
    if action.with_citizens:
        told.append(_("Together with residents."))
    words = " ".join(told) + "\n" + _("How you can see it: %(how)s", how=action.how_seen)
    title = _("What the service planned and did") if action.done else _("What the service planned")
    return _step(title, words, "ok" if action.done else "plain", day_words(action.done))


def _did(update: UpdateLine) -> Step:
    title = _("The service says: done") if update.says_done else _("What the service did")
    return _step(title, update.text, "mid", day_words(update.day))


def _judged(found: Round, consented: Collection[str]) -> Step:
    words = [
        _("%(who)s: “%(reason)s”", who=name_by_consent(one.who, consented), reason=one.reason)
        for one in found.said
        if one.reason
    ]
    return _step(found.words, "\n".join([found.tally, *words]), ROUND_SIGNS.get(found.outcome, "plain"))


def _step(title: str, text: str, kind: str, when: str = "") -> Step:
    return {"title": title, "text": text, "kind": kind, "when": when}
