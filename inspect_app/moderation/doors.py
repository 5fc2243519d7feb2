"""What moderation asks of an inspection before it goes on, and what it gives people to do."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from flask import url_for

from inspect_app.core.access import Standing
from inspect_app.core.words import _, ngettext
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Missing, Stage
from inspect_app.moderation import queries


def all_agreed(inspection: Inspection) -> Iterable[Missing]:
    """Every question needs an agreed rating before the team writes."""
    return _not_agreed(inspection, set(queries.agreed(inspection.id)))


def _not_agreed(inspection: Inspection, agreed: Set[str]) -> Iterator[Missing]:
    missing = [one for one in queries.questions(inspection) if one.key not in agreed]
    if missing:
        sentence = ngettext("One question is not agreed yet.", "%(n)s questions are not agreed yet.", len(missing))
        yield Missing(sentence, _("the team"), "moderation.wall", what="agreed_rating")


def all_agreed_for_many(inspections: Sequence[Inspection]) -> dict[uuid.UUID, list[Missing]]:
    """Answer the same for many inspections, with one query."""
    agreed = queries.agreed_keys([one.id for one in inspections])
    return {one.id: list(_not_agreed(one, agreed[one.id])) for one in inspections}


def agreed_on_the_spot(inspection: Inspection) -> Iterable[Missing]:
    """A team that rates together and leaves moderation out agrees before it leaves its visits."""
    if _agrees_on_the_spot(inspection):
        yield from all_agreed(inspection)


def agreed_on_the_spot_for_many(inspections: Sequence[Inspection]) -> dict[uuid.UUID, list[Missing]]:
    """Answer the same for many inspections, with one query."""
    return all_agreed_for_many([one for one in inspections if _agrees_on_the_spot(one)])


def _agrees_on_the_spot(inspection: Inspection) -> bool:
    return inspection.kind.rating == "together" and Stage.MODERATION in inspection.kind.leaves_out


def tasks(inspection: Inspection, _person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    """Give the team the wall, while it has to agree."""
    if not standings & {Standing.INSPECTOR, Standing.TEAM_LEAD, Standing.COORDINATOR}:
        return
    together = inspection.kind.rating == "together" and inspection.stage == Stage.FIELDWORK
    if inspection.stage != Stage.MODERATION and not together:
        return
    count, done = len(queries.questions(inspection)), len(queries.agreed(inspection.id))
    yield Task(
        _("Agree on each question"),
        url_for("moderation.wall", reference=inspection.reference),
        status=_("Done") if done >= count else _("%(done)s of %(count)s", done=done, count=count),
        kind="done" if done >= count else "doing" if done else "todo",
        hint=_("Talk about the questions where you saw different things first."),
    )
