"""A theme that is asked for each room: rooms are added with a network and without one, and arrive."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from inspect_app.frameworks.reading import read_framework
from tests.browser.conftest import ask, sign_in
from tests.browser.test_every_answer import ask_by, onward
from tests.browser.test_offline import MINE, Tablet, safe_here, tablet, take_along
from tests.fieldwork.rooms import ROOMS

__all__ = ["tablet"]
pytestmark = pytest.mark.browser
DEMO = "/inspections/DEMO-2"


def add_room(page: Page, name: str) -> None:
    """Add a room from the list, up to its first question."""
    page.goto(f"{DEMO}/questions")
    page.get_by_role("button", name="Add: room").click()
    page.locator("#amount").fill(name)
    expect(page.locator("#safe-line")).to_contain_text(re.compile("safe", re.IGNORECASE))
    expect(page).to_have_url(re.compile("--name-[a-z0-9]{13}$"))
    onward(page)
    expect(page.locator(".app-which")).to_have_text(name)
    expect(page.get_by_role("heading", name="The room is clean.")).to_be_visible()


def test_rooms_are_added_online_and_from_the_pack_and_arrive(tablet: Tablet) -> None:
    ask_by(tablet.server.folder, read_framework(ROOMS))
    page = tablet.open()
    sign_in(page, "Isla Munro")
    add_room(page, "Lounge")
    page.locator("input[name=value][value=good]").check()
    onward(page)
    take_along(page)
    tablet.office_goes()
    add_room(page, "Hal")
    page.locator("input[name=value][value=poor]").check()
    safe_here(page)
    onward(page)
    page.locator("#amount").fill("2")
    safe_here(page)
    onward(page)
    expect(page.get_by_role("heading", name="There is space between the beds.")).to_be_visible()
    page.locator("#value").check()
    safe_here(page)
    onward(page)
    expect(page.get_by_text("It comes to: 2")).to_be_visible()
    page.goto(f"{DEMO}/questions")
    page.locator(".app-instance", has_text="Hal").get_by_role("link", name="What do you call this room?").click()
    expect(page.locator("#amount")).to_have_value("Hal")
    page.locator("#amount").fill("Hall")
    safe_here(page)
    add_room(page, "Bath")
    page.goto(f"{DEMO}/questions")
    expect(page.locator(".app-instance h3")).to_have_text(["Lounge", "Hall", "Bath"])
    expect(page.get_by_role("button", name="Add: room")).to_be_hidden()
    page.locator(".app-instance", has_text="Bath").get_by_role("link", name="What do you call this room?").click()
    page.get_by_role("radio", name="I take this room back").check()
    safe_here(page)
    page.goto(f"{DEMO}/seal")
    expect(page.get_by_text("Rooms: Lounge, Hall")).to_be_visible()
    expect(page.get_by_role("heading", name="2 questions to answer first")).to_be_visible()
    expect(page.get_by_text("A photo: Hall: There is space between the beds.")).to_be_visible()
    page.get_by_role("link", name="Lounge: How many beds are there?").click()
    page.locator("#amount").fill("1")
    safe_here(page)
    page.goto(f"{DEMO}/questions/door")
    page.locator("#value").check()
    safe_here(page)
    seal_and_send(tablet, page)


def seal_and_send(tablet: Tablet, page: Page) -> None:
    """Seal without a network, and look at what came to the office."""
    page.goto(f"{DEMO}/seal")
    page.get_by_label("Why is it missing?").fill("It was dark.")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_text("Nobody sees your answers before the team compares.")).to_be_visible()
    tablet.office_returns()
    page.goto("/tablet")
    expect(page.get_by_text("Nothing waits on this tablet.")).to_be_visible(timeout=60_000)
    names = "instance LIKE 'name-%' AND value IN ('Lounge', 'Hall', 'does_not_apply')"
    assert ask(tablet.server.folder, MINE.format("rating", "rater_id", names)) == 3
    assert ask(tablet.server.folder, MINE.format("seal", "rater_id", "json_array_length(revisions) = 8")) == 1
    note = "text = 'There is no photo. It was dark.' AND criterion_key = 'space' AND instance != ''"
    assert ask(tablet.server.folder, MINE.format("observation", "author_id", note)) == 1
