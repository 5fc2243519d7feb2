"""Rules about teams: roles, answers to an invitation, and what keeps somebody off an inspection."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.core.words import _, lazy, mark
from inspect_app.inspections.rules import Stage


class MemberRole(StrEnum):
    """What somebody is on one inspection."""

    INSPECTOR = mark("inspector")
    SUPPORTER = mark("supporter")
    REVIEWER = mark("reviewer")


class MemberState(StrEnum):
    """How somebody stands to a team they were asked to join."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONFLICT = "conflict"
    RELEASED = "released"


ROLE_NAMES = {
    MemberRole.INSPECTOR: lazy("Inspector"),
    MemberRole.SUPPORTER: lazy("Supporter"),
    MemberRole.REVIEWER: lazy("Reviewer"),
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
    ConflictCategory("works-there", mark("I work for this service, or did in the last two years"), True),
    ConflictCategory("family-works-there", mark("Somebody close to me works there"), True),
    ConflictCategory("decides-money", mark("I have a say in its money"), True),
    ConflictCategory("dispute", mark("I have a complaint or a dispute with it"), True),
    ConflictCategory("uses-it", mark("I use this service, or somebody close to me does"), False),
)
CONFLICT = {category.key: category for category in CONFLICTS}
NOT_THERE = mark("%(name)s is not on the team any more.")
NOT_NEEDED = mark("%(name)s needs no support any more.")
"""Why a supporter is released, where the product says so itself; kept in English."""


def tie_sentence(tie: ConflictCategory) -> str:
    """Return how a reason begins that names a tie, in English, as it is kept."""
    return f"{tie.title}."


def reason_words(reason: str) -> str:
    """Return why somebody is not on a team, or what ties them; the product's words in the reader's language."""
    for sentence in (NOT_THERE, NOT_NEEDED):
        end = sentence.removeprefix("%(name)s")
        if reason.endswith(end):
            return _(sentence, name=reason.removesuffix(end))
    tie = next((one for one in CONFLICTS if reason.startswith(tie_sentence(one))), None)
    return f"{_(tie.title)}.{reason.removeprefix(tie_sentence(tie))}" if tie else reason


class WishState(StrEnum):
    """How an inspector's wish for a supporter stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TIES = {
    "relative": lazy("Somebody of my family"),
    "friend": lazy("A friend"),
    "fellow": lazy("A fellow inspector"),
    "other": lazy("Somebody else"),
}
"""What a supporter can be to the inspector who names them."""
LONGEST_NAME, LONGEST_REACH = 120, 200


def wrong_wish(name: str, tie: str) -> str | None:
    """Return a sentence when an inspector cannot name a supporter so, otherwise None."""
    if not name.strip():
        return _("Write the name of the person you want.")
    if len(name.strip()) > LONGEST_NAME:
        return _("Use up to %(most)s letters for the name.", most=LONGEST_NAME)
    return None if tie in TIES else _("Say who this person is to you.")


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
    WaitsFor.INVITATION: mark("an answer to the invitation"),
    WaitsFor.CHARTER: mark("a yes to the charter"),
    WaitsFor.TRAINING: mark("a training"),
    WaitsFor.SELF_RATING: mark("the service’s own rating"),
    WaitsFor.SEAL: mark("sealed ratings"),
    WaitsFor.CONFIRMATION: mark("a yes to the report"),
    WaitsFor.ANSWERS: mark("answers to the recommendations"),
    WaitsFor.VERDICT: mark("a verdict"),
}
MAY_BE_WAIVED = frozenset(
    {WaitsFor.CHARTER, WaitsFor.SELF_RATING, WaitsFor.SEAL, WaitsFor.CONFIRMATION, WaitsFor.VERDICT}
)


def wait_name(what: str) -> str:
    """Return what is waited for in words; the bare word for something a later room made up."""
    return _(WAIT_NAMES[WaitsFor(what)]) if what in set(WaitsFor) else what.replace("_", " ")


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
