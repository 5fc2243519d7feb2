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
SETTLED_MS = 1500
"""By then a slowed page has done what a press began, and no press meets the work of another."""
BETWEEN_KEYS_MS = 120
LETTERS = "The door was open and somebody said hello."
WEIGHED = frozenset({"Document", "Stylesheet", "Script", "Image", "Fetch", "XHR", "Other"})
"""What counts as the page's own weight: all but fonts (and the pack, which is not loaded with a page)."""
WATCH = """() => {
  window.delays = [];
  new PerformanceObserver((list) => list.getEntries().forEach((one) => window.delays.push(one.duration)))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
}"""
USABLE = """(() => {
  const look = () => {
    const [page] = performance.getEntriesByType("navigation");
    const isUsable = page?.domContentLoadedEventEnd > 0 && document.querySelector("input[type=radio]:checked")
      && document.querySelector("form[data-listens]") && !document.querySelector("fieldset:disabled");
    if (isUsable) window.usableAt = performance.now();
    else setTimeout(look, 5);
  };
  look();
})()"""
"""Notes when an answer stands there and can be changed. It runs with the page: a driver that asks again and again
brings scripts of its own, which on a slowed processor take longer than the page's."""
WHERE = """([field, place]) => {
  const found = document.querySelectorAll(field)[place];
  found.scrollIntoView({ block: "center" });
  const { left, top, width, height } = found.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
"""Where the middle of a field stands. A driver that looks for it by itself leaves listeners on the page."""
SHOWN = """() => Math.max(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Infinity,
  performance.getEntriesByType("navigation")[0].domInteractive)"""
"""When the question stands on the screen and takes an answer; the scripts that save may still be on their way."""
WORKER = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return page.workerStart ? page.responseEnd - page.workerStart : 0;
}"""


@dataclass
class Felt:
    """What somebody at the tablet felt, in milliseconds.

    ``shown``: until the page was there; ``usable``: until it saved by itself, with the ``worker``'s share of that;
    ``inputs``: until each was seen. ``weight``: what came over the network, in bytes by kind.
    """

    usable: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
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
    while not (usable := page.evaluate("window.usableAt")):
        page.wait_for_timeout(SETTLED_MS)
    return float(usable)


def cold(context: BrowserContext, address: str, felt: Felt) -> None:
    """Open a question in a browser that has never been here, and weigh what comes."""
    page = context.new_page()
    page.add_init_script(USABLE)
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
    felt.shown.append(float(page.evaluate(SHOWN)))
    page.close()


def press(page: Page, field: str, place: int = 0) -> None:
    """Press a field as a finger does: nothing but the press reaches the page."""
    left, top = page.evaluate(WHERE, [field, place])
    page.wait_for_timeout(SETTLED_MS)
    page.mouse.click(left, top)
    page.wait_for_timeout(SETTLED_MS)


def inputs(page: Page) -> list[float]:
    """Rate and write on an open question; return the milliseconds that each input took to be seen."""
    page.evaluate(WATCH)
    for place in (0, 1, 2):
        press(page, "input[type=radio]", place)
    press(page, "textarea")
    page.keyboard.type(LETTERS, delay=BETWEEN_KEYS_MS)
    page.wait_for_timeout(SETTLED_MS)
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


def take_along(context: BrowserContext, reference: str) -> None:
    """Take an inspection along, and wait until the worker can answer for it."""
    page = context.new_page()
    page.goto(f"/inspections/{reference}")
    page.get_by_role("button", name="Take along").click()
    page.get_by_text("On this tablet, whole").wait_for()
    while not page.evaluate("() => Boolean(navigator.serviceWorker.controller)"):
        page.reload()
        page.wait_for_timeout(200)
    page.close()


def from_pack(context: BrowserContext, address: str, felt: Felt) -> None:
    """Open a question from the pack, without a network; the worker's share counts as often as the page is slowed."""
    page = context.new_page()
    page.goto("/tablet")
    page.add_init_script(USABLE)
    slow(page, network=False)
    context.set_offline(True)
    usable = open_until_usable(page, address)
    felt.worker.append(float(page.evaluate(WORKER)))
    felt.usable.append(usable + (SLOWER - 1) * felt.worker[-1])
    felt.inputs += inputs(page)
    page.close()
    context.set_offline(False)


def measure(address: str, person: str, reference: str) -> Iterator[tuple[str, Felt]]:
    """Yield what was felt when a question was opened cold, and when it was opened from the pack."""
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
        yield "cold", felt
        take_along(context, reference)
        felt = Felt()
        for _ in range(TIMES):
            from_pack(context, question, felt)
        yield "pack", felt
        browser.close()


def middle(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values) if values else 0.0
