"""The agenda of a moderation: the widest disagreement first. Nobody is right because of their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inspect_app.core.words import _, ngettext
from inspect_app.frameworks.answer_types import DOES_NOT_APPLY, NOT_SEEN, OUTSIDE_SCALE


@dataclass(frozen=True)
class Voice:
    """What one inspector said of one criterion; ``position`` is None outside the scale.

    In a repeated theme an inspector has a voice for each ``instance`` ("Lounge").
    """

    rater: str
    value: str | None
    position: int | None
    instance: str = ""


@dataclass(frozen=True)
class Item:
    """One criterion on the agenda.

    ``apart`` is the distance in points between the lowest and the highest rating; in a repeated theme over all
    instances, as the team agrees on one rating for all of them. ``split`` says that some rated it and others say that
    it does not apply.
    """

    key: str
    place: int
    voices: tuple[Voice, ...]
    apart: int = field(init=False)
    split: bool = field(init=False)

    def __post_init__(self) -> None:
        positions = [voice.position for voice in self.voices if voice.position is not None]
        rated = any(voice.position is not None for voice in self.voices)
        object.__setattr__(self, "apart", max(positions) - min(positions) if positions else 0)
        object.__setattr__(self, "split", rated and any(voice.value == DOES_NOT_APPLY for voice in self.voices))

    @property
    def _answers(self) -> set[str]:
        return {one.value for one in self.voices if one.value and one.value not in OUTSIDE_SCALE}

    @property
    def words(self) -> str:
        """Say how far apart the team is."""
        if self.split:
            return _("Some say it does not apply")
        if not any(voice.value and voice.value != NOT_SEEN for voice in self.voices):
            return _("Nobody saw it")
        if (answers := len(self._answers)) > 1 and not any(voice.position is not None for voice in self.voices):
            return ngettext("%(n)s different answer", "%(n)s different answers", answers)
        if self.apart == 0:
            return _("All the same")
        return ngettext("%(n)s point apart", "%(n)s points apart", self.apart)


def agenda(
    order: Sequence[str],
    positions: Mapping[str, Mapping[str, int]],
    ratings: Iterable[tuple[str, str, str | None, str]],
) -> list[Item]:
    """Return the criteria in the order in which the team should speak about them.

    ``order`` lists the criteria's keys as the framework has them, ``positions`` the position of each point by
    criterion, ``ratings`` who said what: (criterion, rater, value, instance or ""). A split over whether it applies
    comes first.
    """
    voices: dict[str, list[Voice]] = {key: [] for key in order}
    for criterion, rater, value, instance in ratings:
        if criterion in voices:
            voices[criterion].append(Voice(rater, value, positions.get(criterion, {}).get(value or ""), instance))
    items = [Item(key, place, tuple(voices[key])) for place, key in enumerate(order)]
    return sorted(items, key=lambda item: (not item.split, -item.apart, item.place))
