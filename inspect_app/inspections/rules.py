"""The spine: the stages of an inspection as one table, and what a kind leaves out.

Screens, access, mails, the diagram in the docs and the tests all read this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from inspect_app.core.words import _, mark


class Stage(StrEnum):
    """Where an inspection stands."""

    PLANNING = "planning"
    PREPARING = "preparing"
    FIELDWORK = "fieldwork"
    MODERATION = "moderation"
    WRITING = "writing"
    CHECKING = "checking"
    ANSWERING = "answering"
    IMPROVING = "improving"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


WAY = (
    Stage.PLANNING,
    Stage.PREPARING,
    Stage.FIELDWORK,
    Stage.MODERATION,
    Stage.WRITING,
    Stage.CHECKING,
    Stage.ANSWERING,
    Stage.IMPROVING,
    Stage.CLOSED,
)
"""The way of an inspection, in order."""
MAY_BE_LEFT_OUT = frozenset({Stage.MODERATION, Stage.CHECKING})
ENDED = frozenset({Stage.CLOSED, Stage.CANCELLED})
RUNNING = (*(stage for stage in WAY if stage is not Stage.CLOSED), Stage.SUSPENDED)
FEEDBACK_MEETING = mark("Feedback meeting")
"""What the time is called that a service gave at the meeting; kept in English."""
BEFORE_MODERATION = (Stage.PLANNING, Stage.PREPARING, Stage.FIELDWORK)


@dataclass(frozen=True)
class StageRule:
    """One row of the stage table.

    ``mover`` says who moves it on (a standing's words), ``until`` what must be true first, ``follows`` what then
    happens by itself. All are English: whoever shows ``title`` or ``tells`` says ``_(…)``.
    """

    stage: Stage
    title: str
    tells: str
    mover: str
    until: str
    follows: str


TABLE: tuple[StageRule, ...] = (
    StageRule(
        Stage.PLANNING,
        mark("Planning"),
        mark("The coordinator plans who looks at what, where and when."),
        "a coordinator",
        "Services, questions, charter, visits and a team that is large enough are chosen.",
        "Everybody asked to join gets a mail.",
    ),
    StageRule(
        Stage.PREPARING,
        mark("Preparing"),
        mark("The team and the service get ready."),
        "a coordinator",
        "The team has said yes, has no conflict of interest, has its training, and both sides agree to the charter.",
        "The inspectors can rate.",
    ),
    StageRule(
        Stage.FIELDWORK,
        mark("Visits"),
        mark("The inspectors visit, ask, look, read and count."),
        "the team's lead or a coordinator",
        "Each inspector has sealed their ratings, or was released.",
        "The ratings open to the whole team.",
    ),
    StageRule(
        Stage.MODERATION,
        mark("Agreeing"),
        mark("The team compares what each saw and agrees on ratings."),
        "the team's lead or a coordinator",
        "The team has agreed on every question.",
        "The service's own rating shows beside the agreed one.",
    ),
    StageRule(
        Stage.WRITING,
        mark("Writing"),
        mark("The team writes what it found and what it asks for."),
        "a coordinator",
        "The report has findings and recommendations, and each inspector has confirmed it or said why not.",
        "The draft goes to the service.",
    ),
    StageRule(
        Stage.CHECKING,
        mark("Checking facts"),
        mark("The service checks the facts in the draft."),
        "a coordinator",
        "The service has said that it has no more points, or its time is over; each point is decided.",
        "The final report goes to the service.",
    ),
    StageRule(
        Stage.ANSWERING,
        mark("Answering"),
        mark("The service answers each recommendation."),
        "a coordinator, or the charter when its time is over",
        "Every recommendation is answered, or the service's time is over.",
        "The report is published.",
    ),
    StageRule(
        Stage.IMPROVING,
        mark("Improving"),
        mark("The service makes things better, and the inspectors say whether it is fixed."),
        "a coordinator",
        "Each recommendation is confirmed fixed, declined with a reason, or a published disagreement.",
        "Everybody hears what became of it.",
    ),
    StageRule(
        Stage.CLOSED,
        mark("Closed"),
        mark("The loop is closed. Anybody can read what became of each recommendation."),
        "nobody",
        "Nothing more is to be done.",
        "",
    ),
    StageRule(
        Stage.SUSPENDED,
        mark("On hold"),
        mark("The inspection rests. The reason is published."),
        "a coordinator",
        "The coordinator takes it up again.",
        "It goes on where it stopped.",
    ),
    StageRule(
        Stage.CANCELLED,
        mark("Cancelled"),
        mark("The inspection ended early. The reason is published."),
        "nobody",
        "Nothing more is to be done.",
        "",
    ),
)
BY_STAGE = {rule.stage: rule for rule in TABLE}


def way_of(leaves_out: Iterable[str]) -> tuple[Stage, ...]:
    """Return the stages that an inspection goes through whose kind leaves some out.

    Raises ValueError when a stage is left out that no inspection can do without.
    """
    left_out = {Stage(name) for name in leaves_out}
    if left_out - MAY_BE_LEFT_OUT:
        raise ValueError(f"these stages cannot be left out: {', '.join(sorted(left_out - MAY_BE_LEFT_OUT))}")
    return tuple(stage for stage in WAY if stage not in left_out)


def next_stage(stage: str, leaves_out: Iterable[str]) -> Stage | None:
    """Return the stage that follows, or None at the end of the way or beside it."""
    way = way_of(leaves_out)
    if stage not in way or stage == way[-1]:
        return None
    return way[way.index(Stage(stage)) + 1]


def is_past(stage: str, other: Stage, suspended_from: str | None = None) -> bool:
    """Say whether an inspection in ``stage`` has left ``other`` behind; one on hold stands where it stopped."""
    where = suspended_from or stage
    return where in WAY and WAY.index(Stage(where)) > WAY.index(other)


def title(stage: str) -> str:
    """Return what a stage is called on screen."""
    return _(BY_STAGE[Stage(stage)].title)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before an inspection can go on: what, who can mend it, and where.

    ``whom`` names the person who is blocking (their id) and ``what`` the thing waited for, so that the coordinator
    can remind or release them; ``place`` is the endpoint where it is mended.
    """

    sentence: str
    mender: str
    place: str | None = None
    what: str | None = None
    whom: str | None = None
    service: str | None = None


def as_markdown(rows: Sequence[StageRule] = TABLE) -> str:
    """Return the stage table as a page with a diagram (Mermaid) and a table."""
    lines = [
        "# The stages of an inspection",
        "",
        "This page is made from the table in `inspect_app/inspections/rules.py` by "
        "`flask --app wsgi stages --markdown`.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> planning",
    ]
    lines += [f"    {one} --> {other}" for one, other in pairwise(WAY)]
    lines += [f"    {one} --> {WAY[WAY.index(one) + 2]}: kinds without {WAY[WAY.index(one) + 1]}" for one in WAY
              if WAY.index(one) + 2 < len(WAY) and WAY[WAY.index(one) + 1] in MAY_BE_LEFT_OUT]  # fmt: skip
    lines += ["    closed --> [*]", "```", ""]
    lines += [
        "From every stage but the last, a coordinator can put an inspection on hold or cancel it, with a reason that",
        "is published.",
        "",
        "| Stage | On screen | What happens | Who moves it on | When | What follows |",
        "|---|---|---|---|---|---|",
    ]
    lines += [f"| {r.stage} | {r.title} | {r.tells} | {r.mover} | {r.until} | {r.follows} |" for r in rows]
    return "\n".join(lines) + "\n"
