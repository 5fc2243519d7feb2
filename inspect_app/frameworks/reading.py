"""Read a framework from its file (docs/frameworks.md), and say where it is at fault."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from inspect_app.frameworks.document import Document, document_of, plain_of, translations_of
from inspect_app.frameworks.parts import Part, all_different, checked_key
from inspect_app.frameworks.plain import PlainFramework, texts_of
from inspect_app.frameworks.reading_questions import LONGEST_TITLE, check_theme
from inspect_app.frameworks.rules import LANGUAGE

LONGEST_FILE = 4_000_000
MOST_PARTS, DEEPEST = 150_000, 20
"""So many parts take 2 s and 70 MB; questions with words of usual length reach the longest file before."""
FEWEST_POINTS, MOST_POINTS = 2, 10
MOST_THEMES, MOST_QUESTIONS, MOST_SCALES, MOST_LISTS, MOST_OPTIONS = 200, 1000, 100, 300, 1000
MOST_BANDS, MOST_LANGUAGES, MOST_ANSWERS = 20, 30, 1000
LONG_NUMBER = re.compile(r"[-+]?[0-9.][0-9a-fA-FxX_:.]{40,}")
"""To YAML 1:59:59 is a number too, to the base of sixty: a long one takes it minutes."""
NAMES = [
    "key",
    "version",
    "language",
    "title",
    "summary",
    "source",
    "scales",
    "lists",
    "scoring",
    "themes",
    "translations",
]

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def read_framework(text: str) -> PlainFramework:
    """Check and return what a YAML text holds. Raises ValueError with a sentence that names the fault."""
    if len(text) > LONGEST_FILE:
        raise ValueError(f"the file is too long. A framework has at most {LONGEST_FILE:,} letters.")
    return read_document(_loaded(text))


def read_document(data: Any) -> PlainFramework:
    """Check and return what the structure of a file holds. Raises ValueError with a sentence that names the fault."""
    whole = _checked_but_translations(data)
    plain = plain_of({**whole.data, "translations": {}})
    _check_translations(whole, texts_of(plain))
    return replace(plain, translations=translations_of(whole.data))


def check_plain(plain: PlainFramework) -> Document:
    """Return the structure of a framework's file, when it could be read again. Raises ValueError as its reader does."""
    document = document_of(plain)
    _check_translations(_checked_but_translations(document), texts_of(plain))
    return document


def _checked_but_translations(data: Any) -> Part:
    whole = Part(data, "the file", NAMES, "It must begin with “key:”.")
    whole.key()
    if "version" not in whole.data:
        raise ValueError("the file: “version” is missing. Write “version: 1”.")
    whole.whole("version", 1)
    whole.text("language", 12)
    whole.text("title", LONGEST_TITLE)
    whole.text("summary")
    whole.text("source")
    scales = whole.named("scales", MOST_SCALES)
    for key, scale in scales.items():
        _check_scale(key, scale)
    lists = whole.named("lists", MOST_LISTS)
    for key, options in lists.items():
        _check_list(key, options)
    if "scoring" in whole.data:
        _check_scoring(whole.data["scoring"])
    _check_themes(whole, scales, lists)
    return whole


def _loaded(text: str) -> Any:
    """Return the plain values of a YAML text; what a short file could fill the memory with is refused."""
    try:
        _check_events(text)
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            _check_names(node)
            return _constructed(loader, node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"line {line} is not right: {error.problem}.") from error
    except (yaml.YAMLError, RecursionError, OverflowError) as error:
        raise ValueError("it is not a YAML file.") from error


