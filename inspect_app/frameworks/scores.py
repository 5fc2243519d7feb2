"""What answers come to: a result for each theme and one over all, by the rules that the version states.

1. Questions with a scale count, and those with yes and no. The worst point is 0, the best 100, those between lie at
   equal distances; no is 0, partly 50, yes 100. Whatever else was asked does not count.
2. *Does not apply*, *not seen* and no answer are left out: none of them counts as bad, or at all.
3. A question of a repeated theme counts once, with the average of its answers.
4. A theme's result is the average of its questions, each by its weight. It needs as many answered questions as the
   version says (``least_answers``), otherwise there is none.
5. The result over all is the average of the themes that have a result, each by its weight.
6. Results are shown as whole numbers, a half up. A band is chosen by the number that is shown.

All sums are exact: the order of questions, and whether weights are 1 and 2 or 10 and 20, makes no difference.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from inspect_app.core.words import lazy
from inspect_app.frameworks.answer_types import DOES_NOT_APPLY, NO, NOT_SEEN, PARTLY, YES, AnswerType
from inspect_app.frameworks.plain import PlainBand, PlainCriterion, PlainFramework, PlainScale, PlainTheme
from inspect_app.frameworks.why import Why

Answers = Mapping[str, str | Sequence[str | None] | None]
"""Question's key → its answer, or one for each repeat."""

Figure = Mapping[str, Any]

BEST = 100
ALL_TOGETHER = lazy("All together")
"""What the result over all is called."""
OF_YES_AND_NO = {YES: Fraction(1), PARTLY: Fraction(1, 2), NO: Fraction(0)}
COUNTED = frozenset({AnswerType.SCALE, AnswerType.YES_NO, AnswerType.YES_NO_PARTLY})


@dataclass(frozen=True)
class Counts:
    """How many questions went into a result, and how many were left out and why."""

    answered: int = 0
    not_seen: int = 0
    does_not_apply: int = 0
    open: int = 0

    @property
    def questions(self) -> int:
        """How many questions there are that count, answered or not."""
        return self.answered + self.not_seen + self.does_not_apply + self.open

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.answered + other.answered,
            self.not_seen + other.not_seen,
            self.does_not_apply + other.does_not_apply,
            self.open + other.open,
        )


@dataclass(frozen=True)
class Result:
    """A result from 0 to 100, exact and as shown, or None for both; its band; and a sentence that explains it."""

    exact: Fraction | None
    shown: int | None
    band: PlainBand | None
    counts: Counts
    why: Why

    @property
    def sentence(self) -> str:
        """How it came about, in words."""
        return self.why.sentence


@dataclass(frozen=True)
class ThemeResult:
    """The result of one theme."""

    key: str
    title: str
    result: Result


@dataclass(frozen=True)
class Scores:
    """All results of an inspection."""

    themes: tuple[ThemeResult, ...]
    overall: Result


def scores(plain: PlainFramework, answers: Answers, not_asked: Collection[str] = ()) -> Scores:
    """Return the results of some answers; ``not_asked`` are the keys of questions whose condition was not met."""
    scales = {one.key: one for one in plain.scales}
    themes = tuple(_theme(one, scales, answers, not_asked, plain) for one in plain.themes)
    return Scores(themes, _overall(plain, themes))


def figure(result: Result) -> Figure:
    """Return a result as it is printed and kept: its number or None, what its band is called, and how it was made."""
    band = result.band.label if result.band else ""
    return {"shown": result.shown, "band": band, "sentence": result.sentence, "why": asdict(result.why)}


def said_again(found: Figure) -> Figure:
    """Return a result that was kept, with how it was made in the reader's language; of old ones that is not known."""
    return {**found, "sentence": Why(**found["why"]).sentence} if "why" in found else found


def profile_row(label: str, found: Figure) -> Figure:
    """Return a result as one row of the picture that shows results from 0 to 100."""
    return {"label": label, "value": found["shown"], "count": BEST + 1, "text": "", "result": dict(found)}


