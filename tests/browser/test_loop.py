"""After the report: the service answers, the reviewer decides, inspectors judge, everybody reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People, ask, change

pytestmark = pytest.mark.browser
ANSWERS = "/inspections/DEMO-3/answers"
UNDECIDED = """UPDATE accuracy_point SET decision = NULL, decision_reason = NULL, decided_by_id = NULL,
decided_at = NULL, new_words = NULL, new_paragraph = NULL, reworded_by_id = NULL, reworded_at = NULL
WHERE draft_id IN (SELECT draft.id FROM report_draft draft JOIN inspection ON inspection.id = inspection_id
WHERE reference = 'DEMO-1')"""
OF_FIRST = """WHERE recommendation_id = (SELECT asked.id FROM recommendation asked JOIN inspection
ON inspection.id = inspection_id WHERE number = 1 AND reference = 'DEMO-1')"""
OPEN_AGAIN = [
    f"DELETE FROM settlement {OF_FIRST}",  # noqa: S608  # our own words
    f"DELETE FROM verdict {OF_FIRST}",  # noqa: S608
    f"UPDATE progress_update SET says_done = 0 {OF_FIRST}",  # noqa: S608
]
VERDICTS = f"SELECT count(*) FROM verdict {OF_FIRST}"  # noqa: S608


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_draft_of_an_answer_stays_inside_the_service(people: People, script: bool) -> None:
    ruth = people.come("Ruth Abernethy", script=script)
    ruth.goto(ANSWERS)
    ruth.get_by_role("listitem").filter(has_text="Not started").get_by_role("link").first.click()
    address = ruth.url
    ruth.get_by_role("radio").first.check()
    ruth.get_by_role("textbox").fill("A draft that nobody outside may read.")
    ruth.get_by_role("button", name="Save the draft").click()
    ruth.goto(address)
    expect(ruth.get_by_role("textbox")).to_have_value("A draft that nobody outside may read.")
    mairi = people.come("Mairi Fraser", script=script)
    mairi.goto(address)
    expect(mairi.get_by_role("textbox")).to_have_value("A draft that nobody outside may read.")
    for name in ("Stuart Galbraith", "Priya Nair", "Tomasz Wolski"):
        other = people.come(name, script=script)
        for path in (address, ANSWERS, "/inspections/DEMO-3/improvement", "/inspections/DEMO-3", "/public/DEMO-3"):
            other.goto(path)
            assert "A draft that nobody outside may read." not in other.content(), (name, path)
        other.goto(address)
        expect(other.get_by_role("main")).to_contain_text("Only")


def test_the_service_sees_what_it_owes_and_that_it_is_late(people: People) -> None:
    page = people.come("Ruth Abernethy")
    page.goto("/service/riverside-day-service")
    expect(page.get_by_role("main")).to_contain_text("Late since")


def test_the_reviewer_decides_a_point_about_facts(people: People, folder: Path) -> None:
    change(folder, "UPDATE inspection SET stage = 'checking' WHERE reference = 'DEMO-1'", UNDECIDED)
    points = "/inspections/DEMO-1/report/points"
    olive = people.come("Olive Thomson")
    olive.goto(points)
    olive.locator("a[href$='/decide']").first.click()
    olive.get_by_role("radio").last.check()
    olive.get_by_role("textbox").fill("The notes of two inspectors say the same.")
    olive.get_by_role("button", name="Decide").click()
    olive.goto(points)
    expect(olive.get_by_role("main")).to_contain_text("The notes of two inspectors say the same.")
    stuart = people.come("Stuart Galbraith")
    stuart.goto(points)
    expect(stuart.get_by_role("main")).to_contain_text("The notes of two inspectors say the same.")
    expect(stuart.locator("a[href$='/decide']")).to_have_count(0)


def test_inspectors_say_whether_it_is_fixed(people: People, folder: Path) -> None:
    change(folder, "UPDATE inspection SET stage = 'improving' WHERE reference = 'DEMO-1'", *OPEN_AGAIN)
    stuart = people.come("Stuart Galbraith")
    stuart.goto("/inspections/DEMO-1/improvement")
    stuart.locator("a[href$='/update']").first.click()
    stuart.get_by_label("What have you done?").fill("The new signs are up at every stop.")
    stuart.get_by_label("Yes, it is done").check()
    stuart.get_by_role("main").get_by_role("button").last.click()
    ana = people.come("Ana Ferreira")
    ana.goto("/inspections/DEMO-1/improvement")
    ana.locator("a[href$='/verdict']").first.click()
    ana.get_by_role("radio", name="Partly").check()
    ana.get_by_role("textbox").fill("At two stops the sign is behind a hedge.")
    ana.get_by_role("button", name="Send").click()
    assert ask(folder, VERDICTS) == 1


def test_everybody_reads_what_was_found_and_what_became_of_it(people: People) -> None:
    page = people.come(script=False)
    page.goto("/public")
    page.get_by_role("link", name="Winter maintenance").first.click()
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_contain_text("Winter maintenance")
    expect(main).to_contain_text("are fixed")
    for path in (page.url, "/public/DEMO-3"):
        page.goto(path)
        for name in ("Dougie", "Isla", "Kenny", "Mairi"):
            assert name not in page.content(), f"{name} did not agree to be named"
    page.goto("/public/DEMO-1")
    report = page.request.get(main.get_by_role("link", name="PDF").first.get_attribute("href") or "")
    assert report.body().startswith(b"%PDF")
