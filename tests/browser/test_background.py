"""What the worker does beside the pages: it sends when none is open, and a new one waits until nothing is unsaved."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People, ask
from tests.browser.test_offline import take_along
from tests.browser.test_outbox import FULL, SAID, begin, no_network, write
from tests.browser.test_rating import open_question, safe, words

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

NEWER = "navigator.serviceWorker.register('/tablet-worker.js?newer', { type: 'module' }).then(() => {})"
CONTROLLED_BY = "() => navigator.serviceWorker.controller?.scriptURL"


def test_words_go_when_the_network_returns_though_no_page_is_open(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
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


def test_a_new_version_waits_until_nothing_is_unsaved(people: People) -> None:
    page = people.come("Isla Munro")
    address = begin(page)
    while not (before := page.evaluate(CONTROLLED_BY)):
        address = open_question(page)  # a page has a worker when it is opened after the worker came
    back = no_network(page)
    page.evaluate(FULL)
    page.context.route(address, lambda route: route.abort())
    page.evaluate(NEWER)
    expect(page.get_by_text("A new version of Inspect Together is ready.")).to_be_visible(timeout=30_000)
    words(page).fill("Nobody has this yet.")
    page.get_by_role("button", name="Use it now").click()
    expect(page.get_by_text("Something on this page is not saved yet.")).to_be_visible()
    assert page.evaluate(CONTROLLED_BY) == before
    back()
    page.context.unroute(address)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(safe(page)).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    assert page.evaluate(CONTROLLED_BY) != before
    expect(words(page)).to_have_value("Nobody has this yet.")
