"""The texts of a framework beside their translations, part by part: what is missing, what to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspect_app.frameworks.plain import PlainFramework, texts_of
from inspect_app.frameworks.xlsform.languages import NAMES

GENERAL = "general"
"""The section of all texts that belong to no theme: title, scales, lists, bands."""
PLACES = {
    "title": "Title", "summary": "Summary", "plain": "Question", "easy": "In easier words", "hint": "Line below",
    "unit": "Unit", "constraint": "When an answer is not taken", "label": "Word", "descriptor": "What it means",
    "each": "Asked once for each",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One text with its translation: ``state`` is done, missing or old (the text has changed since)."""

    address: str
    name: str
    source: str
    words: str
    state: str


@dataclass(frozen=True)
class Section:
    """The texts of one theme, or all others."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def done(self) -> int:
        """Return how many texts are translated."""
        return sum(line.state != "missing" for line in self.lines)


def language_name(language: str) -> str:
    """Return a language's name, or its short sign where we know none."""
    names = NAMES.get(language.partition("-")[0])
    return language if names is None else f"{names[0]} ({language})" if "-" in language else names[0]


def languages_of(plain: PlainFramework) -> list[str]:
    """Return the names of all languages that a framework is written in, its own first."""
    return [language_name(one) for one in (plain.language, *(layer.language for layer in plain.translations))]


def sections(plain: PlainFramework, language: str, before: PlainFramework | None = None) -> list[Section]:
    """Return all texts beside their translation, by section; ``before`` is the version from which this one was made."""
    return sections_by_language(plain, [language], before)[language]


def sections_by_language(
    plain: PlainFramework, languages: Iterable[str], before: PlainFramework | None = None
) -> dict[str, list[Section]]:
    """Return all texts beside their translations, by section, for several languages."""
    old_texts = texts_of(before) if before else {}
    titles = {GENERAL: "Title, scales and lists", **{f"theme-{theme.key}": theme.title for theme in plain.themes}}
    home = {one.key: f"theme-{theme.key}" for theme in plain.themes for one in theme.criteria}
    places = [(address, source, _section(address, home), _name(address)) for address, source in texts_of(plain).items()]
    found = {}
    for language in languages:
        translated = _words(plain, language)
        old_words = _words(before, language) if before else {}
        lines: dict[str, list[Line]] = {key: [] for key in titles}
        for address, source, section, name in places:
            words = translated.get(address, "")
            is_old = words and words == old_words.get(address) and source != old_texts.get(address, source)
            state = "old" if is_old else "done" if words else "missing"
            lines[section].append(Line(address, name, source, words, state))
        found[language] = [Section(key, titles[key], tuple(ones)) for key, ones in lines.items() if ones]
    return found


def _words(plain: PlainFramework, language: str) -> Mapping[str, str]:
    return next((dict(one.texts) for one in plain.translations if one.language == language), {})


def _section(address: str, home: Mapping[str, str]) -> str:
    kind, _, rest = address.partition("/")
    key = rest.split("/")[0]
    return home[key] if kind == "criterion" else f"theme-{key}" if kind == "theme" else GENERAL


def _name(address: str) -> str:
    names = address.split("/")
    if names[0] == "list":
        return "Answer"
    if names[0] == "theme":
        return "Theme" if names[-1] == "title" else PLACES["each"]
    if "prompt" in names:
        return f"Hint {names[3]}{' in easier words' if names[-1] == 'easy' else ''}"
    if names[0] in ("scale", "band") and len(names) == 3:
        return names[0].capitalize()
    return PLACES[names[-1]]


def section_of(plain: PlainFramework, language: str, key: str, before: PlainFramework | None = None) -> Section | None:
    """Return one section beside its translation, or nothing."""
    return next((one for one in sections(plain, language, before) if one.key == key), None)
