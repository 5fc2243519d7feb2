"""What can happen to a framework."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark


def declare() -> None:
    """Make the room's kinds of entry known to the journal."""
    nobody = (Audience.NOBODY,)
    declare_kinds(
        EntryKind("framework.begun", "{actor} began new questions.", hears=nobody),
        EntryKind("framework.published", "{actor} published questions, version {version}.", hears=nobody),
        EntryKind("framework.discarded", "{actor} threw questions away that were not published.", hears=nobody),
        EntryKind("framework.retired", "{actor} retired questions, version {version}.", hears=nobody),
        EntryKind("paper.printed", mark("{actor} printed the questions of version {version} as a form."), hears=nobody),
        EntryKind("paper.draft_printed", "{actor} printed questions that are not published as a form.", hears=nobody),
        EntryKind("framework.offered", "{actor} offered questions again, version {version}.", hears=nobody),
    )
