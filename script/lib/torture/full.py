"""Part 8: no room, no store, no permission, no camera: the screen says so in a true sentence, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import CDPSession, Error, Page, sync_playwright

from script.lib.torture import hands, photos, pocket
from script.lib.torture.browsers import Tablet
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Ledger
from script.lib.torture.names import inspector, reference
from script.lib.torture.office import Office, opened

HERE = f"/inspections/{reference(0)}"
STORES = "indexeddb,cache_storage,service_workers,local_storage"
NO_STORE = """() => Object.defineProperty(window, "indexedDB", { configurable: true, get() {
  throw new DOMException("The user denied permission to access the database.", "SecurityError");
} })"""
SPOKEN = """() => [...document.querySelectorAll("[role=alert], [role=status], .govuk-error-message")]
  .filter((one) => one.checkVisibility()).map((one) => one.innerText).join(" | ")"""
TRUTH_MS = 3_000
"""So long a screen has time to say that something is not safe; it may never say that it is."""


@dataclass
class Desk:
    """A tablet whose browser is made to fail, and what its screen said."""

    tablet: Tablet
    office: Office
    page: Page
    ledger: Ledger = field(default_factory=Ledger)
    done: int = 0

    @property
    def tools(self) -> CDPSession:
        """Return the browser's own tools for the open page."""
        return self.page.context.new_cdp_session(self.page)

    def quota(self, size: int | None) -> None:
        """Give the browser so many bytes of room, or as much as there is."""
        more = {"quotaSize": size} if size is not None else {}
        self.tools.send("Storage.overrideQuotaForOrigin", {"origin": self.office.address, **more})

    def used(self) -> int:
        """Return how many bytes are used."""
        return int(self.tools.send("Storage.getUsageAndQuota", {"origin": self.office.address})["usage"])

    def clear(self) -> None:
        """Take away what the browser keeps, as a browser does that needs room."""
        what = {"origin": self.office.address, "storageTypes": STORES}
        self.tools.send("Storage.clearDataForOrigin", what)

    def write(self, number: int) -> str:
        """Write on the open question; return what the screen says after a while."""
        self.done += 1
        self.page.locator("textarea[name=reason]").fill(f"Written where there is no room, {self.done}.")
        self.page.wait_for_timeout(TRUTH_MS)
        said = self.said()
        if hands.SAFE.search(said):
            answer = hands.read_answer(self.page, number)
            self.ledger.answers.append(answer)
        return said

    def said(self) -> str:
        """Return all that the screen says now."""
        return str(self.page.evaluate(SPOKEN))


def no_room(desk: Desk) -> Iterator[str]:
    """A full tablet says so before it calls anything safe; with room again, the words are kept by themselves."""
    hands.open_question(desk.page, reference(0), 0)
    hands.say(desk.page, 0, "good", "Before it was full.")
    desk.quota(1)
    desk.office.network.down()
    said = desk.write(0)
    if hands.SAFE.search(said) or "full" not in said:
        yield f"with no room left the screen says: {said}"
    desk.quota(None)
    desk.page.locator("textarea[name=reason]").press_sequentially(" And more.")
    desk.page.wait_for_function(hands.IS_SAFE)
    desk.ledger.answers.append(hands.read_answer(desk.page, 0))
    desk.office.network.calm()
    yield from arrives(desk)


def no_room_for_photos(desk: Desk) -> Iterator[str]:
    """A photo that finds no room is not called safe either."""
    desk.quota(desk.used() + 1000)
    desk.office.network.down()
    pocket.choose(desk.page, reference(0), 1, [photos.make(1, (1600, 1600))])
    desk.page.wait_for_timeout(TRUTH_MS)
    said = desk.said()
    if hands.SAFE.search(said):
        yield f"with no room for a photo the screen says: {said}"
    desk.quota(None)
    desk.office.network.calm()


def nearly_full(desk: Desk) -> Iterator[str]:
    """At 80 % the tablet warns."""
    desk.quota(int(desk.used() / 0.85))
    desk.page.goto("/tablet")
    desk.page.wait_for_timeout(TRUTH_MS)
    text = desk.page.locator("main").inner_text()
    if "full" not in text:
        yield "nothing warns where more than 80 % of the room is used"
    desk.quota(None)


def evicted(desk: Desk) -> Iterator[str]:
    """What the browser threw away while the page was open is not pretended to be there."""
    hands.open_question(desk.page, reference(0), 2)
    desk.office.network.down()
    desk.clear()
    said = desk.write(2)
    if hands.SAFE.search(said):
        yield f"without a store and without network the screen says: {said}"
    desk.office.network.calm()
    hands.network_is_back(desk.page)
    try:
        desk.page.wait_for_function(hands.IS_SAFE)
        desk.ledger.answers.append(hands.read_answer(desk.page, 2))
    except Error:
        yield f"with the network back, words stay unsafe: {desk.said()}"


def no_store(desk: Desk) -> Iterator[str]:
    """Where the browser is told to keep nothing, words go straight to the office, and without network it says so."""
    page, desk.page = desk.page, desk.page.context.new_page()
    desk.page.add_init_script(f"({NO_STORE})()")
    hands.open_question(desk.page, reference(0), 3)
    desk.page.locator("textarea[name=reason]").fill("Straight to the office.")
    try:
        desk.page.wait_for_function(hands.IS_SAFE)
        desk.ledger.answers.append(hands.read_answer(desk.page, 3))
    except Error:
        yield f"without a store, online, the screen says: {desk.said()}"
    desk.office.network.down()
    said = desk.write(3)
    if hands.SAFE.search(said):
        yield f"without a store, offline, the screen says: {said}"
    desk.office.network.calm()
    desk.page.close(run_before_unload=False)
    desk.page = page


def arrives(desk: Desk) -> Iterator[str]:
    """What was called safe goes to the office."""
    try:
        hands.send_all(desk.page, inspector(0), f"{HERE}/questions")
    except TimeoutError as error:
        yield str(error)


CASES = (no_room, no_room_for_photos, nearly_full, evicted, no_store, pocket.no_photo_chosen, pocket.no_microphone)


def run(seed: int, minutes: float | None) -> Counts:  # noqa: ARG001
    """Let each thing fail, and read what the screen says."""
    found: list[str] = []
    with opened() as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        tablet = Tablet(playwright, Path(name), office.address)
        desk = Desk(tablet, office, tablet.open())
        for case in CASES:
            hands.come_back(desk.page, inspector(0), HERE)
            pocket.take_along(desk.page, reference(0))
            try:
                found += [f"{case.__name__}: {one}" for one in case(desk)]
            except Error as error:
                found.append(f"{case.__name__} ended by {error}")
            office.network.calm()
        found += arrives(desk)
        tablet.close()
        office.stop()
        counts = desk.ledger.compare(office.folder)
    return counts._replace(checks=len(CASES), faults=counts.faults + tuple(found) + tuple(tablet.complaints))
