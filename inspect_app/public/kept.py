"""What never changes is read once: values kept in the process by their key, the oldest going first."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """At most ``most`` values; several threads may ask at once, as the worst is that one value is read twice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[uuid.UUID, Value] = {}

    def get(
        self, keys: Collection[uuid.UUID], read: Callable[[list[uuid.UUID]], Mapping[uuid.UUID, Value]]
    ) -> dict[uuid.UUID, Value]:
        """Return the values of these keys; ``read`` is asked once for all that are not here."""
        known = self._values
        found = {key: known[key] for key in keys if key in known}
        missing = [key for key in keys if key not in found]
        if missing:
            new = read(missing)
            found.update(new)
            merged = known | dict(new)
            self._values = dict(list(merged.items())[-self._most :])
        return found
