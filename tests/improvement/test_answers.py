"""Answers: private until sent, final when sent, completed once."""

from datetime import date, timedelta

import pytest

from inspect_app.core import journal, revisions
from inspect_app.core.database import new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin
from inspect_app.core.time import at
from inspect_app.improvement import doors, queries
from inspect_app.improvement import operations_answers as operations
from inspect_app.improvement.queries_chain import chains
from inspect_app.inspections.operations import suspend
from tests.improvement.conftest import START
from tests.improvement.steps import answer, answered, draft, ended

SECRET = "We have no money for it, and this is not sent."


@pytest.fixture(autouse=True)
def on_that_day():
    with at(START + timedelta(days=1)):
        yield


def test_a_draft_is_in_no_chain_no_edition_and_no_journal(world):
    draft(world, world.asked[0], "partly", SECRET)
    for inside in (True, False):
        assert SECRET not in repr(chains(world.inspection, inside))
        assert all(chain.answer is None for chain in chains(world.inspection, inside))
    assert doors.part_of_edition(world.inspection)["answers"] == {}
    assert all(SECRET not in str(entry.facts) for entry in journal.entries(world.inspection.id))


@pytest.mark.parametrize("who", ["helen", "ana", "bilal", "olive", "oscar", "leanne", "gordon"])
def test_nobody_else_reads_or_writes_a_draft(world, browse, who):
    draft(world, world.asked[0], "partly", SECRET)
    browser = browse(world.people[who])
    base = f"/inspections/{world.inspection.reference}"
    for place in (
        "",
        "/improvement",
        "/answers",
        f"/answers/{world.asked[0].id}",
        "/answers/send",
        "/plan",
        "/report",
    ):
        assert SECRET not in browser.get(base + place).text, place
    for place in ("/my/became", "/service/winter", "/"):
        assert SECRET not in browser.get(place).text
    fields = {"decision": "accepted", "reason": "Taken over.", "revision": str(new_id()), "based_on": ""}
    assert browser.post(f"{base}/answers/{world.asked[0].id}", data=fields).status_code == 403
    assert queries.answer_to(world.asked[0].id).reason == SECRET


def test_staff_draft_and_only_the_lead_sends(world):
    draft(world, world.asked[0], by=world.kenny)
    with pytest.raises(Refused, match="Only the lead of the service can send"):
        operations.send_answers(world.inspection, {world.asked[0].id: None}, world.kenny)
    with pytest.raises(Refused, match="Only the lead of Winter maintenance"):
        operations.send_answers(world.inspection, {world.asked[0].id: None}, world.leanne)
    assert operations.send_answers(world.inspection, {world.asked[0].id: None}, world.stuart) == 1
    assert operations.send_answers(world.inspection, {world.asked[0].id: None}, world.stuart) == 0
    assert len(journal.entries(world.inspection.id, "answer.sent")) == 1


def test_every_answer_needs_a_choice_and_a_reason_and_all_go_or_none(world):
    draft(world, world.asked[0])
    for decision, reason in ((None, "Why."), ("accepted", " ")):
        draft(world, world.asked[1], decision, reason, based_on=_top(world.asked[1]))
        with pytest.raises(Refused) as refusal:
            operations.send_answers(world.inspection, {one.id: None for one in world.asked[:2]}, world.stuart)
        assert refusal.value.status == 422
    assert not journal.entries(world.inspection.id, "answer.sent")


def _top(asked):
    standing = queries.answer_to(asked.id)
    return standing.revision_id if standing else None


def test_two_at_once_keep_both_and_the_later_is_told(world):
    first = draft(world, world.asked[0], reason="First.")
    mine = draft(world, world.asked[0], reason="Mine.", based_on=first.revision.id)
    theirs = draft(world, world.asked[0], reason="Theirs.", by=world.kenny, based_on=first.revision.id)
    assert mine.on_top
    assert not theirs.on_top
    assert theirs.meanwhile.content["reason"] == "Mine."
    answer_row = queries.answer_to(world.asked[0].id)
    assert answer_row.reason == "Mine."
    kept = [one.content["reason"] for one in revisions.history(("answer", answer_row.id))]
    assert kept == ["First.", "Mine.", "Theirs."]


