"""What can happen to people, as the journal tells it."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark


def declare() -> None:
    """Declare the room's kinds of entry. A new person gets a mail with a link, not one from the journal."""
    declare_kinds(
        EntryKind("person.added", mark("{actor} added a person."), hears=(Audience.NOBODY,)),
        EntryKind("person.changed", mark("{actor} changed what is known about a person."), hears=(Audience.NOBODY,)),
        EntryKind("role.granted", mark("{actor} gave a person the role “{role}”."), hears=(Audience.PERSON,)),
        EntryKind("role.withdrawn", mark("{actor} took the role “{role}” from a person."), hears=(Audience.PERSON,)),
        EntryKind("card.made", mark("{actor} made a sign-in card for {person}."), unseen=True),
        EntryKind("card.used_first", mark("{person} used their sign-in card for the first time."), unseen=True),
        EntryKind("card.revoked", mark("{actor} revoked a sign-in card of {person}."), unseen=True),
        EntryKind(
            "card.stopped",
            mark("A sign-in card of {person} stopped after too many wrong PINs."),
            hears=(Audience.COORDINATORS,),
            unseen=True,
        ),
        EntryKind("training.recorded", mark("{actor} recorded a training."), hears=(Audience.NOBODY,)),
    )
