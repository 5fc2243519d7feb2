"""Part 2: whole visits without network, from a cold start of the browser; then everything must arrive, each once."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from script.lib.torture import beside, faults, hands, pocket
from script.lib.torture.browsers import Tablet, sign_in
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Ledger
from script.lib.torture.names import POINTS, QUESTIONS, inspector, reference
from script.lib.torture.office import Office, opened

ROUNDS = 100
PHOTOS = 20
AT_ONCE = 5
"""Photos that are chosen together."""
STOPPED_EVERY = 10
"""In every so manieth visit the server itself is stopped; in the others only the way to it is gone."""
CUTS = 2
"""So often one photo of each visit is cut off on its way to the office, and has to go on from there."""
LONGEST_WAY_HOME = 600


@dataclass
class Visitor:
    """One inspector with one tablet, who visits one inspection after the other."""

    tablet: Tablet
    office: Office
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    photos: int = 0
    resumed: int = 0
    faults: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Sign in, take the first inspection along, and end the browser."""
        page = self.tablet.open()
        sign_in(page, inspector(0))
        pocket.take_along(page, reference(0))
        self.tablet.close()

    def visit(self, number: int, questions: int, photos: int) -> Page:
        """Make a visit from a cold start, with the office out of reach, and come home; return the page at home.

        What cannot be done is a fault; what was said until then must arrive all the same, from a killed browser.
        """
        self._leave(number)
        page = self.tablet.open(offline=True)
        try:
            self._walk(page, number, questions, photos)
        except (Error, TimeoutError) as error:
            self.faults.append(f"visit {number}: {error}; {hands.standing(page)}")
            self.tablet.kill()
            page = self.tablet.open(offline=True)
        self._come_home(page, number)
        return page

    def _walk(self, page: Page, number: int, questions: int, photos: int) -> None:
        """Answer so many questions of an inspection one after the other, and take so many photos."""
        hands.open_question(page, reference(number), 0)
        for place in range(questions):
            if place:
                hands.next_question(page)
                page.wait_for_function(hands.IS_READY)
            why = f"Visit {number}, thing {place + 1}: seen at {self.chance.randrange(10**9)}."
            said = hands.say(page, place, self.chance.choice(POINTS), why)
            self.ledger.answers.append(said._replace(question=hands.question_here(page)))
        for begin in range(0, photos, AT_ONCE):
            numbers = [self.photos + one for one in range(min(AT_ONCE, photos - begin))]
            self.photos += len(numbers)
            self.ledger.photos += pocket.add_photos(page, reference(number), self.chance.randrange(QUESTIONS), numbers)

    def _leave(self, number: int) -> None:
        self.office.network.down()
        if number % STOPPED_EVERY == 0:
            self.office.stop()

    def _come_home(self, page: Page, number: int) -> None:
        if number % STOPPED_EVERY == 0:
            self.office.start()
        self.office.network.calm()
        for _ in range(CUTS):
            self.office.network.arm(
                faults.CutRequest(self.chance.randrange(1, faults.TWENTIETHS)), "PATCH", "^/uploads/"
            )
        self.office.network.arm(faults.CutAnswer(0), "POST", "^/outbox$")
        before = len(self.office.network.seen)
        page.context.set_offline(False)
        hands.send_all(page, inspector(0), f"/inspections/{reference(number)}/questions", seconds=LONGEST_WAY_HOME)
        asked = [one for one in self.office.network.seen[before:] if one.method == "HEAD" and one.status == 200]
        self.resumed += sum(one.path.startswith("/uploads/") for one in asked)
        self.office.network.calm()


def tour(seed: str, minutes: float | None, rounds: int, questions: int = QUESTIONS, photos: int = PHOTOS) -> Counts:
    """Make so many visits with one tablet; compare with what is at its office."""
    done = 0
    with opened(rounds) as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        tablet = Tablet(playwright, Path(name), office.address)
        visitor = Visitor(tablet, office, random.Random(seed))  # noqa: S311  # a draw, no secret
        visitor.begin()
        began = time.monotonic()
        while done < rounds and not (minutes and time.monotonic() > began + minutes * 60):
            page = visitor.visit(done, questions, photos)
            done += 1
            if done < rounds:
                pocket.take_along(page, reference(done))
            tablet.close()
            print(f"   tablet {seed}: {done} of {rounds} visits, {time.monotonic() - began:.0f} s", flush=True)
        office.stop()
        found = visitor.ledger.compare(office.folder)
    print(
        f"   tablet {seed}: {done} visits of {questions} answers and {photos} photos;"
        f" {visitor.resumed} uploads went on after a cut; {visitor.ledger.hashed} photos compared by hash",
        flush=True,
    )
    return found._replace(checks=done, faults=found.faults + tuple(visitor.faults + tablet.complaints))


def run(seed: int, minutes: float | None, rounds: int = ROUNDS) -> Counts:
    """Make so many whole visits in sum, at as many tablets as the machine bears."""
    return beside.at_once(tour, seed, minutes, rounds)
