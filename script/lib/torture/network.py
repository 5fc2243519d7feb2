"""Part 3: every fault of a hostile network meets every kind of request that carries work to the office."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from script.lib.torture import faults, hands, pocket
from script.lib.torture.browsers import Tablet, sign_in
from script.lib.torture.counts import Counts
from script.lib.torture.ledger import Answer, Ledger
from script.lib.torture.names import POINTS, QUESTIONS, inspector, reference
from script.lib.torture.office import Office, opened
from script.lib.torture.proxy import Rule

HERE = f"/inspections/{reference(0)}/questions"
OUTBOX = ("POST", "^/outbox")
ENTRIES = (OUTBOX, ("GET", "^/session/token"))
UPLOADS = (("POST", "^/uploads"), ("PATCH", "^/uploads/"), ("HEAD", "^/uploads/"))
"""Method and path of what carries work: entries and the token they need; photos, in pieces that go on."""
MOST_TIMES = 3
"""A fault strikes up to so often in a row."""
PATIENCE = 90.0
STANDING = """async () => {
  const line = document.querySelector("#safe-line")?.innerText ?? "";
  const { counts } = await import("/static/tablet/outbox.js");
  return [/safe at the office/i.test(line), (await counts()).waiting];
}"""
"""Whether the line above the open question says that all is at the office; then how much waits. In this order: what
arrives between the two makes no lie of the line."""


@dataclass
class Sender:
    """Somebody who writes and takes photos while the network does its worst."""

    page: Page
    office: Office
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    done: int = 0
    met: int = 0
    wrong: list[str] = field(default_factory=list)

    def answer(self, fault: faults.Fault, method: str, path: str) -> None:
        """Answer a question while a fault waits for what is sent of it; wait until it is at the office."""
        number = self._open()
        rule = self.office.network.arm(fault, method, path, self.chance.randint(1, MOST_TIMES))
        self.arrive(self._say(number))
        self._note(rule)

    def photo(self, fault: faults.Fault, method: str, path: str) -> None:
        """Take a photo while a fault waits for its way; a broken first piece makes a resumed one."""
        self.done += 1
        if method == "HEAD":
            self.office.network.arm(faults.CutAnswer(0), "PATCH", "^/uploads/")
        rule = self.office.network.arm(fault, method, path, self.chance.randint(1, MOST_TIMES))
        self.ledger.photos += pocket.add_photos(self.page, reference(0), self.done % QUESTIONS, [self.done])
        self.arrive()
        self._note(rule)

    def signed_out(self) -> None:
        """Answer with a sign-in that has ended meanwhile; the words wait, and go when their person signed in again."""
        number = self._open()
        self.page.context.clear_cookies()
        self._say(number)
        self.page.get_by_text("You are signed out. Your words are safe on this tablet.").wait_for()
        hands.send_all(self.page, inspector(0), HERE)
        self.met += 1

    def _open(self) -> int:
        self.done += 1
        number = self.chance.randrange(QUESTIONS)
        hands.open_question(self.page, reference(0), number)
        return number

    def _say(self, number: int) -> Answer:
        why = f"Written in bad weather, {self.done}."
        answer = hands.say(self.page, number, self.chance.choice(POINTS), why)
        self.ledger.answers.append(answer)
        return answer

    def _note(self, rule: Rule) -> None:
        """Note whether a fault has met what it was meant for."""
        self.met += rule.met > 0
        self.wrong += [] if rule.met else [f"{rule.fault} met nothing at {rule.method} {rule.path}"]

    def arrive(self, answer: Answer | None = None) -> None:
        """Wait until nothing waits on the tablet any more, pressing "Send now" where the person is asked to.

        ``answer`` is what the open question says: until it has arrived, its line must not say so.
        """
        end = time.monotonic() + PATIENCE
        while True:
            says_office, waiting = self.page.evaluate(STANDING)
            if not waiting:
                break
            if says_office and answer:
                self.wrong.append(f"“Safe at the office” is said of {answer} while it waits here")
            if time.monotonic() > end:
                raise TimeoutError(f"after {PATIENCE:.0f} seconds something still waits")
            hands.network_is_back(self.page)
            self.page.wait_for_timeout(250)
            pocket.try_again_what_needs_me(self.page)
        self.office.network.calm()


def plays_of(sender: Sender) -> list[tuple[str, Callable[[], None]]]:
    """Return all that is to be done, each with its name: every fault at every kind of request."""
    found: list[tuple[str, Callable[[], None]]] = [("the sign-in has ended", sender.signed_out)]
    for where in ENTRIES + UPLOADS:
        play = sender.answer if where in ENTRIES else sender.photo
        own = list(faults.of_office()) if where == OUTBOX else []
        for name, fault in [*faults.every(), *own]:
            found.append((f"{name}, {' '.join(where)}", partial(play, fault, *where)))
    return found


def run(seed: int, minutes: float | None, every: int = 1) -> Counts:
    """Let each fault (or one in ``every``) meet each kind of request; compare with what is at the office."""
    end = time.monotonic() + minutes * 60 if minutes else float("inf")
    chance = random.Random(seed)  # noqa: S311  # a draw, no secret
    with opened() as office, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        tablet = Tablet(playwright, Path(folder), office.address)
        page = tablet.open()
        sign_in(page, inspector(0))
        pocket.take_along(page, reference(0))
        sender = Sender(page, office, chance)
        plays = plays_of(sender)
        if minutes or every > 1:
            chance.shuffle(plays)
        for name, play in plays[: len(plays) // every]:
            if time.monotonic() > end:
                break
            try:
                play()
            except (TimeoutError, Error) as error:
                sender.wrong.append(f"{name}: {error}")
                office.network.calm()
        hands.send_all(page, inspector(0), HERE)
        tablet.close()
        office.stop()
        found = sender.ledger.compare(office.folder)
    print(f"   {sender.done} of {len(plays)} plays; the fault met its request in {sender.met}", flush=True)
    return found._replace(checks=sender.met, faults=found.faults + tuple(sender.wrong) + tuple(tablet.complaints))
