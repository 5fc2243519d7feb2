"""What moderation asks of an inspection before it goes on, and what it gives people to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for

from inspect_app.core.access import Standing
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Missing, Stage
from inspect_app.moderation import queries


def all_agreed(inspection: Inspection) -> Iterable[Missing]:
    """Every question needs an agreed rating before the team writes."""
    agreed = queries.agreed(inspection.id)
    missing = [one for one in queries.questions(inspection) if one.key not in agreed]
    if missing:
        many = "One question is" if len(missing) == 1 else f"{len(missing)} questions are"
        yield Missing(f"{many} not agreed yet.", "the team", "moderation.wall", what="agreed_rating")


def agreed_on_the_spot(inspection: Inspection) -> Iterable[Missing]:
    """A team that rates together and leaves moderation out agrees before it leaves its visits."""
    if inspection.kind.rating == "together" and Stage.MODERATION in inspection.kind.leaves_out:
        yield from all_agreed(inspection)


def tasks(inspection: Inspection, _person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    """Give the team the wall, while it has to agree."""
    if not standings & {Standing.INSPECTOR, Standing.TEAM_LEAD, Standing.COORDINATOR}:
        return
    together = inspection.kind.rating == "together" and inspection.stage == Stage.FIELDWORK
    if inspection.stage != Stage.MODERATION and not together:
        return
    count, done = len(queries.questions(inspection)), len(queries.agreed(inspection.id))
    yield Task(
        "Agree on each question",
        url_for("moderation.wall", reference=inspection.reference),
        status="Done" if done >= count else f"{done} of {count}",
        kind="done" if done >= count else "doing" if done else "todo",
        hint="Talk about the questions where you saw different things first.",
    )
