"""What can happen to a charter and its clocks."""

from inspect_app.core.journal import Audience, EntryKind, declare
from inspect_app.core.words import mark


def declare_kinds() -> None:
    """Make the room's kinds of entry known."""
    declare(
        EntryKind("charter.adopted", mark("{actor} adopted a charter.")),
        EntryKind("holidays.noted", mark("The public holidays were noted.")),
        EntryKind(
            "clock.extension_asked",
            mark("{actor} asked for more time, until {until}."),
            public=True,
            hears=(Audience.COORDINATORS, Audience.TEAM),
        ),
        EntryKind(
            "clock.extension_decided",
            mark("{actor} decided about more time, until {until}."),
            public=True,
            hears=(Audience.SERVICE, Audience.TEAM),
        ),
    )
