"""Who may do what where questions are made together.

Who is asked is known by the gathering itself (``queries.voice_of``).
"""

from __future__ import annotations

from inspect_app.core.access import Standing, permit


def declare() -> None:
    """Declare the room's permissions."""
    permit("making.lead", "ask people about new questions", Standing.COORDINATOR)
    permit("making.say", "say what new questions should be", Standing.SIGNED_IN)
