"""Why a form cannot be used: what pyxform says of it, in plain words, with sheet and row."""

from __future__ import annotations

import re

from inspect_app.frameworks.xlsform.opening import Opened
from inspect_app.frameworks.xlsform.report import Note
from inspect_app.frameworks.xlsform.tables import Table

ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|sheet: '(\w+)'")
COLUMN = re.compile(r"the '(\w+)' value")
LONGEST_QUOTE = 300

SENTENCES = (
    (r"List name not in choices sheet: (.+)", "survey", "The list “{0}” is not in the sheet “choices”. Add it there."),
    (r"Unknown question type '(.+?)'", "survey", "The type “{0}” is not known. Look for a spelling mistake."),
    (r"Duplicate column header: (.+)", "", "The column “{0}” is there twice. Take one out, or change its name."),
    (
        r"different names for the same column were found: '(.+?)', '(.+?)'",
        "",
        "The columns “{0}” and “{1}” mean the same. Take one of them out.",
    ),
    (
        r"required column headers were not found: '(.+?)'",
        "",
        "The column “{0}” is missing. It must stand in the first row of the sheet.",
    ),
    (r"Choice names must be unique", "choices", "Two answers of the same list have the same name. Change one."),
    (r"The name '(.+?)' is reserved", "survey", "No question can be called “{0}”. Change its name."),
    (
        r"There should be an external_choices sheet",
        "",
        "The sheet “external_choices” is missing, or is called otherwise.",
    ),
    (r"Could not find the name '(.+?)'", "", "“{0}” is asked about here, and no row has that name."),
    (r"Reference variables must start with", "", "A name in ${{…}} is not closed, or has a blank in it."),
    (r"Names must begin with a letter", "survey", "The name must begin with a letter, and have no blanks in it."),
    (r"There should be a choices sheet", "", "A question asks for a list, and there is no sheet called “choices”."),
    (
        r"element named '(.+?)' has no label",
        "survey",
        "The question “{0}” has no words. Write them in the column “label”.",
    ),
    (r"must have a name|no name|missing name|without (?:a )?name", "survey", "This row has no name. Add one."),
    (
        r"Unmatched|no matching|begin.*without|end.*without",
        "survey",
        "A group is opened and never closed, or the other way.",
    ),
    (r"sheet named 'survey'", "", "There is no sheet called “survey”. The questions must stand in one."),
)


def faults_of(opened: Opened, tables: dict[str, Table]) -> tuple[Note, ...]:
    """Return why a form cannot be used; nothing when pyxform accepts it."""
    survey = tables["survey"]
    if "survey" not in opened.sheets:
        there = ", ".join(f"“{name}”" for name in [*opened.sheets, *opened.others][:10]) or "none"
        return (Note(f"There is no sheet called “survey”. The questions must stand in one. Sheets here: {there}."),)
    if not survey.lines:
        return (Note("This sheet holds no questions.", survey.name),)
    checked = opened.checked
    if checked["valid"]:
        return ()
    if checked.get("sentence"):
        return (Note(checked["sentence"]),)
    if not checked["said"]:
        return (_unknown_fault(tables, checked.get("why", "")),)
    return (_told(checked["said"], tables),)


def _told(said: str, tables: dict[str, Table]) -> Note:
    row = int(found[1]) if (found := ROW.search(said)) else None
    sheet = next((one for one in found.groups() if one), "") if (found := SHEET.search(said)) else ""
    column = found[1] if (found := COLUMN.search(said)) else ""
    text = " ".join(ROW.sub("", said).split())
    for pattern, usual, sentence in SENTENCES:
        if found := re.search(pattern, text):
            given = [one.strip() for one in found.groups()]
            table = tables.get(sheet or usual)
            row = row or (_row_with(table, given[0]) if table and given else None)
            name = table.name if table else sheet or usual
            return Note(sentence.format(*given), name, _in_file(table, row), column)
    table = tables.get(sheet or ("survey" if row else ""))
    quote = f"The form is not valid. The checker for forms says: “{text[:LONGEST_QUOTE]}”"
    return Note(quote, table.name if table else sheet, _in_file(table, row), column)


def _in_file(table: Table | None, row: int | None) -> int | None:
    """Return the row of the file: in a .csv the sheet may begin further down."""
    return row + table.header_row - 1 if table and row else row


def _row_with(table: Table, text: str) -> int | None:
    """Return the row that a fault without one speaks of: the first with the text in its type or name."""
    for line in table.lines:
        if text in (line.get("type"), line.get("name")) or text in line.get("type").split():
            return line.row - table.header_row + 1
    return None


def _unknown_fault(tables: dict[str, Table], why: str) -> Note:
    """Return a sentence for a form on which the checker itself fails."""
    survey = tables["survey"]
    if found := re.search(r"argument '(\w+)'", why):
        column = next((one for one in survey.columns if one.meaning.split("::")[-1] == found[1]), None)
        if column:
            said = f"The column “{column.header}” cannot be read. Take it out, and try again."
            return Note(said, survey.name, survey.header_row, column.header)
    return Note(
        "The form is not valid, and the checker for forms fails on it. Take out columns that are not needed.", "survey"
    )
