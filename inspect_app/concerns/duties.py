"""What returns by itself: concerns and hazards that nobody answered, and words whose time is over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from inspect_app.concerns import post, queries
from inspect_app.concerns.models import Concern, Hazard
from inspect_app.concerns.operations.concerns import ask_again, forgotten_after, purge
from inspect_app.concerns.operations.hazards import remind_of
from inspect_app.concerns.rules import MOST_REMINDERS, State
from inspect_app.core.database import db
from inspect_app.core.periodic import periodic
from inspect_app.core.time import now

OFTEN = timedelta(minutes=5)
DAILY = timedelta(days=1)


def register() -> None:
    """Register the returning duties."""
    periodic("concerns.watch", OFTEN, watch)
    periodic("concerns.forget", DAILY, forget)


def watch() -> int:
    """Ask again about what has no answer; tell who was appointed since. Return how many were asked about."""
    moment, asked = now(), 0
    for concern in db.session.scalars(select(Concern).where(Concern.state == State.NEW).with_for_update()):
        if _is_over(concern):
            ask_again(concern)
            asked += 1
        else:
            post.tell(concern)
    late = select(Hazard).where(Hazard.state == State.NEW, Hazard.acknowledge_by <= moment)
    for hazard in db.session.scalars(late.where(Hazard.reminded_at.is_(None)).with_for_update()):
        remind_of(hazard)
        asked += 1
    return asked


def _is_over(concern: Concern) -> bool:
    """Say whether the time to answer is over, for the first time or once more."""
    times = queries.times()
    hours = timedelta(hours=times.urgent_hours if concern.is_now else times.concern_hours)
    due = concern.reminded_at + hours if concern.reminded_at else concern.acknowledge_by
    return due <= now() and concern.reminders < MOST_REMINDERS


def forget() -> int:
    """Forget the words of concerns that were closed long ago; return of how many."""
    over = select(Concern).where(Concern.closed_at < forgotten_after(), Concern.purged_at.is_(None))
    found = db.session.scalars(over.with_for_update()).all()
    for concern in found:
        purge(concern)
    return len(found)
