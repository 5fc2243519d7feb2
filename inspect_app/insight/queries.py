"""Reads for the programme's figures. The number of queries does not grow with the number of inspections."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, and_, func, select

from inspect_app.charter.queries import clocks_of
from inspect_app.core.database import db
from inspect_app.core.journal import Chain, Entry
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.improvement.models import Settlement
from inspect_app.improvement.rules import FixRate, Settled
from inspect_app.insight.rules import Figures, Line, add_up, duties
from inspect_app.inspections.models import Hours, Inspection, Kind
from inspect_app.reports.models import Edition, Recommendation

PAGE_LENGTH = 25


def counts() -> ColumnElement[bool]:
    """Return the condition that an inspection counts: it is not for practice."""
    return Inspection.kind_id.in_(select(Kind.id).where(Kind.practice.is_(False)))


def is_published() -> ColumnElement[bool]:
    """Return the condition that everybody may read an inspection: it counts, and an edition of it stands."""
    return and_(counts(), Inspection.id.in_(select(Edition.inspection_id).where(Edition.withdrawn_at.is_(None))))


def figures() -> Figures:
    """Return the figures over all published inspections."""
    return _figures(_state_of_the_journal(), local_day(now(), zone()))


def _state_of_the_journal() -> tuple[int, str]:
    """Return a mark that changes with every entry of any journal: all that the figures count is in a journal."""
    newest = select(Entry.hash).order_by(Entry.id.desc()).limit(1).scalar_subquery()
    length, head = db.session.execute(select(func.sum(Chain.length), newest)).one()
    return int(length or 0), str(head)


@lru_cache(maxsize=4)
def _figures(journal: tuple[int, str], day: date) -> Figures:  # noqa: ARG001  # they say how long it stays true
    """Reckon anew only when something has happened or a day has ended."""
    rows = db.session.execute(select(Inspection.id, Inspection.charter_id).where(is_published()))
    return add_up(lines_of({row.id: row.charter_id for row in rows}).values())


def lines_of(charters: Mapping[uuid.UUID, uuid.UUID | None]) -> dict[uuid.UUID, Line]:
    """Return each inspection's part of the figures; ``charters`` names the charter of each inspection."""
    minutes, rates, clocks = _minutes(charters), fix_rates(charters), clocks_of(charters)
    return {one: Line(minutes[one], duties(clocks[one]), rates[one]) for one in charters}


def _minutes(ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, dict[str, int]]:
    rows = db.session.execute(
        select(Hours.inspection_id, Hours.side, func.sum(Hours.minutes))
        .where(Hours.inspection_id.in_(ids))
        .group_by(Hours.inspection_id, Hours.side)
    )
    found: defaultdict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    for inspection_id, side, minutes in rows:
        found[inspection_id][side] = int(minutes)
    return found


def fix_rates(ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, FixRate]:
    """Return for each inspection how many recommendations are confirmed fixed, of all that were asked for."""
    is_fixed = and_(Settlement.recommendation_id == Recommendation.id, Settlement.outcome == Settled.FIXED)
    rows = db.session.execute(
        select(Recommendation.inspection_id, func.count(Settlement.id), func.count(Recommendation.id))
        .outerjoin(Settlement, is_fixed)
        .where(Recommendation.inspection_id.in_(ids), Recommendation.withdrawn_at.is_(None))
        .group_by(Recommendation.inspection_id)
    )
    return defaultdict(lambda: FixRate(0, 0), {one: FixRate(fixed, total) for one, fixed, total in rows})


def inspections_page(page: int = 1) -> tuple[list[tuple[Inspection, Line, bool]], Pagination]:
    """Return one page of all inspections that count, newest first: each with its part and whether it is published."""
    query = select(Inspection).where(counts()).order_by(Inspection.created_at.desc(), Inspection.id)
    found = db.paginate(query, page=max(1, page), per_page=PAGE_LENGTH, error_out=False)
    charters = {one.id: one.charter_id for one in found.items}
    published = set(db.session.scalars(select(Inspection.id).where(Inspection.id.in_(charters), is_published())))
    lines = lines_of(charters)
    return [(one, lines[one.id], one.id in published) for one in found.items], found
