"""Navigation: rooms offer links to the header; each person sees those that are theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, has_request_context, request

from inspect_app.core import access


@dataclass(frozen=True)
class Link:
    """One link in the header; a lower ``order`` stands further left."""

    href: str
    text: str
    order: int = 50


Offer = Callable[[Any], Iterable[Link]]

_offers: list[Offer] = []


def offer(links: Offer) -> None:
    """Register what a room offers; the function gets the person who is signed in, or None."""
    if links not in _offers:
        _offers.append(links)


def navigation(person: Any) -> list[dict[str, Any]]:
    """Return the links of the header for a person: href, text, and whether we are there now."""
    links = sorted((link for links in _offers for link in links(person)), key=lambda link: (link.order, link.text))
    return [{"href": link.href, "text": link.text, "current": _is_here(link.href)} for link in links]


def _is_here(href: str) -> bool:
    if href == "/":
        return request.path == "/" or request.path.startswith("/inspections")
    return request.path == href or request.path.startswith(f"{href}/")


def init_app(app: Flask) -> None:
    """Give every template ``nav``."""
    # A mail is written outside of any request, and has no header.
    app.context_processor(lambda: {"nav": navigation(access.signed_in())} if has_request_context() else {})
