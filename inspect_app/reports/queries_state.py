"""How far the reports of many inspections are, with a number of queries that does not grow with them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from inspect_app.charter.models import Commitment
from inspect_app.charter.queries import clocks_of
from inspect_app.core.database import db
from inspect_app.core.journal import Entry
from inspect_app.core.programme import zone
from inspect_app.core.time import end_of_day, local_day, now
from inspect_app.inspections.models import Inspection
from inspect_app.reports.content import digest
from inspect_app.reports.models import (
    AccuracyPoint,
    Confirmation,
    Finding,
    Recommendation,
    ReportDraft,
    ReportSection,
)

Ids = Collection[uuid.UUID]


@dataclass
class Written:
    """What the team has written in one inspection; ``digest`` changes with every word, basis and order."""

    findings: int = 0
    recommendations: int = 0
    digest: str = ""
    parts: dict[str, Any] = field(default_factory=dict)


def written_in(ids: Ids) -> dict[uuid.UUID, Written]:
    """Return what each team has written until now."""
    found = {key: Written(parts={"sections": {}, "findings": [], "recommendations": []}) for key in ids}
    for section in db.session.scalars(select(ReportSection).where(ReportSection.inspection_id.in_(ids))):
        found[section.inspection_id].parts["sections"][section.key] = section.text
    _add_findings(found)
    _add_recommendations(found)
    for one in found.values():
        one.digest = digest(one.parts)
    return found


def _add_findings(found: dict[uuid.UUID, Written]) -> None:
    rows = db.session.scalars(
        select(Finding)
        .where(Finding.inspection_id.in_(found), Finding.withdrawn_at.is_(None))
        .options(selectinload(Finding.basis))
        .order_by(Finding.number)
    )
    for row in rows:
        one = found[row.inspection_id]
        one.findings += 1
        basis = [[str(part.observation_id), part.criterion_key] for part in row.basis]
        one.parts["findings"].append([row.number, row.kind, row.text, basis])


def _add_recommendations(found: dict[uuid.UUID, Written]) -> None:
    rows = db.session.scalars(
        select(Recommendation)
        .where(Recommendation.inspection_id.in_(found), Recommendation.withdrawn_at.is_(None))
        .options(selectinload(Recommendation.findings))
        .order_by(Recommendation.number)
    )
    for row in rows:
        one = found[row.inspection_id]
        one.recommendations += 1
        under = [str(finding.id) for finding in row.findings]
        one.parts["recommendations"].append([row.number, str(row.service_id), row.text, row.why, under])


def latest_drafts(ids: Ids) -> dict[uuid.UUID, ReportDraft]:
    """Return the newest draft of each inspection that has one, without its content."""
    rows = db.session.scalars(
        select(ReportDraft)
        .where(ReportDraft.inspection_id.in_(ids))
        .options(defer(ReportDraft.content))
        .order_by(ReportDraft.number)
    )
    return {row.inspection_id: row for row in rows}


def confirmed_by(draft_ids: Ids) -> defaultdict[uuid.UUID, set[uuid.UUID]]:
    """Return who said yes or no to each draft."""
    rows = db.session.execute(
        select(Confirmation.draft_id, Confirmation.person_id).where(Confirmation.draft_id.in_(draft_ids))
    )
    found: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for draft_id, person_id in rows:
        found[draft_id].add(person_id)
    return found


def points_in_many(ids: Ids) -> defaultdict[uuid.UUID, list[AccuracyPoint]]:
    """Return the accuracy points of each inspection."""
    rows = db.session.execute(
        select(ReportDraft.inspection_id, AccuracyPoint)
        .join(ReportDraft, ReportDraft.id == AccuracyPoint.draft_id)
        .where(ReportDraft.inspection_id.in_(ids))
        .order_by(AccuracyPoint.raised_at, AccuracyPoint.id)
    )
    found: defaultdict[uuid.UUID, list[AccuracyPoint]] = defaultdict(list)
    for inspection_id, point in rows:
        found[inspection_id].append(point)
    return found


def closed_checks(ids: Ids) -> set[uuid.UUID]:
    """Return the inspections in which the service has said that it has no more points."""
    return set(
        db.session.scalars(
            select(Entry.chain_id).where(Entry.chain_id.in_(ids), Entry.kind == "accuracy.closed").distinct()
        )
    )


def checks_over(inspections: Sequence[Inspection]) -> dict[uuid.UUID, datetime]:
    """Return the midnight with which the charter's time for checking the facts ran out, where it did."""
    charters = {one.id: one.charter_id for one in inspections}
    query = select(Commitment.key).where(
        Commitment.charter_id.in_({charter for charter in charters.values() if charter}),
        Commitment.until == "accuracy.closed",
    )
    keys, today = set(db.session.scalars(query)), local_day(now(), zone())
    return {
        inspection_id: end_of_day(clock.due, zone())
        for inspection_id, clocks in clocks_of(charters).items()
        for clock in clocks
        if clock.key in keys and clock.due is not None and clock.due < today
    }
