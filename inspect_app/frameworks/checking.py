"""What would fail people in the field, found before questions are published: a pure function over a framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.core.words import _, ngettext
from inspect_app.frameworks.answer_types import CHOOSING, AnswerType
from inspect_app.frameworks.checking_conditions import faults_of_conditions
from inspect_app.frameworks.doors import KindOfUse
from inspect_app.frameworks.editing import find, questions_on
from inspect_app.frameworks.plain import (
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainScale,
    criteria,
    texts_of,
)
from inspect_app.frameworks.readability import hardness, measure_of
from inspect_app.frameworks.reading import FEWEST_POINTS
from inspect_app.frameworks.rules import cannot_be_asked

QUESTIONS_A_DAY = 20
"""What a team can look into on one day of visits: four hours, twelve minutes for each question. Our own estimate."""
USUAL_REPEATS = 3
"""How often a repeated theme counts in that."""
LONGEST_QUESTION = 25
"""Words in a question from which on nobody remembers its beginning at its end."""


class Severity(StrEnum):
    """How much a remark matters."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True)
class Remark:
    """Something to mend. ``part`` names where: ``about``, ``themes``, ``theme/KEY``, ``question/KEY``, ``scale/KEY``,
    ``list/KEY`` or ``translation/LANGUAGE``; ``place`` says it in words. What must be mended cannot be published.
    """  # noqa: D205

    severity: Severity
    part: str
    place: str
    sentence: str


def remarks_on(plain: PlainFramework, kinds: Sequence[KindOfUse] = (), *, words: bool = True) -> list[Remark]:
    """Return all that is to be mended before a framework is published: what must be first, each in its order.

    ``kinds`` are those that use it. Without ``words`` nobody looks at how hard the words are, which takes longer.
    """
    must = [
        *_whole(plain),
        *_themes(plain),
        *(found for scale in plain.scales for found in _scale(scale)),
        *(found for one in plain.lists for found in _list(one)),
        *(found for one in criteria(plain) for found in _question(one, plain)),
        *cannot_be_asked(plain),
    ]
    should = [*_unused(plain), *_twice(plain), *_untranslated(plain), *_too_many(plain, kinds)]
    should += [*_hard_words(plain), *_long(plain)] if words else []
    for is_dead, part, sentence in faults_of_conditions(plain):
        (must if is_dead else should).append((part, sentence))
    found = [(Severity.MUST, *one) for one in must] + [(Severity.SHOULD, *one) for one in should]
    return [Remark(severity, part, place_of(part, plain), sentence) for severity, part, sentence in found]


def place_of(part: str, plain: PlainFramework) -> str:
    """Return how a part is called on screen."""
    kind, _slash, key = part.partition("/")
    if kind == "question":
        question = find(criteria(plain), key)
        return _("Question “%(name)s”", name=question.plain if question else key)
    if kind == "theme":
        theme = find(plain.themes, key)
        return _("Theme “%(name)s”", name=theme.title if theme else key)
    if kind == "scale":
        scale = find(plain.scales, key)
        return _("Scale “%(name)s”", name=scale.title if scale else key)
    names = {"about": _("Title and summary"), "themes": _("Themes"), "list": _("List “%(name)s”", name=key)}
    return names.get(kind) or _("Translation “%(name)s”", name=key)


