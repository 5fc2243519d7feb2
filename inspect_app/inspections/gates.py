"""Doors for upper rooms.

What must be true before a stage can be left, what follows when one is entered, and what each person has to do now.
A lower room asks; upper rooms answer by registering here when the app is made.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_app.core.access import Standing
from inspect_app.core.words import lazy
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Missing, Stage

Gate = Callable[[Inspection], Iterable[Missing]]
GateForMany = Callable[[Sequence[Inspection]], Mapping[uuid.UUID, Iterable[Missing]]]
Follower = Callable[[Inspection], None]


@dataclass(frozen=True)
class Task:
    """One thing that a person has to do, or can do, on an inspection now.

    ``status`` is what the task list shows ("To do", "3 of 16", "Done"); ``kind`` one of todo, doing, done, waiting;
    ``group`` is the section of the page: "now" for what waits for this person, "more" for the rest.
    """

    text: str
    href: str
    status: str = lazy("To do")
    kind: str = "todo"
    hint: str = ""
    group: str = "now"


@dataclass(frozen=True)
class Section:
    """One page of an inspection in its navigation, for those who have the permission; lower positions come first."""

    label: str
    endpoint: str
    permission: str
    position: int


Teller = Callable[[Inspection], str]
TaskFinder = Callable[[Inspection, Any, frozenset[Standing]], Iterable[Task]]

_gates: dict[Stage, list[Gate]] = {}
_gates_for_many: dict[Gate, GateForMany] = {}
_sections: dict[str, Section] = {}
_followers: dict[Stage, list[Follower]] = {}
_task_finders: list[TaskFinder] = []
_tellers: list[Teller] = []


def before_leaving(stage: Stage, gate: Gate, for_many: GateForMany | None = None) -> None:
    """Register what must be true before an inspection leaves a stage.

    ``for_many`` answers the same for a list of inspections with a number of queries that does not grow with it;
    the overview of all inspections asks it. Without it, the gate is asked once for each inspection.
    """
    if gate not in _gates.setdefault(stage, []):
        _gates[stage].append(gate)
    if for_many is not None:
        _gates_for_many[gate] = for_many


def offer_section(label: str, endpoint: str, permission: str, position: int) -> None:
    """Register a page for the navigation of each inspection; its address takes ``reference`` alone."""
    _sections[endpoint] = Section(label, endpoint, permission, position)


def sections() -> list[Section]:
    """Return the pages of an inspection's navigation in their order."""
    return sorted(_sections.values(), key=lambda section: section.position)


def on_entering(stage: Stage, follower: Follower) -> None:
    """Register what happens by itself, in the same transaction, when an inspection enters a stage."""
    if follower not in _followers.setdefault(stage, []):
        _followers[stage].append(follower)


def find_tasks_with(finder: TaskFinder) -> None:
    """Register how to find what somebody has to do on an inspection."""
    if finder not in _task_finders:
        _task_finders.append(finder)


def tell_ending_with(teller: Teller) -> None:
    """Register who says in a sentence what came of a finished inspection; an empty sentence is left out."""
    if teller not in _tellers:
        _tellers.append(teller)


def ending(inspection: Inspection) -> list[str]:
    """Return in sentences what came of a finished inspection."""
    return [words for teller in _tellers if (words := teller(inspection))]


def missing(inspection: Inspection) -> list[Missing]:
    """Return everything that is missing before the inspection can leave its stage; empty when it can go on."""
    return [one for gate in _gates.get(Stage(inspection.stage), ()) for one in gate(inspection)]


def missing_of(inspections: Sequence[Inspection]) -> dict[uuid.UUID, list[Missing]]:
    """Return what is missing before each of many inspections can leave its stage."""
    found: dict[uuid.UUID, list[Missing]] = {inspection.id: [] for inspection in inspections}
    for stage, gates in _gates.items():
        here = [inspection for inspection in inspections if inspection.stage == stage]
        for gate in gates if here else ():
            for_many = _gates_for_many.get(gate)
            answers = for_many(here) if for_many else {one.id: gate(one) for one in here}
            for key, answer in answers.items():
                found[key].extend(answer)
    return found


def follow(inspection: Inspection) -> None:
    """Do what follows from entering the stage in which the inspection now is."""
    for follower in _followers.get(Stage(inspection.stage), ()):
        follower(inspection)


def tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> list[Task]:
    """Return what a person has to do, or can do, on an inspection now."""
    return [task for finder in _task_finders for task in finder(inspection, person, standings)]
