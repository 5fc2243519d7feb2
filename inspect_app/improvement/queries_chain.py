"""The chain of each recommendation: from what was seen to what became of it.

Every question to the database is asked once, however many inspections there are. Names are left out unless the
reader stands inside; a draft of an answer, and a plan before it is sent, are never part of a chain.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inspect_app.charter.calendar import Calendar
from inspect_app.charter.queries import calendar
from inspect_app.core.database import db
from inspect_app.core.journal import Entry
from inspect_app.core.time import local_day
from inspect_app.improvement import queries
from inspect_app.improvement.models import Action, Answer, Settlement, Update, Verdict
from inspect_app.improvement.queries_rounds import Looking, looking_at, round_of
from inspect_app.improvement.rules import FixRate, bar_counts, fix_rate, state_of
from inspect_app.improvement.values import (
    ActionLine,
    AnswerLine,
    Chain,
    ProofLine,
    Round,
    SettlementLine,
    UpdateLine,
)
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.reports.models import Edition, Recommendation, ReportDraft

Printed = Mapping[str, Mapping[str, Any]]


def chains(inspection: Inspection, inside: bool = False) -> list[Chain]:
    """Return the chain of each recommendation of one inspection, in their order; none before the final report."""
    return chains_of([inspection], inside)[inspection.id]


def chains_of(inspections: Sequence[Inspection], inside: bool = False) -> dict[uuid.UUID, list[Chain]]:
    """Return the chains of many inspections. ``inside`` gives inspectors' names: for the team and service alone."""
    found: dict[uuid.UUID, list[Chain]] = {one.id: [] for one in inspections}
    shown = {one.id: one for one in inspections if queries.is_reached(one)}
    if not shown:
        return found
    asked = db.session.scalars(
        select(Recommendation)
        .where(Recommendation.inspection_id.in_(shown), Recommendation.withdrawn_at.is_(None))
        .order_by(Recommendation.number)
    ).all()
    material = _gather(list(shown.values()), [one.id for one in asked], inside)
    for one in asked:
        found[one.inspection_id].append(_chain(one, material))
    return found


def fix_counts(inspection: Inspection) -> dict[str, int]:
    """Return how many recommendations are fixed, partly, disputed, declined and open, as the fix bar wants them."""
    return bar_counts(chain.state for chain in chains(inspection))


def fix_rate_of(found: Sequence[Chain]) -> FixRate:
    """Return the fix rate over chains, with its denominator."""
    return fix_rate(chain.state for chain in found)


@dataclass(frozen=True)
class _Material:
    printed: Printed
    answers: Mapping[uuid.UUID, Answer]
    actions: Mapping[uuid.UUID, Sequence[Action]]
    updates: Mapping[uuid.UUID, Sequence[Update]]
    verdicts: Mapping[uuid.UUID, Sequence[tuple[Verdict, Person]]]
    settlements: Mapping[uuid.UUID, Settlement]
    began: Mapping[uuid.UUID, datetime]
    planned: frozenset[tuple[uuid.UUID, str]]
    looking: Mapping[uuid.UUID, Looking]
    hung: Calendar
    inside: bool


def _gather(inspections: Sequence[Inspection], asked: Sequence[uuid.UUID], inside: bool) -> _Material:
    ids = [one.id for one in inspections]
    entries = db.session.scalars(
        select(Entry)
        .where(Entry.chain_id.in_(ids), Entry.kind.in_(("stage.answering", "plan.sent")))
        .order_by(Entry.number.desc())
    ).all()
    actions, updates = defaultdict(list), defaultdict(list)
    verdicts: defaultdict[uuid.UUID, list[tuple[Verdict, Person]]] = defaultdict(list)
    for action in queries.actions_of(asked):
        actions[action.recommendation_id].append(action)
    for update in queries.updates_of(asked):
        updates[update.recommendation_id].append(update)
    for verdict, person in queries.verdicts_of(asked):
        verdicts[verdict.update_id].append((verdict, person))
    return _Material(
        printed=_printed(ids),
        answers=queries.answers_of(asked),
        actions=actions,
        updates=updates,
        verdicts=verdicts,
        settlements=queries.settlements_of(asked),
        began={one.chain_id: one.occurred_at for one in entries if one.kind == "stage.answering"},
        planned=frozenset((one.chain_id, str(one.facts.get("service"))) for one in entries if one.kind == "plan.sent"),
        looking=looking_at(inspections),
        hung=calendar(),
        inside=inside,
    )


