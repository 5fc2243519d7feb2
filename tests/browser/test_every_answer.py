"""Questions of every kind, with conditions, answered without script."""

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
from inspect_app.frameworks.reading import read_framework
from tests.browser.conftest import People, ask
from tests.browser.test_offline import MINE
from tests.fieldwork.every_answer import EVERY_ANSWER, KEPT
from tests.fieldwork.every_way import EVERY_WAY

pytestmark = pytest.mark.browser
DEMO = "/inspections/DEMO-2"
GIVEN = "value = '{}' AND criterion_key = '{}'"


@pytest.fixture
def questions(folder: Path) -> None:
    """Let the inspection ask in every way there is."""
    whole = read_framework(EVERY_ANSWER)
    plain = replace(whole, themes=whole.themes + read_framework(EVERY_WAY).themes)
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
