"""What every walk through a sound file may end with."""

from __future__ import annotations


class Broken(Exception):
    """The file is cut off, or its parts do not fit into each other."""


class IsFilm(Exception):
    """The file holds moving pictures."""