def _whole(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    if not plain.title:
        yield "about", _("Write a title.")
    if not plain.summary:
        yield "about", _("Write what the questions are for, in one or two sentences.")
    if not plain.source:
        yield "about", _("Write where the questions come from.")


def _themes(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    if not plain.themes:
        yield "themes", _("There are no questions yet. Add a theme, then its questions.")
    for theme in plain.themes:
        if not theme.criteria:
            yield f"theme/{theme.key}", _("This theme has no questions. Add one, or take the theme out.")
        if not theme.title:
            yield f"theme/{theme.key}", _("Write what the theme is called.")


def _scale(scale: PlainScale) -> Iterator[tuple[str, str]]:
    part = f"scale/{scale.key}"
    if len(scale.points) < FEWEST_POINTS:
        yield part, _("A scale needs at least %(count)s points.", count=FEWEST_POINTS)
    for point in scale.points:
        if not point.descriptor:
            yield part, _("Write what “%(name)s” means.", name=point.label or point.key)


def _list(options: PlainList) -> Iterator[tuple[str, str]]:
    if not options.options:
        yield f"list/{options.key}", _("This list has no answers.")


def _question(one: PlainCriterion, plain: PlainFramework) -> Iterator[tuple[str, str]]:
    part = f"question/{one.key}"
    if not one.plain:
        yield part, _("Write the question.")
    if one.answer_type == AnswerType.SCALE and find(plain.scales, one.scale_key or "") is None:
        yield part, _("This question has no scale. Choose one.")
    if one.answer_type in CHOOSING and find(plain.lists, one.list_key or "") is None:
        yield part, _("This question has no list of answers. Choose one.")


def _unused(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    for scale in plain.scales:
        if not questions_on(plain, scale=scale.key):
            yield f"scale/{scale.key}", _("No question uses this scale. Take it out, or use it.")
    for one in plain.lists:
        if not questions_on(plain, options=one.key):
            yield f"list/{one.key}", _("No question uses this list. Take it out, or use it.")


def _twice(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for one in criteria(plain):
        words = " ".join(one.plain.casefold().split())
        if words in seen:
            yield f"question/{one.key}", _("Another question says the same.")
        seen.setdefault(words, one.key)


def _untranslated(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    texts = texts_of(plain)
    for layer in plain.translations:
        missing = len(texts) - len(dict(layer.texts).keys() & texts.keys())
        if missing:
            yield (
                f"translation/{layer.language}",
                ngettext(
                    "%(n)s of %(all)s texts are not translated. People read those in the first language.",
                    "%(n)s of %(all)s texts are not translated. People read those in the first language.",
                    missing,
                    all=len(texts),
                ),
            )


def _too_many(plain: PlainFramework, kinds: Sequence[KindOfUse]) -> Iterator[tuple[str, str]]:
    count = sum(len(theme.criteria) * (USUAL_REPEATS if theme.each else 1) for theme in plain.themes)
    repeated = any(theme.each for theme in plain.themes)
    there = _("There are %(count)s.", count=count)
    if repeated:
        there = _(
            "There are %(count)s; a question that is repeated counts %(times)s times.", count=count, times=USUAL_REPEATS
        )
    for kind in kinds:
        fitting = kind.days * QUESTIONS_A_DAY
        if count > fitting:
            fits = ngettext(
                "“%(kind)s” has %(n)s day of visits, enough for about %(fitting)s questions.",
                "“%(kind)s” has %(n)s days of visits, enough for about %(fitting)s questions.",
                kind.days,
                kind=kind.title,
                fitting=fitting,
            )
            yield "themes", f"{fits} {there}"


def _hard_words(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    layers = {plain.language: dict[str, str](), **{one.language: dict(one.texts) for one in plain.translations}}
    for language, words in layers.items():
        advice = _("The words are hard for a reader of 11. Use shorter sentences and shorter words.")
        if language != plain.language:
            advice = _(
                "The words in the language “%(language)s” are hard for a reader of 11. "
                "Use shorter sentences and shorter words.",
                language=language,
            )
        for theme in plain.themes if measure_of(language) else ():
            texts = [words.get(address) or text for one in theme.criteria for address, text in _statements(one)]
            if found := _too_hard(texts, language):
                longest = max(texts, key=lambda text: len(text.split()))
                yield (
                    f"theme/{theme.key}",
                    f"{advice} {_('The longest is “%(text)s” (%(measure)s).', text=longest, measure=found)}",
                )


def _statements(one: PlainCriterion) -> Iterator[tuple[str, str]]:
    """Yield what a question says to inspectors, with the address of each text."""
    yield f"criterion/{one.key}/plain", one.plain
    for number, prompt in enumerate(one.prompts, 1):
        yield f"criterion/{one.key}/prompt/{number}", prompt.text


def _too_hard(texts: list[str], language: str) -> str:
    """Return what the measure says where words are too hard, otherwise nothing."""
    measure, value = measure_of(language), hardness(texts, language)
    if measure is None or value is None or not measure.too_hard(value):
        return ""
    facts = {"name": measure.name, "value": f"{value:.0f}", "limit": f"{measure.hardest:g}"}
    if measure.high_is_easy:
        return _("%(name)s: %(value)s, best above %(limit)s", **facts)
    return _("%(name)s: %(value)s, best below %(limit)s", **facts)


def _long(plain: PlainFramework) -> Iterator[tuple[str, str]]:
    for one in criteria(plain):
        count = len(one.plain.split())
        if count > LONGEST_QUESTION:
            yield (
                f"question/{one.key}",
                ngettext(
                    "It has %(n)s words. Say it in %(most)s or fewer, or ask two questions.",
                    "It has %(n)s words. Say it in %(most)s or fewer, or ask two questions.",
                    count,
                    most=LONGEST_QUESTION,
                ),
            )
