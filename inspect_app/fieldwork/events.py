"""What can happen in fieldwork: how the timeline tells it and who is mailed. No entry says what was rated."""

from __future__ import annotations

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark

NOBODY = (Audience.NOBODY,)
COORDINATORS = (Audience.COORDINATORS,)


def declare() -> None:
    """Make the room's kinds of entry known to the journal."""
    declare_kinds(
        EntryKind("ratings.sealed", mark("{actor} sealed {count} ratings."), hears=COORDINATORS),
        EntryKind("seal.opened", mark("{actor} opened their seal again."), hears=COORDINATORS),
        EntryKind("paper.typed", mark("{actor} typed in what {person} gave them."), hears=(Audience.PERSON,)),
        EntryKind("sheet.typed_again", mark("{actor} typed a sheet of {person} again."), hears=NOBODY),
        EntryKind("sheet.settled", mark("{actor} compared what two people typed for {person}."), hears=NOBODY),
        EntryKind(
            "sheet.photographed", mark("{actor} added a photo of a sheet that {person} filled in."), hears=NOBODY
        ),
        EntryKind("sheet.photo_withdrawn", mark("{actor} took a photo of a sheet back."), hears=NOBODY),
        EntryKind("evidence.added", mark("{actor} added a photo."), hears=NOBODY),
        EntryKind("evidence.withdrawn", mark("{actor} took a photo back."), hears=NOBODY),
        EntryKind("sound.added", mark("{actor} recorded a sound."), hears=NOBODY),
        EntryKind("sound.withdrawn", mark("{actor} took a recording back."), hears=NOBODY),
        EntryKind("sound.written_down", mark("{actor} wrote down what a recording says."), hears=NOBODY),
        EntryKind("observation.withdrawn", mark("{actor} took a note back."), hears=NOBODY),
        EntryKind("self_rating.sealed", mark("{actor} sealed the service’s own rating."), hears=COORDINATORS),
        EntryKind("self_rating.opened", mark("{actor} opened the service’s own rating again."), hears=COORDINATORS),
    )
