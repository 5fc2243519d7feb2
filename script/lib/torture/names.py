"""How the people, inspections and questions of the office under test are called."""

from __future__ import annotations

INSPECTORS = 4
QUESTIONS = 40
POINTS = ("poor", "weak", "fair", "good", "excellent")
COORDINATOR = "Coordinator"
ASKED_ANEW = 2
"""Version 2 of the questions words each one anew whose number this divides."""
DROPPED = (5, 7)
"""Version 2 does not have these questions any more."""


def inspector(number: int) -> str:
    """Return the name of the inspector with this number, from 0."""
    return f"Inspector {number}"


def reference(number: int) -> str:
    """Return the reference of the inspection with this number, from 0."""
    return f"TORTURE-{number}"


def question(number: int) -> str:
    """Return the key of the question with this number, from 0."""
    return f"thing-{number + 1}"
