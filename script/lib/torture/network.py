"""Part 3: every fault of a hostile network meets every kind of request that carries work to the office."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from script.lib.torture import faults, hands, pocket
from script.lib.torture.browsers import Tablet, sign_in
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Ledger
from script.lib.torture.names import POINTS, QUESTIONS, inspector, reference
from script.lib.torture.office import Office, opened

ENTRIES = (("POST", "^/outbox"), ("GET", "^/session/token"))
UPLOADS = (("POST", "^/uploads"), ("PATCH", "^/uploads/"), ("HEAD", "^/uploads/"))
"""Method and path of what carries work: entries and the token they need; photos, in pieces that go on."""
MOST_TIMES = 3
"""A fault strikes up to so often in a row."""
PATIENCE = 90.0


@dataclass
class Sender:
    """Somebody who writes and takes photos while the network does its worst."""

    page: Page
    office: Office
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    done: int = 0
    met: int = 0

    def answer(self, fault: faults.Fault, method: str, path: str) -> None:
        """Answer a question while a fault waits for what is sent of it; wait until it is at the office."""
        self.done += 1
        number = self.chance.randrange(QUESTIONS)
        hands.open_question(self.page, reference(0), number)
        rule = self.office.network.arm(fault, method, path, self.chance.randint(1, MOST_TIMES))
        why = f"Written in bad weather, {self.done}."
        self.ledger.answers.append(hands.say(self.page, number, self.chance.choice(POINTS), why))
        self.arrive()
        self.met += rule.met > 0

    def photo(self, fault: faults.Fault, method: str, path: str) -> None:
        """Take a photo while a fault waits for its way; a broken first piece makes a resumed one."""
        self.done += 1
        if method == "HEAD":
            self.office.network.arm(faults.CutAnswer(0), "PATCH", "^/uploads/")
        rule = self.office.network.arm(fault, method, path, self.chance.randint(1, MOST_TIMES))
        self.ledger.photos += pocket.add_photos(self.page, reference(0), self.done % QUESTIONS, [self.done])
        self.arrive()
        self.met += rule.met > 0

    def arrive(self) -> None:
        """Wait until nothing waits on the tablet any more, asking again where the person is asked to."""
        end = time.monotonic() + PATIENCE
        while hands.waiting(self.page):
            if time.monotonic() > end:
                raise TimeoutError(f"after {PATIENCE:.0f} seconds something still waits")
            hands.network_is_back(self.page)
            self.page.wait_for_timeout(250)
            pocket.try_again_what_needs_me(self.page)
        self.office.network.calm()


def run(seed: int, minutes: float | None, every: int = 1) -> Counts:
    """Let each fault (or one in ``every``) meet each kind of request; compare with what is at the office."""
    end = time.monotonic() + minutes * 60 if minutes else float("inf")
    chance = random.Random(seed)  # noqa: S311  # a draw, no secret
    plays = [(name, fault, *where) for name, fault in faults.every() for where in ENTRIES + UPLOADS]
    if minutes or every > 1:
        chance.shuffle(plays)
    found_faults: list[str] = []
    with opened() as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        tablet = Tablet(playwright, Path(folder), office.address)
        page = tablet.open()
        sign_in(page, inspector(0))
        pocket.take_along(page, reference(0))
        sender = Sender(page, office, chance)
        for name, fault, method, path in plays[: len(plays) // every]:
            if time.monotonic() > end:
                break
            play = sender.answer if (method, path) in ENTRIES else sender.photo
            try:
                play(fault, method, path)
            except (TimeoutError, Error) as error:
                found_faults.append(f"{name}, {method} {path}: {error}")
                office.network.calm()
        hands.send_all(page, inspector(0), f"/inspections/{reference(0)}/questions")
        tablet.close()
        office.stop()
        found = sender.ledger.compare(office.folder)
    print(f"   {sender.done} of {len(plays)} plays; the fault met its request in {sender.met}", flush=True)
    return found._replace(checks=sender.met, faults=found.faults + tuple(found_faults) + tuple(tablet.complaints))
