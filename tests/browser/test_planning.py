"""A coordinator plans an inspection from nothing until the team prepares, and sees how all stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People, ask

pytestmark = pytest.mark.browser
TEAM = {"Ana Ferreira": True, "Dougie Sinclair": False, "Isla Munro": False, "Farah Aziz": False}


def begin(page: Page, title: str) -> None:
    page.goto("/inspections/new")
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label("Full inspection").check()


def choose(page: Page, link: str, *labels: str) -> None:
    """Follow a link of the task list, tick what is named, save."""
    page.locator(f"a[href^='/inspections/'][href$='{link}']").first.click()
    for label in labels:
        page.get_by_label(label, exact=False).first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The plan is saved.")).to_be_visible()


def invite(page: Page, hub: str, name: str, role: str, *, lead: bool = False) -> None:
    page.goto(f"{hub}/team/ask")
    page.get_by_label(role, exact=True).check()
    option = page.get_by_label("Who?").locator("option").filter(has_text=name)
    page.get_by_label("Who?").select_option(option.get_attribute("value"))
    if lead:
        page.get_by_label("They lead the team").check()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("main")).to_contain_text(name)


def plan(page: Page, title: str) -> str:
    """Plan a whole inspection by its pages; return its address."""
    begin(page, title)
    page.get_by_role("button", name="Start the plan").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    hub = page.url
    choose(page, "/services", "Winter maintenance")
    choose(page, "/plan/questions", "Citizen inspection")
    choose(page, "/plan-charter", "charter")
    page.goto(f"{hub}/visits/new")
    page.get_by_label("What is it for?").fill("See the depot.")
    page.get_by_label("Which day?").fill("2031-05-14")
    page.get_by_label("From").fill("09:30")
    page.get_by_label("To", exact=True).fill("12:30")
    page.get_by_label("Another place").fill("Depot, Mill Road 3")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("main")).to_contain_text("See the depot.")
    for name, lead in TEAM.items():
        invite(page, hub, name, "Inspector", lead=lead)
    invite(page, hub, "Olive Thomson", "Reviewer")
    page.goto(hub)
    return hub


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_inspection_is_planned_from_nothing_until_the_team_prepares(people: People, script: bool) -> None:
    page = people.come("Helen Drummond", script=script)
    hub = plan(page, "Street lights")
    expect(page.get_by_text("Nothing is missing. It can go on.")).to_be_visible()
    page.get_by_role("button", name="Move on to").click()
    expect(page.get_by_role("button", name="Move on to")).to_have_count(0)
    ana = people.come("Ana Ferreira", script=script)
    ana.goto(f"{hub}/invitation")
    ana.get_by_label("Yes, I can join").check()
    ana.get_by_role("button", name="Go on").click()
    ana.get_by_label("None of these").check()
    ana.get_by_role("button", name="I join").click()
    ana.goto(f"{hub}/charter")
    ana.get_by_role("button", name="I agree to this charter").click()
    expect(ana.get_by_role("button", name="I agree to this charter")).to_have_count(0)


def test_what_is_missing_is_said_and_the_way_on_is_shut(people: People) -> None:
    page = people.come("Helen Drummond")
    page.goto("/inspections/DEMO-4")
    expect(page.get_by_text("The charter is not chosen yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Move on to")).to_have_count(0)


def test_a_double_click_starts_one_plan(people: People, folder: Path) -> None:
    page = people.come("Helen Drummond")
    begin(page, "Pressed twice")
    page.get_by_role("button", name="Start the plan").dblclick()
    expect(page.get_by_role("heading", level=1, name="Pressed twice")).to_be_visible()
    assert ask(folder, "SELECT count(*) FROM inspection WHERE title = 'Pressed twice'") == 1


def test_the_same_form_sent_twice_starts_one_plan(people: People, folder: Path) -> None:
    page = people.come("Helen Drummond", script=False)
    begin(page, "Sent twice")
    fields = {
        one.get_attribute("name"): one.get_attribute("value") for one in page.locator("form input[type=hidden]").all()
    }
    kind = page.get_by_label("Full inspection").get_attribute("value")
    sent = {**fields, "title": "Sent twice", "start": kind}
    answers = [page.request.post("/inspections/new", form=sent, max_redirects=0) for _ in range(2)]
    assert [one.status for one in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert ask(folder, "SELECT count(*) FROM inspection WHERE title = 'Sent twice'") == 1


def test_one_page_shows_all_that_run_and_whom_they_wait_for(people: People) -> None:
    page = people.come("Tomasz Wolski")
    page.goto("/")
    main = page.get_by_role("main")
    for title in ("Pupil placement", "Web, print and social media", "Riverside day service"):
        expect(main.get_by_role("link", name=title)).to_be_visible()
    expect(main.get_by_text("Isla Munro").first).to_be_visible()
    main.get_by_role("button", name="Remind").first.click()
    expect(main).to_contain_text("reminded")
    page.goto("/?stage=planning")
    expect(page.get_by_role("link", name="Riverside day service")).to_have_count(0)
