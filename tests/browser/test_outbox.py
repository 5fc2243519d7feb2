"""What a tablet calls safe is safe: through reloads, kills, lost answers, other people, and without a network."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from script.lib.served import Server
from tests.browser.conftest import TABLET, People, ask, sign_in
from tests.browser.test_rating import open_question, safe, words

pytestmark = pytest.mark.browser
HERE = re.compile("Safe on this tablet$")
HAS_KEY = """async () => {
  const { currentKey } = await import("/static/tablet/crypt.js");
  while (!(await currentKey())) await new Promise((done) => setTimeout(done, 50));
}"""
SAID = "SELECT count(*) FROM revision WHERE is_top AND content LIKE '%{}%'"


def on_tablet(page: Page):
    return page.get_by_role("status").filter(has_text=HERE)


def begin(page: Page, place: int = 0) -> str:
    """Open a question on a tablet that has its person's key from then on; return its address."""
    with page.expect_response("**/tablet/key"):
        address = open_question(page, place)
    page.evaluate(HAS_KEY)
    return address


def no_network(page: Page) -> Callable[[], None]:
    """Let nothing reach the office from a tablet; return what brings the network back."""
    page.context.route(re.compile("/outbox$|/session/token$"), lambda route: route.abort())
    return lambda: page.context.unroute(re.compile("/outbox$|/session/token$"))


def write(page: Page, said: str) -> None:
    words(page).fill(said)
    expect(on_tablet(page)).to_be_visible()


def stored(page: Page) -> list[dict[str, Any]]:
    """Return all that lies in the browser's database, as text where it is no key."""
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
          const open = indexedDB.open('inspect-together');
          const db = await new Promise(done => open.onsuccess = () => done(open.result));
          const all = [];
          for (const name of db.objectStoreNames) {
            const ask = db.transaction(name).objectStore(name).getAll();
            const rows = await new Promise(done => ask.onsuccess = () => done(ask.result));
            const text = bytes => new TextDecoder('latin1').decode(bytes);
            const plain = (_, one) => one instanceof ArrayBuffer || ArrayBuffer.isView(one) ? text(one) : one;
            for (const row of rows) all.push({store: name, text: JSON.stringify(row, plain)});
          }
          db.close();
          return all;
        }"""
    )
    return found


def test_what_waits_comes_back_after_a_reload_and_goes_when_the_network_returns(people: People, folder: Path) -> None:
    page = people.come("Isla Munro", worker=True)
    begin(page)
    page.get_by_role("radio").nth(1).check()
    expect(safe(page)).to_be_visible()
    back = no_network(page)
    write(page, "Written in the cellar.")
    page.reload()
    expect(words(page)).to_have_value("Written in the cellar.")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(on_tablet(page)).to_be_visible()
    expect(page.get_by_role("link", name="1 thing waits on this tablet")).to_be_visible()
    assert ask(folder, SAID.format("Written in the cellar.")) == 0
    page.get_by_role("link", name="1 thing waits on this tablet").click()
    waiting = page.get_by_role("listitem").filter(has_text="Written in the cellar.")
    expect(waiting).to_contain_text("Safe on this tablet")
    back()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("status").first).to_contain_text("Nothing waits on this tablet")
    assert ask(folder, SAID.format("Written in the cellar.")) == 1


def test_a_new_note_is_the_same_note_after_a_reload(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    with page.expect_response("**/tablet/key"):
        page.goto("/inspections/DEMO-2/observations/new")
    back = no_network(page)
    note = page.get_by_role("textbox", name="What did you find out?")
    note.fill("Ice on the steps.")
    expect(on_tablet(page)).to_be_visible()
    page.reload()
    expect(note).to_have_value("Ice on the steps.")
    back()
    note.fill("Ice on the steps by the back door.")
    expect(safe(page)).to_be_visible()
    assert ask(folder, "SELECT count(*) FROM observation WHERE text LIKE 'Ice on the steps%'") == 1


def test_what_waits_is_told_where_the_browser_lost_its_mark_with_the_battery(people: People) -> None:
    page = people.come("Isla Munro")
    begin(page)
    no_network(page)
    write(page, "Written before the battery was empty.")
    page.evaluate("localStorage.clear()")
    page.goto("/")
    expect(page.get_by_role("link", name="1 thing waits on this tablet")).to_be_visible()


def test_words_that_came_before_the_script_are_not_called_safe(people: People) -> None:
    page = people.come("Isla Munro")
    address = begin(page)
    page.get_by_role("radio").nth(1).check()
    expect(safe(page)).to_be_visible()
    page.context.route("**/tablet/question.js", lambda route: route.abort())
    page.goto(address)
    expect(page.get_by_role("status").filter(has_text="Everything here is safe at the office")).to_be_visible()
    words(page).fill("Quicker than the network.")
    expect(page.get_by_role("status")).to_contain_text("Not safe yet")


@pytest.fixture
def own_browser(browser: Browser, tmp_path: Path, server: Server) -> Iterator[Callable[[], BrowserContext]]:
    """Start a browser whose data outlive it, as often as wanted."""
    started: list[BrowserContext] = []

    def launch() -> BrowserContext:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        begun = browser.browser_type.launch_persistent_context(
            tmp_path / "browser", executable_path=path, args=["--no-sandbox"], viewport=TABLET, base_url=server.address
        )
        started.append(begun)
        return begun

    yield launch
    started[-1].close()


def kill(folder: Path) -> None:
    """Kill the browser whose data lie in a folder."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in command:
            os.kill(int(process.name), signal.SIGKILL)


