"""A whole visit without a network, from a cold start of the browser; and old packs, workers and databases."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from script.lib.served import Server, start
from tests.browser.conftest import TABLET, People, ask, sign_in
from tests.browser.test_rating import words

pytestmark = pytest.mark.browser
DEMO = "/inspections/DEMO-2"
SAFE_HERE = re.compile("^Safe on this tablet", re.IGNORECASE)
MINE = "SELECT count(*) FROM {} JOIN person ON person.id = {} WHERE person.name = 'Isla Munro' AND {}"


class Tablet:
    """A browser with a profile of its own, that can be closed and opened again, and an office that can be away."""

    def __init__(self, browser: Browser, server: Server, profile: Path) -> None:
        self.browser, self.server, self.profile = browser, server, profile
        self.port = int(server.address.rpartition(":")[2])
        self.context: BrowserContext | None = None
        self.complaints: list[str] = []

    def open(self) -> Page:
        """Open the browser."""
        self.context = self.browser.browser_type.launch_persistent_context(
            self.profile,
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
            viewport=TABLET,
            base_url=self.server.address,
            locale="en-GB",
        )
        self.context.set_default_timeout(20_000)
        self.context.on("weberror", lambda one: self.complaints.append(str(one.error)))
        return self.context.pages[0]

    def close(self) -> None:
        """Close the browser."""
        if self.context is not None:
            self.context.close()
        self.context = None

    def office_goes(self) -> None:
        """Let nothing answer any more."""
        self.server.kill()

    def office_returns(self) -> None:
        """Let the office answer again, at the same address."""
        self.server = start(self.server.folder, port=self.port)


@pytest.fixture
def tablet(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Tablet]:
    """A tablet of its own for one journey."""
    made = Tablet(browser, server, tmp_path / "browser")
    yield made
    made.close()
    if made.server is not server:
        made.server.kill()
    assert made.complaints == []


def take_along(page: Page, reference: str = "DEMO-2") -> None:
    """Take an inspection along, and wait until the worker can answer for it."""
    page.goto(f"/inspections/{reference}")
    page.get_by_role("button", name="Take along").click()
    expect(page.get_by_text("On this tablet, whole")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def safe_here(page: Page) -> None:
    expect(page.locator("#safe-line .app-safe__text")).to_have_text(SAFE_HERE)


def answer(page: Page, place: int, said: str) -> None:
    """Answer the question on the page, and go on to the next."""
    page.get_by_role("group", name="Your answer").wait_for()
    expect(page.locator(".app-bar")).to_contain_text("Isla Munro")
    page.get_by_role("radio").nth(place).check()
    words(page).fill(said)
    safe_here(page)
    address = page.url
    page.get_by_role("button", name=re.compile("Next question|Save and finish")).click()
    page.wait_for_url(lambda url: url != address)


def note(page: Page, said: str, count: int = 0) -> None:
    """Note something on the page for a new note; counted things with the big +, one too many taken back."""
    expect(page.locator(".app-bar")).to_contain_text("Isla Munro")
    if count:
        page.get_by_role("radio", name="I counted").check()
        for _ in range(count + 1):
            page.get_by_role("button", name="One more").click()
        page.get_by_role("button", name="Undo").click()
        page.get_by_label("What did you count?").fill("bus stops")
    page.get_by_label("What did you find out?").fill(said)
    safe_here(page)
    address = page.url
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda url: url != address)


def test_a_whole_visit_works_without_a_network_from_a_cold_start(tablet: Tablet) -> None:
    page = tablet.open()
    sign_in(page, "Isla Munro")
    take_along(page)
    tablet.office_goes()
    tablet.close()

    page = tablet.open()
    find_the_way(page)
    answer_all(page)
    note_three_things(page)
    page.goto(f"{DEMO}/seal")
    expect(page.get_by_text("Seen offline, and corrected.")).to_be_visible()
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_role("heading", name="Your questions")).to_be_visible()
    expect(page.get_by_text("Nobody sees your answers before the team compares.")).to_be_visible()
    tablet.close()

    tablet.office_returns()
    page = tablet.open()
    page.goto("/tablet")  # and nobody has to sign in again: the tablet was only switched off and on
    expect(page.get_by_text("Nothing waits on this tablet.")).to_be_visible(timeout=60_000)
    all_is_at_the_office(tablet.server.folder)


def find_the_way(page: Page) -> None:
    """Begin at the application's own start, look where to go, and come upon a page that needs the network."""
    page.goto("/tablet")
    page.get_by_role("link", name="Web, print and social media").click()
    expect(page.get_by_role("heading", name="On the visit")).to_be_visible()
    page.goto(DEMO)
    expect(page).to_have_url(re.compile("/along$"))
    page.goto(f"{DEMO}/visits")
    expect(page.get_by_text("Kirk Square").first).to_be_visible()
    page.goto("/people")
    expect(page.get_by_role("heading", name="There is no network here")).to_be_visible()


