"""An inspector asked for a supporter; the coordinator says yes, and the inspector sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People

pytestmark = pytest.mark.browser


def test_a_wish_for_a_supporter_is_answered(people: People) -> None:
    tomasz = people.come("Tomasz Wolski")
    tomasz.goto("/inspections/DEMO-2")
    tomasz.get_by_role("link", name="Answer the wish for a supporter").click()
    tomasz.get_by_role("button", name="Say yes").click()
    tomasz.get_by_label("Who is it?").select_option("A new person: Catriona Munro")
    assert tomasz.evaluate("document.querySelectorAll('h1').length") == 1
    tomasz.get_by_role("button", name="Say yes").click()
    expect(tomasz.get_by_text("Isla Munro hears of your yes.")).to_be_visible()

    isla = people.come("Isla Munro", script=False)
    isla.goto("/inspections/DEMO-2/my-supporter")
    expect(isla.get_by_text("Catriona Munro is asked to support you")).to_be_visible()
