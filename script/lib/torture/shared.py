"""Part 7: the next person at a shared tablet finds nothing of the one before; who comes back finds everything."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from script.lib.torture import hands, pocket
from script.lib.torture.browsers import PATH, WHOLE, Tablet, sign_in
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Ledger
from script.lib.torture.names import POINTS, QUESTIONS, inspector, reference
from script.lib.torture.office import opened

WORDS = "a walrus behind the boiler"
"""Words that nobody else says, in everything that the first person writes."""
HERE = f"/inspections/{reference(0)}"
PLACES = (
    "/",
    "/me",
    "/tablet",
    HERE,
    f"{HERE}/questions",
    f"{HERE}/questions/thing-1",
    f"{HERE}/questions/thing-2",
    f"{HERE}/observations",
    f"{HERE}/photos/new",
    f"{HERE}/seal",
)
EVERYTHING = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
    if (Array.isArray(value)) return value.map(text).join(" ");
    if (value && typeof value === "object") return text(Object.entries(value).flat());
    return String(value);
  };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, no) => {
      const open = indexedDB.open(name);
      open.onsuccess = () => done(open.result);
      open.onerror = () => no(open.error);
    });
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll();
      await new Promise((done) => (all.onsuccess = done));
      found.push(store, ...all.result.map(text));
    }
    db.close();
  }
  return found.join("\\n");
}"""
"""Reads all that a page of this address can read on the tablet, as one text."""


def in_bytes(folder: Path, words: str) -> list[str]:
    """Return the files of a browser's folder that hold words, in either of the ways in which browsers write them."""
    shapes = [words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")]
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        found += [str(path.relative_to(folder))] if any(shape in data for shape in shapes) else []
    return found


def look_around(page: Page, words: str) -> list[str]:
    """Open every place as somebody else, go back in the history, read all that can be read; return where words are."""
    found = []
    for place in PLACES:
        page.goto(place)
        page.wait_for_timeout(300)
        found += [place] if words in page.content() else []
    for _ in range(len(PLACES) + 3):
        page.go_back()
        found += [f"back to {page.url}"] if words in page.content() else []
    page.goto("/")
    found += ["what scripts can read"] if words in str(page.evaluate(EVERYTHING)) else []
    return found


def run(seed: int, minutes: float | None, answers: int = 5, photos: int = 3) -> Counts:  # noqa: ARG001
    """Let one person write and sign out with unsent work, another look, and the first come back and send."""
    chance = random.Random(seed)  # noqa: S311  # a draw, no secret
    ledger, found = Ledger(), list[str]()
    with opened() as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        tablet = Tablet(playwright, Path(name), office.address, WHOLE if Path(WHOLE).exists() else PATH)
        page = tablet.open()
        sign_in(page, inspector(0))
        pocket.take_along(page, reference(0))
        hands.open_question(page, reference(0), 7)
        ledger.answers.append(hands.say(page, 7, "fair", f"Online, {WORDS}."))
        hands.send_all(page, inspector(0), f"{HERE}/questions")
        office.network.arm(pocket.NO_SENDING, "POST", "^/(outbox|uploads)", None)
        for number in range(answers):
            hands.open_question(page, reference(0), number)
            why = f"Answer {number}, {WORDS}."
            ledger.answers.append(hands.say(page, number, chance.choice(POINTS), why))
        numbers = list(range(photos))
        ledger.photos += pocket.add_photos(page, reference(0), QUESTIONS - 1, numbers, f"Photo of {WORDS}")
        found += pocket.sign_out(page)
        sign_in(page, inspector(1))
        found += [f"{inspector(1)} finds {WORDS} in {where}" for where in look_around(page, WORDS)]
        hands.open_question(page, reference(0), 11)
        ledger.answers.append(hands.say(page, 11, "good", "Said by the other one."))
        tablet.close()
        found += [f"{WORDS} lies in {where}" for where in in_bytes(Path(name), WORDS)]
        found += [] if in_bytes(Path(name), "inspect-together") else ["the search finds nothing at all"]
        office.network.calm()
        page = tablet.open()
        hands.send_all(page, inspector(1), f"{HERE}/questions")
        found += pocket.sign_out(page, has_unsent=False)
        hands.send_all(page, inspector(0), f"{HERE}/questions")
        tablet.close()
        office.stop()
        counts = ledger.compare(office.folder)
    print(f"   looked in {len(PLACES)} pages, the history, the stores and every byte", flush=True)
    return counts._replace(checks=len(PLACES) + 3, faults=counts.faults + tuple(found) + tuple(tablet.complaints))
