"""Part 8: no room, no store, no permission, no camera: the screen says so in a true sentence, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from script.lib.torture import hands, photos, pocket
from script.lib.torture.browsers import Tablet
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Ledger, Photo
from script.lib.torture.names import inspector, reference
from script.lib.torture.office import Office, opened
from script.lib.torture.room import Disk, small_disk

HERE = f"/inspections/{reference(0)}"
STORES = "indexeddb,cache_storage,service_workers,local_storage"
NO_STORE = """Object.defineProperty(window, "indexedDB", { configurable: true, get() {
  throw new DOMException("The user denied permission to access the database.", "SecurityError");
} })"""
NO_WORKER = """async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}"""
LITTLE_ROOM = "navigator.storage.estimate = async () => ({ usage: 85e6, quota: 100e6 })"
"""Chromium says usage and a round number more, however full the disk is: only other browsers tell the truth here."""
SPOKEN = """() => [...document.querySelectorAll("[role=alert], [role=status], .govuk-error-message")]
  .filter((one) => one.checkVisibility()).map((one) => one.innerText).join(" | ")"""
FOR_WORDS = 64 * 1024
"""So many bytes hold words, and no photo."""
MOST_WRITES = 5
"""A disk has no room left after so many writes at the latest, though some still fit into its last piece."""
TRUTH_MS = 3_000
"""So long a screen has time to say that something is not safe; it may never say that it is."""


@dataclass
class Desk:
    """A tablet whose browser is made to fail, and what its screen said."""

    tablet: Tablet
    office: Office
    disk: Disk
    page: Page
    ledger: Ledger = field(default_factory=Ledger)
    done: int = 0

    def clear(self) -> None:
        """Take away what the browser keeps, as a browser does that needs room."""
        what = {"origin": self.office.address, "storageTypes": STORES}
        self.page.context.new_cdp_session(self.page).send("Storage.clearDataForOrigin", what)

    def write(self, more: str = "") -> str:
        """Write on the open question; return what the screen says after a while."""
        self.done += 1
        self.page.locator("textarea[name=reason]").fill(f"Written where there is no room, {self.done}.{more}")
        self.page.wait_for_timeout(TRUTH_MS)
        return self.said()

    def said(self) -> str:
        """Return all that the screen says now."""
        return str(self.page.evaluate(SPOKEN))

    def kept(self, number: int) -> None:
        """Wait until the open question is safe, and note what it says."""
        self.page.wait_for_function(hands.IS_SAFE)
        self.ledger.answers.append(hands.read_answer(self.page, number))


def no_room(desk: Desk) -> Iterator[str]:
    """A full disk is said before anything on it is called safe; with room again, the words are kept by themselves."""
    hands.open_question(desk.page, reference(0), 0)
    desk.ledger.answers.append(hands.say(desk.page, 0, "good", "Before it was full."))
    hands.until("nothing that waits", lambda: not hands.waiting(desk.page))
    desk.office.network.down()
    desk.disk.fill()
    for _ in range(MOST_WRITES):  # what fits into the last piece that the browser has is truly safe
        said = desk.write(" More." * 300)
        if not hands.SAFE.search(said):
            break
    if hands.SAFE.search(said) or "full" not in said:
        yield f"with no room left the screen says: {said}"
    desk.disk.clear()
    desk.kept(0)
    desk.office.network.calm()
    yield from arrives(desk)


def no_room_for_photos(desk: Desk) -> Iterator[str]:
    """A photo that finds no room is not called safe either, and does not go away: with room again it is saved."""
    pocket.open_photos(desk.page, reference(0), 1)
    desk.office.network.down()
    desk.disk.fill(FOR_WORDS)
    pocket.choose_here(desk.page, [photos.make(1, (1600, 1600))])
    pocket.describe(desk.page, 0, "Taken where there is no room.")
    save = desk.page.locator("[form=photo-form][type=submit]")
    save.click()
    desk.page.wait_for_timeout(TRUTH_MS)
    said = desk.said()
    if hands.SAFE.search(said) or "full" not in said:
        yield f"with no room for a photo the screen says: {said}"
    desk.disk.clear()
    address = desk.page.url
    save.click()
    desk.page.wait_for_url(lambda url: url != address)
    desk.ledger.photos.append(Photo("Taken where there is no room.", photos.fingerprint_of(1), None))
    desk.office.network.calm()
    yield from arrives(desk)


def nearly_full(desk: Desk) -> Iterator[str]:
    """At 80 % the tablet warns."""
    with desk.page.context.new_page() as page:
        page.add_init_script(LITTLE_ROOM)
        page.goto("/tablet")
        try:
            page.get_by_text("This tablet is nearly full: 85 MB of 100 MB are in use.").wait_for()
        except Error:
            yield "nothing warns where more than 80 % of the room is used"


def no_promise(desk: Desk) -> Iterator[str]:
    """A browser that does not promise to keep what is here is said not to; and why it was asked stands there."""
    desk.page.goto("/tablet")
    desk.page.get_by_text("Ask it to keep your work until it is at the office.").wait_for()
    desk.page.locator("#keep-here").click()
    try:
        desk.page.get_by_text("The browser did not promise it.").wait_for()
    except Error:
        yield f"where the browser promises nothing the screen says: {desk.page.locator('main').inner_text()}"


def evicted(desk: Desk) -> Iterator[str]:
    """What the browser threw away is said to be gone; what is written after that is not pretended to be kept."""
    hands.open_question(desk.page, reference(0), 2)
    desk.office.network.down()
    hands.say(desk.page, 2, "good", "Thrown away by the browser.")
    desk.clear()
    said = desk.write()
    if hands.SAFE.search(said):
        yield f"without a store and without network the screen says: {said}"
    desk.office.network.calm()
    hands.network_is_back(desk.page)
    try:
        desk.kept(2)
    except Error:
        yield f"with the network back, words stay unsafe: {desk.said()}"
    desk.page.goto("/sign-in")
    try:
        desk.page.get_by_text("This browser has cleared what was kept on this tablet.").wait_for()
    except Error:
        yield "nothing says that the browser has thrown work away"


def no_store(desk: Desk) -> Iterator[str]:
    """Where the browser is told to keep nothing, words go straight to the office, and without network it says so."""
    desk.page.evaluate(NO_WORKER)
    page, desk.page = desk.page, desk.page.context.new_page()
    desk.page.add_init_script(NO_STORE)
    hands.open_question(desk.page, reference(0), 3)
    desk.page.locator("textarea[name=reason]").fill("Straight to the office.")
    try:
        desk.kept(3)
    except Error:
        yield f"without a store, online, the screen says: {desk.said()}"
    desk.office.network.down()
    said = desk.write()
    if hands.SAFE.search(said):
        yield f"without a store, offline, the screen says: {said}"
    desk.office.network.calm()
    try:
        desk.kept(3)
    except Error:
        yield f"without a store, with the network back, the screen says: {desk.said()}"
    desk.page.close()
    desk.page = page


def arrives(desk: Desk) -> Iterator[str]:
    """What was called safe goes to the office."""
    try:
        hands.send_all(desk.page, inspector(0), f"{HERE}/questions")
    except TimeoutError as error:
        yield str(error)


ON_SMALL_DISK = (no_room_for_photos, no_room)
CASES = (nearly_full, no_promise, evicted, no_store, pocket.no_photo_chosen, pocket.no_microphone)


def run(seed: int, minutes: float | None) -> Counts:  # noqa: ARG001
    """Let each thing fail, and read what the screen says."""
    found: list[str] = []
    with (
        tempfile.TemporaryDirectory() as name, small_disk(Path(name)) as disk,
        opened() as office, sync_playwright() as playwright,
    ):  # fmt: skip
        tablet = Tablet(playwright, disk.browser, office.address)
        desk = Desk(tablet, office, disk, tablet.open())
        cases = (*ON_SMALL_DISK, *CASES) if disk.is_small else CASES
        for case in cases:
            hands.come_back(desk.page, inspector(0), HERE)
            pocket.take_along(desk.page, reference(0))
            try:
                found += [f"{case.__name__}: {one}" for one in case(desk)]
            except (Error, TimeoutError) as error:
                found.append(f"{case.__name__} ended by {error}")
            disk.clear()
            office.network.calm()
        found += arrives(desk)
        tablet.close()
        office.stop()
        counts = desk.ledger.compare(office.folder)
    if not disk.is_small:
        print("   only root can make a small disk: a full one was left out", flush=True)
    return counts._replace(checks=len(cases), faults=counts.faults + tuple(found) + tuple(tablet.complaints))
