"""Small forms for tests, made of rows as people write them in a spreadsheet."""

import io

from openpyxl import Workbook

from inspect_app.frameworks.xlsform.opening import Opened
from inspect_app.frameworks.xlsform.reading import report_of
from inspect_app.frameworks.xlsform.report import Report

Rows = list[list[str]]


def table(text: str) -> Rows:
    """Rows of cells with | between them."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def read(survey: str, choices: str = "", settings: str = "", **more: str) -> Report:
    """What a form says that is valid, without a file and a process of its own."""
    sheets = {"survey": survey, "choices": choices, "settings": settings, **more}
    cells = {
        name: {"name": name, "rows": list(enumerate(table(text), 1)), "formulas": []}
        for name, text in sheets.items()
        if text
    }
    return report_of(Opened(cells, (), (), {"valid": True}))


def workbook(**sheets: str) -> bytes:
    """A form as .xlsx."""
    book = Workbook()
    book.remove(book.active)
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for row in table(text):
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def notes(report: Report) -> list[str]:
    """All sentences, each with its place."""
    return [str(note) for note in report.notes]
