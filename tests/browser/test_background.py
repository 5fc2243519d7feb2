"""What the worker does beside the pages: it sends when none is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import People, ask
from tests.browser.test_offline import take_along
from tests.browser.test_outbox import SAID, write
from tests.browser.test_rating import open_question

pytestmark = pytest.mark.browser
NOTHING_WAITS = """async () => {
  const done = (ask) => new Promise((yes) => (ask.onsuccess = () => yes(ask.result)));
  const db = await done(indexedDB.open("inspect-together"));
  const left = () => done(db.transaction("entries").objectStore("entries").count());
  for (let n = 0; n < 400 && await left(); n++) await new Promise((yes) => setTimeout(yes, 50));
  const found = await left();
  db.close();
  return found;
}"""


def test_words_go_when_the_network_returns_though_no_page_is_open(people: People, folder: Path) -> None:
    page = people.come("Isla Munro", worker=True)
    take_along(page)
    open_question(page)
    other = page.context.new_page()
    other.goto("/healthz")  # no page of the tablet's: nothing on it sends
    found: list[str] = []
    tools = page.context.new_cdp_session(other)
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    page.context.set_offline(True)
    write(page, "Sent when no page was open.")
    page.close()
    page.context.set_offline(False)
    assert ask(folder, SAID.format("Sent when no page was open.")) == 0
    where = {"origin": other.evaluate("location.origin"), "registrationId": found[-1]}
    tools.send("ServiceWorker.dispatchSyncEvent", {**where, "tag": "outbox", "lastChance": False})
    assert other.evaluate(NOTHING_WAITS) == 0
    assert ask(folder, SAID.format("Sent when no page was open.")) == 1
