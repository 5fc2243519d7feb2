"""Clocks: a pure function of commitments, what happened, and the present moment.

A clock starts when the event it waits for has happened, pauses while the inspection is on hold, and says one
of: not started, running (n days left), kept (after n days), late (by n days), dropped (no longer needed).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspect_app.charter import wording
from inspect_app.charter.calendar import Calendar, Pauses, count, counting, due_day
from inspect_app.core.time import end_of_day, local_day
from inspect_app.core.words import _


class Side(StrEnum):
    """Who owes, or is owed."""

    SERVICE = "service"
    INSPECTORS = "inspectors"
    PROGRAMME = "programme"
    PUBLIC = "public"


class Which(StrEnum):
    """Which of several starting events counts: the first, the last, or each with its own end."""

    FIRST = "first"
    LAST = "last"
    EACH = "each"


class ClockState(StrEnum):
    """How a clock stands."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    LATE = "late"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Promise:
    """A commitment, as the charter states it.

    Its clock starts ``after`` an event, or when the time of an earlier commitment is over (``or_over`` is its key).
    It is kept with the event ``until`` or with ``or_until``. With ``lapses`` nobody can keep it any more.
    """

    key: str
    text: str
    side: str
    owed_to: str
    amount: int
    unit: str
    after: str
    which: str
    until: str
    when_over: str | None
    or_over: str | None
    or_until: str | None
    lapses: str | None
    source: str | None


@dataclass(frozen=True)
class Event:
    """Something that happened in one inspection; ``subject`` tells events of one kind apart (a recommendation)."""

    kind: str
    at: datetime
    subject: str = ""


