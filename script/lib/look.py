"""Photographs every page of the round, and every page of the demonstration's PDF. Called by ``script/look``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from script.lib.round import Page, in_their_stages, pages
from script.lib.served import ROOT, Server, flask, make_demonstration, serving

SIZES = {"phone": (390, 844), "tablet": (800, 1280), "desk": (1280, 900)}
"""Width and height in CSS pixels."""
PLACE = ROOT / "var" / "look"


def sign_in(tab: Tab, server: Server, person: str | None) -> None:
    """Press a person's button on the demonstration's sign-in page; nobody stays nobody."""
    tab.context.clear_cookies()
    if person:
        tab.goto(f"{server.address}/sign-in")
        tab.get_by_role("listitem").filter(has_text=person).get_by_role("button").click()
        tab.wait_for_load_state("load")


def photograph(browser: Browser, server: Server, size: str, wanted: list[Page], numbers: dict[Page, int]) -> None:
    """Photograph pages at one size; say which refused, and which are wider than the screen."""
    width, height = SIZES[size]
    (PLACE / size).mkdir(parents=True, exist_ok=True)
    tab = browser.new_context(viewport={"width": width, "height": height}).new_page()
    signed_in: str | None = None
    for page in in_their_stages(server.folder, wanted):
        if page.person != signed_in:
            sign_in(tab, server, page.person)
            signed_in = page.person
        response = tab.goto(server.address + page.path)
        tab.evaluate("document.fonts.ready")
        name = f"{numbers[page]:03}-{page.role}-{page.name}"
        tab.screenshot(path=PLACE / size / f"{name}.png", full_page=True)
        if response is None or response.status >= 400:
            print(f"{size} {name}: {response.status if response else 'no answer'} ({page.path})")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            print(f"{size} {name}: is {wide} pixels wide")
    tab.context.close()


def print_pages(folder: Path, reference: str) -> None:
    """Photograph each page of an inspection's PDF."""
    place = PLACE / "pdf"
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{reference}.pdf"
    flask(folder, "report", reference, "--out", str(file))
    command = ["pdftoppm", "-r", "80", "-png", str(file), str(place / reference)]
    subprocess.run(command, check=True)  # noqa: S603  # poppler's own command


def main() -> None:
    """Serve a copy of the demonstration and look at what is asked for."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with tempfile.TemporaryDirectory(prefix="inspect-look-") as name:
        folder = make_demonstration(Path(name) / "var")
        numbers = {page: number for number, page in enumerate(pages(folder), 1)}
        with serving(folder) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for size in SIZES:
                names = {page: f"{size}/{number:03}-{page.role}-{page.name}" for page, number in numbers.items()}
                photograph(browser, server, size, [page for page in numbers if word in names[page]], numbers)
            browser.close()
        if word in "pdf":
            print_pages(folder, "DEMO-1")
    print(f"Look into {PLACE.relative_to(ROOT)}/.")


if __name__ == "__main__":
    main()
