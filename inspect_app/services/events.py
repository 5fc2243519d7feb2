"""What can happen to services, as the journal tells it. Nobody is mailed: coordinators do it themselves."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark


def declare() -> None:
    """Declare the room's kinds of entry."""
    nobody = (Audience.NOBODY,)
    declare_kinds(
        EntryKind("organisation.added", mark("{actor} added an organisation."), hears=nobody),
        EntryKind("service.added", mark("{actor} added a service."), hears=nobody),
        EntryKind("service.changed", mark("{actor} changed a service."), hears=nobody),
        EntryKind("site.added", mark("{actor} added a place."), hears=nobody),
    )
