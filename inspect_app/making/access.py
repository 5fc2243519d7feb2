"""Who may do what where questions are made together.

Who is asked is known by the gathering itself (``queries.voice_of``).
"""

from __future__ import annotations

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark


def declare() -> None:
    """Declare the room's permissions."""
    permit("making.lead", mark("ask people about new questions"), Standing.COORDINATOR)
    permit("making.say", mark("say what new questions should be"), Standing.SIGNED_IN)
