"""The sheet of choices: lists, scales, and lists that only say yes and no."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspect_app.frameworks.answer_types import NO, PARTLY, YES, AnswerType
from inspect_app.frameworks.plain import PlainList, PlainOption, PlainPoint, PlainScale
from inspect_app.frameworks.xlsform.extra import LIST, SCALE, WORDS
from inspect_app.frameworks.xlsform.keys import Keys
from inspect_app.frameworks.xlsform.report import Notes
from inspect_app.frameworks.xlsform.tables import Line, Table
from inspect_app.frameworks.xlsform.wording import Wording

LONGEST_OPTION = 300
KNOWN = ("list_name", "name", "label")
MEDIA = ("image", "audio", "video", "big-image")
SAYS = {
    YES: {"yes", "ja", "oui", "sì", "si", "sí", "ie", "sim", "نعم", "بلی"},
    NO: {"no", "nein", "non", "na", "nage", "não", "nao", "لا", "نخیر"},
    PARTLY: {"partly", "teilweise", "zum teil", "in parte", "en partie", "yn rhannol"},
}


@dataclass
class Choices:
    """One list of a form: what it became, and the new keys of its names."""

    key: str
    lines: list[Line] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    kind: str = LIST
    answer_type: AnswerType | None = None
    """Yes and no, or yes, no and partly: then it is no list of ours."""
    options: list[PlainOption] = field(default_factory=list)


def read_choices(table: Table, wording: Wording, notes: Notes) -> dict[str, Choices]:
    """Return the lists of a form by their name."""
    found: dict[str, Choices] = {}
    keys = {LIST: Keys(), SCALE: Keys(), WORDS: Keys()}
    for line in table.lines:
        name = line.get("list_name")
        if not name or not line.get("name"):
            notes.add("This row names no list, or its answer has no name. It is left out.", table.name, line.row)
            continue
        if name not in found:
            kind = line.get("it_list") if wording.is_ours and line.get("it_list") in keys else LIST
            wish = line.get("it_key") if wording.is_ours and name == f"{kind}_{line.get('it_key')}" else ""
            found[name] = Choices(keys[kind].take(wish or name, "list"), kind=kind)
        found[name].lines.append(line)
    for name, one in found.items():
        one.answer_type = _yes_or_no(one, wording)
        _fill(name, one, table, wording, notes)
    _say_columns(table, notes)
    return found


def _yes_or_no(choices: Choices, wording: Wording) -> AnswerType | None:
    """Return the type of answer that a list of yes and no stands for, when its words say no more than that."""
    names = [line.get("name").lower() for line in choices.lines]
    kinds = {frozenset((YES, NO)): AnswerType.YES_NO, frozenset((YES, NO, PARTLY)): AnswerType.YES_NO_PARTLY}
    kind = kinds.get(frozenset(names)) if len(set(names)) == len(names) else None
    if choices.kind != LIST or kind is None or wording.is_ours:
        return kind if choices.kind == WORDS else None
    plain = all(
        words.casefold().strip(" .!") in SAYS[line.get("name").lower()]
        for line in choices.lines
        for words in wording.of(line, "label").values()
    )
    return kind if plain else None


def _fill(name: str, choices: Choices, table: Table, wording: Wording, notes: Notes) -> None:
    keys = Keys()
    for line in choices.lines:
        old = line.get("name")
        if old in choices.keys:
            notes.add(f"The list “{name}” has “{old}” twice. The second is left out.", table.name, line.row)
            continue
        key = old.lower() if choices.answer_type else keys.take(old, "option")
        choices.keys[old] = key
        if not choices.answer_type and key != old.lower():
            notes.add(f"“{old}” is called “{key}” here, and conditions with it.", table.name, line.row)
        if choices.answer_type:
            if not wording.is_ours:
                notes.add("Yes and no have the words of the pages, in each language.", table.name, line.row)
            continue
        is_scale = choices.kind == SCALE
        address = f"scale/{choices.key}/point/{key}/label" if is_scale else f"list/{choices.key}/option/{key}"
        words = wording.take(line, "label", address, LONGEST_OPTION, table, old)
        choices.options.append(PlainOption(key, words))
        _say_line(line, table, notes)


def _say_line(line: Line, table: Table, notes: Notes) -> None:
    for column, text in line.cells.items():
        if column.meaning in MEDIA:
            said = f"The file “{text}” is not carried over. Answers are words here."
            notes.add(said, table.name, line.row, column.header)


def _say_columns(table: Table, notes: Notes) -> None:
    for column in table.columns:
        if column.meaning not in (*KNOWN, *MEDIA) and not column.meaning.startswith("it_"):
            said = "This column is left out: it says more about the answers than can be said here."
            notes.add(said, table.name, table.header_row, column.header)


def lists_of(found: dict[str, Choices]) -> tuple[PlainList, ...]:
    """Return the lists that are lists."""
    ones = (one for one in found.values() if one.kind == LIST and not one.answer_type)
    return tuple(PlainList(one.key, tuple(one.options)) for one in ones)


def scales_of(found: dict[str, Choices]) -> tuple[PlainScale, ...]:
    """Return the scales, without the texts that stand in the sheet of ours."""
    made = []
    for one in found.values():
        if one.kind == SCALE:
            signs = {line.get("name"): line.get("it_sign") or None for line in one.lines}
            points = tuple(PlainPoint(it.key, it.label, "", sign=signs.get(it.key)) for it in one.options)
            made.append(PlainScale(one.key, "", points))
    return tuple(made)
