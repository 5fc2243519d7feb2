"""What of an inspection goes along on a tablet: pages, rendered blank, that the tablet fills by itself.

A blank page holds nobody's name, no answer, no note and no token. Each room offers its own pages with
:func:`pages_with`; the tablet's room asks for all of them when it makes a pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import g

from inspect_app.inspections.models import Inspection

Pages = Callable[[Inspection, Any], Mapping[str, str]]
"""From an inspection and a person to address → page. A ``*`` in an address stands for one identifier."""

_rooms: list[Pages] = []


def pages_with(pages: Pages) -> None:
    """Register the pages of a room; none for a person who may not see them."""
    if pages not in _rooms:
        _rooms.append(pages)


def pages_of(inspection: Inspection, person: Any) -> dict[str, str]:
    """Return every page that a person can take along: address → page."""
    with blank():
        return {address: text for pages in _rooms for address, text in pages(inspection, person).items()}


@contextmanager
def blank() -> Iterator[None]:
    """Render blank pages inside the block: without the person's name, tokens and messages."""
    g.blank = True
    try:
        yield
    finally:
        g.blank = False
