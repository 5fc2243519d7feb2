"""What can happen to concerns and hazards. Concerns are restricted: they happen on a chain of their own.

Who hears of each by mail stands in ``post``, as these mails name no people.
"""

from __future__ import annotations

from inspect_app.core.journal import EntryKind
from inspect_app.core.journal import declare as declare_kinds
from inspect_app.core.words import mark

CONCERNS = (
    EntryKind("concern.raised", mark("{actor} raised it."), restricted=True),
    EntryKind("concern.handed_on", mark("Nobody had answered in time. The deputy was asked."), restricted=True),
    EntryKind("concern.reminded", mark("Lead and deputy were asked again."), restricted=True),
    EntryKind("concern.acknowledged", mark("{actor} looks after it."), restricted=True),
    EntryKind("concern.noted", mark("{actor} wrote a note."), restricted=True),
    EntryKind("concern.closed", mark("{actor} closed it."), restricted=True),
    EntryKind("concern.purged", mark("Its words were forgotten, as agreed."), restricted=True),
)
HAZARDS = (
    EntryKind("hazard.reported", mark("{actor} reported something dangerous.")),
    EntryKind("hazard.reminded", mark("Nobody had answered about something dangerous. The coordinators were asked.")),
    EntryKind("hazard.acknowledged", mark("{actor} looks after what is dangerous.")),
    EntryKind("hazard.noted", mark("{actor} wrote what was done about what is dangerous.")),
    EntryKind("hazard.closed", mark("{actor} said that it is not dangerous any more.")),
)


def declare() -> None:
    """Make these kinds of entry known to the journal."""
    declare_kinds(
        *CONCERNS, *HAZARDS, EntryKind("safeguarding.changed", mark("{actor} changed who looks after safeguarding."))
    )
