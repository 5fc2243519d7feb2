"""Rules of fieldwork, as plain values: who rates, who sees, what can be noted, and how far somebody is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from inspect_app.core.words import _, lazy, mark, ngettext, number
from inspect_app.frameworks.answer_types import DOES_NOT_APPLY, EVIDENCE, NOT_SEEN, OUTSIDE_SCALE
from inspect_app.frameworks.rules import Question
from inspect_app.inspections.rules import Stage, is_past


class RaterKind(StrEnum):
    """Who rates: one inspector, or a service that rates itself."""

    INSPECTOR = "inspector"
    SERVICE = "service"


class Source(StrEnum):
    """How a rating or an observation came in."""

    SCREEN = "screen"
    PAPER = "paper"
    PHONE = "phone"
    SUPPORTER = "supporter"


SOURCE_NAMES = {
    Source.PAPER: lazy("from paper"),
    Source.PHONE: lazy("from a phone call"),
    Source.SUPPORTER: lazy("together with their supporter"),
}
TYPED_SOURCES = frozenset(SOURCE_NAMES)


class ObservationKind(StrEnum):
    """How somebody noticed something."""

    SEEN = mark("seen")
    HEARD = mark("heard")
    ASKED = mark("asked")
    READ = mark("read")
    COUNTED = mark("counted")


KIND_NAMES = {
    ObservationKind.SEEN: lazy("I saw it"),
    ObservationKind.HEARD: lazy("I heard it"),
    ObservationKind.ASKED: lazy("I asked"),
    ObservationKind.READ: lazy("I read it"),
    ObservationKind.COUNTED: lazy("I counted"),
}


class SeenBy(StrEnum):
    """Who may see a photo, or hear a sound."""

    TEAM = "team"
    REPORT = "report"


class EvidenceKind(StrEnum):
    """What was captured."""

    PHOTO = "photo"
    SOUND = "sound"


class People(StrEnum):
    """Whether somebody can be recognised in what was captured, and what they say to that."""

    NOBODY = "nobody"
    AGREED = "agreed"
    COVERED = "covered"


PHOTO_PEOPLE = {
    People.NOBODY: lazy("Nobody can be recognised"),
    People.AGREED: lazy("They agreed"),
    People.COVERED: lazy("I covered every face"),
}
SOUND_PEOPLE = {
    People.NOBODY: lazy("Only my own voice"),
    People.AGREED: lazy("Somebody else, and they agreed"),
}


def people_words(kind: str, people: str | None, how: str) -> str:
    """Return what its author said of the people in a photo or a sound, as a sentence."""
    if people == People.AGREED:
        return _("People in it agreed: %(how)s", how=how) if how else _("People in it agreed.")
    if people is None:
        return _("Nobody said yet whether the people in it agreed.")
    if kind == EvidenceKind.SOUND:
        return _("Only its author can be heard.")
    return _("Every face is covered.") if people == People.COVERED else _("Nobody in it can be recognised.")


def seconds_words(seconds: int | None) -> str:
    """Return the length of a sound as people say it: "42 seconds", "1 minute 5 seconds"."""
    whole, rest = divmod(seconds or 0, 60)
    parts = [ngettext("%(n)s minute", "%(n)s minutes", whole)] if whole else []
    if rest or not whole:
        parts.append(ngettext("%(n)s second", "%(n)s seconds", rest))
    return " ".join(parts)


LONGEST_REASON = 10_000
LONGEST_TEXT = 10_000
LONGEST_CAPTION = 300
LONGEST_HOW = 300
LONGEST_UNIT = 60
LARGEST_AMOUNT = Decimal(10) ** 10
RATING_STAGES = (Stage.FIELDWORK,)
SELF_RATING_STAGES = (Stage.PREPARING, Stage.FIELDWORK)
WRITE_DOWN_STAGES = (Stage.FIELDWORK, Stage.MODERATION, Stage.WRITING)


@dataclass(frozen=True)
class Rater:
    """Who rates: an inspector (``id`` is a person) or a service itself (``id`` is a service)."""

    kind: str
    id: uuid.UUID

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in which this rater can rate and seal."""
        return SELF_RATING_STAGES if self.kind == RaterKind.SERVICE else RATING_STAGES


class State(StrEnum):
    """How one question stands for one rater."""

    TO_DO = "to do"
    RATED = "rated"
    NOT_SEEN = "not seen"
    DOES_NOT_APPLY = "does not apply"
    READ = mark("read")


def state_of(value: str | None) -> State:
    """Return how a question stands that was given this value."""
    outside = {None: State.TO_DO, NOT_SEEN: State.NOT_SEEN, DOES_NOT_APPLY: State.DOES_NOT_APPLY}
    return outside.get(value, State.RATED)