def answer_all(page: Page) -> None:
    """Walk all questions, one after the other, and correct one answer."""
    page.goto(f"{DEMO}/questions")
    page.get_by_role("listitem").locator("a.govuk-task-list__link").first.click()
    for place in range(12):
        answer(page, place % 5, f"Seen offline, number {place}.")
    expect(page.get_by_text("12 of 12 questions answered. All are done.")).to_be_visible()
    page.get_by_role("listitem").locator("a.govuk-task-list__link").nth(2).click()
    expect(words(page)).to_have_value("Seen offline, number 2.")
    words(page).fill("Seen offline, and corrected.")
    safe_here(page)


def note_three_things(page: Page) -> None:
    """Count at a question, note something about no question, and sort it later."""
    page.get_by_role("button", name="Add a note").click()
    note(page, "Five stops on the way.", count=5)
    expect(page.get_by_text("Five stops on the way.").first).to_be_visible()
    page.goto(f"{DEMO}/observations")
    page.get_by_role("button", name="Add a note").first.click()
    note(page, "A note about nothing yet.")
    card = page.get_by_role("article").filter(has_text="A note about nothing yet.")
    card.get_by_role("link", name=re.compile("^Change")).click()
    expect(page.get_by_label("What did you find out?")).to_have_value("A note about nothing yet.")
    page.get_by_label("Which question is this about?").select_option(index=3)
    safe_here(page)
    page.get_by_role("button", name="Save").click()
    expect(card).to_contain_text("About:")


def all_is_at_the_office(folder: Path) -> None:
    assert ask(folder, MINE.format("rating", "rater_id", "reason LIKE 'Seen offline%'")) == 12
    assert ask(folder, MINE.format("rating", "rater_id", "reason = 'Seen offline, and corrected.'")) == 1
    assert ask(folder, MINE.format("observation", "author_id", "amount = 5 AND text = 'Five stops on the way.'")) == 1
    loose = "text = 'A note about nothing yet.' AND criterion_key IS NOT NULL"
    assert ask(folder, MINE.format("observation", "author_id", loose)) == 1
    assert ask(folder, MINE.format("seal", "rater_id", "opened_at IS NULL")) == 1


def test_what_somebody_chose_before_the_page_was_filled_stays(people: People) -> None:
    page = people.come("Isla Munro")
    filled = """async (isQuick) => {
      const { preset } = await import("/static/tablet/fill.js");
      const form = document.createElement("form");
      form.innerHTML = `<input type="radio" name="value" value="good"><input type="radio" name="value" value="poor">
        <select name="kind"><option>seen</option><option>heard</option><option>asked</option></select>`;
      document.body.append(form);
      if (isQuick) {
        form.querySelector("[value=poor]").click();
        form.elements.kind.value = "asked";
      }
      preset(form, "value", "good");
      preset(form, "kind", "heard");
      const said = [form.elements.value.value, form.elements.kind.value];
      form.reset();
      return [...said, form.elements.value.value, form.elements.kind.value];
    }"""
    assert page.evaluate(filled, False) == ["good", "heard", "good", "heard"]
    assert page.evaluate(filled, True) == ["poor", "asked", "good", "heard"]


def test_a_press_waits_for_the_script_that_listens(people: People) -> None:
    page = people.come("Isla Munro")
    page.goto("/manifest.webmanifest")
    form = '<form data-autosave action="/nobody"><button name="next" value="1">Next</button></form>'
    page.set_content(f"<html data-blank>{form}</html>")
    page.evaluate("""async () => {
      document.documentElement.dataset.blank = "";
      await import("/static/js/lean.js");
      window.heard = [];
    }""")
    page.get_by_role("button", name="Next").click()
    page.evaluate("""() => {
      const form = document.querySelector("form");
      form.dataset.listens = "";
      form.addEventListener("submit", (event) => (event.preventDefault(), window.heard.push(event.submitter.name)));
    }""")
    page.wait_for_function("() => window.heard.length > 0")
    assert page.evaluate("window.heard") == ["next"]
    assert page.url.endswith("/manifest.webmanifest")
