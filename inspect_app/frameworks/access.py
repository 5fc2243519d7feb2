"""Who may do what with frameworks."""

from __future__ import annotations

from inspect_app.core.access import Standing, permit


def declare() -> None:
    """Declare the room's permissions."""
    permit("frameworks.read", "see all the questions", Standing.COORDINATOR)
    permit("frameworks.edit", "make and change questions", Standing.COORDINATOR)
    permit("frameworks.publish", "publish questions", Standing.COORDINATOR)
