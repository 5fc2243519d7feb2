"""Questions made together: from people's own words to what was decided and why."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.mail import MailMessage
from inspect_app.frameworks.operations_drafts import begin_draft, discard_draft, publish_draft
from inspect_app.frameworks.plain import (
    PlainCriterion,
    PlainFramework,
    PlainPoint,
    PlainPrompt,
    PlainScale,
    PlainTheme,
)
from inspect_app.making import operations, operations_voices, queries
from inspect_app.making.models import Gathering, Saying
from inspect_app.making.rules import MOST_SAYINGS, Outcome, Side, Step
from tests.routes.pages import faults_of

SCALE = PlainScale("five", "How good is it?", (PlainPoint("bad", "Bad", "No."), PlainPoint("good", "Good", "Yes.")))


def question(key: str, words: str) -> PlainCriterion:
    return PlainCriterion(key, words, words, "scale", "five", (PlainPrompt("look", "Look."),), True, True)


PLAIN = PlainFramework(
    "bus-stops", 1, "en", "Bus stops", "Waiting for a bus.", "Ours.", (SCALE,),
    (PlainTheme("waiting", "Waiting", (question("dry", "You stay dry."), question("light", "There is light."))),),
)  # fmt: skip


@pytest.fixture
def world(people: SimpleNamespace, as_person: Any) -> SimpleNamespace:
    """Helen makes a draft together with Ana, a citizen, and Ruth of the service."""
    draft = begin_draft(PLAIN, people.helen, id=uuid.uuid4())
    gathering = operations.begin(draft.id, "What is a good bus stop?", actor=people.helen)
    operations.ask(gathering, people.ana, Side.CITIZEN, actor=people.helen)
    operations.ask(gathering, people.ruth, Side.SERVICE, actor=people.helen)
    db.session.commit()
    return SimpleNamespace(
        people=people,
        browser=as_person,
        gathering=gathering,
        draft=draft,
        home=f"/frameworks/drafts/{draft.id}/together",
        own=f"/together/{gathering.id}",
    )


def say(world, person, text="A roof.", **more) -> Saying:
    return operations_voices.say(world.gathering, text, person=person, id=more.get("id", uuid.uuid4()))


def to_round(world) -> None:
    operations.send_round(world.gathering, PLAIN, actor=world.people.helen)


def weigh(world, person, weights, comments=None) -> None:
    operations_voices.weigh(world.gathering, weights, comments or {}, PLAIN, person=person)


def whole(browser: Any, address: str) -> str:
    """Return the words of a page that stands without a fault."""
    shown = browser.get(address)
    assert shown.status_code == 200, address
    assert not faults_of(shown.text), address
    return str(shown.text)


def test_the_whole_way_in_the_browser(world) -> None:
    helen, ana = world.browser(world.people.helen), world.browser(world.people.ana)
    assert "Bus stops" in whole(ana, "/together")
    ana.post(world.own, data={"id": str(uuid.uuid4()), "text": "A roof that does not leak."})
    saying = db.session.query(Saying).one()
    assert helen.post(f"{world.home}/words", data={f"place-{saying.id}": "question/dry"}).status_code == 303
    helen.post(f"{world.home}/send")
    whole(ana, f"{world.own}/themes/waiting")
    ana.post(f"{world.own}/themes/waiting", data={"weight-dry": "5", "weight-light": "2", "comment-light": "At night?"})
    world.browser(world.people.ruth).post(f"{world.own}/themes/waiting", data={"weight-dry": "1", "weight-light": "4"})
    whole(helen, world.home)
    whole(helen, f"{world.home}/words")
    assert "1 place apart" in whole(helen, f"{world.home}/priorities")
    [comment] = queries.comments_of(world.gathering)
    answer = f"{world.home}/comments/{comment.id}"
    assert helen.post(answer, data={"outcome": "kept", "words": ""}).status_code == 422
    helen.post(answer, data={"outcome": "changed", "words": "It says “at night” now."})
    assert "at night” now" in whole(ana, world.own)
    helen.post(f"{world.home}/end")
    told = whole(world.browser(world.people.ruth), world.own).split("<main")[1]
    assert "A roof that does not leak." in told
    assert "It says “at night” now." in told
    assert "Ana" not in told  # those who were asked do not read who spoke
    version = publish_draft(world.draft.id, world.people.helen)
    db.session.commit()
    how = whole(helen, f"/frameworks/{version.id}/how-made")
    assert "A roof that does not leak." in how
    assert "Ana" in how


def test_only_who_is_asked_may_look_and_speak(world) -> None:
    stuart, ana = world.browser(world.people.stuart), world.browser(world.people.ana)
    assert stuart.get(world.own).status_code == 403
    assert stuart.post(world.own, data={"id": str(uuid.uuid4()), "text": "Me too."}).status_code == 403
    assert ana.get(world.home).status_code == 403
    assert db.session.query(Saying).count() == 0
    voice = next(one for one in world.gathering.voices if one.person_id == world.people.ana.id)
    world.browser(world.people.helen).post(f"{world.home}/people/{voice.id}/release")
    assert ana.get(world.own).status_code == 403


def test_somebody_is_asked_in_the_browser(world) -> None:
    helen, stuart = world.browser(world.people.helen), world.people.stuart
    for wrong in ({}, {"person": str(stuart.id)}, {"person": "nobody", "side": "citizen"}):
        assert helen.post(f"{world.home}/people", data=wrong).status_code == 422
    helen.post(f"{world.home}/people", data={"person": str(stuart.id), "side": "partner"})
    db.session.expire_all()
    assert queries.voice_of(world.gathering, stuart).side == "partner"


def test_words_sent_twice_are_kept_once_and_can_be_taken_back(world) -> None:
    same = uuid.uuid4()
    assert say(world, world.people.ana, id=same) is say(world, world.people.ana, id=same)
    other = say(world, world.people.ruth, id=same)
    assert other.id != same  # nobody takes another's words by their id
    operations_voices.take_back(world.gathering, other.id, person=world.people.ana)
    assert db.session.get(Saying, other.id) is other
    for _ in range(2):
        operations_voices.take_back(world.gathering, same, person=world.people.ana)
    assert db.session.get(Saying, same) is None


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_words_that_are_none_or_too_many_are_refused(world, text: str) -> None:
    with pytest.raises(Refused) as refused:
        say(world, world.people.ana, text)
    assert refused.value.status == 422


def test_nobody_says_more_than_can_be_read(world) -> None:
    for _ in range(MOST_SAYINGS):
        say(world, world.people.ana)
    with pytest.raises(Refused, match="50 things"):
        say(world, world.people.ana)


def test_each_step_waits_for_the_one_before(world) -> None:
    helen, ana = world.people.helen, world.people.ana
    with pytest.raises(Refused, match="do not go round yet"):
        weigh(world, ana, {"dry": 5})
    with pytest.raises(Refused, match="Send the draft round first"):
        operations.end(world.gathering, actor=helen)
    to_round(world)
    weigh(world, ana, {"dry": 5, "gone": 3, "light": 9}, {"dry": "Why?", "gone": "Lost."})
    with pytest.raises(Refused, match="1 comment waits"):
        operations.end(world.gathering, actor=helen)
    [comment] = queries.comments_of(world.gathering)
    operations.answer(world.gathering, comment.id, Outcome.KEPT, "Because of the rain.", actor=helen)
    weigh(world, ana, {"dry": 4}, {"dry": "Something else."})
    assert queries.comments_of(world.gathering)[0].text == "Why?"  # what is answered stays
    operations.end(world.gathering, actor=helen)
    assert world.gathering.step == Step.DONE
    for too_late in (
        lambda: weigh(world, ana, {"dry": 1}),
        lambda: say(world, ana),
        lambda: operations.ask(world.gathering, world.people.stuart, Side.PARTNER, actor=helen),
        lambda: operations.answer(world.gathering, comment.id, Outcome.KEPT, "No.", actor=helen),
    ):
        with pytest.raises(Refused):
            too_late()
    assert [(one.key, one.weight) for one in queries.weights_of(world.gathering)] == [("dry", 4)]


def test_a_comment_that_is_emptied_is_gone(world) -> None:
    to_round(world)
    weigh(world, world.people.ana, {}, {"dry": "Why?"})
    weigh(world, world.people.ana, {}, {"dry": " "})
    assert not queries.comments_of(world.gathering)


def test_words_go_only_to_places_that_are_there(world) -> None:
    saying = say(world, world.people.ana)
    with pytest.raises(Refused):
        operations.group(world.gathering, {saying.id: "theme/gone"}, PLAIN, actor=world.people.helen)
    assert operations.group(world.gathering, {saying.id: "theme/waiting"}, PLAIN, actor=world.people.helen) == 1
    assert operations.group(world.gathering, {saying.id: "theme/waiting"}, PLAIN, actor=world.people.helen) == 0


def test_who_is_asked_hears_of_it_once_at_each_step(world) -> None:
    operations.ask(world.gathering, world.people.ana, Side.CITIZEN, actor=world.people.helen)
    to_round(world)
    to_round(world)
    operations.end(world.gathering, actor=world.people.helen)
    mails = db.session.query(MailMessage).where(MailMessage.person_id == world.people.ana.id).all()
    assert sorted(one.kind for one in mails) == ["making.asked", "making.done", "making.sent_round"]
    kinds = [one.kind for one in journal.entries(journal.PROGRAMME_CHAIN) if one.kind.startswith("making.")]
    assert kinds == ["making.begun", "making.asked", "making.asked", "making.sent_round", "making.done"]


def test_a_draft_without_questions_does_not_go_round(world) -> None:
    empty = PlainFramework("empty", 1, "en", "Empty", "", "Ours.", (), ())
    with pytest.raises(Refused, match="no questions yet"):
        operations.send_round(world.gathering, empty, actor=world.people.helen)


def test_only_a_draft_is_made_together(world) -> None:
    helen = world.people.helen
    assert operations.begin(world.draft.id, "Again?", actor=helen).id == world.gathering.id
    other = begin_draft(PLAIN, helen, id=uuid.uuid4())
    discard_draft(other.id, helen)
    with pytest.raises(Refused, match="not a draft any more"):
        operations.begin(other.id, "Again?", actor=helen)
    assert db.session.query(Gathering).count() == 1
