"""Every kind of answer: from the page, from a tablet, refused, read again, sealed and agreed on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from inspect_app.core.database import db
from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.rules import Rater, asks
from inspect_app.frameworks.answers import answer_of, number_words, shown_in, value_of
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import criteria_of, questions_of
from inspect_app.frameworks.reading import read_framework
from inspect_app.moderation.showing import label_of
from tests.fieldwork.every_answer import EVERY_ANSWER, KEPT, SENT, WRONG

HERE = "/inspections/NC-1"
QUESTIONS = {one.key: one for one in questions_of(read_framework(EVERY_ANSWER))}


def said(key: str, sent: dict) -> str | None:
    return answer_of(QUESTIONS[key], sent.get("value", ""), sent.get("amount", ""), sent.get("several", []))


@pytest.mark.parametrize("key", SENT)
def test_an_answer_is_kept_read_and_shown_again(key) -> None:
    value, words = KEPT[key]
    question = QUESTIONS[key]
    assert said(key, SENT[key]) == value
    assert value_of(question, value) == value
    assert question.wrong_value(value) is None
    assert (question.words(value), label_of(question, value)) == (words, words)
    chosen, written, several = shown_in(question, value)
    assert said(key, {"value": chosen, "amount": written, "several": several}) == value


@pytest.mark.parametrize("key", WRONG)
def test_what_is_refused_says_why_and_stays_as_it_was_written(key) -> None:
    sent, sentence = WRONG[key]
    assert QUESTIONS[key].wrong_value(said(key, sent)) == sentence
    chosen, written, several = shown_in(QUESTIONS[key], said(key, sent))
    wanted = {*sent.get("several", []), sent.get("amount", ""), sent.get("value", "")} - {""}
    assert wanted <= {chosen, written, *several}


def test_numbers_are_kept_as_one_writes_them() -> None:
    wanted = {
        "007": "7",
        "2,50": "2.5",
        "\N{MINUS SIGN}3": "-3",
        "-0": "0",
        "100": "100",
        "1e3": None,
        "": None,
        "0x1": None,
    }
    assert {text: number_words(text) for text in wanted} == wanted
    assert QUESTIONS["minutes"].limits == "From 0 to 60, in steps of 0.5."
    assert QUESTIONS["minutes"].wrong_value("0.7") == "Write a number in steps of 0.5."


@pytest.fixture
def everything(world) -> SimpleNamespace:
    """The same inspection with a question of each kind."""
    world.inspection.framework_version = publish_framework(EVERY_ANSWER, None)
    db.session.commit()
    world.keys = [one.key for one in criteria_of(world.inspection.framework_version_id)]
    return world


def test_every_question_can_be_answered_without_script_sealed_and_agreed(everything, as_person) -> None:
    ana, rater = as_person(everything.ana), Rater("inspector", everything.ana.id)
    assert "Read this before you begin." in ana.get(f"{HERE}/questions/welcome").text
    assert ana.post(f"{HERE}/questions/welcome", data={"go": "next"}).location == f"{HERE}/questions/scale"
    for key, (sent, sentence) in WRONG.items():
        answer = ana.post(f"{HERE}/questions/{key}", data=sent)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "amount" not in sent or f'value="{sent["amount"]}"' in answer.text
    assert queries.own_ratings(everything.inspection, rater) == {}
    for key, sent in SENT.items():
        assert ana.post(f"{HERE}/questions/{key}", data=sent).status_code == 303
    standing = queries.own_ratings(everything.inspection, rater)
    assert {key: one.value for key, one in standing.items()} == {key: value for key, (value, _) in KEPT.items()}
    listed, check = ana.get(f"{HERE}/questions").text, ana.get(f"{HERE}/seal").text
    assert "of 11 questions answered. All are done." in listed.replace("</strong>", "").replace(
        '<span data-fill="left">', ""
    )
    assert all(words in listed and words in check for _, words in KEPT.values())
    for page in (f"{HERE}/questions/{key}" for key in everything.keys):
        assert ana.get(page).status_code == 200
    assert ana.post(f"{HERE}/seal").status_code == 303


def test_a_supporter_and_somebody_with_paper_type_the_same_answers(everything, as_person) -> None:
    for person, rater in ((everything.sam, everything.bilal), (everything.helen, everything.ana)):
        typist = as_person(person)
        for key in ("several", "minutes", "moment"):
            typist.post(f"{HERE}/type-in/{rater.id}/questions/{key}", data=SENT[key])
        standing = queries.own_ratings(everything.inspection, Rater("inspector", rater.id))
        assert {key: one.value for key, one in standing.items()} == {key: KEPT[key][0] for key in standing}
        assert len(standing) == 3


def test_an_easy_page_asks_the_same(everything, as_person) -> None:
    everything.ana.easy_read = True
    db.session.commit()
    ana = as_person(everything.ana)
    for key in everything.keys:
        page = ana.get(f"{HERE}/questions/{key}").text
        name = QUESTIONS[key].answered_in
        assert (f'name="{name}"' in page) == (key != "welcome")
        assert ("easy-why" in page) == (key != "welcome")


def test_a_team_agrees_on_any_kind_of_answer(everything, as_person) -> None:
    for person in (everything.ana, everything.bilal):
        for key, (value, _) in KEPT.items():
            operations.capture(everything.inspection, key, value, "", actor=person)
        operations.seal(everything.inspection, actor=person)
    everything.inspection.stage = "moderation"
    db.session.commit()
    ana = as_person(everything.ana)
    assert ana.get(f"{HERE}/agreeing").text.count("Hall, Garden") == 0
    assert ana.get(f"{HERE}/agreeing/welcome").status_code == 404
    refused = ana.post(f"{HERE}/agreeing/minutes", data={"amount": "99", "reason": "Both waited."})
    assert (refused.status_code, "Write 60 or less." in refused.text, 'value="99"' in refused.text) == (422, True, True)
    for key, sent in SENT.items():
        answer = ana.post(f"{HERE}/agreeing/{key}", data=sent | {"reason": "We all say so."})
        assert answer.status_code == 303, key
    assert "Hall, Garden" in ana.get(f"{HERE}/agreeing").text


def test_a_tablet_knows_how_to_say_an_answer() -> None:
    assert asks(QUESTIONS["several"])["options"][0] == {"key": "hall", "label": "Hall"}
