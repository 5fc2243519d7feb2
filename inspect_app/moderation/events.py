"""What can happen in moderation."""

from inspect_app.core.journal import Audience, EntryKind, declare


def declare_kinds() -> None:
    """Make the room's kinds of entry known."""
    declare(
        EntryKind("rating.agreed", "{actor} wrote down what the team agreed on one question."),
        EntryKind("minority.stated", "{actor} added a minority statement.", hears=(Audience.TEAM,)),
        EntryKind("minority.withdrawn", "{actor} took a minority statement back."),
    )
