"""The team agrees with a reason, keeps every dissent, and sees the service's own rating only afterwards."""

from __future__ import annotations

import uuid

import pytest

from inspect_app.core import revisions
from inspect_app.core.errors import Refused
from inspect_app.core.time import at
from inspect_app.fieldwork.queries import seals_of
from inspect_app.frameworks.rules import Question
from inspect_app.inspections import gates
from inspect_app.inspections.models import Inspection
from inspect_app.moderation import queries
from inspect_app.moderation.operations import agree_rating, state_minority, withdraw_minority
from inspect_app.moderation.showing import talk, wall_rows
from tests.moderation.conftest import Told


@pytest.fixture
def question(inspection: Inspection) -> Question:
    return queries.questions(inspection)[0]


def test_what_is_agreed_stands_beside_the_originals(telling: Told, inspection: Inspection, question: Question) -> None:
    before = [(one.rater_id, one.value) for one in queries.ratings(inspection, question.key)]
    agree_rating(inspection, question, "good", "Two of us saw it work.", actor=telling.person("euan"))
    assert queries.agreed(inspection.id)[question.key].value == "good"
    assert [(one.rater_id, one.value) for one in queries.ratings(inspection, question.key)] == before


@pytest.mark.parametrize(("value", "reason"), [("excellent", "Because."), ("good", "  "), ("", "Because.")])
def test_a_point_and_a_reason_are_needed(
    telling: Told, inspection: Inspection, question: Question, value: str, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        agree_rating(inspection, question, value, reason, actor=telling.person("euan"))
    assert refused.value.status == 422
    assert queries.agreed(inspection.id) == {}


def test_two_who_save_at_once_are_both_kept_and_the_later_one_is_told(
    telling: Told, inspection: Inspection, question: Question
) -> None:
    first = agree_rating(inspection, question, "good", "We saw it work.", actor=telling.person("euan"))
    second = agree_rating(inspection, question, "weak", "It failed twice.", actor=telling.person("priya"))
    assert (first.on_top, second.on_top, second.meanwhile) == (True, False, first.revision)
    row = queries.agreed(inspection.id)[question.key]
    assert row.value == "good"
    assert [one.content["value"] for one in revisions.history(("agreed_rating", row.id)) if one.content] == [
        "good",
        "weak",
    ]


def test_the_same_save_twice_is_one(telling: Told, inspection: Inspection, question: Question) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        agree_rating(inspection, question, "good", "We saw it.", actor=telling.person("euan"), revision=key)
    row = queries.agreed(inspection.id)[question.key]
    assert len(revisions.history(("agreed_rating", row.id))) == 1


def test_the_services_own_rating_shows_only_after_agreeing(
    telling: Told, inspection: Inspection, question: Question
) -> None:
    assert talk(inspection, question)["own"] == []
    assert all(row.own_position is None for row in wall_rows(inspection))
    agree_rating(inspection, question, "good", "We saw it.", actor=telling.person("euan"))
    assert talk(inspection, question)["own"] != []
    assert [row.question.key for row in wall_rows(inspection) if row.own_position is not None] == [question.key]


def test_a_dissent_stands_and_its_author_alone_can_take_it_back(
    telling: Told, inspection: Inspection, question: Question
) -> None:
    agree_rating(inspection, question, "good", "We saw it.", actor=telling.person("euan"))
    about = queries.agreed(inspection.id)[question.key].id
    statement = state_minority(inspection, "agreed_rating", about, "I saw it fail.", actor=telling.person("moira"))
    assert (
        state_minority(inspection, "agreed_rating", about, "I saw it fail.", actor=telling.person("moira")) is statement
    )
    with pytest.raises(Refused):
        withdraw_minority(statement, actor=telling.person("euan"))
    assert [one.text for one in queries.statements(inspection.id)] == ["I saw it fail."]
    withdraw_minority(statement, actor=telling.person("moira"))
    assert list(queries.statements(inspection.id)) == []


def test_the_team_goes_on_when_every_question_is_agreed(telling: Told, inspection: Inspection) -> None:
    assert [one.sentence for one in gates.missing(inspection)] == ["10 questions are not agreed yet."]
    for one in queries.questions(inspection):
        agree_rating(inspection, one, "not_seen", "None of us saw this.", actor=telling.person("euan"))
    assert gates.missing(inspection) == []


def test_nobody_sees_or_agrees_anything_before_all_have_sealed(telling: Told, inspection: Inspection) -> None:
    question = queries.questions(inspection)[0]
    inspection.stage = "fieldwork"
    assert list(queries.ratings(inspection, question.key)) == []
    assert queries.seen_for(inspection, question.key) == ([], [])
    with pytest.raises(Refused), at(telling.stages["moderation"]):
        agree_rating(inspection, question, "good", "Early.", actor=telling.person("euan"))


def test_what_somebody_never_sealed_stays_their_own(telling: Told, inspection: Inspection) -> None:
    seal = next(one for one in seals_of(inspection) if one.rater_id == telling.person("moira").id)
    seal.opened_at, seal.opened_reason = seal.sealed_at, "She was released before she had finished."
    voices = {voice.rater for item in queries.agenda_of(inspection) for voice in item.voices}
    assert str(telling.person("moira").id) not in voices
    assert voices
    for key in queries.questions(inspection):
        assert telling.person("moira").id not in {one.rater_id for one in queries.ratings(inspection, key.key)}
    shown = [one for key in queries.questions(inspection) for one in queries.seen_for(inspection, key.key)[0]]
    assert telling.person("moira").id not in {one.author_id for one in shown}
    assert shown
