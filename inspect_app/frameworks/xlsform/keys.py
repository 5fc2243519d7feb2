"""Keys from the names that forms use."""

from __future__ import annotations

import re
import unicodedata

from inspect_app.frameworks.parts import LONGEST_KEY


def key_from(name: str) -> str:
    """Return the key nearest to a name: small letters, digits, hyphens; "" when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-_]*([-_])[-_]*", r"\1", re.sub(r"[^a-z0-9_-]+", "-", plain)).strip("-_")[:LONGEST_KEY].strip("-_")


class Keys:
    """Gives each name a key of its own."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, name: str, otherwise: str) -> str:
        """Return a key that nothing else has; ``otherwise`` begins it where nothing is left of the name."""
        wish = key_from(name) or otherwise
        key, number = wish, 2
        while key in self.taken:
            end = f"-{number}"
            key, number = wish[: LONGEST_KEY - len(end)].strip("-_") + end, number + 1
        self.taken.add(key)
        return key
