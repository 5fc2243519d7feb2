"""Nobody sees what another rated before the team compares: not in a page, an export, a file."""

from __future__ import annotations

import uuid

import pytest
from flask import current_app
from sqlalchemy import select

from inspect_app.core import files, journal
from inspect_app.core.database import db
from inspect_app.core.files import StoredFile
from inspect_app.fieldwork import operations, queries, queries_notes
from inspect_app.fieldwork.models import Rating
from inspect_app.fieldwork.operations import Note, Photo
from tests.fieldwork.conftest import move_to, photo, sealed

SECRET = "says why"
EVERYBODY = ("helen", "ana", "bilal", "sam", "olive", "oscar", "stranger", "leanne", "kenny")
STAGES = ("preparing", "fieldwork", "moderation", "writing", "checking", "answering", "improving", "closed")


def seen_by(world, name: str, of) -> bool:
    rows = queries.visible_ratings(world.inspection, getattr(world, name))
    return any(row.rater_id == of.id for row in rows)


@pytest.mark.parametrize("who", EVERYBODY)
def test_before_the_team_compares_each_sees_only_their_own(world, who) -> None:
    sealed(world, world.ana)
    sealed(world, world.bilal)
    assert seen_by(world, who, world.ana) == (who == "ana")
    assert seen_by(world, who, world.bilal) == (who in ("bilal", "sam"))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_sealed_ratings_in_which_stage(world, stage, who) -> None:
    sealed(world, world.ana)
    move_to(world, stage)
    past = STAGES.index(stage) > STAGES.index("fieldwork")
    team = who in ("helen", "bilal", "sam", "olive")
    assert seen_by(world, who, world.ana) == (who == "ana" or (team and past))


def test_the_service_sees_ratings_when_the_report_is_published(world) -> None:
    sealed(world, world.ana)
    move_to(world, "improving")
    assert not seen_by(world, "leanne", world.ana)
    world.inspection.published_at = world.inspection.created_at
    assert seen_by(world, "leanne", world.ana)


def test_on_hold_before_the_team_compares_is_still_before(world) -> None:
    sealed(world, world.ana)
    world.inspection.suspended_from = "fieldwork"
    move_to(world, "suspended")
    assert not seen_by(world, "bilal", world.ana)


def test_what_its_author_never_sealed_stays_theirs(world) -> None:
    operations.capture(world.inspection, world.keys[0], "good", "", actor=world.bilal)
    move_to(world, "moderation")
    assert not seen_by(world, "ana", world.bilal)
    assert seen_by(world, "bilal", world.bilal)


def test_coordinators_see_figures_alone(world, as_person) -> None:
    sealed(world, world.ana)
    page = as_person(world.helen).get("/inspections/NC-1/fieldwork").get_data(as_text=True)
    assert "12 of 12" in page
    assert SECRET not in page
    assert "Very weak" not in page


def _addresses(world) -> list[str]:
    values = {"reference": "NC-1", "key": world.keys[0], "person_id": world.bilal.id, "service_id": world.service.id,
              "question": world.keys[0], "criterion_key": world.keys[0]}  # fmt: skip
    found = []
    for rule in current_app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments <= values.keys() and "reference" in rule.arguments:
            adapter = current_app.url_map.bind("localhost")
            found.append(adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}))
    return sorted(set(found))


@pytest.mark.alike
@pytest.mark.parametrize("who", ["helen", "bilal", "sam", "olive", "oscar", "leanne"])
def test_no_page_of_the_inspection_shows_anothers_words_or_point(world, as_person, who) -> None:
    sealed(world, world.ana)
    browser = as_person(getattr(world, who))
    for address in _addresses(world):
        assert "Ana says why" not in browser.get(address).get_data(as_text=True), address


def test_the_journal_never_says_what_was_rated(world) -> None:
    sealed(world, world.ana, "very-weak")
    for entry in journal.entries(world.inspection.id):
        assert "very-weak" not in str(entry.facts)
        assert SECRET not in str(entry.facts)


def noted(world, person):
    return operations.capture_observation(world.inspection, Note("seen", "A secret note"), actor=person)[0]


@pytest.mark.parametrize("who", EVERYBODY)
def test_notes_are_private_until_their_author_seals(world, as_person, who) -> None:
    noted(world, world.ana)
    one = operations.add_evidence(
        world.inspection, Photo(photo(), "x.jpg", "A board", people="nobody"), actor=world.ana
    )
    person, file = getattr(world, who), f"/inspections/NC-1/photos/{one.id}/large"
    sees = lambda: bool(queries_notes.visible_observations(world.inspection, person))  # noqa: E731
    assert sees() == (who == "ana")
    assert (as_person(person).get(file).status_code == 200) == (who == "ana")
    sealed(world, world.ana)
    assert sees() == (who in ("ana", "bilal", "sam"))
    assert (as_person(person).get(file).status_code == 200) == (who in ("ana", "bilal", "sam"))
    move_to(world, "moderation")
    assert sees() == (who in ("ana", "bilal", "sam", "helen", "olive"))


def test_a_photo_loses_its_position_and_is_reached_only_through_its_row(world, as_person) -> None:
    one = operations.add_evidence(
        world.inspection, Photo(photo(), "x.jpg", "A board", people="nobody"), actor=world.ana
    )
    for stored in db.session.scalars(select(StoredFile)):
        assert b"A telephone" not in files.read(stored)
        assert b"Exif" not in files.read(stored)
    ana = as_person(world.ana)
    assert ana.get(f"/inspections/NC-1/photos/{one.id}/small").mimetype == "image/jpeg"
    assert ana.get(f"/inspections/NC-1/photos/{one.file_id}/large").status_code == 404
    assert ana.get(f"/inspections/NC-1/photos/{uuid.uuid4()}").status_code == 404
    operations.withdraw_evidence(one, actor=world.ana, inspection=world.inspection)
    assert ana.get(f"/inspections/NC-1/photos/{one.id}/large").status_code == 404


def test_ratings_have_no_other_door_for_somebody_elses(world) -> None:
    sealed(world, world.ana)
    total = len(db.session.scalars(select(Rating)).all())
    assert total == len(queries.visible_ratings(world.inspection, world.ana))
