"""Whole frameworks made by chance, with everything that a file can say: for properties."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from inspect_app.frameworks.answer_types import CHOOSING, MEASURED, AnswerType
from inspect_app.frameworks.plain import (
    PlainBand,
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainOption,
    PlainPoint,
    PlainPrompt,
    PlainScale,
    PlainScoring,
    PlainTheme,
    PlainTranslation,
    texts_of,
)
from inspect_app.frameworks.rules import WISHES, PromptKind
from inspect_app.frameworks.symbols import shipped

LETTERS = st.one_of(
    st.sampled_from("aeinrst ÄßéñłŵŷЖשם中😀'\"“”:#-{}[]&*!|>%@`,?\\/<>$="),
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")),
)
KEYS = st.from_regex(r"[a-z][a-z0-9]{0,5}([-_][a-z0-9]{1,4})?", fullmatch=True)
WEIGHTS = st.sampled_from([0, 0.25, 0.5, 1, 1, 1, 2, 3, 10, 1000])
NUMBERS = st.none() | st.integers(-99, 99).map(str) | st.sampled_from(["0.5", "-2.25", "0.50"])
TYPES = tuple(AnswerType)


def words(longest: int = 40) -> st.SearchStrategy[str]:
    """A text that says something, without space around it."""
    return st.text(LETTERS, min_size=1, max_size=longest).map(str.strip).filter(bool)


def maybe(some: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Nothing, or one of these."""
    return st.just("") | some


def keyed(strategy: Any, least: int, most: int) -> st.SearchStrategy[Any]:
    """Several of a kind, each with a key of its own."""
    return st.lists(KEYS, min_size=least, max_size=most, unique=True).flatmap(
        lambda keys: st.tuples(*(strategy(key) for key in keys))
    )


def options(key: str) -> st.SearchStrategy[PlainOption]:
    return st.builds(PlainOption, st.just(key), words())


def lists(key: str) -> st.SearchStrategy[PlainList]:
    return st.builds(PlainList, st.just(key), keyed(options, 1, 4))


def points(key: str) -> st.SearchStrategy[PlainPoint]:
    signs = st.none() | st.sampled_from(sorted(shipped()))
    return st.builds(PlainPoint, st.just(key), words(), words(), maybe(words()), signs)


def scales(key: str) -> st.SearchStrategy[PlainScale]:
    return st.builds(PlainScale, st.just(key), words(), keyed(points, 2, 6))


@st.composite
def questions(
    draw: st.DrawFn, key: str, scale_keys: tuple[str, ...], list_keys: tuple[str, ...], types: tuple[AnswerType, ...]
) -> PlainCriterion:
    """One question of some type, that stands on the scales and lists there are."""
    there = [
        one
        for one in types
        if not (one == AnswerType.SCALE and not scale_keys) and not (one in CHOOSING and not list_keys)
    ]
    kind = draw(st.sampled_from(there))
    plain = draw(words())
    least, most, step = (draw(NUMBERS) if kind in MEASURED else None for _ in range(3))
    if least is not None and most is not None and float(least) > float(most):
        least, most = most, least
    wish = st.just("") | st.sampled_from(WISHES)
    prompt = st.builds(PlainPrompt, st.sampled_from(PromptKind).map(str), words(), maybe(words()))
    expression = st.just("") | st.just(f"${{{key}}} = 'yes'")
    return PlainCriterion(
        key=key,
        plain=plain,
        easy=draw(st.just(plain) | words()),
        answer_type=str(kind),
        scale_key=draw(st.sampled_from(scale_keys)) if kind == AnswerType.SCALE else None,
        prompts=tuple(draw(st.lists(prompt, max_size=3))),
        may_be_not_seen=draw(st.booleans()),
        may_not_apply=draw(st.booleans()),
        symbol=draw(st.none() | st.sampled_from(sorted(shipped()))),
        hint=draw(maybe(words())),
        list_key=draw(st.sampled_from(list_keys)) if kind in CHOOSING else None,
        unit=draw(maybe(words(10))) if kind in MEASURED else "",
        least=least,
        most=most,
        step=step.lstrip("-") if step is not None and float(step) else None,
        condition=draw(expression),
        constraint=draw(st.just("") | st.just(". != ''")),
        constraint_words=draw(maybe(words())),
        calculation=f"${{{key}}} * 2" if kind == AnswerType.CALCULATED else "",
        required=draw(st.booleans()),
        weight=draw(WEIGHTS),
        photo=draw(wish),
        sound=draw(wish),
    )


