"""What can happen with tablets: no entry of the journal says what was written on one."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark


def declare() -> None:
    """Make the room's kind of entry known to the journal."""
    declare_kinds(
        EntryKind(
            "rescue.loaded",
            mark("{actor} loaded a rescue file of {person}: {count} entries."),
            hears=(Audience.PERSON,),
        ),
    )
