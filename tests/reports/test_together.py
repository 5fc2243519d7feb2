"""Two people at the same moment while a report is written, checked and published."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inspect_app.core.database import db, new_id
from inspect_app.core.jobs import Job
from inspect_app.core.revisions import history
from inspect_app.reports import operations_editions, queries
from inspect_app.reports.models import AccuracyPoint, ReportDraft
from tests.reports.conftest import make_person
from tests.reports.steps import checking, drafted, enter, raised, written
from tests.together import at_once, entries, post, statuses

BASE = "/inspections/NC-2026-03/report"


def test_two_write_one_section_for_the_first_time(app, world) -> None:
    said = at_once(
        *(
            post(app, one, f"{BASE}/sections/summary", text=f"By {one.name}.", revision=str(new_id()))
            for one in (world.ana, world.bilal)
        )
    )
    assert statuses(said) == [303, 409]
    assert "saved this at the same time" in "".join(one.text for one in said)
    section = queries.sections_of(world.inspection.id)["summary"]
    kept = history(("report_section", section.id))
    assert {one.content["text"] for one in kept} == {"By Ana Bell.", "By Bilal Khan."}
    assert [one.id for one in kept if one.is_top] == [section.revision_id]


def test_findings_added_and_moved_at_once_keep_their_numbers(app, world) -> None:
    finding, _ = written(world)
    fields = {"kind": "strength", "text": "All is well here.", "criteria": world.keys[0]}
    said = at_once(
        *(
            post(app, one, f"{BASE}/findings/new", id=str(new_id()), revision=str(new_id()), **fields)
            for one in (world.ana, world.bilal)
        ),
        post(app, world.ana, f"{BASE}/findings/{finding.id}/move", up=""),
    )
    assert statuses(said) == [303, 303, 303]
    assert [one.number for one in queries.findings_of(world.inspection.id)] == [1, 2, 3]
    assert len(entries(world.inspection, "finding.added")) == 3


def test_a_press_twice_on_withdraw_withdraws_once(app, world) -> None:
    _, asked = written(world)
    path = f"{BASE}/recommendations/{asked.id}/withdraw"
    said = at_once(post(app, world.ana, path), post(app, world.bilal, path))
    assert statuses(said) == [303, 404]  # the later one is told that it is not there any more
    assert len(entries(world.inspection, "recommendation.withdrawn")) == 1


def test_two_make_the_same_draft_once(app, world) -> None:
    written(world)
    said = at_once(*(post(app, one, f"{BASE}/drafts") for one in (world.ana, world.bilal)))
    assert statuses(said) == [303, 303]
    assert [one.number for one in db.session.scalars(select(ReportDraft))] == [1]
    assert len(entries(world.inspection, "draft.made")) == 1


def test_the_last_two_confirm_at_once(app, world) -> None:
    draft = drafted(world)
    path = f"{BASE}/drafts/{draft.number}/confirm"
    said = at_once(*(post(app, one, path) for one in (world.ana, world.ana, world.bilal)))
    assert statuses(said) == [303, 303, 303]
    assert {one.actor_id for one in entries(world.inspection, "draft.confirmed")} == {world.ana.id, world.bilal.id}
    assert len(entries(world.inspection, "draft.confirmed")) == 2
    assert len(queries.confirmations_of(draft.id)) == 2


def test_two_move_it_on_at_once_and_the_draft_is_sent_once(app, world) -> None:
    draft = drafted(world)
    at_once(*(post(app, one, f"{BASE}/drafts/{draft.number}/confirm") for one in (world.ana, world.bilal)))
    make_person("Hugh Second", ("coordinator", None))
    said = at_once(
        *(post(app, world.helen, "/inspections/NC-2026-03/move-on", stage="writing") for _ in range(2)),
    )
    assert statuses(said) == [303, 409]
    assert len(entries(world.inspection, "stage.checking")) == len(entries(world.inspection, "draft.sent")) == 1


@pytest.mark.parametrize("same", [True, False], ids=["the same word", "two words"])
def test_one_point_is_decided_once(app, world, same) -> None:
    point = raised(world)
    path = f"{BASE}/points/{point.id}/decide"
    said = at_once(
        post(app, world.olive, path, decision="upheld", reason="The tape says so."),
        post(app, world.olive, path, decision="upheld" if same else "rejected", reason="The tape says so."),
    )
    assert statuses(said) == ([303, 303] if same else [303, 409])
    if not same:
        assert "This point was decided already." in "".join(one.text for one in said)
    told = [one.facts["decision"] for one in entries(world.inspection, "accuracy.decided")]
    assert told == [db.session.get(AccuracyPoint, point.id).decision]


def test_the_service_has_no_more_points_once(app, world) -> None:
    checking(world)
    kenny_leads = make_person("Second Lead", ("service_lead", world.service.id))
    said = at_once(*(post(app, one, f"{BASE}/points/close") for one in (world.stuart, kenny_leads)))
    assert statuses(said) == [303, 303]
    for kind in ("accuracy.closed", "accuracy.settled"):
        assert len(entries(world.inspection, kind)) == 1


def test_a_correction_sent_twice_makes_two_numbered_editions_at_most(app, world) -> None:
    checking(world)
    enter(world, "answering", answered=False)
    operations_editions.publish(world.inspection, None)
    fields = {"paragraph": "R1", "text": "Put one number on each stop.", "reason": "A word was wrong."}
    said = at_once(*(post(app, world.helen, f"{BASE}/correct", **fields) for _ in range(2)))
    assert statuses(said) in ([303, 303], [303, 409])
    numbers = [one.number for one in queries.editions_of(world.inspection.id)]
    assert numbers == list(range(len(numbers), 0, -1))
    assert len(entries(world.inspection, "report.published")) == len(numbers)
    keys = [one.unique_key for one in db.session.scalars(select(Job).where(Job.kind == "report.edition"))]
    assert len(keys) == len(set(keys)) == len(numbers)


def test_an_edition_is_withdrawn_once(app, world) -> None:
    checking(world)
    enter(world, "answering", answered=False)
    operations_editions.publish(world.inspection, None)
    path = f"{BASE}/editions/1/withdraw"
    said = at_once(*(post(app, world.helen, path, reason=f"A name stood in it ({n}).") for n in range(2)))
    assert statuses(said) == [303, 303]
    assert len(entries(world.inspection, "edition.withdrawn")) == 1