def test_the_second_writer_sees_both_texts_on_screen(world, browse):
    first = draft(world, world.asked[0], reason="First.")
    draft(world, world.asked[0], reason="Mine.", based_on=first.revision.id)
    fields = {
        "decision": "partly",
        "reason": "Theirs.",
        "revision": str(new_id()),
        "based_on": str(first.revision.id),
    }
    page = browse(world.kenny).post(f"/inspections/NC-2026-03/answers/{world.asked[0].id}", data=fields)
    assert "Stuart Low saved this at the same moment" in page.text
    assert "Mine." in page.text
    assert "Theirs." in page.text


def test_what_changed_after_reading_is_not_sent(world):
    read = draft(world, world.asked[0], reason="What the lead read.").revision.id
    draft(world, world.asked[0], reason="What staff wrote then.", by=world.kenny, based_on=read)
    with pytest.raises(Refused, match="changed the answer"):
        operations.send_answers(world.inspection, {world.asked[0].id: read}, world.stuart)


def test_a_sent_answer_is_final(world):
    answer(world, world.asked[0])
    with pytest.raises(Refused, match="does not change any more"):
        draft(world, world.asked[0], "not_accepted", "On second thought.")


def test_the_same_save_twice_is_one_revision(world):
    origin = Origin(author=world.stuart.id, id=new_id())
    for _ in range(2):
        operations.save_answer(world.inspection, world.asked[0], "accepted", "Yes.", origin, world.stuart)
    assert len(revisions.history(("answer", queries.answer_to(world.asked[0].id).id))) == 1


def test_completed_once_by_the_last_and_no_is_settled(world):
    answer(world, world.asked[0], "not_accepted", "No money.")
    assert ended(world.asked[0]) == "declined"
    answer(world, world.asked[1], "referred", "Members decide.")
    assert not journal.entries(world.inspection.id, "answers.completed")
    answer(world, world.asked[2], "partly", "Half of it.")
    assert len(journal.entries(world.inspection.id, "answers.completed")) == 1
    assert [ended(one) for one in world.asked] == ["declined", None, None]


def test_the_gate_names_each_service_until_all_is_sent(world):
    assert [one.service for one in doors.unanswered(world.inspection)] == [
        str(world.winter.id),
        str(world.schools.id),
    ]
    answered(world)
    assert doors.unanswered(world.inspection) == []


def test_members_who_say_no_end_what_was_passed_on(world):
    answer(world, world.asked[0], "referred", "Members decide.")
    with pytest.raises(Refused, match="Only the lead"):
        operations.decline_after_referral(world.inspection, world.asked[0], "No.", world.leanne)
    operations.decline_after_referral(world.inspection, world.asked[0], "They said no on 1 April.", world.stuart)
    assert ended(world.asked[0]) == "declined"
    answer(world, world.asked[1])
    with pytest.raises(Refused, match="not passed on"):
        operations.decline_after_referral(world.inspection, world.asked[1], "No.", world.stuart)


def test_opening_the_report_is_recorded_once_for_each_service(world, browse):
    for _ in range(2):
        for who in (world.kenny, world.stuart, world.leanne):
            assert browse(who).get("/inspections/NC-2026-03/answers").status_code == 200
    told = journal.entries(world.inspection.id, "report.delivered")
    assert [one.facts["service"] for one in told] == [str(world.winter.id), str(world.schools.id)]


def test_the_meeting_is_recorded_once_and_not_before_it_was(world):
    given = (date(2026, 3, 3), "Village hall", "Ana, Stuart", "They listened.")
    key = new_id()
    for _ in range(2):
        operations.record_meeting(world.inspection, *given, world.stuart, id=key)
    assert len(queries.meetings_of(world.inspection.id)) == 1
    assert len(journal.entries(world.inspection.id, "meeting.recorded")) == 1
    with pytest.raises(Refused, match="when it has taken place"):
        operations.record_meeting(world.inspection, date(2026, 3, 9), *given[1:], world.stuart)
    with pytest.raises(Refused, match="Only"):
        operations.record_meeting(world.inspection, *given, world.bilal)


def test_nothing_is_answered_on_hold(world):
    suspend(world.inspection, "Snow.", world.helen)
    with pytest.raises(Refused, match="On hold"):
        draft(world, world.asked[0])
