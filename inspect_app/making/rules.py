"""Rules about questions that are made together, as plain values."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from inspect_app.core.words import lazy, mark


class Side(StrEnum):
    """For whom somebody speaks."""

    CITIZEN = "citizen"
    SERVICE = "service"
    PARTNER = "partner"


class Step(StrEnum):
    """How far a gathering is."""

    WORDS = "words"
    ROUND = "round"
    DONE = "done"


class Outcome(StrEnum):
    """What a comment led to."""

    CHANGED = "changed"
    KEPT = "kept"


SIDES = {Side.CITIZEN: lazy("Citizens"), Side.SERVICE: lazy("The service"), Side.PARTNER: lazy("Partners")}
SPEAKERS = {
    Side.CITIZEN: lazy("A citizen"),
    Side.SERVICE: lazy("Somebody from the service"),
    Side.PARTNER: lazy("A partner"),
}
"""How somebody is called whose name is not shown: voices speak more freely to those who do not know who spoke."""
SPEAKERS_INSIDE = {
    Side.CITIZEN: mark("a citizen"),
    Side.SERVICE: mark("somebody from the service"),
    Side.PARTNER: mark("a partner"),
}
"""The same inside a sentence."""
OUTCOMES = {Outcome.CHANGED: lazy("The draft was changed"), Outcome.KEPT: lazy("The draft stays as it is")}
WEIGHTS = {
    1: lazy("It does not matter"),
    2: lazy("It matters a little"),
    3: lazy("It matters"),
    4: lazy("It matters a lot"),
    5: lazy("It matters most"),
}
LONGEST_SAYING, MOST_SAYINGS = 1000, 50
FIRST_QUESTION = mark("What does a good service do for you?")


@dataclass(frozen=True)
class Weight:
    """How much one voice says that one question matters, from 1 to 5."""

    voice: uuid.UUID
    side: Side
    key: str
    weight: int


@dataclass(frozen=True)
class Share:
    """What one side says of one question: the mean weight, its rank (1 matters most), the least and the most."""

    mean: float
    rank: int
    least: int
    most: int
    voices: int


@dataclass(frozen=True)
class Priority:
    """What all sides say of one question.

    ``gap`` is by how many ranks citizens and the service differ, None where one of them says nothing.
    """

    key: str
    shares: Mapping[Side, Share]
    gap: int | None


def priorities(weights: Iterable[Weight], keys: Sequence[str]) -> list[Priority]:
    """Return each question with what each side says of it, the widest difference between citizens and service first.

    Questions of the same mean share the better rank. Weights of questions that are gone count nowhere. Questions
    without a difference stand in the order of ``keys``.
    """
    given = [one for one in weights if one.key in set(keys)]
    shares = {side: _shares([one for one in given if one.side == side]) for side in Side}
    found = []
    for key in keys:
        own = {side: shares[side][key] for side in Side if key in shares[side]}
        both = own.get(Side.CITIZEN), own.get(Side.SERVICE)
        gap = abs(both[0].rank - both[1].rank) if both[0] and both[1] else None
        found.append(Priority(key, own, gap))
    return sorted(found, key=lambda one: -1 if one.gap is None else one.gap, reverse=True)


def _shares(weights: Sequence[Weight]) -> dict[str, Share]:
    by_key: dict[str, list[int]] = {}
    for one in weights:
        by_key.setdefault(one.key, []).append(one.weight)
    means = {key: fmean(all_) for key, all_ in by_key.items()}
    ranks = {key: 1 + sum(other > mean for other in means.values()) for key, mean in means.items()}
    return {key: Share(means[key], ranks[key], min(all_), max(all_), len(all_)) for key, all_ in by_key.items()}
