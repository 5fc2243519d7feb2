"""What can happen to services, as the journal tells it. Nobody is mailed: coordinators do it themselves."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as declare_kinds


def declare() -> None:
    """Declare the room's kinds of entry."""
    nobody = (Audience.NOBODY,)
    declare_kinds(
        EntryKind("organisation.added", "{actor} added an organisation.", hears=nobody),
        EntryKind("service.added", "{actor} added a service.", hears=nobody),
        EntryKind("service.changed", "{actor} changed a service.", hears=nobody),
        EntryKind("site.added", "{actor} added a place.", hears=nobody),
    )
