"""How the generated people and inspections are called: known to whoever makes them and to whoever uses them."""

from __future__ import annotations

import uuid

TEAM = 4
RATERS = 20
"""Inspectors who save ratings while it is measured; each team of four has an inspection in fieldwork of its own."""
STAGES = ("fieldwork", "preparing", "moderation", "writing", "checking", "improving", "planning", "answering")
"""The stages of the generated inspections, in turn; so few are in every stage, as many are."""


def rater(number: int) -> uuid.UUID:
    """Return the identifier of the generated inspector with this number, from 0."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"inspect-together:bench:{number}")


def reference(number: int) -> str:
    """Return the reference of the generated inspection with this number, from 0."""
    return f"BENCH-{number}"


def inspection_of(number: int) -> str:
    """Return the reference of the inspection in fieldwork that the inspector with this number rates."""
    return reference(number // TEAM * len(STAGES))
