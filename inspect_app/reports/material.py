"""What a report is made from, as plain values: user-written text never meets the page as a database object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspect_app.core.words import mark
from inspect_app.frameworks.scores import Scores

NOBODY = mark("An inspector")
"""Who is not named in print."""


@dataclass(frozen=True)
class Saying:
    """An answer that is no point of a scale, and whose it is."""

    who: str
    text: str


@dataclass(frozen=True)
class RatedQuestion:
    """One question with everything that was said to it; positions count from 0, the worst."""

    key: str
    theme_key: str
    theme_title: str
    statement: str
    points: Sequence[str] = ()
    dots: Sequence[int] = ()
    outside: Sequence[str] = ()
    sayings: Sequence[Saying] = ()
    agreed: int | None = None
    agreed_words: str = ""
    reason: str = ""
    own: Sequence[tuple[str, int]] = ()
    own_words: Sequence[Saying] = ()
    minority: Sequence[Mapping[str, str]] = ()
    worked_out: str = ""


@dataclass(frozen=True)
class Seen:
    """An observation that a finding stands on."""

    kind: str
    text: str
    where: str
    day: str
    photos: Sequence[Mapping[str, Any]] = ()
    sounds: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class FoundThing:
    """A finding and what it stands on."""

    number: int
    kind: str
    text: str
    seen: Sequence[Seen] = ()
    questions: Sequence[str] = ()


@dataclass(frozen=True)
class AskedThing:
    """A recommendation; ``findings`` are the numbers it stands on."""

    id: str
    number: int
    service: str
    text: str
    why: str
    findings: Sequence[int] = ()


@dataclass(frozen=True)
class Material:
    """Everything a report says; ``header`` holds what the cover and the last page need.

    ``results`` are those of the agreed ratings, ``own_results`` those of what the service said of itself.
    """

    header: Mapping[str, Any]
    sections: Mapping[str, str]
    questions: Sequence[RatedQuestion] = ()
    results: Scores | None = None
    own_results: Scores | None = None
    findings: Sequence[FoundThing] = ()
    recommendations: Sequence[AskedThing] = ()
    minority: Sequence[Mapping[str, str]] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
