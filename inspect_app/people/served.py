"""The services that somebody can lead or work for. The room of services knows them and offers them here."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

Names = Callable[[], Mapping[uuid.UUID, str]]

_offered: list[Names] = []


def offer_with(names: Names) -> None:
    """Register the function that returns id → name of every service, in the order to show them."""
    _offered[:] = [names]


def names() -> Mapping[uuid.UUID, str]:
    """Return id → name of every service; nothing while no room offers any."""
    return _offered[0]() if _offered else {}
