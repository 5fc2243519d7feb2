"""One row of the sheet of questions as a question of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspect_app.frameworks.answer_types import AnswerType
from inspect_app.frameworks.parts import NUMBER
from inspect_app.frameworks.plain import PlainCriterion, PlainPrompt
from inspect_app.frameworks.reading_questions import HEAVIEST, LONGEST_CONDITION, LONGEST_WORDS
from inspect_app.frameworks.rules import WISHES, PromptKind
from inspect_app.frameworks.xlsform.choices import Choices
from inspect_app.frameworks.xlsform.extra import SCALE, yes_or_no
from inspect_app.frameworks.xlsform.report import Notes
from inspect_app.frameworks.xlsform.survey import Asked
from inspect_app.frameworks.xlsform.tables import Line, Table
from inspect_app.frameworks.xlsform.types import WRITTEN
from inspect_app.frameworks.xlsform.wording import Wording

LIMITS = re.compile(
    r"\(?\s*\.\s*(>=|<=)\s*(-?\d{1,12}(?:\.\d{1,6})?)(?:\s+and\s+\.\s*(>=|<=)\s*(-?\d{1,12}(?:\.\d{1,6})?))?\s*\)?"
)
READ = frozenset(
    {
        "type",
        "name",
        "label",
        "hint",
        "relevant",
        "constraint",
        "constraint_message",
        "required",
        "calculation",
        "disabled",
    }
)
YES_WORDS, NO_WORDS = ("yes", "true", "true()", "1"), ("no", "false", "false()", "0")
LOST = {
    "appearance": "The look “{}” is left out: each kind of answer has one look here.",
    "default": "The answer “{}” that stands there from the start is left out: people answer themselves here.",
    "choice_filter": "The filter is left out: all answers of the list are shown.",
    "parameters": "“{}” is left out: it means nothing here.",
    "trigger": "“{}” is left out: answers are worked out again whenever something changes.",
    "guidance_hint": "The advice “{}” is left out. Add it to the hint or the prompts.",
    "required_message": "“{}” is left out: the pages say it in their own words.",
    "image": "The picture “{}” is not in the form's file. Choose a symbol for the question instead.",
    "audio": "The sound “{}” is not in the form's file. Questions are read aloud here anyway.",
    "video": "The film “{}” is not in the form's file.",
    "big-image": "The picture “{}” is not in the form's file.",
    "read_only": "“{}” is left out: what stands there can be answered.",
    "repeat_count": "“{}” is left out: people say themselves how often.",
    "calculation": "“{}” is left out: only a row of the type calculate is worked out.",
}
PARAMETERS_OF_RANGE = re.compile(r"(start|end|step)\s*=\s*(\S+?)(?=[\s,;]|$)")


@dataclass(frozen=True)
class Sheet:
    """What a row is read with."""

    table: Table
    wording: Wording
    notes: Notes
    choices: Mapping[str, Choices]

    def say(self, line: Line, sentence: str, column: str) -> None:
        """Add a note about a cell."""
        self.notes.add(sentence, self.table.name, line.row, line.header(column))


def question_of(asked: Asked, sheet: Sheet) -> PlainCriterion:
    """Return a question, without its conditions and calculations, which need the keys of all."""
    line, place = asked.line, f"criterion/{asked.key}"
    kind, scale_key, list_key = _answer(asked, sheet)
    words = sheet.wording.take(line, "label", f"{place}/plain", LONGEST_WORDS, sheet.table)
    if not words:
        words = line.get("name").replace("_", " ") or asked.key
        if kind != AnswerType.CALCULATED:
            sheet.say(line, f"The question has no words. Its name “{words}” stands in.", "label")
    least, most, step = _limits(asked, sheet) if kind in (AnswerType.NUMBER, AnswerType.COUNT) else (None, None, None)
    hint = sheet.wording.take(line, "hint", f"{place}/hint", LONGEST_CONDITION, sheet.table)
    refusal = sheet.wording.take(line, "constraint_message", f"{place}/constraint", LONGEST_CONDITION, sheet.table)
    _say_lost(asked, sheet, kind)
    ours = _ours(line) if sheet.wording.is_ours else {}
    return PlainCriterion(
        key=asked.key,
        plain=words,
        easy=words,
        answer_type=str(kind),
        scale_key=scale_key,
        prompts=_prompts(line) if ours else (),
        may_be_not_seen=yes_or_no(line, "it_not_seen", True),
        may_not_apply=yes_or_no(line, "it_does_not_apply", True),
        hint=hint,
        list_key=list_key,
        least=least,
        most=most,
        step=step,
        constraint_words=refusal,
        required=_required(line, sheet),
        **ours,
    )


def _answer(asked: Asked, sheet: Sheet) -> tuple[AnswerType, str | None, str | None]:
    """Return the type of answer, and the scale or list it is given from."""
    kind = asked.kind.answer_type or AnswerType.TEXT
    ours = asked.line.get("it_type") if sheet.wording.wrote(asked.line) else ""
    choices = sheet.choices.get(asked.kind.list_name)
    if choices is None:
        same = ours in list(AnswerType) and WRITTEN[AnswerType(ours)] == asked.line.get("type")
        return (AnswerType(ours) if same else kind), None, None
    if choices.kind == SCALE:
        return AnswerType.SCALE, choices.key, None
    if choices.answer_type and kind == AnswerType.ONE_OF:
        return choices.answer_type, None, None
    return kind, None, choices.key


def _limits(asked: Asked, sheet: Sheet) -> tuple[str | None, str | None, str | None]:
    line, name = asked.line, asked.line.get("type").lower()
    if sheet.wording.wrote(line):
        least, most, step = (line.get(f"it_{one}") or None for one in ("least", "most", "step"))
        return least, most, step
    if name == "range":
        given = {found[1]: found[2] for found in PARAMETERS_OF_RANGE.finditer(line.get("parameters").lower())}
        parts = (given.get("start", "0"), given.get("end", "10"), given.get("step", "1"))
        return tuple(part if NUMBER.fullmatch(part) else None for part in parts)  # type: ignore[return-value]
    found = LIMITS.fullmatch(line.get("constraint"))
    signs = {found[1]: found[2], found[3]: found[4]} if found else {}
    return signs.get(">="), signs.get("<="), "1" if name in ("integer", "int") else None


def is_limit(line: Line) -> bool:
    """Return whether a constraint says no more than a least and a most."""
    return bool(LIMITS.fullmatch(line.get("constraint")))


def _required(line: Line, sheet: Sheet) -> bool:
    said = line.get("required").lower().replace(" ", "")
    if said and said not in (*YES_WORDS, *NO_WORDS):
        sheet.say(line, "“Required only if …” is not known here. The question may be left open.", "required")
    return said in YES_WORDS


def _say_lost(asked: Asked, sheet: Sheet, kind: AnswerType) -> None:
    line = asked.line
    for column, text in line.cells.items():
        meaning = column.meaning
        if meaning == "calculation" and kind != AnswerType.CALCULATED:
            sheet.notes.add(LOST[meaning].format(text[:80]), sheet.table.name, line.row, column.header)
        if meaning in READ or (meaning == "parameters" and line.get("type").lower() == "range"):
            continue
        if meaning in LOST and not (sheet.wording.is_ours and meaning in ("appearance", "parameters")):
            sheet.notes.add(LOST[meaning].format(text[:80]), sheet.table.name, line.row, column.header)


def say_columns(table: Table, notes: Notes) -> None:
    """Say once which columns mean nothing here."""
    for column in table.columns:
        if column.meaning not in READ and column.meaning not in LOST and not column.meaning.startswith("it_"):
            notes.add("This column is left out: it means nothing here.", table.name, table.header_row, column.header)


def _ours(line: Line) -> dict[str, Any]:
    """Return what only our own forms say of a question, beside texts and expressions."""
    return {
        "symbol": line.get("it_symbol") or None,
        "weight": weight_of(line),
        "photo": line.get("it_photo") if line.get("it_photo") in WISHES else "",
        "sound": line.get("it_sound") if line.get("it_sound") in WISHES else "",
    }


def weight_of(line: Line) -> float:
    """Return a weight of one of our forms, 1 when there is none."""
    said = line.get("it_weight")
    number = float(said) if re.fullmatch(r"\d{1,4}(\.\d{1,17})?", said) else 1.0
    return min(int(number) if number.is_integer() else number, HEAVIEST)


def _prompts(line: Line) -> tuple[PlainPrompt, ...]:
    kinds = [one for one in line.get("it_prompts").split() if one in list(PromptKind)]
    return tuple(PlainPrompt(one, "") for one in kinds)
