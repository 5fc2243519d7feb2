"""What can happen to a framework."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds


def declare() -> None:
    """Make the room's kinds of entry known to the journal."""
    declare_kinds(
        EntryKind("framework.published", "{actor} published questions, version {version}.", hears=(Audience.NOBODY,))
    )
