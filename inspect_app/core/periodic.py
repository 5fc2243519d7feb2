"""Duties that return: reminders, clocks that run out. Each is done once in its period, by one worker."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, Text, and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, db
from inspect_app.core.time import now

log = logging.getLogger(__name__)

DUTY_LEASE = timedelta(minutes=15)
PAUSE_AFTER_FAULT = timedelta(minutes=1)


class PeriodicDuty(Model):
    """When a returning duty is due next, and who does it now (``turn`` tells the workers apart)."""

    __tablename__ = "periodic_duty"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)


_registered: dict[str, tuple[timedelta, Callable[[], object]]] = {}


def periodic(name: str, every: timedelta, fn: Callable[[], object]) -> None:
    """Register a duty that is done once in each period, by one of the workers.

    ``fn`` works in an application context and leaves the commit to the worker. It may be done again when a
    worker dies in the middle; what it wrote then is undone.
    """
    if every <= timedelta(0):
        raise ValueError("a period must be longer than nothing")
    _registered[name] = (every, fn)


def run_due() -> int:
    """Do all returning duties that are due now; return how many were done."""
    return sum(_run(name, every, fn) for name, (every, fn) in list(_registered.items()))


def _run(name: str, every: timedelta, fn: Callable[[], object]) -> bool:
    duty = _claim(name)
    if duty is None:
        return False
    try:
        fn()
    except Exception as error:  # one duty that fails must not keep the others waiting
        log.exception("the duty %s failed", name)
        db.session.rollback()
        _update_mine(duty, lease_until=now() + PAUSE_AFTER_FAULT, error=repr(error))
        db.session.commit()
        return False
    following = _next_due(duty.due_at, every)
    if not _update_mine(duty, due_at=following, lease_until=None, done_at=now(), error=None):
        db.session.rollback()
        log.warning("the duty %s was taken over by another worker", name)
        return False
    db.session.commit()
    return True


@dataclass(frozen=True)
class _Turn:
    name: str
    turn: int
    due_at: datetime


def _claim(name: str) -> _Turn | None:
    moment = now()
    if db.session.get(PeriodicDuty, name) is None:
        try:
            with db.session.begin_nested():
                db.session.add(PeriodicDuty(name=name, due_at=moment))
        except IntegrityError:
            log.debug("another worker has just entered the duty %s", name)
    free = or_(PeriodicDuty.lease_until.is_(None), PeriodicDuty.lease_until < moment)
    row = db.session.scalar(
        select(PeriodicDuty)
        .where(PeriodicDuty.name == name, PeriodicDuty.due_at <= moment, free)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    claimed = None
    if row is not None:
        row.turn += 1
        row.lease_until = moment + DUTY_LEASE
        claimed = _Turn(name, row.turn, row.due_at)
    db.session.commit()
    return claimed


def _update_mine(duty: _Turn, **values: object) -> bool:
    db.session.flush()
    mine = and_(PeriodicDuty.name == duty.name, PeriodicDuty.turn == duty.turn)
    change = update(PeriodicDuty).where(mine).values(**values).returning(PeriodicDuty.name)
    return db.session.scalar(change) is not None


def _next_due(due_at: datetime, every: timedelta) -> datetime:
    """Keep the beat: periods missed while no worker ran are left out, not made up for."""
    missed = (now() - due_at) // every
    return due_at + every * (max(missed, 0) + 1)
