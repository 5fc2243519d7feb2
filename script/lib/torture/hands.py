"""What an inspector does at a tablet, and what they read on its screen."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Error, Page

from script.lib.torture.browsers import sign_in
from script.lib.torture.ledger import Answer
from script.lib.torture.names import question

SAFE_WORDS = "safe (on this tablet|at the office)"
SAFE = re.compile(SAFE_WORDS, re.IGNORECASE)
LINE = "[role=status].app-safe, .app-safe[role=status], .app-safe [role=status]"
WAITING = """async () => {
  const [{ currentKey }, { readAll }] = await Promise.all(
    ["crypt", "store"].map((name) => import(`/static/tablet/${name}.js`)));
  const owner = document.documentElement.dataset.person ?? (await currentKey())?.person;
  if (!owner) throw new Error("nobody is signed in, so nobody's things wait");
  return (await readAll("entries", "owner", owner)).filter((one) => one.state !== "told").length;
}"""
"""What of whoever is signed in waits, whether or not the page has a key to it: what cannot be opened is not gone."""
IS_SAFE = f"""() => [...document.querySelectorAll("[role=status]")].some(
  (one) => one.checkVisibility() && /{SAFE_WORDS}/i.test(one.innerText))"""
WORDS_THAT_ARE_SAFE = f"""() => {{
  const isSafe = {IS_SAFE};
  return isSafe() && "=" + document.querySelector("textarea[name=reason]").value.trim();
}}"""
"""What the form says at the moment when the screen calls it safe, after a sign that it is one."""
IS_READY = """() => document.readyState === "complete" && document.querySelector("textarea[name=reason]") !== null
  && document.querySelector("textarea[name=reason]:disabled, fieldset:disabled") === null"""


def open_question(page: Page, reference: str, number: int) -> None:
    """Open a question, and wait until it can be answered."""
    page.goto(f"/inspections/{reference}/questions/{question(number)}")
    page.wait_for_function(IS_READY)


def say(page: Page, number: int, value: str, why: str) -> Answer:
    """Answer the question that is open; return what the screen called safe, at the moment when it did.

    The words come first: were the point first, a tablet that dies before the words come would keep that point beside
    the words of some time before, and that pair may have been said then. A hand that is quicker than the page may put
    its words beside those that stood there: then all that stands there is promised. It may never stand there without.
    """
    page.locator("textarea[name=reason]").fill(why)
    page.locator(f"input[name=value][value={value}]").check()
    there = str(page.wait_for_function(WORDS_THAT_ARE_SAFE).json_value())[1:]
    return Answer(question(number), value, there if why in there else why)


def next_question(page: Page) -> None:
    """Press the button that leads to the next question, and wait until that can be answered."""
    before = page.url
    page.get_by_role("button", name=re.compile("Next question|Save and finish")).click()
    page.wait_for_url(lambda url: url != before)


def question_here(page: Page) -> str:
    """Return the key of the question that is open: the next one is not the one with the next number."""
    return page.url.split("/questions/")[1].partition("?")[0]


def waiting(page: Page) -> int:
    """Return how many entries wait on this tablet."""
    return int(page.evaluate(WAITING))


def network_is_back(page: Page) -> None:
    """Let the page know what a browser tells it when the network returns."""
    page.evaluate("dispatchEvent(new Event('online'))")


def until(what: str, is_so: Callable[[], bool], seconds: float = 90, pause: float = 0.25) -> None:
    """Wait until something is so; raise TimeoutError with its name when it does not become so."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come in {seconds:.0f} seconds")
        time.sleep(pause)


STANDING = """async () => {
  const { entries } = await import("/static/tablet/outbox.js");
  return (await entries()).slice(0, 3).map((one) => `${one.entry.kind} ${one.state} ${one.answer?.sentence ?? ""}`);
}"""


def send_all(page: Page, name: str, start: str, seconds: float = 120) -> None:
    """Open a page of the tablet with the network up, sign in where it is asked for, and wait until nothing waits."""
    come_back(page, name, start)
    end = time.monotonic() + seconds
    while left := waiting(page):
        if time.monotonic() > end:
            raise TimeoutError(f"{left} entries still wait after {seconds:.0f} seconds: {page.evaluate(STANDING)}")
        network_is_back(page)
        page.wait_for_timeout(500)


def come_back(page: Page, name: str, start: str) -> None:
    """Make sure that somebody is signed in at the office, and open a page."""
    answer = page.request.get(
        "/session/token", headers={"X-Outbox": "1", "Accept": "application/json"}, max_redirects=0
    )
    if answer.status != 200:
        sign_in(page, name)
    page.goto(start)


def standing(page: Page) -> str:
    """Return where a page is and what it says of how safe things are, for a fault's sentence."""
    try:
        said = page.locator("[role=status], [role=alert]").all_inner_texts()
        return f"{page.url} says {said}, and {page.locator('main').inner_text(timeout=5_000)[:300]!r}"
    except Error as error:
        return f"{page.url} does not answer: {error}"


def is_gone(error: Error) -> bool:
    """Say whether an error only means that the browser has been killed."""
    return "closed" in str(error).lower() or "crash" in str(error).lower()


def read_answer(page: Page, number: int) -> Answer:
    """Return what stands on the open question."""
    chosen = page.locator("input[name=value]:checked")
    value = chosen.first.get_attribute("value") if chosen.count() else None
    return Answer(question(number), value or "", page.locator("textarea[name=reason]").input_value())
