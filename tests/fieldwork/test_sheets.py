"""Sheets of paper: all questions of one on one page, typed by keyboard, with a photo that shows ratings."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork import operations, queries, queries_paper
from inspect_app.fieldwork.models import SheetPhoto
from inspect_app.fieldwork.rules import Rater
from inspect_app.frameworks.answers import placed
from inspect_app.frameworks.operations import publish_framework
from tests.fieldwork.conftest import move_to, photo, rate_all, sealed
from tests.fieldwork.rooms import ROOMS
from tests.fieldwork.sheets import printed
from tests.fieldwork.test_blindness import EVERYBODY

HERE = "/inspections/NC-1"


def sheet_of(person, number=1, sheet=1) -> str:
    return f"{HERE}/type-in/{person.id}/forms/{number}/sheets/{sheet}"


def stands(world, person) -> dict[str, str | None]:
    return {key: one.value for key, one in queries.own_ratings(world.inspection, Rater("inspector", person.id)).items()}


def test_the_code_on_a_sheet_leads_to_its_questions(world, as_person) -> None:
    printed(world, [[], world.keys[:2], world.keys[2:4]], world.bilal)
    printed(world, [world.keys[:1]], number=2)
    helen = as_person(world.helen)
    assert helen.get(f"{HERE}/type-in/{world.bilal.id}?form=1&sheet=2").location == sheet_of(world.bilal, 1, 2)
    assert helen.get(f"{HERE}/type-in/{world.bilal.id}?sheet=2").location == sheet_of(world.bilal, 2, 2)
    chosen = helen.get(f"{HERE}/type-in?form=2&sheet=1").text
    assert f"{HERE}/type-in/{world.ana.id}?form=2&amp;sheet=1" in chosen
    assert helen.get(sheet_of(world.ana, 1, 2)).status_code == 404
    page = helen.get(sheet_of(world.bilal, 1, 2)).text
    assert page.index('name="q1-value"') < page.index('name="q2-value"')
    assert 'name="q3-value"' not in page
    assert "Save, then sheet 3" in page
    assert helen.get(sheet_of(world.bilal, 1, 9)).status_code == 404


def test_a_sheet_is_saved_as_typed_from_paper_and_leads_to_the_next(world, as_person) -> None:
    printed(world, [world.keys[:2], world.keys[2:3]], world.bilal)
    sent = {"q1-value": "good", "q1-reason": "He says why.", "q2-value": "not_seen"}
    answer = as_person(world.helen).post(sheet_of(world.bilal), data=sent)
    assert answer.location == sheet_of(world.bilal, 1, 2)
    assert stands(world, world.bilal) == {world.keys[0]: "good", world.keys[1]: "not_seen"}
    rows = db.session.scalars(select(Revision)).all()
    assert {(one.author_id, one.typist_id, one.source) for one in rows} == {(world.bilal.id, world.helen.id, "paper")}
    assert len(journal.entries(world.inspection.id, "paper.typed")) == 2
    page = as_person(world.helen).get(sheet_of(world.bilal)).text
    assert "He says why." in page
    assert as_person(world.helen).post(sheet_of(world.bilal, 1, 2), data={}).location.endswith(str(world.bilal.id))
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 2


def test_nothing_is_saved_while_an_answer_is_wrong(world, as_person) -> None:
    printed(world, [world.keys[:2]], world.bilal)
    answer = as_person(world.helen).post(sheet_of(world.bilal), data={"q1-value": "good", "q2-value": "huge"})
    assert answer.status_code == 422
    assert 'href="#q2"' in answer.text
    assert stands(world, world.bilal) == {}


def test_what_the_inspector_said_is_hidden_from_a_coordinator_and_stays_on_top(world, as_person) -> None:
    printed(world, [world.keys[:1]], world.bilal)
    rate_all(world, world.bilal, but=len(world.keys) - 1)
    page = as_person(world.helen).get(sheet_of(world.bilal)).text
    assert "There is an answer that you cannot see" in page
    assert "Bilal says why" not in page
    assert as_person(world.helen).post(sheet_of(world.bilal), data={"q1-value": "weak"}).status_code == 303
    assert stands(world, world.bilal) == {world.keys[0]: "good"}
    assert "Bilal says why" in as_person(world.sam).get(sheet_of(world.bilal)).text
    assert as_person(world.sam).get(sheet_of(world.ana)).status_code == 403
    assert as_person(world.bilal).get(sheet_of(world.bilal)).status_code == 403


def test_after_a_seal_nothing_is_typed(world, as_person) -> None:
    printed(world, [world.keys[:1]], world.bilal)
    sealed(world, world.bilal)
    assert "Nothing can be typed in now" in as_person(world.helen).get(sheet_of(world.bilal)).text
    answer = as_person(world.helen).post(sheet_of(world.bilal), data={"q1-value": "weak", "q1-reason": "From paper"})
    assert answer.status_code == 409
    assert "From paper" in answer.text


@pytest.fixture
def photographed(world, as_person) -> SheetPhoto:
    printed(world, [world.keys[:1]], world.bilal)
    data = {"q1-value": "good", "photo": (BytesIO(photo()), "sheet.jpg"), "go": "stay"}
    assert as_person(world.helen).post(sheet_of(world.bilal), data=data).location == sheet_of(world.bilal)
    return db.session.scalars(select(SheetPhoto)).one()


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_the_photo_of_a_sheet(world, as_person, photographed, who) -> None:
    person, address = as_person(getattr(world, who)), f"{HERE}/sheet-photos/{photographed.id}"

    def sees() -> bool:
        found = {person.get(f"{address}{end}").status_code == 200 for end in ("", "/large", "/small")}
        assert len(found) == 1
        return found.pop()

    typists = ("helen", "bilal", "sam")
    assert sees() == (who in typists)
    sealed(world, world.bilal)
    assert sees() == (who in typists)
    move_to(world, "moderation")
    assert sees() == (who in (*typists, "ana", "olive"))
    wall = person.get(f"{HERE}/agreeing/{world.keys[0]}")
    assert (address in wall.text) == (sees() and wall.status_code == 200)
    world.inspection.published_at = world.inspection.created_at
    move_to(world, "improving")
    assert sees() == (who in (*typists, "ana", "olive"))


def test_the_photo_stands_beside_what_was_typed_and_can_be_taken_back(world, as_person, photographed) -> None:
    address = f"{HERE}/sheet-photos/{photographed.id}"
    assert address in as_person(world.bilal).get(f"{HERE}/questions/{world.keys[0]}").text
    assert as_person(world.bilal).get(f"{HERE}/seal").text.count(f'href="{address}"') == 1
    assert address not in as_person(world.ana).get(f"{HERE}/seal").text
    assert f"{address}/large" in as_person(world.helen).get(sheet_of(world.bilal)).text
    assert as_person(world.sam).post(f"{address}/withdraw").status_code == 403
    assert as_person(world.helen).post(f"{address}/withdraw").status_code == 303
    assert as_person(world.bilal).get(address).status_code == 404
    assert not queries_paper.sheet_photos(world.inspection, world.bilal, world.bilal.id)


def test_what_is_no_photo_is_refused_and_nothing_is_saved(world, as_person) -> None:
    printed(world, [world.keys[:1]], world.bilal)
    data = {"q1-value": "good", "photo": (BytesIO(b"no photo"), "sheet.jpg")}
    answer = as_person(world.helen).post(sheet_of(world.bilal), data=data)
    assert answer.status_code == 422
    assert "This file is not a photo" in answer.text
    assert stands(world, world.bilal) == {}


def test_somebody_who_knew_of_less_is_told(world, as_person) -> None:
    printed(world, [world.keys[:1]], world.bilal)
    rate_all(world, world.bilal, but=len(world.keys) - 1)
    answer = as_person(world.sam).post(sheet_of(world.bilal), data={"q1-value": "weak"})
    assert answer.status_code == 409
    assert "Somebody else saved this meanwhile" in answer.text


@pytest.mark.parametrize(
    ("places", "order"),
    [(["2", "1", "3"], ["b", "a", "c"]), (["", "", ""], []), (["1", "1", "2"], ["c"]), (["x", "2", "1"], ["c", "b"])],
)
def test_numbers_beside_options_put_them_in_order(places, order) -> None:
    question = SimpleNamespace(options=[SimpleNamespace(key=one) for one in "abc"])
    assert placed(question, places) == order


def test_an_untouched_sheet_saves_nothing(world) -> None:
    assert operations.type_sheet(world.inspection, Rater("inspector", world.bilal.id), [], actor=world.helen) == {}


def test_what_is_printed_again_for_each_room_is_named_as_in_print(world, as_person) -> None:
    world.inspection.framework_version = publish_framework(ROOMS, actor=None)
    form = printed(world, [["door"], ["clean"]], world.bilal)
    form.sheets = [[("door", 1)], [("clean", 1), ("clean", 2)]]
    db.session.commit()
    page = as_person(world.helen).get(sheet_of(world.bilal, 1, 2)).text
    assert "Room 1: " in page
    assert "Room 2: " in page
    sent = {"q2-value": "good"}
    assert as_person(world.helen).post(sheet_of(world.bilal, 1, 2), data=sent).status_code == 303
    assert stands(world, world.bilal) == {"rooms--name-paper0001r002": "Room 2", "clean--paper0001r002": "good"}
    assert as_person(world.helen).post(sheet_of(world.bilal, 1, 2), data={"q1-value": "poor"}).status_code == 303
    assert set(stands(world, world.bilal).values()) >= {"Room 1", "Room 2", "poor"}
