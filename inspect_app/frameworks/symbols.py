"""The pictures that a question can name: those that the product ships."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inspect_app.frameworks.rules import PlainFramework

FOLDER = Path(__file__).resolve().parents[2] / "static/vendor/openmoji"


@cache
def shipped() -> frozenset[str]:
    """Return the names of all pictures."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


def unknown_symbol(plain: PlainFramework) -> str | None:
    """Return a sentence when a question names a picture that is not there, otherwise None."""
    for criterion in (one for theme in plain.themes for one in theme.criteria):
        if criterion.symbol is not None and criterion.symbol not in shipped():
            return f"question “{criterion.key}”: there is no symbol “{criterion.symbol}”."
    return None
