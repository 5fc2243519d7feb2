"""The pictures that a question can name: those that the product ships."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inspect_app.frameworks.plain import PlainFramework, criteria

FOLDER = Path(__file__).resolve().parents[2] / "static/vendor/openmoji"


@cache
def shipped() -> frozenset[str]:
    """Return the names of all pictures."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


def unknown_symbol(plain: PlainFramework) -> str | None:
    """Return a sentence when a question or a point names a picture that is not there, otherwise None."""
    named = [(f"question “{one.key}”", one.symbol) for one in criteria(plain)]
    named += [(f"scale “{one.key}”, point “{point.key}”", point.sign) for one in plain.scales for point in one.points]
    for place, symbol in named:
        if symbol is not None and symbol not in shipped():
            return f"{place}: there is no symbol “{symbol}”."
    return None
