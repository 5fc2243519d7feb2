"""Jobs: long work that a worker does, once, even when the power fails in the middle.

A job is a row, written in the same transaction as the change that asks for it. A worker claims it for a
time (its lease). A worker that dies loses its lease, and another one does the job again: so whatever a
handler does must bear being done twice. What a handler writes to the database is committed together with
the end of the job, or at a call of :func:`progress`.
"""

from __future__ import annotations

import logging
import signal
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import click
from flask import Flask, current_app
from sqlalchemy import JSON, CheckConstraint, Index, String, Text, Uuid, and_, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, db, new_id, uuid_pk
from inspect_app.core.errors import Refused
from inspect_app.core.periodic import periodic as periodic
from inspect_app.core.periodic import run_due as run_due
from inspect_app.core.time import now
from inspect_app.core.words import _, mark

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
FIRST_PAUSE = timedelta(seconds=30)
ATTEMPTS = 3
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_FAULT = 5.0
OPEN = ("queued", "running")

GAVE_UP = mark("This did not work, even after several tries. Try again; if it fails again, tell your coordinator.")
WAITING = mark("Waiting for its turn.")
TRYING_AGAIN = mark("This did not work yet. It will be tried again soon.")

Payload = dict[str, Any]


class Job(Model):
    """One piece of work: ``progress`` in percent and ``sentence`` are shown to whoever waits for it."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state_known"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_percent"),
        CheckConstraint("(finished_at IS NULL) = (state IN ('queued', 'running'))", name="finished_when_ended"),
        CheckConstraint("(lease_until IS NULL) = (state <> 'running')", name="lease_while_running"),
        # A key holds while the work is open; afterwards the same may be asked for again.
        Index(
            "uq_job_unique_key_open",
            "unique_key",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running')"),
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
        Index("ix_job_state_run_after", "state", "run_after"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[Payload] = mapped_column(JSON)
    unique_key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="queued")
    progress: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(String(300), default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[Payload | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)

    # The attempt that this worker claimed: no column, so that a rollback cannot bring in another's.
    turn = 0


Handler = Callable[[Job], Payload | None]
Mourner = Callable[[Job], None]


class LeaseLostError(Exception):
    """Another worker has taken the job over; what this one did since its last progress is undone."""


@dataclass(frozen=True)
class Duty:
    """How jobs of one kind are done: by whom, how often at most, and who hears when it failed for good."""

    do: Handler
    attempts: int
    on_failed: Mourner | None


_duties: dict[str, Duty] = {}


def handler(kind: str, *, attempts: int = ATTEMPTS, on_failed: Mourner | None = None) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind; it may return facts that become ``job.result``.

    It is tried up to ``attempts`` times; a :class:`Refused` is final at once and its sentence is shown.
    ``on_failed`` is called in the transaction that ends the job as failed.
    """

    def register(do: Handler) -> Handler:
        if kind in _duties and _duties[kind].do is not do:
            raise ValueError(f"two handlers for jobs of the kind {kind}")
        _duties[kind] = Duty(do, attempts, on_failed)
        return do

    return register


