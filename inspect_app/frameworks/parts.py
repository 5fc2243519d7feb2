"""One part of a framework's file while it is checked: each look at it names the place when it is at fault."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
NO_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no text can hold: signs for machines, and halves of letters."""
LONGEST_KEY = 60


class Part:
    """A mapping of a file, and how sentences call it. All methods raise ValueError with a sentence."""

    def __init__(self, data: Any, place: str, names: Collection[str], advice: str = "", called: str = "") -> None:
        """Take a part that may have these names and no others; ``called`` what it is, it is called by its key."""
        if not isinstance(data, Mapping):
            raise ValueError(f"{place} must be a list of names and values. {advice}".strip())
        self.data, self.place = data, place
        if called:
            self.place = f"{called} “{self.key()}”"
        for name in data:
            if name not in names:
                raise ValueError(f"{self.place}: “{_short(name)}” means nothing here.{_meant(name, names)}")

    def key(self) -> str:
        """Return the part's key."""
        return checked_key(self.data.get("key"), self.place)

    def text(self, name: str, longest: int = 2000) -> str:
        """Return a text that must be there."""
        value = self.data.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{self.place}: “{name}” is missing, or is not text. Put it in quotes.")
        if len(value.strip()) > longest:
            raise ValueError(f"{self.place}: “{name}” is longer than {longest} letters.")
        if NO_LETTERS.search(value):
            raise ValueError(f"{self.place}: “{name}” holds signs that are no letters. Write it again by hand.")
        return value.strip()

    def maybe_text(self, name: str, longest: int = 2000) -> str:
        """Return a text that may be missing."""
        return "" if self.data.get(name) in (None, "") else self.text(name, longest)

    def maybe_key(self, name: str) -> None:
        """Check a name of something that stands elsewhere."""
        if self.data.get(name):
            checked_key(self.data[name], f"{self.place}: “{name}”")

    def one_of(self, name: str, allowed: Iterable[str], what: str = "") -> str | None:
        """Return one of some words, or nothing when it is missing."""
        value, words = self.data.get(name), list(allowed)
        if value is not None and value not in words:
            raise ValueError(f"{self.place}: {what or f'“{name}”'} must be one of {', '.join(words)}.")
        return value

    def entries(self, name: str, most: int, may_be_empty: bool = False) -> list[Any]:
        """Return a list."""
        value = self.data.get(name)
        if may_be_empty and value is None:
            return []
        if not isinstance(value, list) or not (value or may_be_empty):
            raise ValueError(f"{self.place}: “{name}” is missing or has no entries.")
        if len(value) > most:
            raise ValueError(f"{self.place}: “{name}” has {len(value)} entries. There may be {most}.")
        return value

    def named(self, name: str, most: int) -> dict[str, Any]:
        """Return what stands under keys; nothing when it is missing."""
        value = self.data.get(name) or {}
        if not isinstance(value, Mapping):
            raise ValueError(f"{self.place}: “{name}” must be a list of names and values.")
        if len(value) > most:
            raise ValueError(f"{self.place}: “{name}” has {len(value)} entries. There may be {most}.")
        return dict(value)

    def yes_or_no(self, name: str) -> None:
        """Check something that is true or false, when it is there."""
        if not isinstance(self.data.get(name, True), bool):
            raise ValueError(f"{self.place}: “{name}” must be true or false.")

    def whole(self, name: str, least: int, most: int | None = None) -> None:
        """Check a whole number, when it is there."""
        value = self.data.get(name, least)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or value < least or (most is not None and value > most):
            to = f" to {most}" if most is not None else ""
            raise ValueError(f"{self.place}: “{name}” must be a whole number from {least}{to}.")

    def number(self, name: str, most: int) -> None:
        """Check a number from 0, when it is there."""
        value = self.data.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise ValueError(f"{self.place}: “{name}” must be a number from 0 to {most}.")

    def number_as_text(self, name: str) -> float | None:
        """Return a number, in quotes or not, when it is there."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not NUMBER.fullmatch(str(value)):
            raise ValueError(f"{self.place}: “{name}” must be a number, such as 7 or 2.5.")
        return float(value)


def checked_key(value: Any, place: str) -> str:
    """Return a key when it is one; raise ValueError otherwise."""
    if not isinstance(value, str) or len(value) > LONGEST_KEY or not KEY.fullmatch(value):
        raise ValueError(f"{place}: “key” must be small letters, digits and hyphens, at most {LONGEST_KEY}.")
    return value


def all_different(keys: Iterable[str], what: str) -> None:
    """Raise ValueError when a key stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"two {what} have the key “{key}”.")
        seen.add(key)


def _meant(name: Any, names: Collection[str]) -> str:
    close = get_close_matches(_short(name), names, 1)
    return f" Did you mean “{close[0]}”?" if close else ""


def _short(name: Any) -> str:
    return str(name)[:LONGEST_KEY]
