"""What can happen while questions are made together. Mails to those who are asked go out at once (post.py)."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark


def declare() -> None:
    """Make the room's kinds of entry known to the journal."""
    nobody = (Audience.NOBODY,)
    declare_kinds(
        EntryKind("making.begun", mark("{actor} began to make questions together with others."), hears=nobody),
        EntryKind("making.asked", mark("{actor} asked somebody to help to make questions."), hears=nobody),
        EntryKind("making.released", mark("{actor} asks somebody no more about new questions."), hears=nobody),
        EntryKind("making.said", mark("{actor} said what a good service does."), hears=nobody),
        EntryKind("making.taken_back", mark("{actor} took own words back."), hears=nobody),
        EntryKind("making.grouped", mark("{actor} put people's words beside themes and questions."), hears=nobody),
        EntryKind("making.sent_round", mark("{actor} sent a draft of questions round."), hears=nobody),
        EntryKind("making.weighed", mark("{actor} said how much questions matter."), hears=nobody),
        EntryKind("making.answered", mark("{actor} answered a comment on a question."), hears=nobody),
        EntryKind("making.done", mark("{actor} ended the round about new questions."), hears=nobody),
    )
