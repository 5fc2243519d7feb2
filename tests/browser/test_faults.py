"""A network that lies, an office that wants a rest, a half-made store, and a new version while somebody writes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.browser.conftest import People
from tests.browser.test_outbox import begin, no_network, on_tablet, write
from tests.browser.test_rating import safe, words

pytestmark = pytest.mark.browser
OUTBOX = re.compile("/outbox$")
HALF_MADE = """() => new Promise((done) => {
  const open = indexedDB.open("inspect-together");  // as whoever looks for it makes it: version 1, and nothing in it
  open.onsuccess = () => done(open.result.close());
})"""
SEND = """async () => {
  const { src } = document.querySelector('script[src$="/tablet/joined.js"]');
  const { send } = await import(src.replace("joined", "sender"));
  await send();
}"""

FULL = """() => { IDBObjectStore.prototype.put = function () {
  this.transaction.abort(); throw new DOMException('full', 'QuotaExceededError'); } }"""
NEWER = "navigator.serviceWorker.register('/tablet-worker.js?newer', { type: 'module' }).then(() => {})"
CONTROLLED_BY = "() => navigator.serviceWorker.controller?.scriptURL"


def test_lies_and_rests_on_the_way_cost_nothing(people: People) -> None:
    page = people.come("Isla Munro")
    page.clock.install()
    page.goto("/manifest.webmanifest")
    page.evaluate(HALF_MADE)
    begin(page)
    meet_a_portal(page)
    let_the_office_rest(page)


def meet_a_portal(page: Page) -> None:
    """Somebody else's network leads every request to its own page, and then lets them through."""
    portal = {"status": 200, "content_type": "text/html", "body": "<h1>Log in to the free network</h1>"}
    page.context.route("**/free-network", lambda route: route.fulfill(**portal))
    page.context.route(OUTBOX, lambda route: route.fulfill(status=302, headers={"Location": "/free-network"}))
    with page.expect_request(OUTBOX):
        words(page).fill("Written in a café.")
    expect(on_tablet(page)).to_be_visible()
    page.context.unroute(OUTBOX)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(safe(page)).to_be_visible()


def let_the_office_rest(page: Page) -> None:
    """An office that says how long it wants to rest is not asked before, whatever is written meanwhile."""
    asked: list[str] = []

    def rest(route: Route) -> None:
        asked.append(route.request.url)
        body = '{"state": "busy", "sentence": "Wait a little."}'
        route.fulfill(status=429, content_type="application/json", headers={"Retry-After": "300"}, body=body)

    page.context.route(OUTBOX, rest)

    def is_busy(response: Response) -> bool:
        return response.status == 429

    with page.expect_response(is_busy):
        words(page).fill("The office is busy.")
    write(page, "The office is still busy.")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.evaluate(SEND)
    assert len(asked) == 1
    expect(on_tablet(page)).to_be_visible()
    page.context.unroute(OUTBOX)
    page.clock.fast_forward("05:01")
    expect(safe(page)).to_be_visible()


def test_a_new_version_waits_until_nothing_is_unsaved(people: People) -> None:
    page = people.come("Isla Munro", worker=True)
    address = begin(page)
    while not (before := page.evaluate(CONTROLLED_BY)):
        page.wait_for_timeout(250)
        page.goto(address)
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