@st.composite
def themes(
    draw: st.DrawFn,
    key: str,
    question_keys: tuple[str, ...],
    scale_keys: tuple[str, ...],
    list_keys: tuple[str, ...],
    types: tuple[AnswerType, ...],
) -> PlainTheme:
    """One theme with these questions."""
    each = draw(maybe(words(12)))
    return PlainTheme(
        key=key,
        title=draw(words()),
        criteria=tuple(draw(questions(one, scale_keys, list_keys, types)) for one in question_keys),
        weight=draw(WEIGHTS),
        condition=draw(st.just("") | st.just(f"${{{question_keys[0]}}} != ''")),
        each=each,
        most=draw(st.integers(1, 100)) if each else 20,
    )


@st.composite
def frameworks(
    draw: st.DrawFn,
    *,
    types: tuple[AnswerType, ...] = TYPES,
    languages: tuple[str, ...] = ("de", "cy", "it", "ar", "zh-Hant"),
    most_themes: int = 3,
    most_questions: int = 4,
) -> PlainFramework:
    """A whole framework whose questions are of these types, with translations into some of these languages."""
    some_scales, some_lists = draw(keyed(scales, 0, 2)), draw(keyed(lists, 0, 2))
    if not some_scales and set(types) <= {AnswerType.SCALE}:
        some_scales = (draw(scales("five")),)
    if not some_lists and not set(types) - CHOOSING:
        some_lists = (draw(lists("some")),)
    used = set(types) - ({AnswerType.SCALE} if not some_scales else set()) - (CHOOSING if not some_lists else set())
    if not used:
        some_scales = (draw(scales("five")),)
    theme_keys = draw(st.lists(KEYS, min_size=1, max_size=most_themes, unique=True))
    most = most_themes * most_questions
    keys = draw(st.lists(KEYS, min_size=len(theme_keys), max_size=max(most, len(theme_keys)), unique=True))
    shares = [tuple(keys[place :: len(theme_keys)]) for place in range(len(theme_keys))]
    named = tuple(one.key for one in some_scales), tuple(one.key for one in some_lists)
    starts = sorted(draw(st.sets(st.integers(0, 99), max_size=3)))
    band_keys = draw(st.lists(KEYS, min_size=len(starts), max_size=len(starts), unique=True))
    bands = tuple(PlainBand(key, draw(words()), start) for key, start in zip(band_keys, starts, strict=True))
    plain = PlainFramework(
        key=draw(KEYS),
        version=draw(st.integers(1, 99)),
        language="en",
        title=draw(words()),
        summary=draw(words()),
        source=draw(words()),
        scales=some_scales,
        themes=tuple(draw(themes(key, share, *named, types)) for key, share in zip(theme_keys, shares, strict=True)),
        lists=some_lists,
        scoring=PlainScoring(draw(st.sampled_from([1, 1, 2, 5])), bands),
    )
    return dataclasses.replace(plain, translations=draw(translations(plain, languages)))


@st.composite
def translations(draw: st.DrawFn, plain: PlainFramework, languages: tuple[str, ...]) -> tuple[PlainTranslation, ...]:
    """Some languages, each with the words of some texts."""
    if not languages:
        return ()
    addresses = list(texts_of(plain))
    made = []
    for language in draw(st.lists(st.sampled_from(languages), max_size=2, unique=True)):
        some = draw(st.lists(st.sampled_from(addresses), min_size=1, max_size=6, unique=True))
        made.append(PlainTranslation(language, tuple((address, draw(words())) for address in some)))
    return tuple(made)
