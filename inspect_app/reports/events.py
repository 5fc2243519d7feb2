"""What can happen to a report, how it is told, and who hears of it."""

from inspect_app.core.journal import Audience, EntryKind
from inspect_app.core.journal import declare as make_known
from inspect_app.core.words import mark


def declare() -> None:
    """Make the room's kinds of entry known."""
    make_known(
        EntryKind("finding.added", mark("{actor} added finding {number}.")),
        EntryKind("finding.withdrawn", mark("{actor} withdrew a finding.")),
        EntryKind("recommendation.added", mark("{actor} added recommendation {number}.")),
        EntryKind("recommendation.withdrawn", mark("{actor} withdrew a recommendation.")),
        EntryKind("draft.made", mark("{actor} made draft {number} of the report."), hears=(Audience.TEAM,)),
        EntryKind("draft.confirmed", mark("{actor} read draft {number} and said what they think of it.")),
        EntryKind(
            "draft.sent",
            mark("The draft of the report went to the service."),
            public=True,
            hears=(Audience.SERVICE, Audience.REVIEWERS),
        ),
        EntryKind(
            "accuracy.raised",
            mark("{actor} said that a fact in paragraph {paragraph} is wrong."),
            hears=(Audience.REVIEWERS, Audience.TEAM),
        ),
        EntryKind(
            "accuracy.closed",
            mark("The service said that it has no more points."),
            public=True,
            hears=(Audience.REVIEWERS, Audience.COORDINATORS),
        ),
        EntryKind(
            "accuracy.decided",
            mark("{actor} decided the point on paragraph {paragraph}."),
            hears=(Audience.TEAM, Audience.SERVICE),
        ),
        EntryKind(
            "accuracy.settled",
            mark("All points on the draft are decided."),
            public=True,
            hears=(Audience.COORDINATORS, Audience.TEAM, Audience.SERVICE),
        ),
        EntryKind("report.reworded", mark("{actor} wrote paragraph {paragraph} anew."), hears=(Audience.SERVICE,)),
        EntryKind(
            "report.published",
            mark("Edition {number} of the report was published."),
            public=True,
            hears=(Audience.TEAM, Audience.SERVICE, Audience.COORDINATORS),
        ),
        EntryKind(
            "edition.withdrawn",
            mark("Edition {number} of the report was withdrawn."),
            public=True,
            hears=(Audience.TEAM, Audience.SERVICE, Audience.COORDINATORS),
        ),
    )
