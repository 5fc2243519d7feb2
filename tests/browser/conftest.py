"""A real browser, and a real server on a copy of the demonstration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import create_engine, text

from inspect_app.core.database import safe_sqlite
from script.lib.served import Server
from tests.browser.lasting import LastingServer
from tests.demonstration import pristine

DEVICES = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
TABLET = {"width": 800, "height": 1280}
LONGEST_WAIT_MS = 20_000
"""So long a browser may take for what a test expects: much, as other tests run beside it."""
expect.set_options(timeout=LONGEST_WAIT_MS)
NO_WORKER = "delete Navigator.prototype.serviceWorker"
"""A browser that knows no service worker, as in some private windows: without it, everything works with a network."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that CHROMIUM names; its microphone beeps, and nobody asks whether it may be used."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        opened = playwright.chromium.launch(executable_path=path, args=DEVICES)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LastingServer]:
    """The server that ``script/server`` starts, for all journeys of this process."""
    started = LastingServer(pristine(tmp_path_factory), tmp_path_factory.mktemp("served") / "var")
    yield started
    started.end()


@pytest.fixture
def server(lasting: LastingServer) -> Server:
    """A server as new, for one journey, with the demonstration as it was loaded."""
    return lasting.as_new()


@pytest.fixture
def folder(server: Server) -> Path:
    """The server's data folder."""
    return server.folder


class People:
    """Browsers, each with somebody in front of it; whatever a page complains about is noted."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def come(self, name: str | None = None, *, script: bool = True, worker: bool = False) -> Page:
        """Return a tablet in the hands of somebody of the story, or of a stranger.

        The service worker, which fetches all that a tablet needs without a network, is there if a journey asks for it.
        """
        context = self.browser.new_context(
            viewport=TABLET, java_script_enabled=script, base_url=self.server.address, locale="en-GB"
        )
        if not worker:
            context.add_init_script(NO_WORKER)
        context.set_default_timeout(LONGEST_WAIT_MS)
        context.on("weberror", lambda one: self.complaints.append(str(one.error)))
        context.on("console", lambda one: self._listen(one.type, one.text))
        self.contexts.append(context)
        page = context.new_page()
        if name:
            sign_in(page, name)
        return page

    def _listen(self, kind: str, words: str) -> None:
        if kind == "error" and "Content Security Policy" in words:
            self.complaints.append(words)

    def leave(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()


def sign_in(page: Page, name: str) -> None:
    """Press somebody's button on the sign-in page."""
    page.goto("/sign-in")
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button").click()
    page.get_by_text(f"You are {name} now").wait_for()


@pytest.fixture
def people(browser: Browser, server: Server) -> Iterator[People]:
    """Whoever comes to this journey; no page may run into an error of its script or of its policy."""
    here = People(browser, server)
    yield here
    here.leave()
    assert here.complaints == []


def change(folder: Path, *statements: str) -> None:
    """Put the data into a state that the demonstration is not in."""
    engine = create_engine(f"sqlite:///{folder / 'inspect.db'}", module=safe_sqlite())
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def ask(folder: Path, question: str) -> int:
    """Return what the database answers to a question with one number."""
    engine = create_engine(f"sqlite:///{folder / 'inspect.db'}", module=safe_sqlite())
    with engine.connect() as connection:
        found = connection.execute(text(question)).scalar_one()
    engine.dispose()
    return int(found)
