"""An inspector rates in the easy-read view: one thing on each screen, read aloud by a voice of the tablet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.test_accessibility import AXE, RUN

pytestmark = pytest.mark.browser
QUESTIONS = "/inspections/DEMO-2/questions"
VOICE = """(() => {
  window.said = [];
  const voice = (name, localService) => ({name, lang: "en-GB", localService});
  const voices = [voice("Far away", false), voice("Own", true)];
  const speak = (one) => said.push([one.voice.name, one.text]);
  const speech = {getVoices: () => voices, speak, cancel() {}, addEventListener() {}};
  Object.defineProperty(window, "speechSynthesis", {value: speech});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""


def easy_question(page: Page) -> None:
    """Switch the easy-read view on, and open a question that waits."""
    page.goto(QUESTIONS)
    page.get_by_role("button", name="Easy-read view").click()
    page.get_by_role("listitem").filter(has_text="To do").first.get_by_role("link").click()
    page.get_by_role("heading", level=1).wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_rated_screen_by_screen(people: People, script: bool) -> None:
    isla = people.come("Isla Munro", script=script)
    easy_question(isla)
    address = isla.url
    expect(isla.get_by_role("radio").first).to_be_hidden()
    expect(isla.get_by_role("button", name="Read to me the question")).to_be_hidden()
    isla.get_by_role("button", name="Next", exact=True).click()
    isla.get_by_role("radio").nth(1).check()
    isla.get_by_role("button", name="Next", exact=True).click()
    isla.get_by_role("textbox").fill("A woman answered at once.")
    isla.get_by_role("button", name="Next question").click()
    isla.wait_for_url(lambda url: url.split("#")[0] != address)
    isla.goto(f"{address}#easy-how")
    expect(isla.get_by_role("radio").nth(1)).to_be_checked()
    expect(isla.get_by_role("textbox")).to_be_hidden()


def test_only_a_voice_of_the_tablet_reads_aloud(people: People) -> None:
    isla = people.come("Isla Munro")
    isla.add_init_script(VOICE)
    easy_question(isla)
    isla.get_by_role("button", name="Read to me the question").click()
    expect(isla.get_by_role("button", name="Stop reading the question")).to_be_visible()
    said = isla.evaluate("said")
    assert said[0][0] == "Own"
    assert said[0][1] == isla.get_by_role("heading", level=1).inner_text().replace("\n", " ")


def test_the_screens_have_no_violation_and_large_targets(people: People) -> None:
    page = people.come("Isla Munro")
    page.add_init_script(VOICE)
    easy_question(page)
    for screen in ("easy-what", "easy-how", "easy-why"):
        page.goto(f"{page.url.split('#')[0]}#{screen}")
        page.evaluate(AXE)
        assert page.evaluate(RUN) == []
        sizes = page.evaluate(
            "[...document.querySelectorAll('main button, main .app-point__target, main a.govuk-button')]"
            ".filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 64
