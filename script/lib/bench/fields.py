"""How the field pages feel on a small tablet with a poor network: a processor 6 times slower, 300 ms, 700 kbit/s."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright

SLOWER = 6
LATENCY_MS = 300
BYTES_PER_SECOND = 700_000 / 8
TABLET = {"width": 800, "height": 1280}
TIMES = 5
LETTERS = "The door was open and somebody said hello."
WEIGHED = frozenset({"Document", "Stylesheet", "Script", "Image", "Fetch", "XHR", "Other"})
"""What counts as the page's own weight: all but fonts (and the pack, which is not loaded with a page)."""
WATCH = """() => {
  window.delays = [];
  new PerformanceObserver((list) => list.getEntries().forEach((one) => window.delays.push(one.duration)))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
}"""
USABLE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return page.domContentLoadedEventEnd > 0 && document.querySelector("input[type=radio]:checked") !== null
    && document.querySelector("fieldset:disabled") === null;
}"""
WORKER = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return page.workerStart ? page.responseEnd - page.workerStart : 0;
}"""


@dataclass
class Felt:
    """What somebody at the tablet felt: milliseconds until the page was usable, and until inputs answered."""

    usable: list[float] = field(default_factory=list)
    inputs: list[float] = field(default_factory=list)
    weight: dict[str, int] = field(default_factory=dict)
    worker: list[float] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """Return what one cold page transfers, in bytes."""
        return sum(self.weight.values())


def slow(page: Page, *, network: bool = True) -> CDPSession:
    """Slow the page's processor, and its network; return the session that does it."""
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tools.send("Network.enable")
    if network:
        ways = {"downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
        tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **ways})
    return tools


def open_until_usable(page: Page, address: str) -> float:
    """Open a question; return the milliseconds until its answer stands there and can be changed."""
    page.goto(address, wait_until="commit")
    page.wait_for_function(USABLE, polling="raf")
    return float(page.evaluate("performance.now()"))


def cold(context: BrowserContext, address: str, felt: Felt) -> None:
    """Open a question in a browser that has never been here, and weigh what comes."""
    page = context.new_page()
    tools = slow(page)
    kinds: dict[str, str] = {}

    def begins(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event.get("type", "Other")

    def ends(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        if kind in WEIGHED:
            felt.weight[kind] = felt.weight.get(kind, 0) + int(event["encodedDataLength"])

    felt.weight.clear()
    tools.on("Network.responseReceived", begins)
    tools.on("Network.loadingFinished", ends)
    felt.usable.append(open_until_usable(page, address))
    page.wait_for_load_state("load")
    page.close()


def inputs(page: Page) -> list[float]:
    """Rate and write on an open question; return the milliseconds that each input took to be seen."""
    page.evaluate(WATCH)
    radios = page.get_by_role("radio")
    for place in (0, 1, 2):
        radios.nth(place).click()
    page.locator("textarea").first.press_sequentially(LETTERS)
    page.wait_for_timeout(500)
    return [float(one) for one in page.evaluate("window.delays")]


def signed_in(playwright: Playwright, address: str, person: str) -> tuple[BrowserContext, dict[str, Any]]:
    """Return a browser in which somebody is signed in, and the state that a fresh one can begin with."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    context = browser.new_context(viewport=TABLET, base_url=address, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("listitem").filter(has_text=person).get_by_role("button").click()
    page.get_by_text(f"You are {person} now").wait_for()
    return context, dict(context.storage_state())


def answered(context: BrowserContext, questions: str) -> str:
    """Answer the first question, so that there is something to show; return its address."""
    page = context.new_page()
    page.goto(questions)
    page.get_by_role("listitem").filter(has_text="To do").first.get_by_role("link").click()
    page.get_by_role("group", name="Your answer").wait_for()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("status").filter(has_text="afe at the office").wait_for()
    address = page.url
    page.close()
    return address


def measure(address: str, person: str, reference: str) -> Iterator[tuple[str, Felt]]:
    """Yield what was felt when a question was opened cold."""
    with sync_playwright() as playwright:
        context, state = signed_in(playwright, address, person)
        question = answered(context, f"/inspections/{reference}/questions")
        browser = context.browser
        if browser is None:
            raise RuntimeError("the browser is gone")
        felt = Felt()
        for _ in range(TIMES):
            fresh = browser.new_context(viewport=TABLET, base_url=address, storage_state=state)  # type: ignore[arg-type]
            cold(fresh, question, felt)
            fresh.close()
        page = context.new_page()
        slow(page)
        open_until_usable(page, question)
        felt.inputs = inputs(page)
        yield "cold", felt
        browser.close()


def middle(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values) if values else 0.0