@dataclass(frozen=True)
class Clock:
    """One commitment running in one inspection; ``days`` are left, over or taken (for months: calendar days)."""

    key: str
    text: str
    side: str
    owed_to: str
    state: ClockState
    sentence: str
    when_over: str | None = None
    started: date | None = None
    due: date | None = None
    ended: date | None = None
    days: int = 0
    extended: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether the duty is still owed."""
        return self.started is not None and self.ended is None


SUSPENDED, RESUMED = "stage.suspended", "stage.resumed"
ENDED = ("stage.closed", "stage.cancelled")
"""After these nothing is owed any more."""


@dataclass(frozen=True)
class _Setting:
    """What all clocks of an inspection share."""

    now: datetime
    calendar: Calendar
    pauses: Pauses

    @property
    def on_hold(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def rests(self) -> Pauses:
        """The holds that are over; how long one lasts cannot be foreseen."""
        return [(first, last) for first, last in self.pauses if last is not None]

    def day(self, moment: datetime) -> date:
        return local_day(moment, self.calendar.zone)


@dataclass(frozen=True)
class _Duty:
    """One start of a promise, with when it ended and whether it ended by being done."""

    start: datetime
    end: datetime | None = None
    done: bool = False


def clocks(
    commitments: Iterable[Promise],
    events: Sequence[Event],
    now: datetime,
    calendar: Calendar,
    extensions: Mapping[str, date] | None = None,
) -> list[Clock]:
    """Return the clock of each commitment; ``extensions`` are the days that were granted, by its key."""
    ordered = sorted(events, key=lambda event: event.at)
    setting = _Setting(now, calendar, _pauses(ordered, calendar))
    made: dict[str, Clock] = {}
    for one in commitments:
        earlier = made.get(one.or_over) if one.or_over else None
        over = _time_over(earlier, setting) if earlier else None
        duties = _duties(one, ordered, over)
        made[one.key] = _clock(one, duties, setting, (extensions or {}).get(one.key))
    return list(made.values())


def _pauses(events: Sequence[Event], calendar: Calendar) -> Pauses:
    """Return the days on hold as pairs: from, up to but without; None while the hold lasts."""
    pauses: list[tuple[date, date | None]] = []
    for event in events:
        day = local_day(event.at, calendar.zone)
        if event.kind == SUSPENDED:
            pauses.append((day, None))
        elif event.kind == RESUMED and pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], day)
    return pauses


def _time_over(clock: Clock, setting: _Setting) -> datetime | None:
    """Return the midnight with which the time of an earlier promise was over before it was kept, or None."""
    if clock.due is None or (clock.ended is not None and clock.ended <= clock.due):
        return None
    if setting.on_hold and setting.pauses[-1][0] <= clock.due:
        return None
    midnight = end_of_day(clock.due, setting.calendar.zone)
    return midnight if midnight <= setting.now else None


def _duties(promise: Promise, events: Sequence[Event], over: datetime | None) -> list[_Duty]:
    """Return each start that counts with what ended it; ``over`` is the midnight that starts it too."""
    starts = [event for event in events if event.kind == promise.after]
    if over is not None:
        starts = sorted([*starts, Event("", over)], key=lambda event: event.at)
    if promise.which == Which.FIRST:
        starts = starts[:1]
    elif promise.which == Which.LAST:
        starts = starts[-1:]
    return [_duty(promise, start, [event for event in events if event.at >= start.at]) for start in starts]


def _duty(promise: Promise, start: Event, later: Sequence[Event]) -> _Duty:
    each = promise.which == Which.EACH
    done = next(
        (
            event.at
            for event in later
            if event.kind in (promise.until, promise.or_until) and (not each or event.subject == start.subject)
        ),
        None,
    )
    lapsed = next((event.at for event in later if event.kind in (promise.lapses, *ENDED)), None)
    if done is not None and (lapsed is None or done <= lapsed):
        return _Duty(start.at, done, done=True)
    return _Duty(start.at, lapsed)


def _clock(promise: Promise, duties: Sequence[_Duty], setting: _Setting, granted: date | None) -> Clock:
    if not duties:
        return _made(promise, ClockState.NOT_STARTED, _("Not started yet."))
    measured = [_measure(promise, duty, setting, granted) for duty in duties]
    still_open = [clock for clock in measured if clock.is_open]
    return min(still_open, key=lambda clock: clock.due or date.max) if still_open else measured[-1]


def _measure(promise: Promise, duty: _Duty, setting: _Setting, granted: date | None) -> Clock:
    started = setting.day(duty.start)
    due = due_day(duty.start, promise.amount, promise.unit, setting.calendar, setting.pauses)
    extended = granted is not None and granted > due
    if extended and granted is not None:
        due = granted
    ended = setting.day(duty.end) if duty.end else None
    today = ended or setting.day(setting.now)
    counts = counting(promise.unit, setting.calendar, duty.start)
    late = count(due, today, counts, setting.rests)
    if ended is None:
        left = count(today, due, counts, setting.rests)
        state, days, sentence = _still_open(promise, late, left, today == due, setting.on_hold)
    elif duty.done:
        state, days, sentence = _done(promise, late, count(started, ended, counts, setting.rests))
    elif ended > due:
        state, days, sentence = ClockState.LATE, late, _("Not done in time.")
    else:
        state, days, sentence = ClockState.DROPPED, 0, _("No longer needed.")
    if extended:
        sentence = f"{sentence} {_('More time was given.')}"
    return _made(promise, state, sentence, started=started, due=due, ended=ended, days=days, extended=extended)


Standing = tuple[ClockState, int, str]


def _still_open(promise: Promise, late: int, left: int, is_last: bool, on_hold: bool) -> Standing:
    if on_hold:
        return ClockState.PAUSED, 0, _("On hold.")
    if late > 0:
        return ClockState.LATE, late, wording.late_by(late, promise.unit)
    sentence = _("Due today.") if is_last else wording.left(left, promise.unit)
    return ClockState.RUNNING, left, sentence


def _done(promise: Promise, late: int, taken: int) -> Standing:
    if late > 0:
        return ClockState.LATE, late, wording.done_late(late, promise.unit)
    return (
        ClockState.KEPT,
        taken,
        f"{wording.took(taken, promise.unit)} {wording.allowed(promise.amount, promise.unit)}",
    )


def _made(
    promise: Promise,
    state: ClockState,
    sentence: str,
    *,
    started: date | None = None,
    due: date | None = None,
    ended: date | None = None,
    days: int = 0,
    extended: bool = False,
) -> Clock:
    return Clock(
        key=promise.key,
        text=promise.text,
        side=promise.side,
        owed_to=promise.owed_to,
        state=state,
        sentence=sentence,
        when_over=promise.when_over,
        started=started,
        due=due,
        ended=ended,
        days=days,
        extended=extended,
    )
