"""A coordinator prints a card, an inspector without e-mail comes in with it, and the card is ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People

pytestmark = pytest.mark.browser
CARDS = "/inspections/DEMO-2/cards"


def test_a_card_signs_in_until_it_is_ended(people: People) -> None:
    tomasz = people.come("Tomasz Wolski")
    tomasz.goto(CARDS)
    tomasz.get_by_label("Isla Munro").check()
    tomasz.get_by_role("button", name="Make cards").click()
    with tomasz.expect_download() as paper:
        tomasz.get_by_role("button", name="Print the new cards").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")

    gordon = people.come(script=False)
    gordon.goto("/sign-in/card")
    gordon.get_by_label("The four words on your card").fill("River lamp otter stone")
    gordon.get_by_role("button", name="Next").click()
    gordon.get_by_label("Your PIN").fill("2580")
    gordon.get_by_role("button", name="Sign in").click()
    expect(gordon.get_by_role("link", name="Gordon Petrie")).to_be_visible()

    tomasz.goto(CARDS)
    tomasz.get_by_role("button", name="End this card of Gordon Petrie").click()
    tomasz.get_by_text("The card of Gordon Petrie opens nothing any more.").wait_for()
    gordon.goto("/inspections/DEMO-2/questions")
    expect(gordon.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_the_square_of_a_card_leaves_nothing_in_the_address(people: People) -> None:
    stranger = people.come()
    stranger.goto("/sign-in/card#a-code-that-opens-nothing")
    expect(stranger.get_by_text("These words open no card now").first).to_be_visible()
    assert "#" not in stranger.url
    assert stranger.evaluate("history.length") <= 3
