"""Open a form's file in a process of its own: run as a script, alone, with little memory and time.

Reads the file from standard input. Writes one line of JSON with the cells as soon as they are read, and a second one
with what pyxform says of the form. Knows nothing of the product, so that it starts fast and holds nothing worth taking.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

MEGABYTE = 1024 * 1024
MEMORY, SECONDS = 300 * MEGABYTE, 8
MOST_UNPACKED, MOST_ENTRIES = 100 * MEGABYTE, 2_000
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS, MOST_BLANK, LONGEST_CELL = 20_000, 300, 6_000_000, 1_000, 32_767
MOST_FORMULAS = 200
SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm", "inspect_together")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = {"macros": re.compile(r"(?i)vbaproject\.bin$"), "links": re.compile(r"(?i)xl/externallinks/[^/]+\.xml$")}

FORMULAS = "formulas"
FORMULA = re.compile(rb"<f[ >/]")

Row = tuple[int, list[str]]
Sheet = dict[str, Any]


class Unusable(Exception):
    """The file cannot be used: a sentence, with sheet and row where there are any."""

    def __init__(self, sentence: str, sheet: str = "", row: int | None = None) -> None:
        super().__init__(sentence)
        self.told = {"sentence": sentence, "sheet": sheet, "row": row}


def main() -> None:
    """Read standard input, write what was found."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    content = sys.stdin.buffer.read()

    def answer(value: Any) -> None:
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    try:
        kind = kind_of(content)
        found = {"kind": kind, "marks": [], **READERS[kind](content)}
        if kind == ".csv":
            content = found.pop("again").encode()
        answer(found)
    except Unusable as fault:
        return answer({"fault": fault.told})
    except MemoryError:
        return answer({"fault": {"sentence": "Opening this file takes more memory than a form may.", "row": None}})
    except Exception as error:  # noqa: BLE001 - whatever a broken file breaks, the answer is a sentence
        return answer({"fault": {"sentence": "This file is broken and cannot be opened.", "why": repr(error)[:300]}})
    return answer(checked(content, kind))


def kind_of(content: bytes) -> str:
    """Return what the file is, whatever it is called."""
    if not content.strip():
        raise Unusable("The file is empty.")
    if content.startswith(OLE):
        return ".xls"
    if content.startswith(ZIP):
        return ".xlsx"
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unusable("This is no spreadsheet. Use a file that ends with .xlsx, .xls or .csv.")
    return ".csv"


def read_xlsx(content: bytes) -> dict[str, Any]:
    """Return the sheets of a workbook."""
    marks = check_zip(content)
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = None
    if FORMULAS in marks:
        marks.remove(FORMULAS)
        formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    read: dict[str, Sheet] = {}
    letters = Letters()
    for name, called in wanted(book.sheetnames):
        sheet = book[name]
        sheet.reset_dimensions()  # a sheet may claim to be as large as it likes
        rows = ((cell for cell in row) for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True))
        read[called] = {"name": name, "rows": rows_of(rows, name, letters), "formulas": []}
        if formulas is not None:
            last = read[called]["rows"][-1][0] if read[called]["rows"] else 1
            read[called]["formulas"] = formulas_of(formulas[name], last)
    return {"sheets": read, "others": others(book.sheetnames), "marks": marks}


def formulas_of(sheet: Any, last: int) -> list[tuple[int, int]]:
    """Return where formulas stand: row, and column from 0."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS)
    found = ((cell.row, cell.column - 1) for row in rows for cell in row if cell.data_type == "f")
    return list(itertools.islice(found, MOST_FORMULAS))


def check_zip(content: bytes) -> list[str]:
    """Look at a zip's directory, then at how much really comes out, before anything is opened; return what is in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise Unusable(f"This file holds more than {MOST_ENTRIES:,} parts and sheets. A form has fewer.")
            if sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise Unusable("This file unpacks to more than 100 MB. A form is much smaller.")
            names = [one.filename for one in entries]
            if len(set(names)) < len(names):
                raise Unusable("This file is broken: it holds two parts with the same name.")
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise Unusable("This is a zip file, but no Excel workbook. Use a file that ends with .xlsx.")
            left, has_formulas = MOST_UNPACKED, False
            for one in entries:
                size, has_some = unpacked(archive, one, left)
                left, has_formulas = left - size, has_formulas or (has_some and "worksheets/" in one.filename)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Unusable("This .xlsx file is broken. Open it in a spreadsheet program, and save it again.") from error
    marks = [mark for mark, pattern in MARKS.items() if any(pattern.search(name) for name in names)]
    return [*marks, FORMULAS] if has_formulas else marks


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[int, bool]:
    """Return how many bytes an entry holds, whatever its header says; and whether it may hold a formula."""
    size, has_formula, end = 0, False, b""
    with archive.open(entry) as stream:
        while part := stream.read(MEGABYTE):
            size += len(part)
            if size > most:
                raise Unusable("This file unpacks to more than 100 MB. A form is much smaller.")
            has_formula = has_formula or FORMULA.search(end + part) is not None
            end = part[-4:]
    return size, has_formula


def read_xls(content: bytes) -> dict[str, Any]:
    """Return the sheets of a workbook of the old kind."""
    import xlrd

    book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=sys.stderr)
    read: dict[str, Sheet] = {}
    letters = Letters()
    for name, called in wanted(book.sheet_names()):
        sheet = book.sheet_by_name(name)
        rows = (
            (plain_cell(one, book.datemode) for one in sheet.row(at)[: MOST_COLUMNS + 1]) for at in range(sheet.nrows)
        )
        read[called] = {"name": name, "rows": rows_of(rows, name, letters), "formulas": []}
    return {"sheets": read, "others": others(book.sheet_names())}


