"""What can happen between the final report and the closed loop, how it is told, and who hears of it."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as make_known

TEAM, SERVICE, COORDINATORS = Audience.TEAM, Audience.SERVICE, Audience.COORDINATORS


def declare() -> None:
    """Make the room's kinds of entry known."""
    make_known(
        EntryKind("report.delivered", "The service opened the final report.", public=True),
        EntryKind("meeting.recorded", "The inspectors met the service on {day}.", public=True, hears=(TEAM,)),
        EntryKind("answer.sent", "The service answered recommendation {number}.", public=True, hears=(TEAM,)),
        EntryKind(
            "answers.completed",
            "The service has answered every recommendation.",
            public=True,
            hears=(TEAM, COORDINATORS),
        ),
        EntryKind("action.added", "{actor} added an action for recommendation {number}."),
        EntryKind("action.changed", "{actor} changed an action for recommendation {number}."),
        EntryKind("action.done", "The service did one action for recommendation {number}.", public=True),
        EntryKind("plan.sent", "The service sent its plan.", public=True, hears=(TEAM, COORDINATORS)),
        EntryKind(
            "update.posted",
            "The service told what it did for recommendation {number}.",
            public=True,
            hears=(TEAM,),
        ),
        EntryKind(
            "fix.claimed",
            "The service says that recommendation {number} is done. The inspectors look.",
            public=True,
            hears=(TEAM,),
        ),
        EntryKind("verdict.given", "An inspector looked at recommendation {number}.", public=True, hears=(SERVICE,)),
        EntryKind(
            "recommendation.settled",
            "It is settled what became of recommendation {number}.",
            public=True,
            hears=(TEAM, SERVICE),
        ),
    )
