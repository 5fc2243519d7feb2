"""What can happen to a report, how it is told, and who hears of it."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as make_known


def declare() -> None:
    """Make the room's kinds of entry known."""
    make_known(
        EntryKind("finding.added", "{actor} added finding {number}."),
        EntryKind("finding.withdrawn", "{actor} withdrew a finding."),
        EntryKind("recommendation.added", "{actor} added recommendation {number}."),
        EntryKind("recommendation.withdrawn", "{actor} withdrew a recommendation."),
        EntryKind("draft.made", "{actor} made draft {number} of the report.", hears=(Audience.TEAM,)),
        EntryKind("draft.confirmed", "{actor} read draft {number} and said what they think of it."),
        EntryKind(
            "draft.sent",
            "The draft of the report went to the service.",
            public=True,
            hears=(Audience.SERVICE, Audience.REVIEWERS),
        ),
        EntryKind(
            "accuracy.raised",
            "{actor} said that a fact in paragraph {paragraph} is wrong.",
            hears=(Audience.REVIEWERS, Audience.TEAM),
        ),
        EntryKind(
            "accuracy.closed",
            "The service said that it has no more points.",
            public=True,
            hears=(Audience.REVIEWERS, Audience.COORDINATORS),
        ),
        EntryKind(
            "accuracy.decided",
            "{actor} decided the point on paragraph {paragraph}.",
            hears=(Audience.TEAM, Audience.SERVICE),
        ),
        EntryKind(
            "accuracy.settled",
            "All points on the draft are decided.",
            public=True,
            hears=(Audience.COORDINATORS, Audience.TEAM, Audience.SERVICE),
        ),
        EntryKind("report.reworded", "{actor} wrote paragraph {paragraph} anew.", hears=(Audience.SERVICE,)),
        EntryKind(
            "report.published",
            "Edition {number} of the report was published.",
            public=True,
            hears=(Audience.TEAM, Audience.SERVICE, Audience.COORDINATORS),
        ),
        EntryKind(
            "edition.withdrawn",
            "Edition {number} of the report was withdrawn.",
            public=True,
            hears=(Audience.TEAM, Audience.SERVICE, Audience.COORDINATORS),
        ),
    )
