"""Part 6: old packs and new questions, an old worker and a new product, a database that is half made."""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from script.lib.torture import hands, pocket
from script.lib.torture.ageing import REMAKE, SHAPES, Shape, newer_product
from script.lib.torture.browsers import Tablet
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Answer, Ledger
from script.lib.torture.names import DROPPED, POINTS, inspector, reference
from script.lib.torture.office import Office, opened

HERE = f"/inspections/{reference(0)}"
SAME, ANEW = (1, 3, 9), (2, 4)
"""Questions that version 2 asks as before, and some that it words anew."""
QUIET = "/manifest.webmanifest"
"""A place of the office's where no script of ours runs, so that nobody holds on to the database."""
NEWER = "A new version of Inspect Together is ready."
NO_RELOAD = "() => { window.stayed = true; navigator.serviceWorker.oncontrollerchange = () => (window.taken = true); }"
STAYED = "() => window.stayed === true && !window.taken"
UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"
IS_NEWER = "() => globalThis.isNewer === true"
FETCH = """async (reference) => {
  const { fetchPack } = await import("/static/tablet/pack.js");
  return fetchPack(reference);
}"""
TOOK_OVER = "async () => (await navigator.serviceWorker.getRegistration()).waiting === null"


@dataclass
class Veteran:
    """Somebody with a tablet that has not seen the office for long, and what its screen called safe."""

    tablet: Tablet
    office: Office
    page: Page
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    kept: list[Answer] = field(default_factory=list)
    done: int = 0

    def say(self, number: int) -> Answer:
        """Answer a question; return what was called safe."""
        self.done += 1
        hands.open_question(self.page, reference(0), number)
        return hands.say(self.page, number, self.chance.choice(POINTS), f"Said long ago, {self.done}.")

    def add(self, number: int) -> None:
        """Answer a question, and count on it."""
        self.ledger.answers.append(self.say(number))

    def photograph(self, number: int) -> None:
        """Take a photo, and count on it."""
        self.done += 1
        self.ledger.photos += pocket.add_photos(self.page, reference(0), number, [self.done])

    def begin(self) -> None:
        """Take the inspection along, as everybody does who leaves for long."""
        hands.come_back(self.page, inspector(0), HERE)
        pocket.take_along(self.page, reference(0))

    def fetch(self) -> None:
        """Fetch the pack anew; while entries arrive, that has to be tried again."""
        hands.until("a fresh pack", lambda: self.page.evaluate(FETCH, reference(0)) in ("whole", "same"))

    def again(self) -> None:
        """Close the browser, and open it as after a night."""
        self.tablet.close()
        self.page = self.tablet.open()

    def arrives(self) -> Iterator[str]:
        """Let the network return, and all that waits go."""
        self.office.network.calm()
        try:
            hands.send_all(self.page, inspector(0), f"{HERE}/questions")
        except TimeoutError as error:
            yield str(error)


def newer_product_comes(one: Veteran) -> Iterator[str]:
    """An old worker and old pages meet a newer product: nothing is taken over while somebody writes; all goes."""
    one.begin()
    one.office.network.down()
    one.add(10)
    one.photograph(11)
    hands.open_question(one.page, reference(0), 12)
    one.page.evaluate(NO_RELOAD)
    with tempfile.TemporaryDirectory() as name:
        one.office.stop()
        one.office.start(newer_product(Path(name)))
        one.office.network.calm()
        one.page.evaluate(UPDATE)
        try:
            one.page.get_by_text(NEWER).wait_for()
        except Error:
            yield "nobody says that a new version is ready"
        one.ledger.answers.append(hands.say(one.page, 12, "fair", "Begun in the old version, ended beside the new."))
        if not one.page.evaluate(STAYED):
            yield "the new version took over while somebody wrote"
        yield from old_and_new_without_network(one)
        one.page.get_by_role("button", name="Use it now").click()
        hands.until("the new version", lambda: took_over(one.page))
        one.office.network.down()
        one.again()
        one.add(15)
        if not one.page.evaluate(IS_NEWER):
            yield "the new version is not the one that is at work"
        one.photograph(16)
        yield from one.arrives()
        one.office.stop()
    one.office.start()


def took_over(page: Page) -> bool:
    """Say whether the new version is at work; a page that loads itself anew just now does not answer."""
    try:
        return bool(page.evaluate(TOOK_OVER))
    except Error as error:
        if hands.is_gone(error):
            raise
        return False


def old_and_new_without_network(one: Veteran) -> Iterator[str]:
    """The pack may have become newer than the worker: its pages work, each with scripts of its own version."""
    one.fetch()
    one.office.network.down()
    try:
        one.add(13)
        one.photograph(14)
    except Error as error:
        yield f"beside a new version that waits, without network: {error}"
    one.office.network.calm()
    one.page.goto(f"{HERE}/questions")
    one.page.get_by_text(NEWER).wait_for()


