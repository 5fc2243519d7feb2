"""Part 9: the field pages for all eyes, hands and keyboards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from script.lib.served import ROOT
from script.lib.torture import looking, photos
from script.lib.torture.browsers import PATH, sign_in
from script.lib.torture.counts import Counts
from script.lib.torture.names import COORDINATOR, inspector, question, reference
from script.lib.torture.office import opened

AXE = ROOT / "tests/browser/vendor/axe.min.js"
HERE = f"/inspections/{reference(0)}"
TABLET = "/tablet"
EASY = (f"{HERE}/questions", f"{HERE}/questions/{question(0)}", f"{HERE}/observations/new", f"{HERE}/photos/new")
PAGES = (
    *EASY,
    f"{HERE}/observations",
    f"{HERE}/sounds/new",
    f"{HERE}/seal",
    f"{HERE}/along",
    f"{HERE}/something-wrong",
    f"{HERE}/somebody-may-be-harmed",
    f"{HERE}/something-is-dangerous",
    TABLET,
)
WALKS = ((inspector(0), PAGES), (inspector(1), EASY), (COORDINATOR, ("/tablet/rescue",)))
"""Who opens which pages. The second inspector reads in the easy-read view."""
WIDTHS: dict[str, tuple[ViewportSize, float]] = {
    "320 px": ({"width": 320, "height": 640}, 1),
    "800 px": ({"width": 800, "height": 1280}, 1),
    "1280 px": ({"width": 1280, "height": 800}, 1),
    "400 % zoom": ({"width": 320, "height": 200}, 4),
}
"""Name → what the page sees, and pixels of the screen for each of its own. 400 % of 1280 px are 320 wide ones."""
WAITING_NOTE = """async (inspection) => (await import("/static/tablet/outbox.js")).add({
  kind: "note", inspection,
  content: { note: crypto.randomUUID(), kind: "seen", text: "The ramp is iced over.", amount: null, question: null },
})"""
LONGEST_WAY = 200
"""Presses of the Tab key after which a page is taken for a trap."""


@dataclass
class Look:
    """What was looked at, and what was wrong."""

    checks: int = 0
    faults: tuple[str, ...] = ()

    def note(self, where: str, sentences: list[str]) -> None:
        """Count one look."""
        self.checks += 1
        self.faults += tuple(f"{where}: {one}" for one in sentences)


def look_at(page: Page, where: str, seen: Look) -> None:
    """Look at one page at one size: axe, width, and how large its targets are."""
    page.add_script_tag(path=AXE)
    seen.note(where, page.evaluate(looking.AXE))
    seen.note(where, page.evaluate(looking.WIDE))
    seen.note(where, page.evaluate(looking.TARGETS, looking.TARGET))


def walk_by_keyboard(page: Page, where: str, seen: Look) -> None:
    """Go through a page with the Tab key: it must reach everything, show where it is, and come out again."""
    page.evaluate(looking.TOP)
    page.evaluate(looking.REACHABLE)
    unseen: list[str] = []
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        said = page.evaluate(looking.HERE)
        if said is None:
            break
        unseen += [said] if said else []
    else:
        unseen.append("the Tab key does not come out of this page")
    seen.note(where, unseen + page.evaluate(looking.LEFT))


def look_in_forced_colours(page: Page, where: str, seen: Look) -> None:
    """Look whether buttons have an edge, and whether a chosen answer looks other than the rest."""
    seen.note(where, page.evaluate(looking.EDGES))
    radios = page.get_by_role("radio")
    if radios.count() < 2:
        return
    answer = radios.nth(1).locator("..")
    radios.nth(0).check()
    page.mouse.move(0, 0)
    before = answer.screenshot()
    radios.nth(1).check()
    page.mouse.move(0, 0)
    radios.nth(1).blur()
    seen.note(where, [] if answer.screenshot() != before else ["one cannot see which answer is chosen"])


def visits(browser: Browser, address: str, name: str, **how: object) -> Iterator[tuple[str, Page]]:
    """Yield each page, opened by who works with it in a browser of its own kind."""
    for who, pages in WALKS:
        context = browser.new_context(base_url=address, bypass_csp=True, locale="en-GB", **how)  # type: ignore[arg-type]
        context.route("**/outbox", lambda route: route.abort())  # so that the tablet has something to show
        page = context.new_page()
        sign_in(page, who)
        if pages is EASY:
            page.goto(EASY[1])
            switch = page.get_by_role("button", name="Easy-read view", exact=True)
            if switch.count():  # the office remembers it from one browser to the next
                switch.click()
        for path in pages:
            answer = page.goto(path)
            if answer is None or answer.status != 200:
                raise RuntimeError(f"{path} is answered with {answer.status if answer else 'nothing'}")
            make_ready(page, path)
            yield f"{path.removeprefix(HERE)} ({'easy, ' if pages is EASY else ''}{name})", page
        context.close()


def make_ready(page: Page, path: str) -> None:
    """Let a page show what it has: a photo that was chosen, and on the tablet's own page that photo and a note."""
    if path.endswith("/photos/new"):
        page.wait_for_selector("html[data-capture=ready]")
        photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photos.make(1, (640, 480))}
        page.set_input_files("input[type=file]", photo)  # type: ignore[arg-type]
        page.locator(".app-shot").first.wait_for()
        page.evaluate(WAITING_NOTE, reference(0))
    if path == TABLET:
        page.locator("#entries li").first.wait_for()
        page.locator("#unsaved li").first.wait_for()


def run(seed: int, minutes: float | None, sizes: int = len(WIDTHS)) -> Counts:
    """Look at every field page in each of the first ``sizes`` widths, by keyboard, and in forced colours."""
    seen = Look()
    end = time.monotonic() + minutes * 60 if minutes else float("inf")
    with opened() as office, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=["--no-sandbox"])
        for name, (size, scale) in list(WIDTHS.items())[:sizes]:
            for where, page in visits(browser, office.address, name, viewport=size, device_scale_factor=scale):
                look_at(page, where, seen)
                if time.monotonic() > end:
                    break
        tablet = WIDTHS["800 px"][0]
        for where, page in visits(browser, office.address, "by keyboard", viewport=tablet):
            walk_by_keyboard(page, where, seen)
        for where, page in visits(browser, office.address, "forced colours", viewport=tablet, forced_colors="active"):
            look_in_forced_colours(page, where, seen)
        browser.close()
    print(
        f"   {sum(len(pages) for _, pages in WALKS)} pages, {seen.checks} looks (seed {seed} changes nothing here)",
        flush=True,
    )
    return Counts(checks=seen.checks, faults=seen.faults)
