from __future__ import annotations

import pytest

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin, history
from inspect_app.reports import operations_writing as operations
from inspect_app.reports import queries
from tests.reports.steps import written


def kinds(world) -> list[str]:
    return [entry.kind for entry in journal.entries(world.inspection.id)]


def test_a_finding_without_basis_is_refused_with_a_sentence(world):
    with pytest.raises(Refused, match="needs something to stand on") as refusal:
        operations.add_finding(world.inspection, "strength", "All is well.", [], [], world.ana)
    assert refusal.value.status == 422
    assert queries.findings_of(world.inspection.id) == []


def test_a_finding_stands_on_notes_and_agreed_ratings_and_is_journaled(world):
    finding, _ = written(world)
    assert [one.observation_id for one in finding.basis if one.observation_id] == [note.id for note in world.notes]
    assert kinds(world) == ["finding.added", "recommendation.added"]


def test_a_note_of_somebody_who_has_not_sealed_is_not_the_teams(world):
    world.notes[0].author_id = world.gordon.id
    db.session.flush()
    with pytest.raises(Refused, match="not there any more"):
        operations.add_finding(world.inspection, "strength", "Good.", [world.notes[0].id], [], world.ana)


def test_the_same_finding_twice_is_one(world):
    same = new_id()
    values = ("strength", "Good.", [world.notes[0].id], [], world.ana)
    first = operations.add_finding(world.inspection, *values, id=same)
    assert operations.add_finding(world.inspection, *values, id=same) is first
    assert len(queries.findings_of(world.inspection.id)) == 1


def test_a_recommendation_needs_a_finding_and_an_inspected_service(world):
    finding, _ = written(world)
    with pytest.raises(Refused, match="needs a finding"):
        operations.add_recommendation(world.inspection, world.service.id, "Do it.", "", [], world.ana)
    with pytest.raises(Refused, match="one of the services"):
        operations.add_recommendation(world.inspection, new_id(), "Do it.", "", [finding.id], world.ana)


def test_order_and_withdrawal_number_everything_anew(world):
    made = [
        operations.add_finding(world.inspection, "strength", text, [world.notes[0].id], [], world.ana)
        for text in ("one", "two", "three")
    ]
    operations.move(world.inspection, made[2], True, world.bilal)
    assert [one.text for one in queries.findings_of(world.inspection.id)] == ["one", "three", "two"]
    operations.withdraw_finding(world.inspection, made[0], world.ana)
    operations.withdraw_finding(world.inspection, made[1], world.ana)
    assert [(one.number, one.text) for one in queries.findings_of(world.inspection.id)] == [(1, "three")]


def test_a_finding_that_carries_a_recommendation_alone_stays(world):
    finding, _ = written(world)
    with pytest.raises(Refused, match="Recommendation 1 stands on this finding alone"):
        operations.withdraw_finding(world.inspection, finding, world.ana)


def test_two_write_at_once_both_are_kept_and_the_later_is_told(world):
    first = operations.save_section(world.inspection, "summary", "Start.", Origin(author=world.ana.id), world.ana)
    ours = operations.save_section(
        world.inspection, "summary", "Ana's.", Origin(author=world.ana.id, based_on=first.revision.id), world.ana
    )
    theirs = operations.save_section(
        world.inspection, "summary", "Bilal's.", Origin(author=world.bilal.id, based_on=first.revision.id), world.bilal
    )
    assert ours.on_top
    assert not theirs.on_top
    assert theirs.meanwhile is not None
    section = queries.sections_of(world.inspection.id)["summary"]
    assert section.text == "Ana's."
    assert len(history(("report_section", section.id))) == 3


@pytest.mark.parametrize("who", ["stuart", "olive", "gordon"])
def test_only_the_team_and_coordinators_write(world, who):
    with pytest.raises(Refused) as refusal:
        operations.save_section(
            world.inspection, "summary", "Mine.", Origin(author=world.people[who].id), world.people[who]
        )
    assert refusal.value.status == 403


def test_nobody_writes_after_writing(world):
    world.at("checking")
    with pytest.raises(Refused) as refusal:
        operations.add_finding(world.inspection, "strength", "x", [world.notes[0].id], [], world.ana)
    assert refusal.value.status == 409
