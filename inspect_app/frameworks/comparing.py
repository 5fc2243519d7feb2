"""Compare two versions of a framework word by word, and in how each part is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from inspect_app.frameworks.answer_types import ANSWER_NAMES, AnswerType
from inspect_app.frameworks.editing import find
from inspect_app.frameworks.plain import (
    PlainBand,
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainScale,
    PlainScoring,
    PlainTheme,
    criteria,
    texts_of,
)

Pieces = tuple[tuple[str, str], ...]
"""Words in their order, each ``same``, ``gone`` or ``new``."""

ALIKE = 0.4
"""The share of words that must have stayed for two texts to be told as one."""

TEXT_NAMES = {
    "title": "Title",
    "summary": "Summary",
    "plain": "Question",
    "easy": "Easier words",
    "hint": "Line below",
    "unit": "Unit",
    "constraint": "What people read when an answer is not taken",
    "label": "Word",
    "descriptor": "What it means",
    "each": "Asked once for each",
    "prompt": "Hint",
}
SETTING_NAMES = {
    "answer_type": "How people answer",
    "scale_key": "Scale",
    "list_key": "List",
    "least": "Least",
    "most": "Most",
    "step": "In steps of",
    "condition": "Asked only if",
    "constraint": "An answer is taken only if",
    "calculation": "How it is worked out",
    "required": "It must be answered",
    "may_be_not_seen": "“I did not see it”",
    "may_not_apply": "“Does not apply here”",
    "weight": "How much it counts",
    "photo": "Asks for a photo",
    "sound": "Asks for a recording",
    "symbol": "Picture",
    "from_percent": "From this percentage on",
    "least_answers": "Results from how many answers on",
    "options": "Answers in their order",
}
NOT_OF_QUESTIONS = ("from_percent", "least_answers", "options")
SETTINGS_OF: dict[type, tuple[str, ...]] = {
    PlainCriterion: tuple(name for name in SETTING_NAMES if name not in NOT_OF_QUESTIONS),
    PlainTheme: ("condition", "weight", "most"),
    PlainBand: ("from_percent",),
    PlainList: ("options",),
    PlainScoring: ("least_answers",),
}


@dataclass(frozen=True)
class Change:
    """One thing that is not the same: what it is, and its words before and now."""

    name: str
    pieces: Pieces


@dataclass(frozen=True)
class PartChange:
    """What became of one part: ``kind`` is new, gone, moved or changed; ``place`` says which part it is."""

    kind: str
    part: str
    place: str
    changes: tuple[Change, ...] = ()


def compare(old: PlainFramework, new: PlainFramework) -> list[PartChange]:
    """Return all parts that are not the same in two versions, in the order of the new one; what is gone stands last."""
    before, now = _parts(old), _parts(new)
    old_texts, new_texts = _texts_by_part(old), _texts_by_part(new)
    found = []
    for part, (place, value) in now.items():
        if part not in before:
            found.append(PartChange("new", part, place))
            continue
        worded = _wording(old_texts.get(part, {}), new_texts.get(part, {}))
        changes = (*worded, *_settings(before[part][1], value))
        if changes:
            found.append(PartChange("changed", part, place, changes))
    found += [PartChange("moved", part, now[part][0]) for part in _moved(old, new)]
    found += [PartChange("gone", part, place) for part, (place, _) in before.items() if part not in now]
    return found


def words_apart(old: str, new: str) -> Pieces:
    """Return two texts as one: the words that stayed, those that are gone, those that are new.

    Where little stayed, the old text stands before the new one: nobody can read a mixture of both.
    """
    before, now = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    if old and new and SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() < ALIKE:
        return ("gone", old), ("new", new)
    found: list[tuple[str, str]] = []
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[first:last])))
            continue
        found += [("gone", "".join(before[first:last]))] if last > first else []
        found += [("new", "".join(now[begin:end]))] if end > begin else []
    return tuple(found)


def _parts(plain: PlainFramework) -> dict[str, tuple[str, Any]]:
    """Return all parts by name, each with how it is called and what it is."""
    parts: dict[str, tuple[str, Any]] = {"about": ("Title and summary", plain.scoring)}
    for theme in plain.themes:
        parts[f"theme/{theme.key}"] = (f"Theme “{theme.title}”", theme)
        parts |= {f"question/{one.key}": (f"Question “{one.plain}”", one) for one in theme.criteria}
    for scale in plain.scales:
        parts[f"scale/{scale.key}"] = (f"Scale “{scale.title}”", scale)
    parts |= {f"list/{one.key}": (f"List “{one.key}”", one) for one in plain.lists}
    parts |= {f"band/{one.key}": (f"Band “{one.label}”", one) for one in plain.scoring.bands}
    parts |= {f"translation/{one.language}": (f"Translation “{one.language}”", one) for one in plain.translations}
    return parts


def _wording(before: dict[str, str], now: dict[str, str]) -> Iterator[Change]:
    for address in [*now, *(one for one in before if one not in now)]:
        if before.get(address, "") != now.get(address, ""):
            yield Change(_text_name(address), words_apart(before.get(address, ""), now.get(address, "")))


def _texts_by_part(plain: PlainFramework) -> dict[str, dict[str, str]]:
    """Return all texts by the part to which they belong."""
    found: dict[str, dict[str, str]] = {"about": {"source": plain.source}}
    for address, words in texts_of(plain).items():
        kind, _, rest = address.partition("/")
        part = f"{'question' if kind == 'criterion' else kind}/{rest.split('/')[0]}" if rest else "about"
        found.setdefault(part, {})[address] = words
    return found | {f"translation/{one.language}": dict(one.texts) for one in plain.translations}


def _text_name(address: str) -> str:
    names = address.split("/")
    if "option" in names:
        return f"Answer “{names[-1]}”"
    if "point" in names:
        return f"{TEXT_NAMES.get(names[-1], names[-1])} of the point “{names[-2]}”"
    if "prompt" in names:
        place = names[names.index("prompt") + 1]
        return f"Hint {place}{' in easier words' if names[-1] == 'easy' else ''}"
    return "Where the questions come from" if address == "source" else TEXT_NAMES.get(names[-1], names[-1])


def _settings(before: Any, now: Any) -> Iterator[Change]:
    if isinstance(now, PlainScale):
        yield from _points(before, now)
    for name in SETTINGS_OF.get(type(now), ()):
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            yield Change(SETTING_NAMES[name], words_apart(_said(name, old), _said(name, new)))


def _points(before: PlainScale, now: PlainScale) -> Iterator[Change]:
    old, new = ([one.key for one in scale.points] for scale in (before, now))
    if old != new:
        yield Change("Points, the worst first", words_apart(", ".join(old), ", ".join(new)))
    for point in now.points:
        earlier = find(before.points, point.key)
        if earlier is not None and earlier.sign != point.sign:
            yield Change(f"Picture of the point “{point.key}”", words_apart(earlier.sign or "", point.sign or ""))


def _said(name: str, value: Any) -> str:
    if name == "answer_type":
        return ANSWER_NAMES[AnswerType(value)]
    if name == "options":
        return ", ".join(one.key for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:g}" if isinstance(value, int | float) else str(value or "")


def _moved(old: PlainFramework, new: PlainFramework) -> list[str]:
    """Return the parts that stand elsewhere: in another theme, or not in the order in which they stood."""
    home = {one.key: theme.key for theme in old.themes for one in theme.criteria}
    elsewhere = [
        f"question/{one.key}"
        for theme in new.themes
        for one in theme.criteria
        if home.get(one.key, theme.key) != theme.key
    ]
    before, now = [one.key for one in criteria(old)], [one.key for one in criteria(new)]
    themes = _out_of_order([one.key for one in old.themes], [one.key for one in new.themes])
    questions = [f"question/{key}" for key in _out_of_order(before, now)] if not themes else []
    return [*(f"theme/{key}" for key in themes), *dict.fromkeys([*elsewhere, *questions])]


def _out_of_order(old: list[str], new: list[str]) -> list[str]:
    """Return the fewest keys that must be moved to come from one order to the other."""
    before, now = [one for one in old if one in set(new)], [one for one in new if one in set(old)]
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    staying = {key for block in blocks for key in now[block.b : block.b + block.size]}
    return [key for key in now if key not in staying]