def test_what_was_safe_on_this_tablet_outlives_the_death_of_the_browser(
    own_browser: Callable[[], BrowserContext], tmp_path: Path
) -> None:
    page = own_browser().new_page()
    sign_in(page, "Isla Munro")
    address = begin(page)
    no_network(page)
    page.get_by_role("radio").nth(2).check()
    write(page, "Safe before the battery was empty.")
    kill(tmp_path / "browser")
    again = own_browser().new_page()
    again.goto("/sign-in")
    if again.get_by_role("button", name="Be Isla").is_visible():  # the demonstration's sign-in ends with its browser
        sign_in(again, "Isla Munro")
    no_network(again)
    again.goto(address)
    expect(words(again)).to_have_value("Safe before the battery was empty.", timeout=20_000)
    expect(again.get_by_role("radio").nth(2)).to_be_checked()


def test_an_answer_lost_after_the_commit_makes_no_second_one(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    begin(page)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    page.context.route("**/outbox", lose)
    words(page).fill("The answer to this was lost.")
    expect(safe(page)).to_be_visible()
    assert json.loads(lost[0])["state"] == "safe"
    assert ask(folder, "SELECT count(*) FROM revision WHERE content LIKE '%The answer to this was lost.%'") == 1


@pytest.mark.parametrize("wrong", ["digest", "id", "nothing"])
def test_an_entry_stays_until_a_receipt_matches_it(people: People, wrong: str) -> None:
    page = people.come("Isla Munro")
    begin(page)

    def answer(route: Route) -> None:
        sent = json.loads(route.request.post_data or "")
        said = {"state": "safe", "id": sent["id"], "digest": "0" * 64}
        said = said | {"id": sent["person"]} if wrong == "id" else said
        if wrong == "nothing":
            route.fulfill(status=200, content_type="text/html", body="<p>Welcome to the café’s network. Log in!</p>")
        else:
            route.fulfill(status=200, content_type="application/json", body=json.dumps(said))

    page.context.route("**/outbox", answer)
    with page.expect_response("**/outbox"):
        words(page).fill("Nobody has this yet.")
    expect(on_tablet(page)).to_be_visible()
    page.goto("/tablet")
    expect(page.get_by_role("listitem").filter(has_text="Nobody has this yet.")).to_be_visible()


def test_the_next_person_finds_nothing_and_the_owner_sends_it_later(people: People, folder: Path) -> None:
    page = people.come("Isla Munro", worker=True)
    address = begin(page)
    back = no_network(page)
    write(page, "For the office alone.")
    page.goto("/sign-out")
    expect(page.get_by_role("main")).to_contain_text("1 thing has not reached the office yet.")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "sign-out" not in url)
    assert [row for row in stored(page) if row["store"] == "keys"] == []
    sign_in(page, "Farah Aziz")
    page.goto(address)
    expect(words(page)).not_to_have_value("For the office alone.")
    page.goto("/tablet")
    expect(page.get_by_role("main")).to_contain_text(
        "1 thing of somebody else waits here; they can sign in to send it."
    )
    assert "For the office alone." not in page.content()
    assert all("For the office alone." not in row["text"] for row in stored(page))
    back()
    page.goto("/sign-out")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "sign-out" not in url)
    with page.expect_response("**/outbox"):  # wherever one lands: who comes back has the key to what they left
        sign_in(page, "Isla Munro")
    page.goto(address)
    expect(words(page)).to_have_value("For the office alone.")
    page.goto("/tablet")
    expect(page.get_by_role("status").first).to_contain_text("Nothing waits on this tablet")
    assert ask(folder, SAID.format("For the office alone.")) == 1


def test_whoever_signs_in_takes_the_key_of_whoever_was_before(people: People) -> None:
    page = people.come("Isla Munro")
    begin(page)
    no_network(page)
    write(page, "The tablet was handed on without signing out.")
    page.context.clear_cookies()
    page.goto("/tablet")  # nobody has signed out: its owner still reads what is theirs
    expect(page.get_by_role("main")).to_contain_text("The tablet was handed on without signing out.")
    sign_in(page, "Farah Aziz")
    page.goto("/tablet")
    expect(page.get_by_role("main")).to_contain_text("1 thing of somebody else waits here")
    assert "handed on" not in page.content()


