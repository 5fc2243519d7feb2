"""Write a framework as a form (XLSForm) that others' programs can ask with, and that reads in again as the same."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from inspect_app.frameworks.answer_types import AnswerType
from inspect_app.frameworks.expressions import compile_expression, names_in
from inspect_app.frameworks.plain import MOST_REPEATS, PlainCriterion, PlainFramework, PlainTheme, criteria, texts_of
from inspect_app.frameworks.xlsform import extra
from inspect_app.frameworks.xlsform.conditions import with_new_names
from inspect_app.frameworks.xlsform.languages import name_of
from inspect_app.frameworks.xlsform.types import WRITTEN

Row = dict[str, str]
WORDS_OF_YES_AND_NO = {"yes": "Yes", "partly": "Partly", "no": "No"}
LISTS_OF_YES_AND_NO = {
    AnswerType.YES_NO: ("yes_no", ("yes", "no")),
    AnswerType.YES_NO_PARTLY: ("yes_no_partly", ("yes", "partly", "no")),
}
RESERVED = ("meta", "theme_", "q_")
LOOKS = {"survey": 40, "choices": 30, "settings": 25}
"""How wide the columns with words are."""


def write_xlsform(plain: PlainFramework) -> bytes:
    """Return the workbook (.xlsx) of a whole framework; a draft without questions makes no form that others accept."""
    return workbook(sheets_of(plain))


def sheets_of(plain: PlainFramework) -> dict[str, list[Row]]:
    """Return the rows of a framework's form by sheet: column → text."""
    return _Form(plain).sheets()


