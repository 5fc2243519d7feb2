"""A tablet speaks the language that its person chooses, with a network and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.test_offline import DEMO, take_along
from tests.browser.test_rating import open_question

pytestmark = pytest.mark.browser


def speaks_german(page: Page, said: str, line: str) -> None:
    """Answer the question on the page, which is asked and kept in German."""
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("group", name="Ihre Antwort").wait_for()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("textbox", name=re.compile("^Warum")).fill(said)
    expect(page.locator("#safe-line .app-safe__text")).to_have_text(re.compile(f"^{line}"))
    expect(page.get_by_role("button", name="Nächste Frage")).to_be_visible()


def test_who_chooses_a_language_on_the_tablet_reads_it_there_also_without_a_network(people: People) -> None:
    page = people.come("Isla Munro", worker=True)
    address = open_question(page)
    take_along(page)
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_text("Auf diesem Tablet, vollständig")).to_be_visible()
    page.wait_for_load_state("networkidle")  # what was taken along in English comes anew
    page.goto(address)
    speaks_german(page, "Im Büro gesagt.", "Sicher im Büro")

    page.context.set_offline(True)
    page.goto(address)
    speaks_german(page, "Ohne Netz gesagt.", "Sicher auf diesem Tablet")
    page.goto(f"{DEMO}/questions")
    expect(page.get_by_role("heading", name="Ihre Fragen")).to_be_visible()
    page.goto(f"{DEMO}/along")
    expect(page.get_by_role("heading", name="Beim Besuch")).to_be_visible()
