"""The library: frameworks that the product ships, to start from. Being here publishes nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.reading import read_framework

FOLDER = Path(__file__).resolve().parent / "library"


def keys() -> list[str]:
    """Return the keys of all frameworks in the library, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def text_of(key: str) -> str:
    """Return the file of a framework; raise Refused (404) when the library has none with this key."""
    if key not in keys():
        raise Refused(_("There are no such questions in the library."), 404)
    return (FOLDER / f"{key}.yaml").read_text(encoding="utf-8")


@cache
def starting_point(key: str) -> PlainFramework:
    """Return a framework to start a draft from; raise Refused (404) when the library has none with this key."""
    return read_framework(text_of(key))


def starting_points() -> list[PlainFramework]:
    """Return all frameworks of the library by title."""
    return sorted((starting_point(key) for key in keys()), key=lambda one: one.title.casefold())