def workbook(sheets: dict[str, list[Row]], hides: bool = False) -> bytes:
    """Return a workbook with these sheets; ``hides`` the columns that only we read."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        _write_sheet(book, name, rows, hides)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(book: Workbook, name: str, rows: list[Row], hides: bool) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns):
        letter = chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
        is_wide = column.startswith(("label", "hint", extra.SOURCE)) or name == extra.READ_ME
        sheet.column_dimensions[letter].width = LOOKS.get(name, 40) if is_wide else 18
        sheet.column_dimensions[letter].hidden = hides and column.startswith("it_")
    _write_row(sheet, columns, bold=True)
    for row in rows:
        _write_row(sheet, [row.get(column, "") for column in columns])


def _write_row(sheet: object, texts: Iterable[str], bold: bool = False) -> None:
    cells: list[WriteOnlyCell | None] = []
    for text in texts:
        if not text:
            cells.append(None)
            continue
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"  # words that begin with “=” are words
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)  # type: ignore[attr-defined]


@dataclass
class _Names:
    """What questions and themes are called in the form: a name must begin with a letter, and be there once."""

    questions: dict[str, str]
    all: dict[str, str]


def _names_of(plain: PlainFramework) -> _Names:
    keys = [one.key for one in criteria(plain)]
    questions: dict[str, str] = {}
    for key in keys:
        is_plain = key[0].isalpha() and not key.startswith(RESERVED)
        questions[key] = key if is_plain else f"q_{key}"
    themes = {one.key: f"theme_{one.key}" for one in plain.themes}
    return _Names(questions, themes | questions)


class _Form:
    """Makes the rows of a form's sheets."""

    def __init__(self, plain: PlainFramework) -> None:
        self.plain = plain
        self.names = _names_of(plain)
        self.words = {"": texts_of(plain)} | {one.language: dict(one.texts) for one in plain.translations}
        self.native: set[str] = {"title"}

    def sheets(self) -> dict[str, list[Row]]:
        """Return the rows by sheet; the one with all other texts comes last, when it is known which they are."""
        made = {"survey": self._survey(), "choices": self._choices(), "settings": [self._settings()]}
        if not made["choices"]:
            del made["choices"]
        more = [row for address in self.words[""] if len(row := self._more(address)) > 1]
        return made | ({extra.SHEET: more} if more else {})

    def _column(self, meaning: str, language: str) -> str:
        has_others = len(self.words) > 1
        return f"{meaning}::{name_of(language or self.plain.language)}" if has_others else meaning

    def _said(self, meaning: str, address: str) -> Row:
        """Return the words of one address, a column for each language."""
        self.native.add(address)
        return {self._column(meaning, one): extra.native(texts.get(address, "")) for one, texts in self.words.items()}

    def _more(self, address: str) -> Row:
        """Return the row of our own sheet for what XLSForm has no place for, or takes for something else."""
        row = {extra.ADDRESS: address}
        for language, texts in self.words.items():
            words = texts.get(address, "")
            has_place = address in self.native and not (language and address == "title")
            if words and not (has_place and extra.native(words) == words):
                row[name_of(language) if language else extra.SOURCE] = words
        return row

    def _survey(self) -> list[Row]:
        rows = []
        for theme in self.plain.themes:
            word = "repeat" if theme.each else "group"
            rows.append({"type": f"begin_{word}", **self._theme(theme)})
            rows += [self._question(one) for one in theme.criteria]
            rows.append({"type": f"end_{word}"})
        return rows

    def _theme(self, theme: PlainTheme) -> Row:
        return {
            "name": self.names.all[theme.key] if theme.key not in self.names.questions else f"theme_{theme.key}",
            **self._said("label", f"theme/{theme.key}/title"),
            **self._expression("relevant", theme.condition),
            "it_key": theme.key,
            "it_weight": _weight(theme.weight),
            "it_most": "" if theme.most == MOST_REPEATS else str(theme.most),
        }

    def _question(self, one: PlainCriterion) -> Row:
        place = f"criterion/{one.key}"
        return {
            "type": WRITTEN[AnswerType(one.answer_type)].format(one),
            "name": self.names.questions[one.key],
            **self._said("label", f"{place}/plain"),
            **self._said("hint", f"{place}/hint"),
            "required": "yes" if one.required else "",
            **self._expression("relevant", one.condition),
            **self._constraint(one),
            **self._said("constraint_message", f"{place}/constraint"),
            **self._expression("calculation", one.calculation),
            "it_key": one.key,
            "it_type": one.answer_type,
            "it_not_seen": "yes" if one.may_be_not_seen else "no",
            "it_does_not_apply": "yes" if one.may_not_apply else "no",
            "it_weight": _weight(one.weight),
            "it_symbol": one.symbol or "",
            "it_photo": one.photo,
            "it_sound": one.sound,
            "it_least": one.least or "",
            "it_most": one.most or "",
            "it_step": one.step or "",
            "it_prompts": " ".join(prompt.kind for prompt in one.prompts),
        }

    def _constraint(self, one: PlainCriterion) -> Row:
        own = self._expression("constraint", one.constraint)["constraint"]
        return {
            "constraint": extra.constraint_with_limits(one.answer_type, one.least, one.most, own),
            "it_constraint": one.constraint,
        }

    def _expression(self, meaning: str, text: str) -> Row:
        """Return an expression with the names of the form; one that others would refuse stands in a column of ours."""
        try:
            is_native = not text or names_in(compile_expression(text)) <= self.names.all.keys()
        except ValueError:
            is_native = False
        told = with_new_names(text, self.names.all) if is_native else ""
        return {meaning: told, f"it_{meaning}": "" if is_native else text}

    def _choices(self) -> list[Row]:
        rows = []
        for scale in self.plain.scales:
            for point in scale.points:
                said = self._said("label", f"scale/{scale.key}/point/{point.key}/label")
                row = {"list_name": f"scale_{scale.key}", "name": point.key, **said}
                rows.append(row | {"it_list": extra.SCALE, "it_key": scale.key, "it_sign": point.sign or ""})
        for one in self.plain.lists:
            for option in one.options:
                said = self._said("label", f"list/{one.key}/option/{option.key}")
                row = {"list_name": f"list_{one.key}", "name": option.key, **said}
                rows.append(row | {"it_list": extra.LIST, "it_key": one.key})
        used = {one.answer_type for one in criteria(self.plain)}
        for kind, (name, keys) in LISTS_OF_YES_AND_NO.items():
            if kind in used:
                rows += [self._yes_or_no(name, key) for key in keys]
        return rows

    def _yes_or_no(self, name: str, key: str) -> Row:
        words = WORDS_OF_YES_AND_NO[key]
        return {"list_name": name, "name": key, self._column("label", ""): words, "it_list": extra.WORDS}

    def _settings(self) -> Row:
        plain = self.plain
        return {
            "form_title": extra.native(plain.title),
            "form_id": plain.key,
            "version": str(plain.version),
            "default_language": name_of(plain.language),
            "it_format": extra.FORMAT,
            "it_key": plain.key,
            "it_source": plain.source,
            "it_least_answers": str(plain.scoring.least_answers),
            "it_bands": " ".join(f"{one.key}={one.from_percent!r}" for one in plain.scoring.bands),
            "it_languages": " ".join(one.language for one in plain.translations),
        }


def _weight(weight: float) -> str:
    return "" if weight == 1 else repr(weight)
