"""Change a framework: each function takes one and returns the next. Nothing is checked; a draft may be unfinished."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from inspect_app.frameworks.parts import LONGEST_KEY
from inspect_app.frameworks.plain import (
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainPoint,
    PlainScale,
    PlainTheme,
    PlainTranslation,
    criteria,
    said,
    texts_of,
)

GONE = "gone"
"""The digest of what is not there."""


FIRST_SCALE = PlainScale(
    "five",
    "How good is it?",
    (
        PlainPoint("very-weak", "Very weak", "Does not work. People are let down or harmed."),
        PlainPoint("weak", "Weak", "Often does not work. Much must change."),
        PlainPoint("fair", "Fair", "Works for many. Some things must change."),
        PlainPoint("good", "Good", "Works well for most. Small things could be better."),
        PlainPoint("very-good", "Very good", "Works well for everybody. Others can learn from it."),
    ),
)
"""The scale with which empty questions begin: most need one, and few want to write their own first."""


class Keyed(Protocol):
    """A part that has a key."""

    @property
    def key(self) -> str:
        """Return the key."""


Part = TypeVar("Part", bound=Keyed)


def digest_of_part(part: Any) -> str:
    """Return a short hash over what a part says, or :data:`GONE` when there is none."""
    if part is None:
        return GONE
    text = json.dumps(said(part), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def key_for(words: str, taken: Collection[str], otherwise: str) -> str:
    """Return a key made from the first words of a text, that no other part has."""
    letters = unicodedata.normalize("NFKD", words.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    found = "-".join(re.findall(r"[a-z0-9]+", letters)[:6])[: LONGEST_KEY - 4].strip("-") or otherwise
    numbers = (f"{found}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (found, *numbers) if key not in taken)


def find(parts: Iterable[Part], key: str) -> Part | None:
    """Return the part with a key, or nothing."""
    return next((one for one in parts if one.key == key), None)


def put(parts: tuple[Part, ...], part: Part) -> tuple[Part, ...]:
    """Return the parts with one replaced by that of the same key, or added at the end."""
    if find(parts, part.key) is None:
        return (*parts, part)
    return tuple(part if one.key == part.key else one for one in parts)


def without(parts: tuple[Part, ...], key: str) -> tuple[Part, ...]:
    """Return the parts but the one with a key."""
    return tuple(one for one in parts if one.key != key)


def moved(parts: tuple[Part, ...], key: str, place: int) -> tuple[Part, ...]:
    """Return the parts with one at another place, from 0; a place beyond the end is the end."""
    one = find(parts, key)
    if one is None:
        return parts
    others = without(parts, key)
    place = min(max(place, 0), len(others))
    return (*others[:place], one, *others[place:])


def theme_of(plain: PlainFramework, key: str) -> PlainTheme | None:
    """Return the theme in which a question stands, or nothing."""
    return next((theme for theme in plain.themes if find(theme.criteria, key)), None)


def question_of(plain: PlainFramework, key: str) -> PlainCriterion | None:
    """Return a question, or nothing."""
    return find(criteria(plain), key)


def put_theme(plain: PlainFramework, theme: PlainTheme) -> PlainFramework:
    """Return the framework with a theme changed or added; its questions stay as they stand now."""
    standing = find(plain.themes, theme.key)
    theme = replace(theme, criteria=standing.criteria if standing else ())
    return replace(plain, themes=put(plain.themes, theme))


def put_question(plain: PlainFramework, question: PlainCriterion, theme_key: str) -> PlainFramework:
    """Return the framework with a question changed, added at the end of a theme, or taken to another theme."""
    if find(plain.themes, theme_key) is None:
        theme_key = plain.themes[-1].key

    def change(theme: PlainTheme) -> PlainTheme:
        if theme.key != theme_key:
            return replace(theme, criteria=without(theme.criteria, question.key))
        return replace(theme, criteria=put(theme.criteria, question))

    changed = _each_theme(plain, change)
    before = question_of(plain, question.key)
    return tidy(_prompts_followed(changed, before, question)) if before else changed


def _prompts_followed(plain: PlainFramework, before: PlainCriterion, now: PlainCriterion) -> PlainFramework:
    """Return the framework with the translated words of prompts where the prompts are now: they have no keys."""
    old, new = [one.text for one in before.prompts], [one.text for one in now.prompts]
    places = {place: new.index(text) for place, text in enumerate(old) if text in new}
    reworded = [place for place in range(min(len(old), len(new))) if old[place] not in new and new[place] not in old]
    places |= {place: place for place in reworded}
    start = f"criterion/{now.key}/prompt/"

    def follow(address: str) -> str:
        if not address.startswith(start):
            return address
        number, *rest = address.removeprefix(start).split("/")
        place = places.get(int(number) - 1)
        return "/".join([f"{start}{place + 1}", *rest]) if place is not None else ""

    layers = (
        replace(one, texts=tuple((follow(address), words) for address, words in one.texts))
        for one in plain.translations
    )
    return replace(plain, translations=tuple(layers))


def move_question(plain: PlainFramework, key: str, place: int) -> PlainFramework:
    """Return the framework with a question at another place of its theme, from 0."""
    return _each_theme(plain, lambda theme: replace(theme, criteria=moved(theme.criteria, key, place)))


def take_out_question(plain: PlainFramework, key: str) -> PlainFramework:
    """Return the framework without a question."""
    return tidy(_each_theme(plain, lambda theme: replace(theme, criteria=without(theme.criteria, key))))


def take_out_theme(plain: PlainFramework, key: str) -> PlainFramework:
    """Return the framework without a theme and its questions."""
    return tidy(replace(plain, themes=without(plain.themes, key)))


def put_scale(plain: PlainFramework, scale: PlainScale) -> PlainFramework:
    """Return the framework with a scale changed or added."""
    return tidy(replace(plain, scales=put(plain.scales, scale)))


def put_list(plain: PlainFramework, options: PlainList) -> PlainFramework:
    """Return the framework with a list changed or added."""
    return tidy(replace(plain, lists=put(plain.lists, options)))


def questions_on(plain: PlainFramework, *, scale: str | None = None, options: str | None = None) -> int:
    """Return how many questions stand on a scale or a list."""
    return sum(
        one.scale_key == scale if scale is not None else one.list_key == options and options is not None
        for one in criteria(plain)
    )


def put_words(plain: PlainFramework, language: str, words: dict[str, str]) -> PlainFramework:
    """Return the framework with some words of a translation changed; empty ones are taken out."""
    layer = next((one for one in plain.translations if one.language == language), PlainTranslation(language, ()))
    texts = {address: text for address, text in (dict(layer.texts) | words).items() if text}
    in_order = tuple((address, texts[address]) for address in texts_of(plain) if address in texts)
    changed = PlainTranslation(language, in_order)
    if layer not in plain.translations:
        return replace(plain, translations=(*plain.translations, changed))
    layers = tuple(changed if one.language == language else one for one in plain.translations)
    return replace(plain, translations=layers)


def tidy(plain: PlainFramework) -> PlainFramework:
    """Return the framework with translations of those texts alone that are there."""
    there = texts_of(plain)
    layers = (
        replace(one, texts=tuple((address, words) for address, words in one.texts if address in there))
        for one in plain.translations
    )
    return replace(plain, translations=tuple(layers))


def _each_theme(plain: PlainFramework, change: Callable[[PlainTheme], PlainTheme]) -> PlainFramework:
    return replace(plain, themes=tuple(change(theme) for theme in plain.themes))
