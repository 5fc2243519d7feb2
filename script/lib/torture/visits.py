"""Part 2: whole visits without network, from a cold start of the browser; then everything must arrive, each once."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from script.lib.torture import hands, pocket
from script.lib.torture.browsers import Tablet
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


@dataclass
class Visitor:
    """One inspector with one tablet, who visits one inspection after the other."""

    tablet: Tablet
    office: Office
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    photos: int = 0

    def take_along(self, number: int) -> None:
        """Fetch an inspection's pack while there is a network, and end the browser."""
        page = self.tablet.open()
        hands.come_back(page, inspector(0), f"/inspections/{reference(number)}")
        pocket.take_along(page, reference(number))
        self.tablet.close()

    def visit(self, number: int, questions: int, photos: int) -> None:
        """Walk all questions of an inspection from a cold start, with the office out of reach; then come home."""
        self._leave(number)
        page = self.tablet.open(offline=True)
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
        self._come_home(page, number)
        self.tablet.close()

    def _leave(self, number: int) -> None:
        self.office.network.down()
        if number % STOPPED_EVERY == 0:
            self.office.stop()

    def _come_home(self, page: Page, number: int) -> None:
        if number % STOPPED_EVERY == 0:
            self.office.start()
        self.office.network.calm()
        page.context.set_offline(False)
        hands.send_all(page, inspector(0), f"/inspections/{reference(number)}/questions", seconds=300)


def run(
    seed: int, minutes: float | None, rounds: int = ROUNDS, questions: int = QUESTIONS, photos: int = PHOTOS
) -> Counts:
    """Make so many visits of so many answers and photos; compare with what is at the office."""
    end = time.monotonic() + minutes * 60 if minutes else float("inf")
    done = 0
    with opened(rounds) as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        tablet = Tablet(playwright, Path(name), office.address)
        visitor = Visitor(tablet, office, random.Random(seed))  # noqa: S311  # a draw, no secret
        while done < rounds and time.monotonic() < end:
            visitor.take_along(done)
            visitor.visit(done, questions, photos)
            done += 1
            if done % STOPPED_EVERY == 0:
                print(f"   {done} visits", flush=True)
        office.stop()
        found = visitor.ledger.compare(office.folder)
    print(f"   {done} visits of {questions} answers and {photos} photos", flush=True)
    return found._replace(checks=done, faults=found.faults + tuple(tablet.complaints))
