"""The easy-read view: the same form in shorter words, as each person likes it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.frameworks.operations import digest_of, publish_framework
from inspect_app.frameworks.queries import criteria_of
from inspect_app.frameworks.reading import read_framework
from inspect_app.people.views_me import own_path
from tests.fieldwork.conftest import LIBRARY, sealed

FIELD = re.compile(r'<(?:input|textarea|select|button)[^>]*\bname="([^"]+)"[^>]*>')
ID = re.compile(r'<(?:input|textarea|form|p)[^>]*\bid="([^"]+)"')


def question(world: SimpleNamespace, place: int = 0) -> str:
    return f"/inspections/NC-1/questions/{world.keys[place]}"


@pytest.fixture
def switched(world: SimpleNamespace, as_person: Any) -> Any:
    """Ana's browser, after she pressed the switch on a question's page."""
    ana = as_person(world.ana)
    answer = ana.post("/me/easy-read", data={"wanted": "yes", "back": question(world)})
    assert (answer.status_code, answer.location) == (303, question(world))
    return ana


def test_the_easy_view_is_the_same_form_in_shorter_words(world, as_person, switched) -> None:
    easy, plain = switched.get(question(world)).text, as_person(world.bilal).get(question(world)).text
    one = criteria_of(world.inspection.framework_version_id)[0]
    assert one.easy in easy
    assert one.statement not in easy.split("<main")[1]
    assert f"{one.symbol}.svg" in easy
    assert one.statement in plain
    wanted = {name for name in FIELD.findall(plain) if name != "go"}
    assert wanted <= set(FIELD.findall(easy))
    assert {"rating-form", "value", "reason", "safe-line"} <= set(ID.findall(easy)) & set(ID.findall(plain))


def test_what_is_said_there_is_saved_like_everywhere(world, switched) -> None:
    answer = switched.post(question(world), data={"value": "good", "reason": "It was quick.", "go": "next"})
    assert (answer.status_code, answer.location) == (303, question(world, 1))
    assert "It was quick." in switched.get(question(world)).text


def test_a_fault_leads_to_the_screen_where_it_is(world, switched) -> None:
    page = switched.post(question(world), data={"value": "splendid", "reason": ""})
    assert page.status_code == 422
    assert 'app-easy-step--first" id="easy-how"' in page.text


def test_the_choice_is_each_persons_own_and_can_be_taken_back(world, as_person, switched) -> None:
    assert "easy-what" not in as_person(world.bilal).get(question(world)).text
    assert "You see the easy-read view" in switched.get("/me").text
    assert "Leave the easy-read view" in switched.get("/inspections/NC-1/questions").text
    switched.post("/me/easy-read", data={"wanted": "no", "back": "https://elsewhere.example/"})
    db.session.expire_all()
    assert "easy-what" not in switched.get(question(world)).text


def test_every_desk_has_the_easy_view(world, as_person) -> None:
    desks = {
        "sam": f"/inspections/NC-1/type-in/{world.bilal.id}/questions/{world.keys[0]}",
        "helen": f"/inspections/NC-1/type-in/{world.bilal.id}/questions/{world.keys[0]}",
        "leanne": f"/inspections/NC-1/self-rating/{world.service.id}/questions/{world.keys[0]}",
    }
    for name, address in desks.items():
        browser = as_person(getattr(world, name))
        browser.post("/me/easy-read", data={"wanted": "yes", "back": address})
        page = browser.get(address)
        assert page.status_code == 200
        assert "easy-how" in page.text
        assert f'action="{address}"' in page.text


def test_a_sealed_question_can_be_read(world, switched) -> None:
    sealed(world, world.ana)
    page = switched.get(question(world)).text
    assert "You sealed on" in page
    assert "Next question" not in page


@pytest.mark.parametrize(
    "address",
    ["", "https://elsewhere.example/", "//elsewhere.example/a", "/\\elsewhere.example", "me", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert own_path(address) is None
    assert own_path("/inspections/NC-1/questions/a?b=c") == "/inspections/NC-1/questions/a"


def test_a_version_without_pictures_keeps_its_digest_and_unknown_pictures_are_refused(world) -> None:
    text = (LIBRARY / "look-see.yaml").read_text(encoding="utf-8")
    bare = read_framework(re.sub(r"\n +symbol: [a-z-]+", "", text))
    assert digest_of(bare) != digest_of(read_framework(text))
    assert all(one.symbol is None for theme in bare.themes for one in theme.criteria)
    with pytest.raises(Refused, match="no symbol “unicorn”"):
        publish_framework(text.replace("version: 2", "version: 3").replace("symbol: keyboard", "symbol: unicorn"), None)
