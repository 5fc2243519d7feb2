"""Part 1: the browser is killed at random moments while somebody answers and takes photos."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from script.lib.torture import beside, hands, pocket
from script.lib.torture.browsers import Tablet, processes_of, sign_in
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Ledger
from script.lib.torture.names import POINTS, QUESTIONS, inspector, reference
from script.lib.torture.office import Office, opened

ROUNDS = 200
LONGEST_LIFE = 5.0
"""Seconds after which a browser is dead at the latest."""
TELL_EVERY = 10
TRIES = 3
PATIENCE = 5.0
"""Seconds after the end of the longest life in which a driver must have noticed it."""
ONE_IN = 3
"""One in so many things that are done is a photo; and one in so many lives has a network."""


BORN = """async () => (await (await import("/static/tablet/store.js")).read("marks", "born")).value"""
"""Which store this is: a browser that finds its store damaged begins a new one, and says nothing."""


@dataclass
class Worker:
    """Somebody who works at a tablet that dies again and again."""

    tablet: Tablet
    office: Office
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    done: int = 0
    lives: int = 0
    beside: int = 0
    born: str = ""
    faults: list[str] = field(default_factory=list)

    def live(self) -> None:
        """Start the browser, work, and be cut off; the moment is drawn, and may come before anything was done."""
        self.lives += 1
        has_network = self.chance.randrange(ONE_IN) == 0
        self.office.network.calm()
        if not has_network:
            self.office.network.down()
        page = self.tablet.open(offline=not has_network)
        page.set_default_timeout((LONGEST_LIFE + PATIENCE) * 1000)
        end = threading.Timer(self.chance.uniform(0, LONGEST_LIFE), self.tablet.strike)
        end.start()
        try:
            while True:
                self._do(page)
        except Error as error:
            # A driver whose browser dies while it is asked sometimes waits for an answer until its time is over.
            if not hands.is_gone(error) and (end.is_alive() or processes_of(self.tablet.folder)):
                raise
        finally:
            end.cancel()
            end.join()
            self.tablet.kill()

    def come_home(self) -> None:
        """Open what is left, and wait until all of it is at the office; what has to be tried again is a fault."""
        self.office.network.calm()
        for _ in range(TRIES):
            page = self.tablet.open()
            try:
                hands.send_all(page, inspector(0), f"/inspections/{reference(0)}/questions")
                self.look_at_store(page)
            except (Error, TimeoutError) as error:
                self.faults.append(f"after {self.lives} kills: {error}; {hands.standing(page)}")
                self.tablet.kill()
            else:
                self.tablet.close()
                return

    def look_at_store(self, page: Page) -> None:
        """Note a fault where the browser has begun a new store: all that waited in the old one is gone."""
        born = str(page.evaluate(BORN))
        if self.born and born != self.born:
            self.faults.append(f"after {self.lives - 1} kills the browser has thrown its store away")
        self.born = born

    def _do(self, page: Page) -> None:
        self.done += 1
        number = self.chance.randrange(QUESTIONS)
        if self.chance.randrange(ONE_IN) == 0:
            self.ledger.photos += pocket.add_photos(page, reference(0), number, [self.done])
            return
        hands.open_question(page, reference(0), number)
        self.look_at_store(page)
        why = f"Seen {self.done} times, in life {self.lives}."
        said = hands.say(page, number, self.chance.choice(POINTS), why)
        self.beside += said.why != why
        self.ledger.answers.append(said)


def work_on(seed: str, minutes: float | None, rounds: int) -> Counts:
    """Kill the browser of one tablet so many times; then let everything arrive, and compare."""
    with opened() as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        tablet = Tablet(playwright, Path(name), office.address)
        worker = Worker(tablet, office, random.Random(seed))  # noqa: S311  # a draw, no secret
        page = tablet.open()
        sign_in(page, inspector(0))
        pocket.take_along(page, reference(0))
        worker.look_at_store(page)
        tablet.kill()
        began = time.monotonic()
        while worker.lives < rounds and not (minutes and time.monotonic() > began + minutes * 60):
            worker.live()
            if worker.lives % TELL_EVERY == 0:
                print(f"   tablet {seed}: killed {worker.lives} times, {time.monotonic() - began:.0f} s", flush=True)
        worker.come_home()
        office.stop()
        found = worker.ledger.compare(office.folder)
    told = f"{worker.done} things begun; {worker.beside} answers stand beside the words of before"
    print(f"   tablet {seed}: killed {worker.lives} times; {told}", flush=True)
    return found._replace(checks=worker.lives, faults=found.faults + tuple(worker.faults + tablet.complaints))


def run(seed: int, minutes: float | None, rounds: int = ROUNDS) -> Counts:
    """Kill a browser so many times in sum, at as many tablets as the machine bears."""
    return beside.at_once(work_on, seed, minutes, rounds)
