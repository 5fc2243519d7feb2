"""Doors for upper rooms: what must be true before a stage can be left, what follows when one is entered, and
what each person has to do now. A lower room asks; upper rooms answer by registering here when the app is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from inspect_app.core.access import Standing
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import Missing, Stage

Gate = Callable[[Inspection], Iterable[Missing]]
Follower = Callable[[Inspection], None]


@dataclass(frozen=True)
class Task:
    """One thing that a person has to do, or can do, on an inspection now.

    ``status`` is what the task list shows ("To do", "3 of 16", "Done"); ``kind`` one of todo, doing, done, waiting;
    ``group`` is the section of the page: "now" for what waits for this person, "more" for the rest.
    """

    text: str
    href: str
    status: str = "To do"
    kind: str = "todo"
    hint: str = ""
    group: str = "now"


TaskFinder = Callable[[Inspection, Any, frozenset[Standing]], Iterable[Task]]

_gates: dict[Stage, list[Gate]] = {}
_followers: dict[Stage, list[Follower]] = {}
_task_finders: list[TaskFinder] = []


def before_leaving(stage: Stage, gate: Gate) -> None:
    """Register what must be true before an inspection leaves a stage."""
    if gate not in _gates.setdefault(stage, []):
        _gates[stage].append(gate)


def on_entering(stage: Stage, follower: Follower) -> None:
    """Register what happens by itself, in the same transaction, when an inspection enters a stage."""
    if follower not in _followers.setdefault(stage, []):
        _followers[stage].append(follower)


def find_tasks_with(finder: TaskFinder) -> None:
    """Register how to find what somebody has to do on an inspection."""
    if finder not in _task_finders:
        _task_finders.append(finder)


def missing(inspection: Inspection) -> list[Missing]:
    """Return everything that is missing before the inspection can leave its stage; empty when it can go on."""
    return [one for gate in _gates.get(Stage(inspection.stage), ()) for one in gate(inspection)]


def follow(inspection: Inspection) -> None:
    """Do what follows from entering the stage in which the inspection now is."""
    for follower in _followers.get(Stage(inspection.stage), ()):
        follower(inspection)


def tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> list[Task]:
    """Return what a person has to do, or can do, on an inspection now."""
    return [task for finder in _task_finders for task in finder(inspection, person, standings)]