def test_what_the_office_cannot_store_needs_its_person_and_stops_nothing_else(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    begin(page)

    def refuse(route: Route) -> None:
        if "This one is wrong." in (route.request.post_data or ""):
            body = json.dumps({"state": "wrong", "sentence": "Choose a point first."})
            route.fulfill(status=422, content_type="application/json", body=body)
        else:
            route.continue_()

    page.context.route("**/outbox", refuse)
    words(page).fill("This one is wrong.")
    expect(page.get_by_role("status")).to_contain_text("Needs you: Choose a point first.")
    open_question(page, 1)
    words(page).fill("This one is right.")
    expect(safe(page)).to_be_visible()
    page.goto("/tablet")
    entry = page.get_by_role("listitem").filter(has_text="This one is wrong.")
    expect(entry).to_contain_text("Choose a point first.")
    entry.get_by_role("button", name="Throw it away").click()
    entry.get_by_role("button", name="Yes, throw it away for good").click()
    expect(page.get_by_role("status").first).to_contain_text("Nothing waits on this tablet")


FULL = """() => { IDBObjectStore.prototype.put = function () {
    this.transaction.abort(); throw new DOMException('full', 'QuotaExceededError'); } }"""


def test_nothing_is_sealed_before_what_waits(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    begin(page)
    network_returns = no_network(page)
    write(page, "Waits before the seal.")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    page.goto("/inspections/DEMO-2/seal")
    waits = page.get_by_text("It goes to the office first.")
    expect(waits).to_be_visible()
    with page.expect_navigation():  # the page comes anew when all is at the office
        page.evaluate("document.querySelector('form[data-sends]').requestSubmit()")
        network_returns()
        page.evaluate("() => { import('/static/tablet/sender.js').then(({ send }) => send()); }")
    expect(waits).to_be_hidden()
    assert ask(folder, SAID.format("Waits before the seal.")) == 1
    assert not any(one.startswith("csrf_token") for one in sent)

    page.route(
        "**/outbox", lambda route: route.fulfill(status=503) if "A photo" in str(route.request.post_data) else None
    )
    sent.clear()
    page.evaluate("""async () => {
        const { add } = await import('/static/tablet/outbox.js');
        const note = { note: crypto.randomUUID(), kind: 'seen', text: 'A photo waits like this note', question: null };
        await add({ kind: 'note', inspection: 'DEMO-2', content: note });
        await add({ kind: 'seal', inspection: 'DEMO-2', content: { revisions: [] } });
        await (await import('/static/tablet/sender.js')).send();
    }""")
    assert [("A photo" in one, '"kind":"seal"' in one) for one in sent] == [(True, False)]


def test_a_full_tablet_says_so_and_calls_nothing_safe(people: People) -> None:
    page = people.come("Isla Munro")
    begin(page)
    page.context.set_offline(True)
    page.evaluate(FULL)
    words(page).fill("There is no room for this.")
    expect(page.get_by_role("alert")).to_contain_text("This tablet is full.")
    expect(page.get_by_role("status").filter(has_text=re.compile("Safe "))).to_have_count(0)
    expect(words(page)).to_have_value("There is no room for this.")


def test_what_a_full_tablet_cannot_keep_goes_straight_to_the_office(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    begin(page)
    page.evaluate(FULL)
    words(page).fill("There is room at the office.")
    expect(safe(page)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert ask(folder, SAID.format("There is room at the office.")) == 1


def test_dictation_is_kept_though_no_key_was_pressed_and_the_page_goes_at_once(people: People) -> None:
    page = people.come("Isla Munro")
    address = begin(page)
    expect(page.get_by_role("radio").first).to_be_enabled()
    no_network(page)
    page.get_by_role("radio").first.check()
    expect(on_tablet(page)).to_be_visible()
    words(page).evaluate(
        """(field) => {
             field.dispatchEvent(new CompositionEvent('compositionstart'));
             field.setRangeText('Spoken, not typed.', 0, 0, 'end');
             field.dispatchEvent(new InputEvent('input', {inputType: 'insertReplacementText', bubbles: true}));
             Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
             document.dispatchEvent(new Event('visibilitychange'));
           }"""
    )
    expect(on_tablet(page)).to_be_visible()
    page.goto(address)
    expect(words(page)).to_have_value("Spoken, not typed.")


def test_a_store_that_the_browser_has_cleared_is_not_passed_over(people: People) -> None:
    page = people.come("Isla Munro", worker=True)
    begin(page)
    no_network(page)
    write(page, "Cleared before it could be sent.")
    page.goto("/sign-in")
    expect(page.get_by_role("link", name="1 thing waits on this tablet")).to_be_visible()
    origin = page.evaluate("location.origin")
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb,local_storage"}
    )
    page.goto("/sign-in")
    page.get_by_role("link", name="This browser has cleared what was kept on this tablet.").click()
    expect(page.get_by_role("alert")).to_contain_text("1 thing had not reached the office. Please write it again")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("alert")).to_have_count(0)
