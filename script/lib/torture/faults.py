"""What a hostile network does to a request or its answer: plain values, played by :mod:`script.lib.torture.proxy`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

TWENTIETHS = 20
STATUSES = (401, 403, 409, 413, 422, 429, 500, 502, 503)
"""What a machine on the way may answer instead of the office."""
SPOKEN = (
    (400, "token"),
    (401, "out"),
    (403, "refused"),
    (409, "other"),
    (409, "needs_file"),
    (413, "wrong"),
    (422, "wrong"),
    (429, "busy"),
    (503, "later"),
)
"""What the office itself says to a tablet when it does not take an entry: status and state."""
PORTAL_PAGE = (
    b"<!doctype html><html lang=en><title>Welcome</title><h1>Welcome to the free network</h1><p>Please log in."
)
PORTAL_PATH = "/captive-portal"


@dataclass(frozen=True)
class Pass:
    """Let everything through, as a network should."""


@dataclass(frozen=True)
class CutRequest:
    """Carry only the first ``part`` twentieths of the request to the office, then break both connections."""

    part: int


@dataclass(frozen=True)
class CutAnswer:
    """Carry the whole request, then only the first ``part`` twentieths of the answer, then break the connection.

    With part 0 the office has done its work and nobody hears of it.
    """

    part: int


@dataclass(frozen=True)
class Say:
    """Answer instead of the office, which never hears of the request."""

    status: int
    body: bytes = b"<!doctype html><title>Not now</title><h1>Not now</h1>"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)


@dataclass(frozen=True)
class Drip:
    """Carry the request in twenty pieces, ``pause`` seconds apart, and the answer too."""

    pause: float = 0.02


Fault = Pass | CutRequest | CutAnswer | Say | Drip


def portal_page() -> Say:
    """Return what a captive portal does at its worst: it answers everything with its own page and 200."""
    return Say(200, PORTAL_PAGE)


def portal_redirect(address: str = PORTAL_PATH) -> Say:
    """Return what most captive portals do: they send everybody to their own page."""
    return Say(302, b"", (("Location", address), ("Content-Type", "text/html")))


def status(code: int) -> Say:
    """Return an answer with a status code and a page of somebody else's."""
    waits = (("Retry-After", "1"),) if code in (429, 503) else ()
    return Say(code, headers=(("Content-Type", "text/html"), *waits))


def spoken(code: int, state: str) -> Say:
    """Return an answer in the office's own words that does not take an entry."""
    waits = (("Retry-After", "1"),) if code in (429, 503) else ()
    body = json.dumps({"state": state, "sentence": "Not now."}).encode()
    return Say(code, body, (("Content-Type", "application/json"), *waits))


def of_office() -> Iterator[tuple[str, Fault]]:
    """Yield each way in which the office itself does not take an entry, with its name in words."""
    for code, state in SPOKEN:
        yield f"the office said {code}, {state}", spoken(code, state)


def every() -> Iterator[tuple[str, Fault]]:
    """Yield each fault once, with its name in words."""
    for part in range(TWENTIETHS):
        yield f"request cut after {part}/{TWENTIETHS}", CutRequest(part)
    yield "answer lost after the office had stored it", CutAnswer(0)
    for part in range(1, TWENTIETHS):
        yield f"answer cut after {part}/{TWENTIETHS}", CutAnswer(part)
    for code in STATUSES:
        yield f"answered {code}", status(code)
    yield "slow drip", Drip()
    yield "captive portal, 200", portal_page()
    yield "captive portal, 302", portal_redirect()