def enqueue(
    kind: str,
    payload: Payload,
    *,
    unique_key: str | None = None,
    asked_by: uuid.UUID | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Ask for work in the running transaction and return the job, or the open job with the same key.

    ``payload`` holds identifiers and plain values; ``run_after`` is the earliest moment to begin.
    """
    if kind not in _duties:
        raise ValueError(f"nobody does jobs of the kind {kind}")
    for _try in range(3):  # the open job may end between our two looks
        if unique_key and (waiting := open_job(unique_key)):
            return waiting
        moment = now()
        job = Job(
            id=new_id(),
            kind=kind,
            payload=payload,
            unique_key=unique_key,
            asked_by=asked_by,
            created_at=moment,
            run_after=run_after or moment,
        )
        try:
            with db.session.begin_nested():
                db.session.add(job)
        except IntegrityError:
            if unique_key is None:
                raise
            continue
        return job
    raise Refused(_("Somebody else asks for the same right now. Look again in a moment."))


def open_job(unique_key: str) -> Job | None:
    """Return the job with this key that waits or runs, if there is one."""
    return db.session.scalar(select(Job).where(Job.unique_key == unique_key, Job.state.in_(OPEN)))


def latest_job(unique_key: str) -> Job | None:
    """Return the newest job with this key, in whatever state: what a page shows as its progress."""
    newest = (Job.created_at.desc(), Job.id.desc())
    return db.session.scalar(select(Job).where(Job.unique_key == unique_key).order_by(*newest).limit(1))


def progress(job: Job, percent: int, sentence: str) -> None:
    """Say how far the job is, keep it for longer, and commit everything done so far.

    Call it before slow work too: it ends the transaction, so that nobody waits for this job's locks.
    Raises LeaseLostError when another worker has taken over; nothing is committed then.
    """
    if not _update_mine(job, progress=percent, sentence=sentence, lease_until=now() + LEASE):
        db.session.rollback()
        raise LeaseLostError(str(job.id))
    db.session.commit()


def work_once() -> bool:
    """Do the next job that is due, in the current application context; False when there is none."""
    job = _claim()
    if job is None:
        return False
    duty = _duties.get(job.kind)
    try:
        if duty is None:
            raise Refused(f"This version of the product cannot do “{job.kind}”.")
        if job.turn > duty.attempts:
            raise TimeoutError("the worker died each time")
        result = duty.do(job)
        _end(job, "done", mark("Done."), progress=100, result=result)
        db.session.commit()
    except LeaseLostError:
        db.session.rollback()
        log.warning("job %s (%s) was taken over by another worker", job.id, job.kind)
    except Refused as refusal:
        _fail(job, duty, refusal.sentence, repr(refusal))
    except Exception as error:  # whatever a handler raises must not stop the worker
        log.exception("job %s (%s) failed at attempt %s", job.id, job.kind, job.turn)
        if duty is not None and job.turn < duty.attempts:
            _try_later(job, repr(error))
        else:
            _fail(job, duty, GAVE_UP, repr(error))
    return True


def _claim() -> Job | None:
    """Take the job that is due longest; several workers never take the same."""
    moment = now()
    due = or_(
        and_(Job.state == "queued", Job.run_after <= moment),
        and_(Job.state == "running", Job.lease_until < moment),
    )
    # SQLite leaves out FOR UPDATE: there the transaction, begun as IMMEDIATE, shuts the others out.
    job = db.session.scalar(
        select(Job)
        .where(due)
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if job is not None:
        job.state = "running"
        job.attempts += 1
        job.turn = job.attempts
        job.lease_until = moment + LEASE
    db.session.commit()
    return job


def _update_mine(job: Job, **values: Any) -> bool:
    """Change the job only while it is still ours; the number of attempts tells owners apart."""
    db.session.flush()
    mine = and_(Job.id == job.id, Job.state == "running", Job.attempts == job.turn)
    return db.session.scalar(update(Job).where(mine).values(**values).returning(Job.id)) is not None


def _end(job: Job, state: str, sentence: str, **values: Any) -> None:
    ended = {"state": state, "sentence": sentence, "finished_at": now(), "lease_until": None}
    if not _update_mine(job, **ended, **values):
        raise LeaseLostError(str(job.id))


def _fail(job: Job, duty: Duty | None, sentence: str, error: str) -> None:
    db.session.rollback()
    try:
        _end(job, "failed", sentence[:300], error=error)
        if duty is not None and duty.on_failed is not None:
            duty.on_failed(job)
        db.session.commit()
    except LeaseLostError:
        db.session.rollback()


def _try_later(job: Job, error: str) -> None:
    """Put the job back; each pause is four times as long as the one before."""
    db.session.rollback()
    pause = FIRST_PAUSE * 4 ** (job.turn - 1)
    _update_mine(job, state="queued", sentence=TRYING_AGAIN, lease_until=None, run_after=now() + pause, error=error)
    db.session.commit()


def work_until_empty() -> int:
    """Do returning duties and jobs until nothing is due; return how many jobs were done."""
    run_due()
    done = 0
    while work_once():
        done += 1
    return done


def work_forever(stop: threading.Event) -> None:
    """Work until ``stop`` is set; a job that has begun is finished first, a fault is waited out."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy hides it
    while not stop.is_set():
        try:
            worked = _one_round(app, stop)
        except Exception:
            log.exception("the worker waits because of a fault")
            stop.wait(SECONDS_AFTER_FAULT)
            continue
        if not worked:
            stop.wait(SECONDS_BETWEEN_LOOKS)


def _one_round(app: Flask, stop: threading.Event) -> bool:
    with app.app_context():
        run_due()
    while not stop.is_set():
        with app.app_context():
            if not work_once():
                return False
    return True


def register_cli(app: Flask) -> None:
    """Add the command ``work``."""

    @app.cli.command("work")
    @click.option("--until-empty", is_flag=True, help="Stop when nothing is left to do.")
    def work(until_empty: bool) -> None:
        """Do jobs: make reports, send mail, watch the clocks."""
        if until_empty:
            click.echo(f"{work_until_empty()} jobs done.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stop.set())
        click.echo("Waiting for work. Stop with Ctrl+C.")
        # The printing library takes a second to load: better now than while somebody waits for a report.
        import_module("inspect_app.core.pdf")
        work_forever(stop)
