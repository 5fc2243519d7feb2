"""An inspector rates on a tablet: nothing is lost, and nobody sees what another one said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from script.lib.served import Server, start
from tests.browser.conftest import People, ask, sign_in

pytestmark = pytest.mark.browser
QUESTIONS = "/inspections/DEMO-2/questions"
SAFE = re.compile("Safe at the office")


def open_question(page: Page, place: int = 0) -> str:
    """Open a question that its inspector has not answered yet; return its address."""
    page.goto(QUESTIONS)
    to_do = page.get_by_role("listitem").filter(has_text="To do")
    to_do.nth(place).get_by_role("link").click()
    page.get_by_role("group", name="Your answer").wait_for()
    return page.url


def words(page: Page):
    return page.get_by_role("textbox", name=re.compile("^Why"))


def safe(page: Page):
    return page.get_by_role("status").filter(has_text=SAFE)


def test_a_question_is_rated_with_the_hand_and_saves_itself(people: People) -> None:
    page = people.come("Isla Munro")
    address = open_question(page)
    page.get_by_role("radio").nth(1).check()
    expect(safe(page)).to_be_visible()
    with page.expect_response(lambda response: response.request.method == "POST"):
        words(page).fill("The page opened at once on my phone.")
    expect(safe(page)).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(words(page)).to_have_value("The page opened at once on my phone.")


def test_a_question_is_rated_by_keyboard_alone(people: People) -> None:
    page = people.come("Isla Munro")
    address = open_question(page)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    expect(safe(page)).to_be_visible()
    while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
        page.keyboard.press("Tab")
    page.keyboard.type("Large letters, but grey on grey.")
    page.get_by_role("button", name="Next question").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    expect(words(page)).to_have_value("Large letters, but grey on grey.")


def test_a_question_is_rated_without_script(people: People) -> None:
    page = people.come("Isla Munro", script=False)
    address = open_question(page)
    page.get_by_role("radio").first.check()
    words(page).fill("Written without any script.")
    page.get_by_role("button", name="Next question").click()
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    expect(page.get_by_role("radio").first).to_be_checked()
    expect(words(page)).to_have_value("Written without any script.")


def test_words_outlive_the_end_of_a_sign_in(people: People) -> None:
    page = people.come("Isla Munro")
    address = open_question(page)
    page.get_by_role("radio").first.check()
    expect(safe(page)).to_be_visible()
    page.context.clear_cookies()
    words(page).fill("These words were typed after the sign-in had ended.")
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    expect(words(page)).to_have_value("These words were typed after the sign-in had ended.")
    other = page.context.new_page()
    sign_in(other, "Isla Munro")
    page.bring_to_front()  # the other tab's page has sent them, as any page does
    expect(safe(page)).to_be_visible()
    page.goto(address)
    expect(words(page)).to_have_value("These words were typed after the sign-in had ended.")


def test_words_outlive_the_end_of_a_sign_in_without_script(people: People) -> None:
    page = people.come("Isla Munro", script=False)
    address = open_question(page)
    words(page).fill("Typed without script, after the sign-in had ended.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_role("blockquote")).to_have_text("Typed without script, after the sign-in had ended.")
    other = page.context.new_page()
    sign_in(other, "Isla Munro")
    page.get_by_role("button", name="Save my words now").click()
    # The form's token is older than the new sign-in: the words come back once more, with a fresh one.
    again = page.get_by_role("button", name="Save my words now")
    if again.count():
        again.click()
    page.goto(address)
    expect(words(page)).to_have_value("Typed without script, after the sign-in had ended.")


def test_nobody_sees_what_another_inspector_said(people: People) -> None:
    isla, farah = people.come("Isla Munro"), people.come("Farah Aziz")
    address = open_question(isla)
    words(isla).fill("A secret until everybody has sealed.")
    isla.get_by_role("radio").first.check()
    expect(safe(isla)).to_be_visible()
    for path in (address, QUESTIONS, "/inspections/DEMO-2", "/inspections/DEMO-2/observations"):
        farah.goto(path)
        expect(farah.get_by_role("heading", level=1)).to_be_visible()
        assert "A secret until everybody has sealed." not in farah.content()
    farah.goto("/inspections/DEMO-2/agreeing")
    assert "A secret until everybody has sealed." not in farah.content()
    helper = people.come("Tomasz Wolski")
    helper.goto("/inspections/DEMO-2/fieldwork")
    assert "A secret until everybody has sealed." not in helper.content()


def test_two_tablets_that_save_the_same_question_keep_both_and_the_later_is_told(people: People, folder: Path) -> None:
    one, two = people.come("Isla Munro"), people.come("Isla Munro")
    two.goto(open_question(one))
    words(one).fill("What the first tablet says.")
    expect(safe(one)).to_be_visible()
    words(two).fill("What the second tablet says.")
    expect(two.get_by_role("status")).to_contain_text("Both are kept")
    expect(two.get_by_role("alert")).to_contain_text("What the first tablet says.")
    expect(words(two)).to_have_value("What the second tablet says.")
    one.reload()
    expect(words(one)).to_have_value("What the second tablet says.")
    for which in ("first", "second"):
        kept = f"SELECT count(*) FROM revision WHERE content LIKE '%What the {which} tablet says.%'"  # noqa: S608
        assert ask(folder, kept) >= 1


def test_what_is_chosen_before_the_script_arrives_is_saved_too(people: People) -> None:
    page = people.come("Isla Munro")
    held: list[Route] = []
    page.route("**/tablet/question.js", lambda route: held.append(route))
    page.goto(QUESTIONS)
    page.get_by_role("listitem").filter(has_text="To do").first.get_by_role("link").click(no_wait_after=True)
    page.get_by_role("radio").first.check()
    expect(safe(page)).to_have_count(0)
    held[0].continue_()
    expect(safe(page)).to_be_visible()


def test_what_was_confirmed_outlives_the_death_of_the_server(people: People, server: Server, folder: Path) -> None:
    page = people.come("Isla Munro")
    address = open_question(page)
    page.get_by_role("radio").first.check()
    words(page).fill("Confirmed before the power was gone.")
    expect(safe(page)).to_be_visible()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    words(page).fill("Confirmed before the power was gone. And one more sentence.")
    with page.expect_request(lambda request: request.method == "POST"):
        pass
    server.kill()
    again = start(folder, port=int(server.address.rpartition(":")[2]))
    try:
        expect(words(page)).to_have_value("Confirmed before the power was gone. And one more sentence.")
        expect(safe(page)).to_be_visible(timeout=60_000)
        page.goto(address)
        expect(words(page)).to_have_value("Confirmed before the power was gone. And one more sentence.")
        twice = "SELECT count(*) FROM revision WHERE content LIKE '%And one more sentence.%'"
        assert ask(folder, twice) == 1, "sent again after the cut, it must be one revision"
    finally:
        again.kill()
