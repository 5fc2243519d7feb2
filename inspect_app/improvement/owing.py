"""What one service owes, over all its inspections: never called late when it is not, nor when more time was given."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from inspect_app.charter.models import Extension
from inspect_app.charter.queries import clocks_of, promises_of
from inspect_app.charter.rules import Clock, ClockState, Side
from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import day_words
from inspect_app.core.words import _, ngettext
from inspect_app.improvement.queries_chain import chains_of
from inspect_app.improvement.rules import BACK_TO_SERVICE, NEEDS_ACTION
from inspect_app.improvement.values import ActionLine, Chain
from inspect_app.inspections.models import InspectedService, Inspection
from inspect_app.inspections.rules import Stage
from inspect_app.services.models import Service

RESTING = (Stage.PLANNING, Stage.SUSPENDED, Stage.CLOSED, Stage.CANCELLED)
SOON = timedelta(days=14)
"""How long before its day an action is named in the weekly mail."""
PLACES = {
    "accuracy.closed": "reports.show_points",
    "meeting.recorded": "improvement.meeting",
    "answers.completed": "improvement.answers",
    "plan.sent": "improvement.plan",
    "update.posted": "improvement.overview",
}
"""Where that is done which ends a clock."""


@dataclass(frozen=True)
class OwedClock:
    """One promise of the charter that the service has not kept yet; ``asked_until``: it asked for time until then."""

    clock: Clock
    place: str
    asked_until: date | None

    @property
    def is_late(self) -> bool:
        """Say whether its day has passed, with all time that was given."""
        return self.clock.state is ClockState.LATE

    @property
    def is_covered(self) -> bool:
        """Say whether more time was given and is not over."""
        return self.clock.extended and not self.is_late


@dataclass(frozen=True)
class OwedAction:
    """One action of the plan that is not done, and the number of its recommendation."""

    number: int
    action: ActionLine
    is_late: bool


@dataclass(frozen=True)
class OwedBy:
    """What a service owes in one inspection: ``answers`` are the recommendations without one that was sent."""

    inspection: Inspection
    clocks: tuple[OwedClock, ...]
    answers: tuple[Chain, ...]
    actions: tuple[OwedAction, ...]
    updates: tuple[Chain, ...]

    def __bool__(self) -> bool:
        """Say whether anything is owed."""
        return bool(self.clocks or self.answers or self.actions or self.updates)


def owed_by(service: Service) -> list[OwedBy]:
    """Return what a service owes, inspection by inspection, what is due first on top."""
    inspections = db.session.scalars(
        select(Inspection)
        .join(InspectedService, InspectedService.inspection_id == Inspection.id)
        .where(InspectedService.service_id == service.id, Inspection.stage.not_in(RESTING))
        .order_by(Inspection.created_at)
    ).all()
    ids = [one.id for one in inspections]
    found, clocks = chains_of(inspections), clocks_of({one.id: one.charter_id for one in inspections})
    ends, asked, planned = _ends(inspections), _asked(ids), _planned(ids, service.id)
    owed = []
    for one in inspections:
        mine = [chain for chain in found[one.id] if chain.service_id == service.id]
        yes = any(chain.answer and chain.answer.decision in NEEDS_ACTION for chain in mine)
        mends = {
            "answers.completed": any(chain.answer is None for chain in mine),
            "plan.sent": yes and one.id not in planned,
            "update.posted": any(chain.settlement is None for chain in mine),
        }
        open_ones = [
            OwedClock(clock, PLACES.get(ends[clock.key], "inspections.hub"), asked.get((one.id, clock.key)))
            for clock in clocks[one.id]
            if clock.side == Side.SERVICE and clock.is_open and mends.get(ends[clock.key], True)
        ]
        owed.append(_owed(one, open_ones, mine))
    return sorted((one for one in owed if one), key=_first_day)


def _owed(inspection: Inspection, clocks: Iterable[OwedClock], mine: Sequence[Chain]) -> OwedBy:
    today = local_day(now(), zone())
    actions = [
        OwedAction(chain.number, action, action.due < today)
        for chain in mine
        if chain.settlement is None and chain.open_round is None
        for action in chain.actions
        if action.done is None
    ]
    return OwedBy(
        inspection=inspection,
        clocks=tuple(sorted(clocks, key=lambda one: one.clock.due or date.max)),
        answers=tuple(chain for chain in mine if chain.answer is None),
        actions=tuple(sorted(actions, key=lambda one: one.action.due)),
        updates=tuple(chain for chain in mine if chain.settlement is None and _is_back(chain)),
    )


def _is_back(chain: Chain) -> bool:
    return chain.last_round is not None and chain.last_round.outcome in BACK_TO_SERVICE


def _first_day(owed: OwedBy) -> date:
    days = [one.clock.due for one in owed.clocks if one.clock.due] + [one.action.due for one in owed.actions]
    return min(days, default=date.max)


def _ends(inspections: Sequence[Inspection]) -> dict[str, str]:
    """Return which kind of entry ends each commitment, by its key."""
    charters = {one.charter_id for one in inspections if one.charter_id}
    return {line.key: line.until for charter in charters for line in promises_of(charter)}


def _asked(ids: Sequence[uuid.UUID]) -> Mapping[tuple[uuid.UUID, str], date]:
    rows = db.session.execute(
        select(Extension.inspection_id, Extension.commitment_key, Extension.until).where(
            Extension.inspection_id.in_(ids), Extension.decided_at.is_(None)
        )
    )
    return {(inspection, key): until for inspection, key, until in rows}


def _planned(ids: Sequence[uuid.UUID], service_id: uuid.UUID) -> set[uuid.UUID]:
    rows = db.session.scalars(
        select(journal.Entry).where(journal.Entry.chain_id.in_(ids), journal.Entry.kind == "plan.sent")
    )
    return {one.chain_id for one in rows if one.facts.get("service") == str(service_id)}


def lines_of_mail(owed: Sequence[OwedBy]) -> list[str]:
    """Return what the weekly mail names, a paragraph for each inspection; nothing that an agreed extension covers."""
    paragraphs = []
    for one in owed:
        lines = [*_clock_lines(one), *_action_lines(one)]
        if one.updates:
            numbers = ", ".join(str(chain.number) for chain in one.updates)
            not_yet = ngettext(
                "The inspectors say that this is not fixed yet: recommendation %(numbers)s.",
                "The inspectors say that this is not fixed yet: recommendation %(numbers)s.",
                len(one.updates),
                numbers=numbers,
            )
            lines.append(f"- {not_yet}")
        if lines:
            title = f"{one.inspection.title} ({one.inspection.reference}):"
            paragraphs.append("\n".join([title, *lines]))
    return paragraphs


def _clock_lines(owed: OwedBy) -> list[str]:
    lines = []
    for one in owed.clocks:
        if one.is_covered or one.clock.due is None:
            continue
        told = [one.clock.text, _due(one.clock.due, one.is_late)]
        if one.place == "improvement.answers":
            told.append(ngettext("%(n)s to send.", "%(n)s to send.", len(owed.answers)))
        if one.asked_until:
            told.append(_("You asked for time until %(day)s.", day=day_words(one.asked_until)))
        lines.append(f"- {' '.join(told)}")
    return lines


def _due(day: date, is_late: bool) -> str:
    said = day_words(day)
    return _("It was due on %(day)s.", day=said) if is_late else _("It is due on %(day)s.", day=said)


def _action_lines(owed: OwedBy) -> list[str]:
    until = local_day(now(), zone()) + SOON
    soon = [one for one in owed.actions if one.action.due <= until]
    plans = [
        _("Your plan for recommendation %(number)s: %(what)s", number=one.number, what=one.action.what) for one in soon
    ]
    return [f"- {plan} {_due(one.action.due, one.is_late)}" for plan, one in zip(plans, soon, strict=True)]