def _printed(ids: Sequence[uuid.UUID]) -> Printed:
    """Return each recommendation as the newest edition prints it, or the final text before there is one."""
    drafts = select(ReportDraft.content).where(ReportDraft.inspection_id.in_(ids), ReportDraft.sent_at.is_not(None))
    editions = select(Edition.content).where(Edition.inspection_id.in_(ids), Edition.withdrawn_at.is_(None))
    found: dict[str, Mapping[str, Any]] = {}
    for content in db.session.scalars(drafts.order_by(ReportDraft.number)):
        if content.get("final"):
            found |= {one["id"]: one for one in content["recommendations"]}
    for content in db.session.scalars(editions.order_by(Edition.number)):
        found |= {one["id"]: one for one in content["recommendations"]}
    return found


def _chain(asked: Recommendation, material: _Material) -> Chain:
    printed = material.printed.get(str(asked.id), {})
    answer, settlement = (
        _answer(asked, material),
        _settlement(material.settlements.get(asked.id), material.hung.zone),
    )
    sent = (asked.inspection_id, str(asked.service_id)) in material.planned
    actions = tuple(_action(one, material.hung.zone) for one in material.actions.get(asked.id, ())) if sent else ()
    updates = material.updates.get(asked.id, ())
    rounds = _rounds(asked, updates, material)
    return Chain(
        id=asked.id,
        number=asked.number,
        text=printed.get("text", asked.text),
        why=printed.get("why", asked.why),
        service=asked.service.name,
        service_id=asked.service_id,
        saw=tuple(printed.get("saw", ())),
        heard=tuple(printed.get("heard", ())),
        state=state_of(
            answer.decision if answer else None,
            bool(actions),
            bool(updates),
            rounds[-1].outcome if rounds else None,
            settlement.outcome if settlement else None,
        ),
        answer=answer,
        actions=actions,
        updates=tuple(_update(one, material.hung.zone) for one in updates),
        rounds=rounds,
        settlement=settlement,
    )


def _answer(asked: Recommendation, material: _Material) -> AnswerLine | None:
    answer = material.answers.get(asked.id)
    if answer is None or answer.sent_at is None or answer.decision is None:
        return None
    began, hung = material.began.get(asked.inspection_id), material.hung
    days = hung.worked(began, answer.sent_at) if began is not None else None
    return AnswerLine(answer.decision, answer.reason, local_day(answer.sent_at, hung.zone), days)


def _action(action: Action, zone: str) -> ActionLine:
    return ActionLine(
        id=action.id,
        what=action.what,
        owner=action.owner,
        due=action.due_on,
        how_seen=action.how_seen,
        with_citizens=action.with_citizens,
        done=local_day(action.done_at, zone) if action.done_at else None,
    )


def _update(update: Update, zone: str) -> UpdateLine:
    proofs = tuple(ProofLine(one.id, one.caption, one.file.media_type.startswith("image/")) for one in update.proofs)
    return UpdateLine(update.id, update.text, local_day(update.posted_at, zone), update.says_done, proofs)


def _rounds(asked: Recommendation, updates: Sequence[Update], material: _Material) -> tuple[Round, ...]:
    claims = [one for one in updates if one.says_done]
    ended = asked.id in material.settlements
    return tuple(
        round_of(
            claim,
            material.verdicts.get(claim.id, ()),
            material.looking[asked.inspection_id],
            # A new claim can be made only when the one before was decided.
            over=ended or claim is not claims[-1],
            inside=material.inside,
        )
        for claim in claims
    )


def _settlement(row: Settlement | None, zone: str) -> SettlementLine | None:
    if row is None:
        return None
    return SettlementLine(row.outcome, row.reason, local_day(row.settled_at, zone))
