"""Read a framework from its file (docs/frameworks.md), and say where it is at fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from inspect_app.frameworks.rules import (
    AnswerType,
    PlainCriterion,
    PlainFramework,
    PlainPoint,
    PlainScale,
    PlainTheme,
    PromptKind,
)

KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
LONGEST_KEY, LONGEST_TITLE, LONGEST_FILE = 60, 160, 400_000
FEWEST_POINTS, MOST_POINTS = 2, 10


def read_framework(text: str) -> PlainFramework:
    """Check and return what a YAML text holds. Raises ValueError with a sentence that names the fault."""
    if len(text) > LONGEST_FILE:
        raise ValueError("the file is too long. A framework has at most 400,000 letters.")
    data = _mapping(_loaded(text), "the file", "It must begin with “key:”.")
    scales = tuple(_scale(key, one) for key, one in _mapping(data.get("scales") or {}, "“scales”").items())
    themes = tuple(_theme(one, number, scales) for number, one in enumerate(_list(data, "themes", "the file"), 1))
    _all_different((theme.key for theme in themes), "themes")
    _all_different((criterion.key for theme in themes for criterion in theme.criteria), "questions")
    return PlainFramework(
        key=_key(data, "the file"),
        version=_version(data),
        language=_text(data, "language", "the file", 12),
        title=_text(data, "title", "the file", LONGEST_TITLE),
        summary=_text(data, "summary", "the file"),
        source=_text(data, "source", "the file"),
        scales=scales,
        themes=themes,
    )


def _loaded(text: str) -> Any:
    """Return the plain values of a YAML text; aliases are refused, as a short file could fill the memory."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise ValueError("the file uses “*” to repeat a part. Write each part out.")
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"line {line} is not right: {error.problem}.") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, ValueError) and str(error).startswith("the file uses"):
            raise
        raise ValueError("it is not a YAML file.") from error


def _scale(key: Any, data: Any) -> PlainScale:
    place = f"scale “{key}”"
    _checked_key(key, place)
    scale = _mapping(data, place)
    points = tuple(
        _point(one, f"{place}, point {number}") for number, one in enumerate(_list(scale, "points", place), 1)
    )
    if not FEWEST_POINTS <= len(points) <= MOST_POINTS:
        raise ValueError(f"{place} must have {FEWEST_POINTS} to {MOST_POINTS} points, the worst first.")
    _all_different((point.key for point in points), f"points of {place}")
    return PlainScale(str(key), _text(scale, "title", place, LONGEST_TITLE), points)


def _point(data: Any, place: str) -> PlainPoint:
    point = _mapping(data, place)
    return PlainPoint(_key(point, place), _text(point, "label", place, 60), _text(point, "descriptor", place, 300))


def _theme(data: Any, number: int, scales: tuple[PlainScale, ...]) -> PlainTheme:
    place = f"theme {number}"
    theme = _mapping(data, place)
    key = _key(theme, place)
    place = f"theme “{key}”"
    ones = enumerate(_list(theme, "criteria", place), 1)
    criteria = tuple(_criterion(one, f"{place}, question {position}", scales) for position, one in ones)
    return PlainTheme(key, _text(theme, "title", place, LONGEST_TITLE), criteria)


def _criterion(data: Any, place: str, scales: tuple[PlainScale, ...]) -> PlainCriterion:
    criterion = _mapping(data, place)
    key = _key(criterion, place)
    place = f"question “{key}”"
    statement = _mapping(criterion.get("statement"), f"{place}: “statement”", "It needs “plain:”.")
    plain = _text(statement, "plain", f"{place}: “statement”", 300)
    answer_type, scale_key = _answer(criterion.get("answer"), place, scales)
    return PlainCriterion(
        key=key,
        plain=plain,
        easy=_text(statement, "easy", place, 300) if statement.get("easy") else plain,
        answer_type=answer_type,
        scale_key=scale_key,
        prompts=tuple(_prompt(one, place) for one in _list(criterion, "prompts", place, may_be_empty=True)),
        may_be_not_seen=_yes_or_no(criterion, "not_seen", place),
        may_not_apply=_yes_or_no(criterion, "does_not_apply", place),
        symbol=_checked_key(criterion["symbol"], f"{place}: “symbol”") if criterion.get("symbol") else None,
    )


def _answer(data: Any, place: str, scales: tuple[PlainScale, ...]) -> tuple[str, str | None]:
    answer = _mapping(data, f"{place}: “answer”", "It needs “type:”.")
    kind = answer.get("type")
    if kind not in list(AnswerType):
        raise ValueError(f"{place}: the answer's type must be one of {', '.join(AnswerType)}.")
    if kind != AnswerType.SCALE:
        return str(kind), None
    if answer.get("scale") not in [scale.key for scale in scales]:
        raise ValueError(f"{place}: no scale is called “{answer.get('scale')}”.")
    return str(kind), str(answer["scale"])


def _prompt(data: Any, place: str) -> tuple[str, str]:
    prompt = _mapping(data, f"{place}: each prompt")
    if len(prompt) != 1 or next(iter(prompt)) not in list(PromptKind):
        raise ValueError(f"{place}: each prompt begins with one of {', '.join(PromptKind)}.")
    kind = str(next(iter(prompt)))
    return kind, _text(prompt, kind, place, 300)


def _mapping(value: Any, place: str, advice: str = "") -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{place} must be a list of names and values. {advice}".strip())
    return value


def _list(data: Mapping[Any, Any], name: str, place: str, may_be_empty: bool = False) -> list[Any]:
    value = data.get(name)
    if may_be_empty and value is None:
        return []
    if not isinstance(value, list) or not (value or may_be_empty):
        raise ValueError(f"{place}: “{name}” is missing or has no entries.")
    return value


def _key(data: Mapping[Any, Any], place: str) -> str:
    return _checked_key(data.get("key"), place)


def _checked_key(value: Any, place: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_KEY or not KEY.fullmatch(value):
        raise ValueError(f"{place}: “key” must be small letters, digits and hyphens, at most {LONGEST_KEY}.")
    return value


def _text(data: Mapping[Any, Any], name: str, place: str, longest: int = 2000) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{place}: “{name}” is missing, or is not text. Put it in quotes.")
    if len(value.strip()) > longest:
        raise ValueError(f"{place}: “{name}” is longer than {longest} letters.")
    return value.strip()


def _yes_or_no(data: Mapping[Any, Any], name: str, place: str) -> bool:
    value = data.get(name, True)
    if not isinstance(value, bool):
        raise ValueError(f"{place}: “{name}” must be true or false.")
    return value


def _version(data: Mapping[Any, Any]) -> int:
    value = data.get("version")
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("the file: “version” must be a whole number from 1.")
    return value


def _all_different(keys: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"two {what} have the key “{key}”.")
        seen.add(key)