def newer_questions_come(one: Veteran) -> Iterator[str]:
    """The questions change while a tablet is away: what was begun is corrected and goes, as the answer it was."""
    one.begin()
    one.office.network.down()
    for number in SAME:
        one.add(number)
    one.kept += [one.say(number) for number in (*ANEW, DROPPED[0])]
    one.photograph(SAME[0])
    one.office.renew()
    one.again()
    hands.open_question(one.page, reference(0), ANEW[0])
    hands.until(f"{one.kept[0]} after a night", lambda: hands.read_answer(one.page, ANEW[0]) == one.kept[0])
    if "asked anew" in one.page.locator("main").inner_text():
        yield "the old pack asks a new question"
    one.kept.append(hands.say(one.page, ANEW[0], "weak", "Corrected on the old form."))
    one.add(SAME[1])
    yield from one.arrives()
    one.page.goto("/tablet")
    told = one.page.get_by_text("What you sent is kept for you alone.")
    told.first.wait_for()
    if told.count() != len(one.kept):
        yield f"{told.count()} of {len(one.kept)} answers to changed questions are told to be kept"
    one.fetch()
    hands.open_question(one.page, reference(0), ANEW[1])
    if "asked anew" not in one.page.locator("main").inner_text():
        yield "a fresh pack still asks the old question"


def odd_store(one: Veteran, shape: Shape) -> Iterator[str]:
    """A database in an odd state opens, keeps, and loses nothing of what lay in it."""
    one.begin()
    first = one.chance.randrange(17, 25)
    if not shape.is_empty:
        one.office.network.down()
        one.add(first)
        one.photograph(first + 1)
    one.office.network.calm()
    one.office.network.arm(pocket.NO_SENDING, "POST", "^/(outbox|uploads)", None)
    one.page.goto(QUIET)
    one.page.evaluate(REMAKE, asdict(shape))
    hands.open_question(one.page, reference(0), first)
    if not shape.is_empty:
        said = one.ledger.answers[-1]
        hands.until(f"{said} on the screen", lambda: hands.read_answer(one.page, first) == said)
    one.add(first + 2)
    one.photograph(first + 3)
    one.office.network.calm()
    if shape.damaged:
        yield from throw_away(one.page)
    yield from one.arrives()


def throw_away(page: Page) -> Iterator[str]:
    """What cannot be opened any more is named, and goes by its person's wish alone."""
    page.goto("/tablet")
    damaged = page.get_by_role("listitem").filter(has_text="cannot be opened")
    for left in (1, 0):  # the answer's row and the photo's were doubled
        try:
            damaged.nth(left).get_by_role("button", name="Throw it away").click()
            damaged.nth(left).get_by_role("button", name="Yes, throw it away for good").click()
            damaged.nth(left).wait_for(state="detached")
        except Error:
            yield f"a damaged row is not named, or does not go: {page.locator('main').inner_text()}"


def checked(folder: Path, kept: list[Answer], same: list[Answer]) -> Iterator[str]:
    """Say what is not kept for its author, and what did not arrive under the version it was begun with."""
    with sqlite3.connect(f"file:{folder / 'inspect.db'}?mode=ro", uri=True) as database:
        found: Counter[Answer] = Counter()
        for (content,) in database.execute("SELECT content FROM kept_words"):
            said = json.loads(content)
            found[Answer(said.get("question"), said.get("value"), said.get("reason"))] += 1
        query = (
            "SELECT framework_version.number FROM revision JOIN framework_version"
            " ON framework_version.id = revision.framework_version_id WHERE revision.content LIKE ?"
        )
        versions = {one: database.execute(query, [f'%"{one.why}"%']).fetchall() for one in same}
    yield from (f"{one} is kept {found[one]} times" for one in kept if found[one] != 1)
    yield from (f"{one} came under version {which}" for one, which in versions.items() if which != [(1,)])


def run(seed: int, minutes: float | None) -> Counts:  # noqa: ARG001
    """Meet each age once; compare with what is at the office."""
    found: list[str] = []
    chance = random.Random(seed)  # noqa: S311  # a draw, no secret
    cases: list[tuple[str, Callable[[Veteran], Iterator[str]]]] = [
        *((shape.name, partial(odd_store, shape=shape)) for shape in SHAPES),
        ("a newer product", newer_product_comes),
        ("newer questions", newer_questions_come),
    ]
    with opened() as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        tablet = Tablet(playwright, Path(name), office.address)
        one = Veteran(tablet, office, tablet.open(), chance)
        for called, case in cases:
            before = len(one.ledger.answers)
            try:
                found += [f"{called}: {wrong}" for wrong in case(one)]
            except (Error, TimeoutError) as error:
                found.append(f"{called} ended by {error}")
            office.network.calm()
            print(f"   {called}", flush=True)
        found += one.arrives()
        tablet.close()
        office.stop()
        counts = one.ledger.compare(office.folder)
        found += checked(office.folder, one.kept, one.ledger.answers[before:])
    entries = counts.entries + len(one.kept)
    faults = counts.faults + tuple(found) + tuple(tablet.complaints)
    return counts._replace(entries=entries, checks=len(cases), faults=faults)
