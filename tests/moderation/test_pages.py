"""The pages of moderation, in the hands of those who may and those who may not."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from inspect_app.core.database import db
from inspect_app.inspections.models import Inspection
from inspect_app.moderation import queries
from inspect_app.people.models import Person
from tests.moderation.conftest import Told

AsPerson = Callable[[Person], FlaskClient]
WALL = "/inspections/DEMO-3/agreeing"


def first(inspection: Inspection) -> str:
    return f"{WALL}/{queries.questions(inspection)[0].key}"


@pytest.mark.parametrize(
    ("who", "status"), [("euan", 200), ("tomasz", 200), ("joanne", 200), ("ruth", 403), ("ana", 403)]
)
def test_who_sees_the_wall(telling: Told, as_person: AsPerson, who: str, status: int) -> None:
    assert as_person(telling.person(who)).get(WALL).status_code == status


def test_the_team_agrees_on_a_question(telling: Told, inspection: Inspection, as_person: AsPerson) -> None:
    page = as_person(telling.person("euan"))
    data = {"value": "good", "reason": "We saw it work.", "revision": str(uuid4()), "based_on": ""}
    assert page.post(first(inspection), data=data).status_code == 303
    assert "Agreed: " in page.get(WALL).text


def test_a_missing_reason_is_said_beside_the_field_and_the_choice_stays(
    telling: Told, inspection: Inspection, as_person: AsPerson
) -> None:
    answer = as_person(telling.person("euan")).post(first(inspection), data={"value": "good", "reason": ""})
    assert answer.status_code == 422
    assert "Say why the team agreed on this." in answer.text
    assert 'value="good"' in answer.text


def test_whoever_saves_second_is_shown_both(telling: Told, inspection: Inspection, as_person: AsPerson) -> None:
    for who, reason in (("euan", "We saw it work."), ("priya", "It failed twice.")):
        data = {"value": "good", "reason": reason, "revision": str(uuid4()), "based_on": ""}
        answer = as_person(telling.person(who)).post(first(inspection), data=data)
    assert "saved this at the same moment" in answer.text
    assert "We saw it work." in answer.text
    assert "It failed twice." in answer.text


def test_a_supporter_and_the_service_cannot_agree(telling: Told, inspection: Inspection, as_person: AsPerson) -> None:
    for who in ("joanne", "ruth"):
        data = {"value": "good", "reason": "I say so.", "revision": str(uuid4())}
        assert as_person(telling.person(who)).post(first(inspection), data=data).status_code == 403
    db.session.expire_all()
    assert queries.agreed(inspection.id) == {}


def test_a_fragment_is_the_table_alone(telling: Told, as_person: AsPerson) -> None:
    answer = as_person(telling.person("euan")).get(WALL, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "<table" in answer.text
