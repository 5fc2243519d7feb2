"""The round that follows a claim: who looks, until when, and what they say together."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from inspect_app.charter.calendar import Calendar
from inspect_app.charter.models import Extension
from inspect_app.charter.queries import calendar, promises_of
from inspect_app.charter.rules import RESUMED, SUSPENDED, Clock, ClockState, Event, Promise, clocks
from inspect_app.core.database import db
from inspect_app.core.journal import Entry
from inspect_app.core.time import local_day, now
from inspect_app.improvement.models import Update, Verdict
from inspect_app.improvement.rules import Outcome, outcome
from inspect_app.improvement.values import Round, VerdictLine
from inspect_app.inspections.models import Inspection, Member, Waiver
from inspect_app.inspections.rules import Stage
from inspect_app.people.models import Person
from inspect_app.reports.queries_content import name_in_print

CLAIM, VERDICT = "fix.claimed", "verdict.given"


@dataclass(frozen=True)
class Looking:
    """Who can give a verdict in one inspection, for whom nobody waits any longer, and which promise they made."""

    team: Mapping[uuid.UUID, str]
    let_go: frozenset[uuid.UUID]
    promise: Promise | None
    holds: tuple[Event, ...]
    granted: Mapping[str, date]
    resting: bool
    hung: Calendar


def looking_at(inspections: Sequence[Inspection]) -> dict[uuid.UUID, Looking]:
    """Return who looks in each of many inspections, with a number of queries that does not grow."""
    ids = [one.id for one in inspections]
    team: defaultdict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    for inspection_id, person_id, name in db.session.execute(
        select(Member.inspection_id, Person.id, Person.name)
        .join(Person, Person.id == Member.person_id)
        .where(Member.inspection_id.in_(ids), Member.role == "inspector", Member.state == "accepted")
        .order_by(Person.name)
    ):
        team[inspection_id][person_id] = name
    let_go = set(
        db.session.execute(
            select(Waiver.inspection_id, Waiver.person_id).where(
                Waiver.inspection_id.in_(ids), Waiver.what == "verdict"
            )
        )
    )
    holds, granted, hung = _holds(ids), _granted(ids), calendar()
    return {
        one.id: Looking(
            team=team[one.id],
            let_go=frozenset(person for inspection, person in let_go if inspection == one.id and person),
            promise=_promise_to_look(one),
            holds=tuple(holds[one.id]),
            granted=granted[one.id],
            resting=one.stage == Stage.SUSPENDED,
            hung=hung,
        )
        for one in inspections
    }


def _promise_to_look(inspection: Inspection) -> Promise | None:
    """Return what the charter says about the inspectors' time for a verdict."""
    promises = promises_of(inspection.charter_id) if inspection.charter_id else ()
    return next((one for one in promises if (one.after, one.until) == (CLAIM, VERDICT)), None)


def _holds(ids: Sequence[uuid.UUID]) -> defaultdict[uuid.UUID, list[Event]]:
    rows = db.session.scalars(
        select(Entry).where(Entry.chain_id.in_(ids), Entry.kind.in_((SUSPENDED, RESUMED))).order_by(Entry.number)
    )
    found: defaultdict[uuid.UUID, list[Event]] = defaultdict(list)
    for entry in rows:
        found[entry.chain_id].append(Event(entry.kind, entry.occurred_at))
    return found


def _granted(ids: Sequence[uuid.UUID]) -> defaultdict[uuid.UUID, dict[str, date]]:
    rows = db.session.scalars(
        select(Extension)
        .where(Extension.inspection_id.in_(ids), Extension.granted.is_(True))
        .order_by(Extension.decided_at)
    )
    found: defaultdict[uuid.UUID, dict[str, date]] = defaultdict(dict)
    for row in rows:
        found[row.inspection_id][row.commitment_key] = row.until
    return found


def clock_of(claim: Update, looking: Looking) -> Clock | None:
    """Return the clock that a claim started for the inspectors; None when the charter promises no time."""
    if looking.promise is None:
        return None
    events = [Event(CLAIM, claim.posted_at), *looking.holds]
    return clocks([looking.promise], events, now(), looking.hung, looking.granted)[0]


def round_of(
    claim: Update,
    given: Sequence[tuple[Verdict, Person]],
    looking: Looking,
    *,
    over: bool = False,
    inside: bool = False,
) -> Round:
    """Return how the round of one claim stands; ``over`` says that it was decided in the past.

    Who gave a word and left the team later still counts. A round that is open shows nobody's word.
    """
    clock = clock_of(claim, looking)
    by = frozenset(person.id for _, person in given)
    waiting = [(key, name) for key, name in looking.team.items() if key not in by | looking.let_go]
    late = clock is not None and clock.state is ClockState.LATE
    size = len(looking.team.keys() | by)
    is_over = over or (not looking.resting and (late or not waiting))
    together = outcome([verdict.word for verdict, _ in given], size, is_over)
    is_open = together is Outcome.OPEN
    return Round(
        update_id=claim.id,
        day=local_day(claim.posted_at, looking.hung.zone),
        outcome=together,
        count=len(given),
        team=size,
        said=() if is_open else tuple(_line(verdict, person, inside, looking.hung.zone) for verdict, person in given),
        by=by if inside else frozenset(),
        waiting=tuple(waiting) if inside and is_open else (),
        due=clock.due if clock else None,
    )


def _line(verdict: Verdict, person: Person, inside: bool, zone: str) -> VerdictLine:
    who = person.name if inside else name_in_print(person)
    return VerdictLine(who, verdict.word, verdict.reason, local_day(verdict.given_at, zone))