def counts_in_results(criterion: PlainCriterion) -> bool:
    """Return whether a question's answers count in any result."""
    return criterion.answer_type in COUNTED and criterion.weight > 0


def _theme(
    theme: PlainTheme,
    scales: Mapping[str, PlainScale],
    answers: Answers,
    not_asked: Collection[str],
    plain: PlainFramework,
) -> ThemeResult:
    counted = [one for one in theme.criteria if counts_in_results(one) and one.key not in not_asked]
    pairs: list[tuple[Fraction, Fraction]] = []
    counts = Counts()
    for criterion in counted:
        given = _answers_to(criterion.key, answers)
        shares = [share for one in given if (share := _share(criterion, one, scales)) is not None]
        counts += _counts(given, bool(shares))
        if shares:
            pairs.append((_exact(criterion.weight), BEST * sum(shares, Fraction(0)) / len(shares)))
    exact = _average(pairs) if len(pairs) >= plain.scoring.least_answers else None
    same = len({weight for weight, _value in pairs}) <= 1
    why = Why(
        shown=None,
        counted=counts.answered,
        same=same,
        least=plain.scoring.least_answers,
        not_seen=counts.not_seen,
        does_not_apply=counts.does_not_apply,
        open=counts.open,
    )
    return ThemeResult(theme.key, theme.title, _result(exact, counts, why, plain))


def _overall(plain: PlainFramework, themes: Sequence[ThemeResult]) -> Result:
    weights = {one.key: _exact(one.weight) for one in plain.themes}
    with_result = [(weights[one.key], one.result.exact) for one in themes if weights[one.key] > 0]
    pairs = [(weight, exact) for weight, exact in with_result if exact is not None]
    counts = sum((one.result.counts for one in themes if weights[one.key] > 0), Counts())
    exact = _average(pairs)
    why = Why(
        shown=None,
        counted=len(pairs),
        of_themes=True,
        same=len({weight for weight, _value in pairs}) <= 1,
        themes_left_out=len(with_result) - len(pairs),
    )
    return _result(exact, counts, why, plain)


def _result(exact: Fraction | None, counts: Counts, why: Why, plain: PlainFramework) -> Result:
    if exact is None:
        return Result(None, None, None, counts, why)
    shown = _shown(exact)
    band = next((one for one in reversed(plain.scoring.bands) if one.from_percent <= shown), None)
    if band is not None:
        why = replace(why, band=band.label, band_from=band.from_percent)
    return Result(exact, shown, band, counts, replace(why, shown=shown))


def _answers_to(key: str, answers: Answers) -> Sequence[str | None]:
    answer = answers.get(key)
    return (answer,) if answer is None or isinstance(answer, str) else answer or (None,)


def _share(criterion: PlainCriterion, answer: str | None, scales: Mapping[str, PlainScale]) -> Fraction | None:
    """Return how good an answer is, from 0 to 1; None for one that does not count."""
    if criterion.answer_type != AnswerType.SCALE:
        return OF_YES_AND_NO.get(answer or "")
    scale = scales.get(criterion.scale_key or "")
    points = scale.points if scale else ()
    place = next((place for place, point in enumerate(points) if point.key == answer), None)
    return None if place is None or len(points) < 2 else Fraction(place, len(points) - 1)


def _counts(given: Iterable[str | None], is_answered: bool) -> Counts:
    """Count one question: by its answer, or by the reason why it has none."""
    said = set(given)
    if is_answered:
        return Counts(answered=1)
    if said == {DOES_NOT_APPLY}:
        return Counts(does_not_apply=1)
    return Counts(not_seen=1) if NOT_SEEN in said else Counts(open=1)


def _average(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Return the average by weight; None of nothing."""
    total = sum((weight for weight, _value in pairs), Fraction(0))
    return sum((weight * value for weight, value in pairs), Fraction(0)) / total if total else None


def _exact(weight: float) -> Fraction:
    """Return a weight as it was written: 0.1 is a tenth."""
    return Fraction(str(weight))


def _shown(exact: Fraction) -> int:
    return math.floor(exact + Fraction(1, 2))
