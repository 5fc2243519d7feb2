"""What planning waits for, and what each person has to do about hazards, in every stage."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for

from inspect_app.concerns import queries, queries_hazards
from inspect_app.concerns.rules import State
from inspect_app.core.access import Standing
from inspect_app.core.words import _, lazy, ngettext
from inspect_app.inspections import gates
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Missing, Stage

ANSWER = frozenset({Standing.COORDINATOR, Standing.SERVICE_LEAD, Standing.SERVICE_STAFF})
TEAM = frozenset({Standing.INSPECTOR, Standing.TEAM_LEAD, Standing.SUPPORTER})
NO_LEAD = lazy("No safeguarding lead. Somebody must hear when a person may be harmed.")


def register() -> None:
    """Register the gate, the tasks and the page of the navigation."""
    gates.before_leaving(Stage.PLANNING, nobody_for_safeguarding, nobody_for_safeguarding_of)
    gates.find_tasks_with(tasks)
    gates.offer_section(lazy("Dangers"), "concerns.hazards", "hazards.see", 46)


def nobody_for_safeguarding(inspection: Inspection) -> list[Missing]:
    """Return that a safeguarding lead is missing, where one is."""
    return nobody_for_safeguarding_of([inspection])[inspection.id]


def nobody_for_safeguarding_of(inspections: Sequence[Inspection]) -> dict[uuid.UUID, list[Missing]]:
    """Return the same for many inspections: there is one lead for all."""
    missing = [] if queries.leads() else [Missing(NO_LEAD, "a coordinator", "concerns.people")]
    return {one.id: missing for one in inspections}


def tasks(inspection: Inspection, _person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    """Yield what is dangerous and open: first for whoever can put it right, at the end for the team."""
    if not standings & (ANSWER | TEAM):
        return
    counts = queries_hazards.count_by_state(inspection)
    new, known = counts.get(State.NEW, 0), counts.get(State.ACKNOWLEDGED, 0)
    href = url_for("concerns.hazards", reference=inspection.reference)
    if not new + known:
        return
    if not standings & ANSWER:
        yield Task(
            _("See what is dangerous"), href, ngettext("%(n)s open", "%(n)s open", new + known), "doing", group="more"
        )
    elif new:
        yield Task(_("Something dangerous waits for an answer"), href, ngettext("%(n)s new", "%(n)s new", new), "todo")
    else:
        yield Task(_("Put right what is dangerous"), href, ngettext("%(n)s open", "%(n)s open", known), "doing")
