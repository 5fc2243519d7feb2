"""Sheets that two people type: the second blind, then each difference decided by looking at the sheet."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork.models import SheetPhoto
from inspect_app.fieldwork.queries_twice import differences
from tests.fieldwork.conftest import make_person, photo
from tests.fieldwork.sheets import printed
from tests.fieldwork.test_blindness import EVERYBODY
from tests.fieldwork.test_sheets import HERE, sheet_of, stands


@pytest.fixture
def tomasz(world):
    found = make_person("Tomasz", "coordinator")
    printed(world, [world.keys[:3]], world.bilal)
    return found


def first(world, as_person, **more) -> None:
    data = {"q1-value": "good", "q1-reason": "Clear  words.", "q2-value": "weak", "twice": "y", **more}
    assert as_person(world.helen).post(sheet_of(world.bilal), data=data).status_code == 303


def test_the_second_sees_nothing_and_each_difference_is_decided(world, as_person, tomasz) -> None:
    first(world, as_person, photo=(BytesIO(photo()), "sheet.jpg"))
    second, compare = as_person(tomasz), f"{sheet_of(world.bilal)}/compare"
    picture = f"{HERE}/sheet-photos/{db.session.scalars(select(SheetPhoto.id)).one()}"
    assert sheet_of(world.bilal) in second.get(f"{HERE}/type-in").text
    assert sheet_of(world.bilal) not in as_person(world.helen).get(f"{HERE}/type-in").text
    blind = second.get(sheet_of(world.bilal)).text
    assert "Clear" not in blind
    assert 'value="weak" checked' not in blind
    assert {second.get(one).status_code for one in (compare, picture)} == {403, 404}
    sent = {"q1-value": "good", "q1-reason": "Clear words.", "q2-value": "fair"}
    assert second.post(sheet_of(world.bilal), data=sent).location == compare
    assert stands(world, world.bilal) == {world.keys[0]: "good", world.keys[1]: "weak"}
    page = second.get(compare).text
    assert "Both typed the same once. 1 answer differs." in page
    assert picture in page
    assert second.post(compare, data={}).status_code == 422
    assert second.post(compare, data={world.keys[1]: "2"}).status_code == 303
    assert stands(world, world.bilal) == {world.keys[0]: "good", world.keys[1]: "fair"}
    top = db.session.scalars(select(Revision).where(Revision.is_top, Revision.typist_id == tomasz.id)).all()
    assert {one.source for one in top} == {"paper"}
    assert [one.facts["differing"] for one in journal.entries(world.inspection.id, "sheet.settled")] == [1]
    assert second.post(compare, data={world.keys[1]: "1"}).status_code == 409


def test_where_nothing_differs_it_is_confirmed(world, as_person, tomasz) -> None:
    first(world, as_person)
    sent = {"q1-value": "good", "q1-reason": "Clear words.", "q2-value": "weak"}
    as_person(tomasz).post(sheet_of(world.bilal), data=sent)
    compare = f"{sheet_of(world.bilal)}/compare"
    assert "Nothing differs." in as_person(world.helen).get(compare).text
    assert as_person(world.helen).post(compare).status_code == 303
    assert stands(world, world.bilal) == {world.keys[0]: "good", world.keys[1]: "weak"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_the_two_compare(world, as_person, tomasz, who) -> None:
    first(world, as_person)
    as_person(tomasz).post(sheet_of(world.bilal), data={"q1-value": "weak"})
    compare = f"{sheet_of(world.bilal)}/compare"
    found = as_person(getattr(world, who)).get(compare).status_code, as_person(getattr(world, who)).post(compare)
    assert (found[0] == 200) == (who == "helen")
    assert found[1].status_code == (422 if who == "helen" else 403)


def test_other_words_differ_and_other_spaces_do_not() -> None:
    same = {"a": ("good", "Two  words"), "b": (None, "")}
    assert differences(same, {"a": ("good", "Two words")}) == []
    assert differences(same, {"a": ("good", "Other words"), "c": ("weak", "")}) == ["a", "c"]
