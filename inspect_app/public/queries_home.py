"""Reads for the first public page: what was published, and what goes on now."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from inspect_app.core.database import db
from inspect_app.core.words import _, lazy
from inspect_app.improvement.rules import FixRate
from inspect_app.insight.queries import counts, fix_rates, is_published
from inspect_app.inspections.models import InspectedService, Inspection
from inspect_app.inspections.rules import BY_STAGE, Stage
from inspect_app.public.kept import Kept
from inspect_app.public.queries import contents_of, editions_of
from inspect_app.reports.models import Edition
from inspect_app.services.models import Service

PAGE_LENGTH = 10
MOST_GOING_ON = 50
SEEN_BY_ALL = (
    Stage.MODERATION,
    Stage.WRITING,
    Stage.CHECKING,
    Stage.ANSWERING,
    Stage.IMPROVING,
    Stage.CLOSED,
    Stage.SUSPENDED,
    Stage.CANCELLED,
)
"""From here on everybody may know that an inspection runs. Before, a service could get ready for the visit."""

HALTED = {
    Stage.SUSPENDED: lazy("The inspection rests."),
    Stage.CANCELLED: lazy("The inspection ended early."),
}
"""What is said of an inspection whose published reason stands beside it."""


@dataclass(frozen=True)
class Row:
    """One published inspection in the list."""

    reference: str
    stage: str
    published_at: datetime | None
    content: Mapping[str, Any]
    rate: FixRate


@dataclass(frozen=True)
class GoingOn:
    """An inspection that runs, rests or ended early: where it stands (``words``) and why, where that is published."""

    reference: str
    title: str
    services: str
    stage: str
    words: str
    because: str


@dataclass(frozen=True)
class _Found:
    id: uuid.UUID
    reference: str
    stage: str
    first_published: datetime | None
    edition_id: uuid.UUID


class Shelf(Pagination):
    """One page of a list that is already in memory, as the pagination component wants it."""

    def _query_items(self) -> list[_Found]:
        first = (self.page - 1) * self.per_page
        items: list[_Found] = self._query_args["all"][first : first + self.per_page]
        return items

    def _query_count(self) -> int:
        return len(self._query_args["all"])


def published_page(words: str = "", service: str = "", page: int = 1) -> tuple[list[Row], Pagination]:
    """Return one page of the published inspections, newest first, in which every word stands, of one service."""
    found = _published()
    if service:
        inspected = _inspected_by(service)
        found = [one for one in found if one.id in inspected]
    wanted = words.casefold().split()
    if wanted:
        texts = _texts.get([one.edition_id for one in found], _read_texts)
        found = [one for one in found if all(word in texts[one.edition_id] for word in wanted)]
    shelf = Shelf(page=max(1, page), per_page=PAGE_LENGTH, error_out=False, all=found)
    rates = fix_rates([one.id for one in shelf.items])
    contents = contents_of([one.edition_id for one in shelf.items])
    return [
        Row(one.reference, one.stage, one.first_published, contents[one.edition_id], rates[one.id])
        for one in shelf.items
    ], shelf


def _published() -> list[_Found]:
    rows = db.session.execute(
        select(Inspection.id, Inspection.reference, Inspection.stage, Inspection.published_at, Edition.id)
        .join(Edition, Edition.inspection_id == Inspection.id)
        .where(is_published(), Edition.withdrawn_at.is_(None))
        .order_by(Inspection.published_at.desc(), Inspection.id, Edition.number)
    )
    # Of several editions the last one stands in the end.
    return list({row[0]: _Found(*row) for row in rows}.values())


def _inspected_by(slug: str) -> set[uuid.UUID]:
    query = select(InspectedService.inspection_id).join(Service, Service.id == InspectedService.service_id)
    return set(db.session.scalars(query.where(Service.slug == slug)))


_texts: Kept[str] = Kept(5_000)


def _read_texts(edition_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = db.session.execute(select(Edition.id, Edition.content).where(Edition.id.in_(edition_ids)))
    return {edition_id: searchable(content) for edition_id, content in rows}


def searchable(content: Mapping[str, Any]) -> str:
    """Return the words of an edition in which one searches; no names of people are among them."""
    parts = [content["title"], content["reference"], content.get("scope") or "", content["kind"]]
    parts += [part for one in content["services"] for part in (one["name"], one["organisation"])]
    parts += [one["text"] for chapter in content["sections"] for one in chapter["paragraphs"]]
    parts += [one["text"] for one in (*content["findings"], *content["recommendations"])]
    return "\n".join(parts).casefold()


def inspected_services() -> list[tuple[str, str]]:
    """Return slug and name of each service of which an inspection is published."""
    query = (
        select(Service.slug, Service.name)
        .join(InspectedService, InspectedService.service_id == Service.id)
        .join(Inspection, Inspection.id == InspectedService.inspection_id)
        .where(is_published())
        .distinct()
        .order_by(Service.name)
    )
    return [(slug, name) for slug, name in db.session.execute(query)]


def going_on() -> list[GoingOn]:
    """Return what is not published but known: from comparing ratings on, on hold, cancelled, or withdrawn again."""
    rows = db.session.scalars(
        select(Inspection)
        .where(and_(counts(), Inspection.stage.in_(SEEN_BY_ALL)), ~is_published())
        .options(selectinload(Inspection.services))
        .order_by(Inspection.created_at.desc(), Inspection.id)
        .limit(MOST_GOING_ON)
    ).all()
    withdrawn = editions_of([row.id for row in rows])
    return [_going_on(row, withdrawn) for row in rows]


def _going_on(row: Inspection, withdrawn: Mapping[uuid.UUID, Any]) -> GoingOn:
    rule = BY_STAGE[Stage(row.stage)]
    editions = withdrawn.get(row.id, ())
    if editions:
        words, because = _("Its report was withdrawn."), editions[0].withdrawn_reason
    elif row.stage in HALTED:
        words, because = str(HALTED[Stage(row.stage)]), row.halt_reason or ""
    else:
        words, because = _(rule.tells), ""
    return GoingOn(
        reference=row.reference,
        title=row.title,
        services=", ".join(one.name for one in row.services),
        stage=_("Withdrawn") if editions else _(rule.title),
        words=words,
        because=because,
    )