def plain_cell(cell: Any, datemode: int) -> Any:
    """Return a cell of the old kind as a plain value."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate.xldate_as_datetime(cell.value, datemode)
    return None if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def read_csv(content: bytes) -> dict[str, Any]:
    """Return the sheets of a text: its first column names them, or it is the questions alone."""
    lines = list(csv_rows(decoded(content)))
    letters = Letters()
    read: dict[str, Sheet] = {}
    header = next((row for row in lines if any(row)), [])
    if any(cell.strip().lower() == "type" for cell in header):
        read["survey"] = {"name": "survey", "rows": rows_of(iter(lines), "survey", letters), "formulas": []}
    else:
        called, parts = "", dict[str, list[Row]]()
        for number, row in rows_of(iter(lines), "", letters):
            called = row[0].strip().lower() or called
            if any(row[1:]):
                parts.setdefault(called, []).append((number, row[1:]))
        for name in SHEETS:
            if name in parts:
                read[name] = {"name": name, "rows": parts[name], "formulas": []}
    out = io.StringIO()
    writer = csv.writer(out)
    for name, sheet in read.items():
        writer.writerow([name])
        writer.writerows(["", *row] for _, row in sheet["rows"])
    return {"sheets": read, "others": [], "again": out.getvalue()}


def csv_rows(text: str) -> Iterator[list[str]]:
    """Return the rows of a text; the sign between cells is the one its first lines use most."""
    sign = max(",;\t", key=text[:4000].count)
    csv.field_size_limit(LONGEST_CELL * 4)
    reader, begun = csv.reader(io.StringIO(text), delimiter=sign), 1
    try:
        for row in reader:
            yield row
            begun = reader.line_num + 1
    except csv.Error as error:
        sentence = "What begins in this row cannot be read: is a quotation mark never closed? Save as “CSV UTF-8”."
        raise Unusable(sentence, row=begun) from error


def decoded(content: bytes) -> str:
    """Return the text of a file; say where it is not UTF-8."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        sentence = "This row holds letters in an old encoding. Save the file again as “CSV UTF-8”."
        raise Unusable(sentence, row=row) from error


class Letters:
    """Counts what has been read, so that many small cells are not too much together."""

    def __init__(self) -> None:
        self.left = MOST_LETTERS

    def take(self, row: list[str], sheet: str, number: int) -> None:
        """Count one row."""
        self.left -= sum(len(cell) for cell in row)
        if self.left < 0:
            raise Unusable("The sheets hold more than 6,000,000 letters. A form is much smaller.", sheet, number)


def rows_of(rows: Iterator[Iterable[Any]], sheet: str, letters: Letters) -> list[Row]:
    """Return the rows that say something, each with its number; after 1,000 blank rows a sheet is at its end."""
    found: list[Row] = []
    blank = 0
    for number, cells in enumerate(rows, 1):
        row = [text_of(cell) for cell in cells]
        while row and not row[-1].strip():
            row.pop()
        blank = 0 if row else blank + 1
        if blank > MOST_BLANK:
            break
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            raise Unusable(f"This row has more than {MOST_COLUMNS} columns. A form has fewer.", sheet, number)
        if len(found) >= MOST_ROWS:
            raise Unusable(f"This sheet has more than {MOST_ROWS:,} rows. A form has fewer.", sheet, number)
        letters.take(row, sheet, number)
        found.append((number, row))
    return found


def text_of(value: Any) -> str:
    """Return a cell as text, as pyxform reads it: 3.0 is 3, TRUE is TRUE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | time):
        return str(value)
    return str(value)[:LONGEST_CELL]


def wanted(names: list[str]) -> list[tuple[str, str]]:
    """Return the sheets that matter, as they are called and as they are known; a sheet alone holds the questions."""
    if len(names) == 1 and names[0].lower() not in SHEETS:
        return [(names[0], "survey")]
    return [(name, name.lower()) for name in names if name.lower() in SHEETS]


def others(names: list[str]) -> list[str]:
    """Return the names of all other sheets."""
    known = {name for name, _ in wanted(names)}
    return [name for name in names if name not in known]


def checked(content: bytes, kind: str) -> dict[str, Any]:
    """Return what pyxform says: whether it converts the form, and what it complains of."""
    try:
        from pyxform.errors import PyXFormError
        from pyxform.xls2xform import convert

        warnings: list[str] = []
        try:
            convert(xlsform=io.BytesIO(content), warnings=warnings, file_type=kind)
        except PyXFormError as error:
            return {"valid": False, "said": str(error)[:2000]}
        return {"valid": True, "said": "", "warnings": [str(one)[:500] for one in warnings[:100]]}
    except MemoryError:
        return {"valid": False, "said": "", "sentence": "Checking this form takes more memory than a form may."}
    except Exception as error:  # noqa: BLE001 - it fails on some forms with faults of its own
        return {"valid": False, "said": "", "why": repr(error)[:300]}


READERS = {".xlsx": read_xlsx, ".xls": read_xls, ".csv": read_csv}

if __name__ == "__main__":
    import warnings as quiet

    quiet.simplefilter("ignore")
    main()
