"""Real browsers, as tablets: each with a folder of its own that outlives it, to be opened, closed and killed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright, ViewportSize

PATH = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WHOLE = "/usr/bin/chromium"
"""A browser with all that writes to its folder: suggestions, tabs to open again. The lean one has nothing of that."""
TABLET: ViewportSize = {"width": 800, "height": 1280}
LONGEST_WAIT_MS = 120_000
"""A machine that does other work too is slow; only what never comes is a fault."""


@dataclass
class Tablet:
    """One tablet: a browser's folder, and the browser while it is open. ``complaints`` are errors of its pages."""

    playwright: Playwright
    folder: Path
    address: str
    path: str = PATH
    context: BrowserContext | None = None
    complaints: list[str] = field(default_factory=list)

    def open(self, *, offline: bool = False) -> Page:
        """Start the browser cold, and return its page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=self.path,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            base_url=self.address,
            viewport=TABLET,
            locale="en-GB",
            offline=offline,
        )
        self.context.set_default_timeout(LONGEST_WAIT_MS)
        self.context.on("weberror", lambda one: self.complaints.append(str(one.error)))
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def close(self) -> None:
        """Close the browser in good order."""
        if self.context is not None:
            self.context.close()
            self.context = None

    def strike(self) -> None:
        """End all of the browser's processes at once; may be called from another thread."""
        for process in processes_of(self.folder):
            _end(process)

    def kill(self) -> None:
        """End the browser as an empty battery would: every process of it, at once, without a word."""
        self.strike()
        if self.context is not None:
            with contextlib.suppress(Error):  # whatever is said about a browser that is gone
                self.context.close()
            self.context = None
        wait_until_gone(self.folder)


def processes_of(folder: Path) -> list[int]:
    """Return the processes of the browser whose folder this is: the one that was started, and its children."""
    mark = re.compile(rb"--user-data-dir=" + re.escape(str(folder).encode()) + rb"(\0|$)")
    found = []
    for one in Path("/proc").iterdir():
        try:
            if one.name.isdigit() and mark.search((one / "cmdline").read_bytes()):
                found.append(int(one.name))
        except OSError:
            continue  # it has ended meanwhile
    return found


def _end(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def wait_until_gone(folder: Path, seconds: float = 10) -> None:
    """Wait until no process uses a browser's folder; raise TimeoutError when one goes on."""
    end = time.monotonic() + seconds
    while processes_of(folder):
        if time.monotonic() > end:
            raise TimeoutError(f"the browser in {folder} goes on")
        time.sleep(0.05)


def sign_in(page: Page, name: str) -> None:
    """Press somebody's button on the demonstration's sign-in page."""
    page.goto("/sign-in")
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button").click()
    page.get_by_text(f"You are {name} now").wait_for()
