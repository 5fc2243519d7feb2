"""The two keys: the service says done, the inspectors say fixed. And what follows when they differ."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from inspect_app.charter.queries import clocks_for, promises_of
from inspect_app.charter.rules import ClockState
from inspect_app.core import files
from inspect_app.core.access import Standing, standings
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.improvement import queries
from inspect_app.improvement.models import Proof, Update, Verdict
from inspect_app.improvement.operations_shared import note, own, refuse_settled, same_id, settle, written
from inspect_app.improvement.queries_chain import chains
from inspect_app.improvement.rules import BACK_TO_SERVICE, Outcome, Settled, Word
from inspect_app.improvement.values import Chain
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.inspections.rules import Stage
from inspect_app.people.models import Person
from inspect_app.people.rules import Role
from inspect_app.reports.models import Recommendation
from inspect_app.reports.queries import recommendation_in

LONGEST_CAPTION = 300


@dataclass(frozen=True)
class Shown:
    """One file that an update shows: its content, the name it came with, and its caption."""

    content: bytes
    name: str
    caption: str
    is_photo: bool


def chain_of(inspection: Inspection, asked: Recommendation) -> Chain:
    """Return how one recommendation stands now, as the inside sees it."""
    return next(one for one in chains(inspection, inside=True) if one.id == asked.id)


def post_update(
    inspection: Inspection,
    asked: Recommendation,
    text: str,
    says_done: bool,
    actor: Person,
    *,
    shown: Sequence[Shown] = (),
    action_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> Update:
    """Tell what was done, with proof; ``says_done`` asks the inspectors to look. The same id twice is one.

    Raises Refused when nothing was answered yet, when it is settled, or while the inspectors are still looking.
    """
    guard(actor, "improvement.update", inspection)
    own(actor, asked)
    known: Update | None = same_id(Update, id, recommendation_id=asked.id)
    if known is not None:
        return known
    refuse_settled(asked)
    if queries.sent_decision(asked.id) is None:
        raise Refused(_("Answer recommendation %(number)s first. Then tell what you did.", number=asked.number))
    if says_done and chain_of(inspection, asked).open_round:
        raise Refused(_("You have said that it is done. The inspectors are looking now."))
    if action_id is not None and action_id not in {one.id for one in queries.actions_of([asked.id])}:
        raise Refused(_("This action does not belong to this recommendation."), 404)
    update = Update(
        id=id or new_id(),
        recommendation_id=asked.id,
        action_id=action_id,
        text=written(text, _("Write what you did.")),
        says_done=says_done,
        posted_by_id=actor.id,
        posted_at=now(),
    )
    update.proofs = [_proof(one) for one in shown]
    db.session.add(update)
    db.session.flush()
    note("update.posted", inspection, asked, actor, update=str(update.id))
    if says_done:
        note("fix.claimed", inspection, asked, actor, update=str(update.id))
    return update


def _proof(shown: Shown) -> Proof:
    caption = written(shown.caption, _("Say in a few words what “%(file)s” shows.", file=shown.name))
    if len(caption) > LONGEST_CAPTION:
        raise Refused(
            _("Write what “%(file)s” shows in up to %(count)s signs.", file=shown.name, count=LONGEST_CAPTION), 422
        )
    store = files.store_photo if shown.is_photo else files.store_document
    return Proof(id=new_id(), file=store(shown.content, shown.name), caption=caption)


def give_verdict(
    inspection: Inspection, asked: Recommendation, update_id: uuid.UUID, word: str, reason: str, actor: Person
) -> Verdict:
    """Say whether it is fixed, with a reason; when everybody has spoken the round is decided.

    Each inspector has one word in each round; the same word twice is one. Raises Refused when the round is over.
    """
    guard(actor, "improvement.verdict", inspection)
    if word not in set(Word):
        raise Refused(_("Choose what you found."), 422)
    reason = written(reason, _("Say what you saw. One sentence is enough."))
    standing = queries.verdict_by(update_id, actor.id)
    if standing is not None and standing.recommendation_id == asked.id:
        if (standing.word, standing.reason) == (word, reason):
            return standing
        raise Refused(_("You have said what you think of this already."))
    looking = chain_of(inspection, asked).open_round
    if looking is None or looking.update_id != update_id:
        raise Refused(_("The time to look at this is over, or it is decided already."))
    verdict = Verdict(
        id=new_id(),
        recommendation_id=asked.id,
        update_id=update_id,
        person_id=actor.id,
        word=word,
        reason=reason,
        given_at=now(),
    )
    db.session.add(verdict)
    db.session.flush()
    note("verdict.given", inspection, asked, actor, update=str(update_id), word=word)
    settle_ripe(inspection)
    return verdict


def settle_ripe(inspection: Inspection) -> int:
    """Settle what the inspectors found fixed in a round that is over; return how many were settled."""
    if inspection.stage != Stage.IMPROVING:
        return 0
    ripe = [
        chain
        for chain in chains(inspection, inside=True)
        if chain.settlement is None and chain.last_round and chain.last_round.outcome is Outcome.FIXED
    ]
    for chain in ripe:
        asked = recommendation_in(inspection, chain.id)
        settle(inspection, asked, Settled.FIXED, chain.rounds[-1].kept_tally, None)
    return len(ripe)


def may_disagree(inspection: Inspection, chain: Chain, person: Person, time_over: bool) -> str:
    """Return why somebody cannot record a disagreement on this now, or nothing when they can.

    The service says done and the inspectors do not; or nothing came by the end of the charter's time, and the
    coordinator ends it, so that silence cannot keep an inspection open for ever: ``time_over`` says that it is so.
    """
    if chain.settlement:
        return _("Recommendation %(number)s is settled.", number=chain.number)
    is_lead = person.holds(Role.SERVICE_LEAD, chain.service_id)
    is_coordinator = Standing.COORDINATOR in standings(person, inspection)
    if not is_lead and not is_coordinator:
        return _("Only the lead of %(service)s or a coordinator can do this.", service=chain.service)
    if chain.last_round and chain.last_round.outcome in BACK_TO_SERVICE:
        return ""
    if is_coordinator and not chain.open_round and time_over:
        return ""
    return _("You can record this after the inspectors have looked and did not say that it is fixed.")


def closing_time_is_over(inspection: Inspection) -> bool:
    """Say whether the charter's time to close the inspection has run out."""
    if inspection.charter_id is None:
        return False
    keys = {one.key for one in promises_of(inspection.charter_id) if one.until == "stage.closed"}
    return any(
        clock.key in keys and clock.is_open and clock.state is ClockState.LATE
        for clock in clocks_for(inspection.id, inspection.charter_id)
    )


def record_disagreement(inspection: Inspection, asked: Recommendation, reason: str, actor: Person) -> None:
    """End a recommendation as a published disagreement, with a reason; twice is once."""
    guard(actor, "improvement.disagree", inspection)
    chain = chain_of(inspection, asked)
    if chain.settlement and chain.settlement.outcome == Settled.DISAGREEMENT:
        return
    refusal = may_disagree(inspection, chain, actor, closing_time_is_over(inspection))
    if refusal:
        raise Refused(refusal)
    words = written(reason, _("Say why you still disagree. The reason is published."))
    settle(inspection, asked, Settled.DISAGREEMENT, words, actor)