@dataclass(frozen=True)
class Progress:
    """How far one rater is: figures alone, so that a coordinator sees no rating."""

    rater: Rater
    name: str
    done: int
    total: int
    sealed_at: datetime | None

    @property
    def sentence(self) -> str:
        """How far they are, in words."""
        if self.sealed_at:
            return _("Sealed")
        return _("%(done)s of %(total)s rated", done=self.done, total=self.total)


Had = AbstractSet[tuple[str, str]]
"""What somebody added, as (question's key, ``photo`` or ``sound``)."""
NO_EVIDENCE = {EvidenceKind.PHOTO: mark("There is no photo."), EvidenceKind.SOUND: mark("There is no recording.")}
"""How a note begins that says why something is missing that a question requires; kept in English."""
A_RECORDING, SPOKEN_NOTE = mark("A recording"), mark("A spoken note")
"""What a sound is called for which nobody wrote a caption; kept in English."""


def note_words(text: str) -> str:
    """Return what a note says; in the reader's language, what the product began it with."""
    begin = next((one for one in NO_EVIDENCE.values() if text.startswith(one)), "")
    return _(begin) + text.removeprefix(begin)


def caption_words(caption: str) -> str:
    """Return a caption; in the reader's language, where nobody wrote one."""
    return _(caption) if caption in (A_RECORDING, SPOKEN_NOTE) else caption


def missing_evidence(
    questions: Sequence[Question], values: Mapping[str, str | None], had: Had
) -> list[tuple[Question, str]]:
    """Return what questions require and nobody added: (question, ``photo`` or ``sound``).

    Nothing is missing where somebody said that they did not see it or that it does not apply.
    """
    return [
        (question, kind)
        for question in questions
        if values.get(question.key) not in OUTSIDE_SCALE
        for kind in question.required_evidence
        if (question.key, kind) not in had
    ]


def unanswered(questions: Sequence[Question], values: Mapping[str, str | None]) -> list[Question]:
    """Return the questions that have no value yet, in their order; what is to be added can be missing."""
    return [
        one for one in questions if one.takes_answer and one.answer_type not in EVIDENCE and values.get(one.key) is None
    ]


def asks(question: Question) -> dict[str, Any]:
    """Return what a tablet must know of a question to say an answer in words (static/tablet/view.js)."""
    return {
        "answer_type": question.answer_type,
        "points": [{"key": one.key, "label": one.label} for one in question.points],
        "options": [{"key": one.key, "label": one.label} for one in question.options],
        "unit": question.unit,
    }


class Viewer(StrEnum):
    """How close somebody is to an inspection who looks at what others rated and noted."""

    TEAM = "team"
    HELPER = "coordinator or reviewer"
    SERVICE = "service"
    NOBODY = "nobody"


def sees_ratings_of_others(viewer: Viewer, stage: str, suspended_from: str | None, published: bool) -> bool:
    """Say whether somebody may see what other inspectors rated and sealed: the one rule of blindness.

    The team and those who help it see it once moderation has begun; the service when the report is published.
    """
    if viewer in (Viewer.TEAM, Viewer.HELPER):
        return is_past(stage, Stage.FIELDWORK, suspended_from)
    return published and viewer is Viewer.SERVICE


def sees_observations_of_others(viewer: Viewer, stage: str, suspended_from: str | None) -> bool:
    """Say whether somebody may see what others noted and sealed: the team at once, helpers later."""
    if viewer is Viewer.HELPER:
        return is_past(stage, Stage.FIELDWORK, suspended_from)
    return viewer is Viewer.TEAM


def amount_of(text: str) -> Decimal | None:
    """Return the number that somebody wrote, or None when it is none that can be kept (three decimals)."""
    try:
        amount = Decimal(text.strip().replace(",", ".")) if len(text) <= 20 else None
    except InvalidOperation:
        return None
    if amount is None or not amount.is_finite() or abs(amount) > LARGEST_AMOUNT:
        return None
    exponent = amount.as_tuple().exponent
    return amount if isinstance(exponent, int) and exponent >= -3 and amount >= 0 else None


def amount_words(amount: Decimal) -> str:
    """Return a number as people write it: no zeros behind the point."""
    return f"{amount.normalize():f}"


def wrong_observation(kind: str, text: str, amount: Decimal | None, unit: str | None) -> str | None:
    """Return a sentence when somebody cannot note this, otherwise None."""
    if kind not in set(ObservationKind):
        return _("Choose how you found this out.")
    if not text.strip():
        return _("Write what you found out.")
    if len(text) > LONGEST_TEXT:
        return _("Use at most %(most)s letters. Write a second note for the rest.", most=number(LONGEST_TEXT))
    counted = kind == ObservationKind.COUNTED
    if counted and amount is None:
        return _("Write the number that you counted.")
    if counted and not (unit or "").strip():
        return _("Write what you counted, for example “bus stops”.")
    return None
