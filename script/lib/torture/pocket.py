"""What a tablet carries: inspections taken along, photos, what needs its person; and signing out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playwright.sync_api import FilePayload, Page

from script.lib.torture import faults, hands, photos
from script.lib.torture.ledger import Photo
from script.lib.torture.names import question, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from script.lib.torture.full import Desk

NO_SENDING = faults.status(503)
CARDS = "[data-cards] > *"
DIGESTS = """async () => {
  const { entries } = await import("/static/tablet/outbox.js");
  const all = await entries({ kind: "photo" });
  return Object.fromEntries(all.map((one) => [one.entry.content.caption, one.entry.content.file]));
}"""
"""The hash of each photo that waits on the tablet, by its caption."""


def take_along(page: Page, named: str) -> None:
    """Put an inspection's pack on the tablet, and wait until the screen says that it is whole."""
    page.goto(f"/inspections/{named}/along")
    part = page.locator("[data-along]")
    part.get_by_role("button", name="Take along").or_(part.get_by_role("button", name="Fetch it again")).first.click()
    part.locator("[data-sign-of=whole]").wait_for()


def open_photos(page: Page, named: str, number: int) -> int:
    """Open the page on which photos are added to a question; return how many unsaved ones lie there already."""
    page.goto(f"/inspections/{named}/photos/new?question={question(number)}")
    page.wait_for_function("() => document.documentElement.dataset.capture === 'ready'")
    return page.locator(CARDS).count()


def choose(page: Page, named: str, number: int, shots: Sequence[bytes]) -> int:
    """Choose photos as from a gallery, and wait until the page has read them; return how many lay there before."""
    before = open_photos(page, named, number)
    choose_here(page, shots, before)
    return before


def choose_here(page: Page, shots: Sequence[bytes], before: int = 0) -> None:
    """Choose photos on the page that is open, where ``before`` lie already, and wait until it has read them."""
    files: list[FilePayload] = [
        {"name": f"Straße {place} 😀.jpg", "mimeType": "image/jpeg", "buffer": shot} for place, shot in enumerate(shots)
    ]
    page.set_input_files("#photo-form [type=file]", files)
    page.wait_for_function(f"() => document.querySelectorAll('{CARDS}').length >= {before + len(shots)}")


def describe(page: Page, place: int, caption: str) -> None:
    """Write what the photo at a place shows, and say that nobody can be recognised."""
    card = page.locator(CARDS).nth(place)
    field = card.locator("[data-field=caption]")
    if not field.input_value():
        field.fill(caption)
    card.locator("[data-field=people][value=nobody]").check()


def add_photos(
    page: Page, named: str, number: int, numbers: Sequence[int], words: str = "Nothing to see"
) -> list[Photo]:
    """Take photos and save them; return what the screen called safe, at the moment when it did."""
    before = choose(page, named, number, [photos.make(one) for one in numbers])
    for place in range(before):  # taken in an earlier life, and never called safe
        describe(page, place, f"Left over, {words}, {numbers[0]}.{place}")
    captions = {one: f"{words}, number {one}." for one in numbers}
    for place, one in enumerate(numbers):
        describe(page, before + place, captions[one])
    address = page.url
    page.locator("[form=photo-form][type=submit]").click()
    page.wait_for_url(lambda url: url != address)
    digests: dict[str, str] = page.evaluate(DIGESTS)
    return [Photo(captions[one], photos.fingerprint_of(one), digests.get(captions[one])) for one in numbers]


def try_again_what_needs_me(page: Page) -> None:
    """Press "Send now" for what the office, or a machine on the way to it, did not want."""
    page.evaluate(
        "async () => { const { send } = await import('/static/tablet/sender.js'); await send({again: true}); }"
    )


def sign_out(page: Page, *, has_unsent: bool = True) -> list[str]:
    """Sign out through the page; return a sentence where it does not say what has not reached the office."""
    page.goto("/sign-out")
    told = page.locator("#unsent")
    if has_unsent:
        told.wait_for()
    is_told = told.is_visible()
    page.locator("#sign-out-form").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: not url.endswith("/sign-out"))
    return [] if is_told == has_unsent else ["signing out does not say truly whether something is unsent"]


def no_photo_chosen(desk: Desk) -> Iterator[str]:
    """Without a camera, and with nothing chosen, nothing is called safe."""
    open_photos(desk.page, reference(0), 4)
    desk.page.locator("[form=photo-form][type=submit]").click()
    desk.page.wait_for_timeout(500)
    said = desk.said()
    if hands.SAFE.search(said) or "photo first" not in said:
        yield f"without a photo the screen says: {said}"


def no_microphone(desk: Desk) -> Iterator[str]:
    """A microphone that may not be used is said to be one."""
    desk.page.goto(f"/inspections/{reference(0)}/sounds/new?question={question(5)}")
    desk.page.wait_for_function("() => document.documentElement.dataset.capture === 'ready'")
    start = desk.page.locator("[data-act=start]")
    if start.is_visible():
        start.click()
        desk.page.wait_for_timeout(1000)
    said = desk.said()
    if hands.SAFE.search(said) or "microphone" not in said.lower():
        yield f"without a microphone the screen says: {said}"
