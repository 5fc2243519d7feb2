"""Jobs: asked for once, done once, done again when a worker dies, given up in plain words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from inspect_app.core import jobs, periodic
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile, store
from inspect_app.core.jobs import Job, enqueue, handler, latest_job, progress, work_once
from inspect_app.core.time import at, now

Do = Callable[[Job], dict[str, object] | None]


@pytest.fixture(autouse=True)
def clean_registers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs, "_duties", {})
    monkeypatch.setattr(periodic, "_registered", {})
    return


def later(**amount: float) -> object:
    return at(now() + timedelta(**amount))


def kill(_job: Job) -> None:
    """Die as a worker does when the power fails: no clean-up is reached."""
    raise KeyboardInterrupt


def files_count() -> int:
    return db.session.scalar(select(func.count()).select_from(StoredFile)) or 0


def test_a_job_is_done_and_keeps_its_result(app: Flask) -> None:
    handler("t")(lambda job: {"seen": job.payload["n"]})
    job = enqueue("t", {"n": 3})
    assert work_once()
    assert (job.state, job.progress, job.result) == ("done", 100, {"seen": 3})
    assert job.finished_at
    assert not work_once()


def test_a_job_whose_transaction_is_undone_never_was(app: Flask) -> None:
    handler("t")(lambda _: None)
    enqueue("t", {})
    db.session.rollback()
    assert not work_once()


def test_nobody_may_ask_for_work_that_nobody_does(app: Flask) -> None:
    with pytest.raises(ValueError, match="nobody does"):
        enqueue("unknown", {})


def test_two_handlers_of_one_kind_are_a_mistake(app: Flask) -> None:
    handler("t")(lambda _: None)
    with pytest.raises(ValueError, match="two handlers"):
        handler("t")(lambda _: None)


def test_the_same_key_is_one_job_until_it_has_ended(app: Flask) -> None:
    handler("t")(lambda _: None)
    first = enqueue("t", {}, unique_key="report 1")
    assert enqueue("t", {}, unique_key="report 1").id == first.id
    work_once()
    second = enqueue("t", {}, unique_key="report 1")
    assert second.id != first.id
    assert latest_job("report 1") is second


def test_a_job_waits_for_its_time(app: Flask) -> None:
    handler("t")(lambda _: None)
    enqueue("t", {}, run_after=now() + timedelta(hours=1))
    assert not work_once()
    with later(hours=2):
        assert work_once()


def test_a_refusal_is_final_and_its_sentence_is_shown(app: Flask) -> None:
    @handler("t")
    def refuse(_job: Job) -> None:
        store(b"half done", "text/plain", "x.txt")
        raise Refused("There is no report yet.")

    job = enqueue("t", {})
    work_once()
    assert (job.state, job.sentence, job.attempts) == ("failed", "There is no report yet.", 1)
    assert files_count() == 0


def test_a_fault_is_tried_again_after_growing_pauses_and_then_given_up(app: Flask) -> None:
    mourned: list[str] = []

    def break_down(_job: Job) -> None:
        raise RuntimeError("secret detail")

    handler("t", on_failed=lambda job: mourned.append(job.kind))(break_down)
    job = enqueue("t", {})
    for seconds in (0, 40, 200):
        assert job.state == "queued"
        with later(seconds=seconds):
            assert work_once()
            assert not work_once(), "it pauses first"
    assert (job.state, job.attempts, mourned) == ("failed", 3, ["t"])
    assert "Try again" in job.sentence
    assert "secret" not in job.sentence
    assert "secret" in (job.error or "")


def test_when_a_worker_dies_another_does_the_job(app: Flask) -> None:
    handler("t")(kill)
    job = enqueue("t", {})
    with pytest.raises(KeyboardInterrupt):
        work_once()
    db.session.rollback()
    jobs._duties.clear()
    handler("t")(lambda _: {"by": "another"})
    assert not work_once(), "the lease still holds"
    with later(minutes=4):
        assert work_once()
    assert (job.state, job.result, job.attempts) == ("done", {"by": "another"}, 2)


def test_a_job_that_kills_every_worker_ends(app: Flask) -> None:
    handler("t")(kill)
    job = enqueue("t", {})
    for minutes in (0, 4, 8):
        with later(minutes=minutes), pytest.raises(KeyboardInterrupt):
            work_once()
        db.session.rollback()
    with later(minutes=12):
        assert work_once()
    assert job.state == "failed"


def test_progress_is_seen_by_others_and_keeps_the_lease(app: Flask) -> None:
    @handler("t")
    def report(job: Job) -> None:
        progress(job, 40, "Placing the photos.")
        with db.engine.connect() as other:
            row = other.execute(select(Job.progress, Job.sentence, Job.lease_until)).one()
        assert (row.progress, row.sentence) == (40, "Placing the photos.")
        assert row.lease_until > now() + timedelta(minutes=2)

    job = enqueue("t", {})
    work_once()
    assert job.error is None


@pytest.mark.parametrize("says", [True, False])
def test_who_lost_the_lease_leaves_no_trace(app: Flask, says: bool) -> None:
    """A worker that was asleep for too long wakes up after another has done the job."""

    @handler("t")
    def slow(job: Job) -> dict[str, object]:
        if job.turn == 1:
            with later(minutes=10):
                assert work_once()
            store(b"too late", "text/plain", "x.txt")
            job.turn = 1
            if says:
                progress(job, 50, "Still at it.")
        return {"turn": job.turn}

    job = enqueue("t", {})
    work_once()
    db.session.refresh(job)
    assert (job.state, job.result) == ("done", {"turn": 2})
    assert files_count() == 0


def test_two_workers_never_take_the_same_job(app: Flask) -> None:
    seen: list[int] = []
    handler("t")(lambda job: seen.append(job.payload["n"]))
    for n in range(12):
        enqueue("t", {"n": n})
    db.session.commit()

    def work() -> None:
        with app.app_context():
            while work_once():
                pass

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(seen) == list(range(12))


def test_a_duty_is_done_once_in_each_period(app: Flask) -> None:
    done: list[str] = []
    periodic.periodic("remind", timedelta(hours=1), lambda: done.append("x"))
    start = now()
    for minutes, total in ((0, 1), (30, 1), (61, 2), (62, 2), (605, 3), (606, 3), (661, 4)):
        with at(start + timedelta(minutes=minutes)):
            periodic.run_due()
        assert len(done) == total, minutes


def test_several_workers_do_a_duty_once(app: Flask) -> None:
    done: list[str] = []
    periodic.periodic("remind", timedelta(hours=1), lambda: done.append("x"))

    def work() -> None:
        with app.app_context():
            periodic.run_due()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert done == ["x"]


def test_a_duty_that_fails_is_undone_and_tried_again_and_holds_up_no_other(app: Flask) -> None:
    fine: list[str] = []

    def fail() -> None:
        store(b"half", "text/plain", "x.txt")
        raise RuntimeError("no")

    periodic.periodic("a", timedelta(hours=1), fail)
    periodic.periodic("b", timedelta(hours=1), lambda: fine.append("x"))
    assert periodic.run_due() == 1
    assert (fine, files_count()) == (["x"], 0)
    assert "no" in (db.session.get(periodic.PeriodicDuty, "a", populate_existing=True).error or "")
    periodic.periodic("a", timedelta(hours=1), lambda: fine.append("a"))
    with later(minutes=2):
        assert periodic.run_due() == 1


def test_the_worker_outlives_a_fault_of_the_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    calls: list[int] = []

    def look() -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("SELECT 1", {}, Exception("gone"))
        stop.set()
        return False

    monkeypatch.setattr(jobs, "work_once", look)
    monkeypatch.setattr(jobs, "SECONDS_AFTER_FAULT", 0)
    jobs.work_forever(stop)
    assert len(calls) == 2


def test_the_command_works_until_nothing_is_left(app: Flask) -> None:
    handler("t")(lambda _: None)
    enqueue("t", {})
    db.session.commit()
    outcome = app.test_cli_runner().invoke(args=["work", "--until-empty"])
    assert outcome.output == "1 jobs done.\n"
