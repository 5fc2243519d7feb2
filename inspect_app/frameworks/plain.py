"""A framework as one immutable plain value, on which everything turns.

Files, editor, library, checks, comparison and paper read it or return it; editing is a function from one value to
the next. Texts stand in the source language; a translation is a layer over them, by the *address* of each text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

MOST_REPEATS = 20
"""How often a theme is repeated at most, unless it says otherwise."""


@dataclass(frozen=True)
class PlainPoint:
    """One point of a scale; the worst comes first. ``sign`` names a picture; without one it has its moon."""

    key: str
    label: str
    descriptor: str
    easy: str = ""
    sign: str | None = None


@dataclass(frozen=True)
class PlainScale:
    """One scale with its points, the worst first."""

    key: str
    title: str
    points: tuple[PlainPoint, ...]


@dataclass(frozen=True)
class PlainOption:
    """One entry of a list from which people choose."""

    key: str
    label: str


@dataclass(frozen=True)
class PlainList:
    """A list from which people choose one or several, or that they put in order."""

    key: str
    options: tuple[PlainOption, ...]


@dataclass(frozen=True)
class PlainPrompt:
    """What to do to find out; ``kind`` is ask, look, read or count."""

    kind: str
    text: str
    easy: str = ""


@dataclass(frozen=True)
class PlainCriterion:
    """One question.

    ``easy`` is the same as ``plain`` where nobody wrote easier words. ``least``, ``most`` and ``step`` are numbers as
    text. ``condition``, ``constraint`` and ``calculation`` are expressions, "" for none; ``constraint_words`` is what
    people read when an answer is refused. ``photo`` and ``sound`` are "", "wished" or "required".
    """

    key: str
    plain: str
    easy: str
    answer_type: str
    scale_key: str | None
    prompts: tuple[PlainPrompt, ...]
    may_be_not_seen: bool
    may_not_apply: bool
    symbol: str | None = None
    hint: str = ""
    list_key: str | None = None
    unit: str = ""
    least: str | None = None
    most: str | None = None
    step: str | None = None
    condition: str = ""
    constraint: str = ""
    constraint_words: str = ""
    calculation: str = ""
    required: bool = False
    weight: float = 1
    photo: str = ""
    sound: str = ""


@dataclass(frozen=True)
class PlainTheme:
    """One theme with its questions; ``each`` says what it is repeated for ("room"), "" when it is asked once."""

    key: str
    title: str
    criteria: tuple[PlainCriterion, ...]
    weight: float = 1
    condition: str = ""
    each: str = ""
    most: int = MOST_REPEATS


@dataclass(frozen=True)
class PlainBand:
    """A name for results from a percentage on."""

    key: str
    label: str
    from_percent: float


@dataclass(frozen=True)
class PlainScoring:
    """How results are made: from how many answers on, and what they are called; bands stand lowest first."""

    least_answers: int = 1
    bands: tuple[PlainBand, ...] = ()


@dataclass(frozen=True)
class PlainTranslation:
    """The words of one language, as (address, words)."""

    language: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlainFramework:
    """A whole version of a framework."""

    key: str
    version: int
    language: str
    title: str
    summary: str
    source: str
    scales: tuple[PlainScale, ...]
    themes: tuple[PlainTheme, ...]
    lists: tuple[PlainList, ...] = ()
    translations: tuple[PlainTranslation, ...] = ()
    scoring: PlainScoring = PlainScoring()


Part = TypeVar("Part", PlainPoint, PlainScale, PlainOption, PlainList, PlainTheme, PlainCriterion, PlainPrompt)
Say = Callable[[str, str], str]
"""From the address of a text and its words to the words that stand there instead."""


def criteria(plain: PlainFramework) -> Iterator[PlainCriterion]:
    """Yield all questions in their order."""
    for theme in plain.themes:
        yield from theme.criteria


def texts_of(plain: PlainFramework) -> dict[str, str]:
    """Return all texts in the source language that people read, by address, in the order in which they stand.

    Easy words that only repeat the plain ones, and texts that are empty, are left out.
    """
    found: dict[str, str] = {}

    def note(address: str, words: str) -> str:
        if words:
            found[address] = words
        return words

    reworded(plain, note)
    return found


def in_language(plain: PlainFramework, language: str) -> PlainFramework:
    """Return the framework in another language; what is not translated stays in the source language.

    Where only the plain words of a question are translated, they stand for the easy ones too.
    """
    layer = next((one for one in plain.translations if one.language == language), None)
    if layer is None or language == plain.language:
        return plain
    words = dict(layer.texts)

    def say(address: str, source: str) -> str:
        if address.startswith("criterion/") and address.endswith("/easy") and address.count("/") == 2:
            return words.get(address) or words.get(f"{address.removesuffix('/easy')}/plain") or source
        return words.get(address) or source

    return reworded(plain, say)


def reworded(plain: PlainFramework, say: Say) -> PlainFramework:
    """Return the framework with each text replaced by what ``say`` returns for its address and words."""
    scoring = replace(
        plain.scoring,
        bands=tuple(replace(one, label=say(f"band/{one.key}/label", one.label)) for one in plain.scoring.bands),
    )
    return replace(
        plain,
        title=say("title", plain.title),
        summary=say("summary", plain.summary),
        scales=tuple(_scale(one, say) for one in plain.scales),
        lists=tuple(_list(one, say) for one in plain.lists),
        themes=tuple(_theme(one, say) for one in plain.themes),
        scoring=scoring,
    )


def _scale(scale: PlainScale, say: Say) -> PlainScale:
    place = f"scale/{scale.key}"
    points = tuple(
        _with(
            one,
            label=say(f"{place}/point/{one.key}/label", one.label),
            descriptor=say(f"{place}/point/{one.key}/descriptor", one.descriptor),
            easy=say(f"{place}/point/{one.key}/easy", one.easy),
        )
        for one in scale.points
    )
    return _with(scale, title=say(f"{place}/title", scale.title), points=points)


def _list(options: PlainList, say: Say) -> PlainList:
    place = f"list/{options.key}/option"
    return _with(
        options, options=tuple(_with(one, label=say(f"{place}/{one.key}", one.label)) for one in options.options)
    )


def _theme(theme: PlainTheme, say: Say) -> PlainTheme:
    place = f"theme/{theme.key}"
    return _with(
        theme,
        title=say(f"{place}/title", theme.title),
        each=say(f"{place}/each", theme.each),
        criteria=tuple(_criterion(one, say) for one in theme.criteria),
    )


def _criterion(criterion: PlainCriterion, say: Say) -> PlainCriterion:
    place = f"criterion/{criterion.key}"
    plain = say(f"{place}/plain", criterion.plain)
    return _with(
        criterion,
        plain=plain,
        easy=plain if criterion.easy == criterion.plain else say(f"{place}/easy", criterion.easy),
        hint=say(f"{place}/hint", criterion.hint),
        prompts=tuple(_prompt(one, f"{place}/prompt/{number}", say) for number, one in enumerate(criterion.prompts, 1)),
        unit=say(f"{place}/unit", criterion.unit),
        constraint_words=say(f"{place}/constraint", criterion.constraint_words),
    )


def _prompt(prompt: PlainPrompt, place: str, say: Say) -> PlainPrompt:
    return _with(prompt, text=say(place, prompt.text), easy=say(f"{place}/easy", prompt.easy))


def _with(part: Part, **values: Any) -> Part:
    """Return a part with some values changed; itself where they are the same, as most are when texts are only read."""
    return part if all(getattr(part, name) == value for name, value in values.items()) else replace(part, **values)


def said(value: Any) -> Any:
    """Return what a framework or a part of it says as lists and dicts; what only repeats a default is left out.

    So a version says the same as it did before a field was thought of, and keeps its digest.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [one if isinstance(one, str) else said(one) for one in value]
    if isinstance(value, PlainPrompt):
        return [value.kind, value.text, *([value.easy] if value.easy else [])]
    if isinstance(value, PlainTranslation):
        return {"language": value.language, "texts": [[*pair] for pair in value.texts]}
    if is_dataclass(value):
        pairs = ((name, default, getattr(value, name)) for name, default in _fields_of(value.__class__))
        return {name: said(there) for name, default, there in pairs if there != default}
    return int(value) if isinstance(value, float) and value.is_integer() else value


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a plain value with their defaults."""
    return tuple((one.name, one.default) for one in fields(kind))
