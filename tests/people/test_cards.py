"""Sign-in cards: who can use one, how often somebody may try, and what ends it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.journal import Entry
from inspect_app.core.time import at, now
from inspect_app.people import operations, operations_cards, queries_cards
from inspect_app.people.models import Person, SignInCard
from inspect_app.people.operations_cards import make_card, printed_on
from inspect_app.people.queries import person_by_email
from inspect_app.people.rules import Role
from inspect_app.people.rules_cards import (
    MOST_TRIES,
    TRIES_BEFORE_A_PAUSE,
    CardState,
    draw_words,
    last_day_of_card,
    normal_words,
    state_of_card,
    wrong_pin,
)

TOKEN = re.compile('name="csrf_token" value="[^"]*"')
PIN = "2580"
INSPECTION = uuid.UUID(int=77)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("pin", ["", "123", "1234", "4321", "0000", "8901", "123456789", "12a4", "２５８０"])
def test_a_pin_that_is_easy_to_guess_is_not_taken(pin):
    assert wrong_pin(pin)


@pytest.mark.parametrize("pin", ["2580", "1357", "90210", "11223344"])
def test_other_pins_are_taken(pin):
    assert wrong_pin(pin) is None


def test_every_word_of_the_list_is_short_plain_and_there_once():
    words = queries_cards.card_words()
    assert len(words) == len(set(words)) > 700
    assert all(word.isascii() and word.islower() and word.isalpha() and 2 < len(word) < 11 for word in words)


@given(st.text())
def test_however_words_are_written_they_are_read_alike(text):
    assert normal_words(normal_words(text)) == normal_words(text)
    assert normal_words(" River,LAMP\tOtter - stone. ") == "river lamp otter stone"


def test_a_card_bears_four_words():
    words = draw_words(queries_cards.card_words()).split()
    assert len(set(words)) == 4


def test_a_card_works_for_a_week_after_the_last_visit():
    assert last_day_of_card([date(2026, 12, 1), date(2026, 11, 25)], TODAY) == date(2026, 12, 8)
    assert last_day_of_card([], TODAY) == date(2026, 11, 29)


def test_states_of_a_card():
    def state(**how: bool) -> CardState:
        given = {"pin_chosen": False, "revoked": False, "stopped": False, **how}
        return state_of_card(**given, last_day=TODAY, today=TODAY)

    assert state() is CardState.NEW
    assert state(pin_chosen=True) is CardState.IN_USE
    assert state(pin_chosen=True, revoked=True) is CardState.REVOKED
    assert state(revoked=True, stopped=True) is CardState.STOPPED
    over = state_of_card(True, False, False, TODAY, TODAY + timedelta(days=1))
    assert over is CardState.OVER


@pytest.fixture
def card(own_app: Flask, people: dict[str, str]) -> tuple[uuid.UUID, str, str]:
    """A new card of an inspector without e-mail: its id, its words, its code."""
    with own_app.app_context():
        helen = person_by_email(people["coordinator"])
        gordon = operations.add_person("Gordon", None, None, roles=[(Role.INSPECTOR, None)])
        made = make_card(gordon, INSPECTION, [TODAY + timedelta(days=3650)], helen)
        words, code = printed_on(made)
        db.session.commit()
        return made.id, words, code


@pytest.fixture
def door(own_app: Flask) -> Callable[..., FlaskClient]:
    """A function that gives the words of a card on a new browser."""

    def knock(words: str, code: str = "") -> FlaskClient:
        browser = own_app.test_client()
        answer = browser.post("/sign-in/card", data={"words": words, "code": code})
        assert answer.location == "/sign-in/card/pin", answer.text
        return browser

    return knock


def choose(browser: FlaskClient, pin: str = PIN) -> object:
    return browser.post("/sign-in/card/pin", data={"pin": pin, "pin_again": pin})


def in_app(app: Flask, do: Callable[[], object]) -> object:
    with app.app_context():
        found = do()
        db.session.commit()
        return found


def the_card(card_id: uuid.UUID) -> SignInCard:
    found = queries_cards.card_by_id(card_id)
    assert found is not None
    return found


def test_the_first_use_chooses_the_pin_and_later_ones_ask_for_it(own_app, card, door):
    card_id, words, code = card
    first = door(words.upper())
    assert "Hello, Gordon" in first.get("/sign-in/card/pin").text
    assert choose(first).location == "/"
    assert "Gordon" in first.get("/me").text

    later = door("", code)
    assert "Your PIN" in later.get("/sign-in/card/pin").text
    assert later.post("/sign-in/card/pin", data={"pin": "9999"}).status_code == 422
    assert later.post("/sign-in/card/pin", data={"pin": PIN}).location == "/"
    with own_app.app_context():
        kept = the_card(card_id)
        assert kept.locked is None
        assert kept.pin.startswith("$argon2")
        assert list(db.session.scalars(select(Entry.kind).where(Entry.chain_id == INSPECTION))) == [
            "card.made",
            "card.used_first",
        ]
        with pytest.raises(Refused):
            printed_on(kept)


def test_the_square_alone_lets_nobody_in_once_a_pin_is_chosen(card, door):
    _, words, code = card
    choose(door(words))
    thief = door("", code)
    assert choose(thief, "1357").status_code == 422
    assert thief.get("/me").status_code == 302


def test_neither_words_nor_code_stand_in_the_database(own_app, card):
    _, words, code = card
    with own_app.app_context():
        row = db.session.connection().exec_driver_sql("SELECT * FROM sign_in_card").one()
        for part in (*words.split(), code):
            assert part not in " ".join(str(value) for value in row if value != row.locked)
        assert words not in str(row.locked)


def test_the_same_answer_whatever_is_wrong_with_the_words(own_app, card, people):
    card_id, words, _ = card
    browser = own_app.test_client()

    def answer(given: str) -> str:
        page = browser.post("/sign-in/card", data={"words": given})
        assert page.status_code == 422
        return TOKEN.sub("", page.text.replace(given, ""))  # which tells the second it was made in

    unknown = answer("zebra zigzag yoghurt yellow")
    in_app(own_app, lambda: operations_cards.revoke_card(the_card(card_id), person_by_email(people["coordinator"])))
    assert answer(words) == unknown
    assert browser.post("/sign-in/card", data={"words": "", "code": ""}).status_code == 422


def test_wrong_pins_make_a_card_wait_and_then_end_it(own_app, card, door):
    card_id, words, _ = card
    choose(door(words))
    with own_app.app_context():
        moment = now()
        for number in range(1, MOST_TRIES + 1):
            with at(moment):
                assert operations_cards.enter_with_pin(the_card(card_id), "1111") is None
                if number % TRIES_BEFORE_A_PAUSE == 0 and number < MOST_TRIES:
                    with pytest.raises(Refused, match="quarter of an hour"):
                        operations_cards.enter_with_pin(the_card(card_id), PIN)
                    db.session.rollback()
            moment += timedelta(minutes=16)
        with at(moment), pytest.raises(Refused, match="does not work"):
            operations_cards.enter_with_pin(the_card(card_id), PIN)
        assert the_card(card_id).state(TODAY) is CardState.STOPPED


def test_the_right_pin_forgets_wrong_ones(own_app, card, door):
    card_id, words, _ = card
    choose(door(words))
    with own_app.app_context():
        for pin in ("1111", "2222", PIN):
            operations_cards.enter_with_pin(the_card(card_id), pin)
            db.session.commit()
        assert the_card(card_id).wrong_tries == 0


def test_one_machine_cannot_try_for_ever(own_app, card):
    browser = own_app.test_client()
    tries = [browser.post("/sign-in/card", data={"words": f"a{n}"}).status_code for n in range(45)]
    assert tries[0] == 422
    assert tries[-1] == 429


def end_by_revoking(helen: Person, card: SignInCard) -> None:
    operations_cards.revoke_card(card, helen)


def end_by_leaving(helen: Person, card: SignInCard) -> None:
    card.person.active = False


def end_by_another_card(helen: Person, card: SignInCard) -> None:
    make_card(card.person, INSPECTION, [], helen)


def end_by_days(_helen: Person, card: SignInCard) -> None:
    card.last_day = now().date() - timedelta(days=2)


def end_by_a_stronger_role(helen: Person, card: SignInCard) -> None:
    card.person.email = "gordon@northfield.example"
    operations.grant_role(card.person, Role.COORDINATOR, None, helen)


@pytest.mark.parametrize(
    "end", [end_by_revoking, end_by_leaving, end_by_another_card, end_by_days, end_by_a_stronger_role]
)
def test_when_a_card_ends_whoever_came_in_with_it_is_out(own_app, people, card, door, end):
    card_id, words, _ = card
    browser = door(words)
    choose(browser)
    assert browser.get("/me").status_code == 200
    in_app(own_app, lambda: end(person_by_email(people["coordinator"]), the_card(card_id)))
    assert browser.get("/me").status_code == 302


def test_a_card_changes_no_password(card, door):
    browser = door(card[1])
    choose(browser)
    assert browser.get("/me/password").status_code == 403
    assert "Password" not in browser.get("/me").text


def test_two_at_once_cannot_both_choose_the_pin(card, door):
    first, second = door(card[1]), door(card[1])
    assert choose(first).location == "/"
    late = choose(second, "1357")
    assert late.status_code == 422
    assert second.get("/me").status_code == 302


def test_only_those_who_inspect_or_support_do_without_an_address(own_app, enter, people):
    helen = enter("coordinator")
    data = {"id": str(uuid.uuid4()), "name": "Rosa Lund", "email": "", "role": "inspector"}
    assert helen.post("/people/new", data=data).status_code == 303
    refused = helen.post("/people/new", data={**data, "id": str(uuid.uuid4()), "role": "coordinator"})
    assert refused.status_code == 422
    assert "Write an address" in refused.text
    with own_app.app_context():
        rosa = db.session.scalars(select(Person).where(Person.name == "Rosa Lund")).one()
        assert rosa.email is None
        with pytest.raises(Refused):
            operations.grant_role(rosa, Role.OBSERVER, None, person_by_email(people["coordinator"]))
