"""Questions of every kind, with conditions: answered without a network, and without script."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from inspect_app.core.database import new_id, safe_sqlite
from inspect_app.frameworks.document import document_of
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.reading import read_framework
from tests.browser.conftest import People, ask, sign_in
from tests.browser.test_offline import MINE, Tablet, safe_here, tablet, take_along
from tests.fieldwork.every_answer import EVERY_ANSWER, KEPT
from tests.fieldwork.every_way import EVERY_WAY

__all__ = ["tablet"]
pytestmark = pytest.mark.browser
DEMO = "/inspections/DEMO-2"
GIVEN = "value = '{}' AND criterion_key = '{}'"


@pytest.fixture
def questions(folder: Path) -> None:
    """Let the inspection ask in every way there is."""
    whole = read_framework(EVERY_ANSWER)
    ask_by(folder, replace(whole, themes=whole.themes + read_framework(EVERY_WAY).themes))


def ask_by(folder: Path, plain: PlainFramework) -> None:
    """Let the inspection ask these questions."""
    rows = {"f": new_id().hex, "v": new_id().hex, "at": datetime.now(UTC), "document": json.dumps(document_of(plain))}
    engine = create_engine(f"sqlite:///{folder / 'inspect.db'}", module=safe_sqlite())
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO framework (id, key) VALUES (:f, 'every')"), rows)
        connection.execute(
            text(
                "INSERT INTO framework_version (id, framework_id, number, language, title, summary, source, digest,"
                " published_at, document) VALUES (:v, :f, 1, 'en', 'Every', '', '', 'every', :at, :document)"
            ),
            rows,
        )
        connection.execute(text("UPDATE inspection SET framework_version_id = :v WHERE reference = 'DEMO-2'"), rows)
    engine.dispose()


def answer(page: Page, key: str) -> None:
    """Answer one question the way its page asks."""
    value, _ = KEPT[key]
    if key == "several":
        for name in ("Garden", "Hall"):
            page.get_by_role("checkbox", name=name).check()
    elif key == "rank":
        for place, one in enumerate(value.split()):
            page.locator("select[name=several]").nth(place).select_option(one)
    elif page.locator("#amount").count():
        page.locator("#amount").fill(value)
    else:
        page.locator(f"input[name=value][value={value}]").check()


def onward(page: Page) -> None:
    address = page.url
    page.get_by_role("button", name=re.compile("Next question|Save and finish")).click()
    page.wait_for_url(lambda url: url != address)


def test_every_kind_of_question_is_answered_from_the_pack_and_arrives(questions: None, tablet: Tablet) -> None:
    page = tablet.open()
    sign_in(page, "Isla Munro")
    take_along(page)
    tablet.office_goes()
    page.goto(f"{DEMO}/questions/welcome")
    onward(page)
    for key in KEPT:
        expect(page).to_have_url(re.compile(f"/{key}$"))
        expect(page.locator(".app-bar")).to_contain_text("Isla Munro")
        answer(page, key)
        safe_here(page)
        onward(page)
    follow_the_conditions(page)
    page.goto(f"{DEMO}/seal")
    expect(page.get_by_text("A photo: How many steps are there?")).to_be_visible()
    page.get_by_label("Why is it missing?").fill("It was dark.")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_text("Nobody sees your answers before the team compares.")).to_be_visible()
    tablet.office_returns()
    page.goto("/tablet")
    expect(page.get_by_text("Nothing waits on this tablet.")).to_be_visible(timeout=60_000)
    all_is_at_the_office(tablet.server.folder)


def follow_the_conditions(page: Page) -> None:
    """Say first that there is a lift, work a figure out, and then that there is none."""
    expect(page).to_have_url(re.compile("/lift$"))
    page.locator("#value").check()
    safe_here(page)
    onward(page)
    page.locator("#value").check()  # it works
    safe_here(page)
    onward(page)
    page.locator("#amount").fill("31")
    expect(page.get_by_text("Nobody waits that long.")).to_be_visible()
    page.locator("#amount").fill("6")
    expect(page.get_by_text("Nobody waits that long.")).to_be_hidden()
    safe_here(page)
    onward(page)
    page.locator("#amount").fill("4")
    safe_here(page)
    onward(page)
    expect(page.get_by_text("It comes to: 1.5")).to_be_visible()
    page.goto(f"{DEMO}/questions")
    expect(page.get_by_text("15 of 15 questions answered. All are done.")).to_be_visible()
    expect(page.get_by_text("Hall, Garden", exact=True)).to_be_visible()
    expect(page.get_by_text("14 March 2026, 9:05 am")).to_be_visible()
    page.goto(f"{DEMO}/questions/lift")
    page.get_by_role("radio", name="No", exact=True).check()
    safe_here(page)
    onward(page)
    expect(page).to_have_url(re.compile("/steps$"))
    page.locator("#amount").fill("12")
    safe_here(page)
    onward(page)
    expect(page.get_by_role("button", name="Add a photo").first).to_be_visible()
    page.get_by_role("radio", name="I did not see it").check()
    safe_here(page)
    onward(page)
    page.get_by_role("radio", name="I did not see it").check()
    safe_here(page)
    onward(page)
    expect(page.get_by_text("15 of 15 questions answered. All are done.")).to_be_visible()
    expect(page.locator("li", has_text="How long did you wait for it?")).to_contain_text("Not asked any more")


def all_is_at_the_office(folder: Path) -> None:
    kept = {key: value for key, (value, _) in KEPT.items()} | {"lift": "no", "waited": "6", "steps": "12"}
    for key, value in kept.items():
        assert ask(folder, MINE.format("rating", "rater_id", GIVEN.format(value, key))) == 1, key
    why = "text = 'There is no photo. It was dark.' AND criterion_key = 'steps'"
    assert ask(folder, MINE.format("observation", "author_id", why)) == 1
    assert ask(folder, MINE.format("seal", "rater_id", "opened_at IS NULL")) == 1


def test_without_script_the_same_questions_are_asked(questions: None, people: People, folder: Path) -> None:
    page = people.come("Isla Munro", script=False)
    for key in KEPT:
        page.goto(f"{DEMO}/questions/{key}")
        answer(page, key)
        onward(page)
    expect(page).to_have_url(re.compile("/lift$"))
    page.get_by_role("radio", name="No", exact=True).check()
    onward(page)
    expect(page).to_have_url(re.compile("/steps$"))
    page.locator("#amount").fill("many")
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a whole number, such as 7.")
    expect(page.locator("#amount")).to_have_value("many")
    page.goto(f"{DEMO}/questions")
    expect(page.get_by_text("Kitchen, Hall, Garden")).to_be_visible()
    expect(page.get_by_text("How long did you wait for it?")).to_be_hidden()
    kept = ask(folder, MINE.format("rating", "rater_id", GIVEN.format("hall garden", "several")))
    assert kept == 1