def _check_events(text: str) -> None:
    depth = 0
    event: Any
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if count > MOST_PARTS:
            raise ValueError(f"the file holds too many parts. A framework has at most {MOST_PARTS:,}.")
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("the file uses “*” to repeat a part. Write each part out.")
        line = event.start_mark.line + 1
        if getattr(event, "tag", None) is not None:
            raise ValueError(f"line {line} is not right: “!” says there what kind of thing it is. Leave it out.")
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and LONG_NUMBER.fullmatch(event.value):
            raise ValueError(f"line {line} is not right: this number is too long.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ValueError(f"line {line} is not right: there are too many parts inside parts.")


def _constructed(loader: Any, node: yaml.Node | None) -> Any:
    try:
        return loader.construct_document(node) if node is not None else None
    except ValueError as error:  # 2026-02-30
        raise ValueError("a day or a number in it cannot be. Write words in quotation marks.") from error


def _check_names(node: yaml.Node | None) -> None:
    """Refuse a name that stands twice in one part: YAML would keep the last in silence."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, yaml.SequenceNode):
            waiting += one.value
        if not isinstance(one, yaml.MappingNode):
            continue
        seen = set()
        for name, value in one.value:
            if name.value in seen and isinstance(name, yaml.ScalarNode):
                raise ValueError(f"line {name.start_mark.line + 1} is not right: “{name.value}” stands there twice.")
            if isinstance(name, yaml.ScalarNode):
                seen.add(name.value)
            waiting.append(value)


def _check_scale(key: Any, data: Any) -> None:
    place = f"scale “{str(key)[:60]}”"
    checked_key(key, place)
    scale = Part(data, place, ("title", "points"))
    scale.text("title", LONGEST_TITLE)
    entries = scale.entries("points", MOST_POINTS)
    if len(entries) < FEWEST_POINTS:
        raise ValueError(f"{place} must have {FEWEST_POINTS} to {MOST_POINTS} points, the worst first.")
    keys = []
    for number, one in enumerate(entries, 1):
        point = Part(one, f"{place}, point {number}", ("key", "label", "descriptor", "easy", "sign"))
        keys.append(point.key())
        point.text("label", LONGEST_TITLE)
        point.text("descriptor", 500)
        point.maybe_text("easy", LONGEST_TITLE)
        point.maybe_key("sign")
    all_different(keys, f"points of {place}")


def _check_list(key: Any, data: Any) -> None:
    place = f"list “{str(key)[:60]}”"
    checked_key(key, place)
    keys = []
    for number, one in enumerate(Part(data, place, ("options",)).entries("options", MOST_OPTIONS), 1):
        option = Part(one, f"{place}, option {number}", ("key", "label"))
        keys.append(option.key())
        option.text("label", 300)
    all_different(keys, f"options of {place}")


def _check_scoring(data: Any) -> None:
    scoring = Part(data, "“scoring”", ("least_answers", "bands"))
    scoring.whole("least_answers", 1, MOST_ANSWERS)
    keys, before = [], -1.0
    for number, one in enumerate(scoring.entries("bands", MOST_BANDS, may_be_empty=True), 1):
        band = Part(one, f"“scoring”, band {number}", ("key", "label", "from_percent"))
        keys.append(band.key())
        band.text("label", LONGEST_TITLE)
        band.number("from_percent", 100)
        if "from_percent" not in band.data or band.data["from_percent"] <= before:
            raise ValueError(f"{band.place}: “from_percent” must be more than that of the band before.")
        before = band.data["from_percent"]
    all_different(keys, "bands")


def _check_themes(whole: Part, scales: dict[str, Any], lists: dict[str, Any]) -> None:
    themes, questions = [], []
    for number, one in enumerate(whole.entries("themes", MOST_THEMES), 1):
        key, keys = check_theme(one, number, scales, lists)
        themes.append(key)
        questions += keys
    all_different(themes, "themes")
    all_different(questions, "questions")
    if len(questions) > MOST_QUESTIONS:
        raise ValueError(f"there are {len(questions)} questions. There may be {MOST_QUESTIONS}.")


def _check_translations(whole: Part, texts: dict[str, str]) -> None:
    language: Any
    for language, words in whole.named("translations", MOST_LANGUAGES).items():
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            raise ValueError(f"“translations”: “{language}” is no language. Write it like “de” or “cy”, in quotes.")
        if language == whole.data["language"]:
            raise ValueError(f"“translations”: “{language}” is the language of the file itself.")
        part = Part(words, f"translation “{language}”", texts)
        for address in part.data:
            part.text(address)
