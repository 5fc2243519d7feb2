"""What can happen while questions are made together. Mails to those who are asked go out at once (post.py)."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds


def declare() -> None:
    """Make the room's kinds of entry known to the journal."""
    nobody = (Audience.NOBODY,)
    declare_kinds(
        EntryKind("making.begun", "{actor} began to make questions together with others.", hears=nobody),
        EntryKind("making.asked", "{actor} asked somebody to help to make questions.", hears=nobody),
        EntryKind("making.released", "{actor} asks somebody no more about new questions.", hears=nobody),
        EntryKind("making.said", "{actor} said what a good service does.", hears=nobody),
        EntryKind("making.taken_back", "{actor} took own words back.", hears=nobody),
        EntryKind("making.grouped", "{actor} put people's words beside themes and questions.", hears=nobody),
        EntryKind("making.sent_round", "{actor} sent a draft of questions round.", hears=nobody),
        EntryKind("making.weighed", "{actor} said how much questions matter.", hears=nobody),
        EntryKind("making.answered", "{actor} answered a comment on a question.", hears=nobody),
        EntryKind("making.done", "{actor} ended the round about new questions.", hears=nobody),
    )
