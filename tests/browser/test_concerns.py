"""Something is wrong: two taps, a short form, and the truth about whether it was sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import People, ask
from tests.browser.test_accessibility import AXE, RUN

pytestmark = pytest.mark.browser
CONCERNS = "SELECT count(*) FROM concern WHERE what LIKE 'A man is shut in%'"


def test_a_concern_says_that_it_is_not_sent_keeps_trying_and_arrives_once(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    page.goto("/inspections/DEMO-2/observations/new")
    page.get_by_role("link", name="Something is wrong").click()
    page.get_by_role("link", name="Somebody may be harmed").click()
    page.get_by_label("What did you see or hear?").fill("A man is shut in the laundry room")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send it now").click()
    page.get_by_role("heading", name="Not sent. Ring this number:").wait_for()
    assert page.get_by_role("link", name="01632 960130").is_visible()
    assert ask(folder, CONCERNS) == 0
    page.context.set_offline(False)
    page.get_by_role("heading", name="What you told us").wait_for(timeout=45_000)
    assert ask(folder, CONCERNS) == 1
    assert "shut in" not in page.content()


def test_a_danger_goes_out_at_once_and_its_pages_are_accessible(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    page.goto("/inspections/DEMO-2/something-is-dangerous")
    page.get_by_role("button", name="Send it now").click()
    page.get_by_text("A few words are enough.", exact=False).first.wait_for()
    page.get_by_label("What is dangerous?").fill("Ice on the stairs")
    page.get_by_label("Where is it?").fill("Back stairs")
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    page.get_by_role("button", name="Send it now").click()
    page.get_by_role("heading", name="What you told us").wait_for()
    assert ask(folder, "SELECT count(*) FROM hazard WHERE place = 'Back stairs'") == 1
