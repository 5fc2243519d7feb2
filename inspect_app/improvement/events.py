"""What can happen between the final report and the closed loop, how it is told, and who hears of it."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as make_known
from inspect_app.core.words import mark

TEAM, SERVICE, COORDINATORS = Audience.TEAM, Audience.SERVICE, Audience.COORDINATORS


def declare() -> None:
    """Make the room's kinds of entry known."""
    make_known(
        EntryKind("report.delivered", mark("The service opened the final report."), public=True),
        EntryKind("meeting.recorded", mark("The inspectors met the service on {day}."), public=True, hears=(TEAM,)),
        EntryKind("answer.sent", mark("The service answered recommendation {number}."), public=True, hears=(TEAM,)),
        EntryKind(
            "answers.completed",
            mark("The service has answered every recommendation."),
            public=True,
            hears=(TEAM, COORDINATORS),
        ),
        EntryKind("action.added", mark("{actor} added an action for recommendation {number}.")),
        EntryKind("action.changed", mark("{actor} changed an action for recommendation {number}.")),
        EntryKind("action.done", mark("The service did one action for recommendation {number}."), public=True),
        EntryKind("plan.sent", mark("The service sent its plan."), public=True, hears=(TEAM, COORDINATORS)),
        EntryKind(
            "update.posted",
            mark("The service told what it did for recommendation {number}."),
            public=True,
            hears=(TEAM,),
        ),
        EntryKind(
            "fix.claimed",
            mark("The service says that recommendation {number} is done. The inspectors look."),
            public=True,
            hears=(TEAM,),
        ),
        EntryKind(
            "verdict.given", mark("An inspector looked at recommendation {number}."), public=True, hears=(SERVICE,)
        ),
        EntryKind(
            "recommendation.settled",
            mark("It is settled what became of recommendation {number}."),
            public=True,
            hears=(TEAM, SERVICE),
        ),
    )
