"""What can happen in moderation."""

from inspect_app.core.journal import Audience, EntryKind, declare
from inspect_app.core.words import mark


def declare_kinds() -> None:
    """Make the room's kinds of entry known."""
    declare(
        EntryKind("rating.agreed", mark("{actor} wrote down what the team agreed on one question.")),
        EntryKind("minority.stated", mark("{actor} added a minority statement."), hears=(Audience.TEAM,)),
        EntryKind("minority.withdrawn", mark("{actor} took a minority statement back.")),
    )
