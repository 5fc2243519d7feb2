"""Rules about teams: roles, answers to an invitation, and what keeps somebody off an inspection."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.inspections.rules import Stage


class MemberRole(StrEnum):
    """What somebody is on one inspection."""

    INSPECTOR = "inspector"
    SUPPORTER = "supporter"
    REVIEWER = "reviewer"


class MemberState(StrEnum):
    """How somebody stands to a team they were asked to join."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONFLICT = "conflict"
    RELEASED = "released"


ROLE_NAMES = {
    MemberRole.INSPECTOR: "Inspector",
    MemberRole.SUPPORTER: "Supporter",
    MemberRole.REVIEWER: "Reviewer",
}
ON_THE_TEAM = frozenset({MemberState.INVITED, MemberState.ACCEPTED})
JOINABLE = {
    MemberRole.INSPECTOR: (Stage.PLANNING, Stage.PREPARING, Stage.FIELDWORK),
    MemberRole.SUPPORTER: (Stage.PLANNING, Stage.PREPARING, Stage.FIELDWORK),
    MemberRole.REVIEWER: (
        Stage.PLANNING,
        Stage.PREPARING,
        Stage.FIELDWORK,
        Stage.MODERATION,
        Stage.WRITING,
        Stage.CHECKING,
    ),
}
"""Until when somebody can still join: who has seen nothing of the visits cannot rate them."""


@dataclass(frozen=True)
class ConflictCategory:
    """One kind of tie to a service; a blocking one keeps somebody off the inspection."""

    key: str
    title: str
    blocking: bool


CONFLICTS = (
    ConflictCategory("works-there", "I work for this service, or did in the last two years", True),
    ConflictCategory("family-works-there", "Somebody close to me works there", True),
    ConflictCategory("decides-money", "I have a say in its money", True),
    ConflictCategory("dispute", "I have a complaint or a dispute with it", True),
    ConflictCategory("uses-it", "I use this service, or somebody close to me does", False),
)
CONFLICT = {category.key: category for category in CONFLICTS}


class WishState(StrEnum):
    """How an inspector's wish for a supporter stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TIES = {
    "relative": "Somebody of my family",
    "friend": "A friend",
    "fellow": "A fellow inspector",
    "other": "Somebody else",
}
"""What a supporter can be to the inspector who names them."""
LONGEST_NAME, LONGEST_REACH = 120, 200


def wrong_wish(name: str, tie: str) -> str | None:
    """Return a sentence when an inspector cannot name a supporter so, otherwise None."""
    if not name.strip():
        return "Write the name of the person you want."
    if len(name.strip()) > LONGEST_NAME:
        return f"Use up to {LONGEST_NAME} letters for the name."
    return None if tie in TIES else "Say who this person is to you."


class WaitsFor(StrEnum):
    """What everybody may be waiting for, and a coordinator can let go with a reason."""

    INVITATION = "invitation"
    CHARTER = "charter"
    TRAINING = "training"
    SELF_RATING = "self_rating"
    SEAL = "seal"
    CONFIRMATION = "confirmation"
    ANSWERS = "answers"
    VERDICT = "verdict"


WAIT_NAMES = {
    WaitsFor.INVITATION: "an answer to the invitation",
    WaitsFor.CHARTER: "a yes to the charter",
    WaitsFor.TRAINING: "a training",
    WaitsFor.SELF_RATING: "the service’s own rating",
    WaitsFor.SEAL: "sealed ratings",
    WaitsFor.CONFIRMATION: "a yes to the report",
    WaitsFor.ANSWERS: "answers to the recommendations",
    WaitsFor.VERDICT: "a verdict",
}
MAY_BE_WAIVED = frozenset(
    {WaitsFor.CHARTER, WaitsFor.SELF_RATING, WaitsFor.SEAL, WaitsFor.CONFIRMATION, WaitsFor.VERDICT}
)


def wait_name(what: str) -> str:
    """Return what is waited for in words; the bare word for something a later room made up."""
    return WAIT_NAMES[WaitsFor(what)] if what in set(WaitsFor) else what.replace("_", " ")


def initials(name: str) -> str:
    """Return up to three initials of a programme's name, "NC" for "Northfield Council"; "I" when it has none."""
    letters = [word[0] for word in name.split() if word[0].isalpha() and word[0].isascii()]
    return "".join(letters[:3]).upper() or "I"


def next_reference(name: str, year: int, taken: Collection[str]) -> str:
    """Return the first free short reference of a year, "NC-2026-03"."""
    start = f"{initials(name)}-{year}-"
    used = {
        int(one.removeprefix(start)) for one in taken if one.startswith(start) and one.removeprefix(start).isdigit()
    }
    return f"{start}{max(used, default=0) + 1:02d}"
