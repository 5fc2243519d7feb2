"""Files that are broken, huge or meant to do harm: a sentence, soon, and nothing half brought in."""

import io
import zipfile

import pytest

from inspect_app.frameworks.xlsform import opening
from inspect_app.frameworks.xlsform.opening import LARGEST, TOO_LONG, TOO_MUCH, Opened
from inspect_app.frameworks.xlsform.reading import read_xlsform, report_of
from tests.frameworks.xlsform.forms import notes, workbook

SURVEY = "type | name | label\ntext | a | A?"
MUCH_UNPACKED = "This file unpacks to more than 100 MB. A form is much smaller."


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<x/>", **parts}.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_parts(book: bytes, **parts: bytes) -> bytes:
    file = io.BytesIO(book)
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


CASES = {
    "nothing": (lambda: b"  \n", "The file is empty."),
    "too large": (lambda: b"x" * (LARGEST + 1), "The file has more than 10 MB. A form has less."),
    "a bomb": (lambda: zipped(xl__workbook=b"\0" * 101 * 1024 * 1024), MUCH_UNPACKED),
    "a broken zip": (
        lambda: b"PK\x03\x04" + b"junk" * 99,
        "This .xlsx file is broken. Open it in a spreadsheet program, and save it again.",
    ),
    "half a zip": (
        lambda: workbook(survey=SURVEY)[:3000],
        "This .xlsx file is broken. Open it in a spreadsheet program, and save it again.",
    ),
    "a zip of something else": (
        lambda: zipped(word__document=b"x"),
        "This is a zip file, but no Excel workbook. Use a file that ends with .xlsx.",
    ),
    "a picture": (
        lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "This is no spreadsheet. Use a file that ends with .xlsx, .xls or .csv.",
    ),
    "an old workbook that is none": (
        lambda: b"\xd0\xcf\x11\xe0" + b"x" * 900,
        "This file is broken and cannot be opened.",
    ),
    "an old encoding": (
        lambda: "type,name,label\ntext,a,Schön?\n".encode("latin-1"),
        "Row 2: This row holds letters in an old encoding. Save the file again as “CSV UTF-8”.",
    ),
    "too many rows": (
        lambda: b"type,name,label\n" + b"text,a,A\n" * 30_000,
        "Sheet “survey”, row 20001: This sheet has more than 20,000 rows. A form has fewer.",
    ),
    "too many columns": (
        lambda: b"type,name,label" + b",x" * 400,
        "Sheet “survey”, row 1: This row has more than 300 columns. A form has fewer.",
    ),
    "too many parts": (
        lambda: zipped(**{f"xl__media__{number}": b"" for number in range(2_001)}),
        "This file holds more than 2,000 parts and sheets. A form has fewer.",
    ),
    "a quotation mark that is never closed": (
        lambda: b'type,name,label\ntext,a,A\ntext,b,"B\n' + b"text,c,C\n" * 30_000,
        "Row 3: What begins in this row cannot be read: is a quotation mark never closed? Save as “CSV UTF-8”.",
    ),
    "no survey": (
        lambda: b"choices,,\n,list_name,name\n,a,b\n",
        "There is no sheet called “survey”. The questions must stand in one. Sheets here: “choices”.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_for(name):
    content, sentence = CASES[name][0](), CASES[name][1]
    report = read_xlsform(content)
    assert not report.usable
    assert [str(one) for one in report.faults] == [sentence]


def test_what_takes_too_long_or_too_much(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.01)
    assert [one.sentence for one in read_xlsform(b"type,name").faults] == [TOO_LONG]
    monkeypatch.undo()
    (tmp_path / "dies.py").write_text("import os; os.abort()")
    monkeypatch.setattr(opening, "SCRIPT", tmp_path / "dies.py")
    assert [one.sentence for one in read_xlsform(b"type,name").faults] == [TOO_MUCH]


def test_formulas_macros_and_links_are_named_and_nothing_is_run():
    book = workbook(survey="type | name | label | hint\ntext | a | A? | =1+1", settings="form_id\nf")
    book = with_parts(book, xl__vbaProject_bin=b"x", xl__externalLinks__externalLink1_xml=b"<x/>")
    report = read_xlsform(book.replace(b"_bin", b".bin").replace(b"1_xml", b"1.xml"))
    assert report.usable
    assert notes(report)[:2] == [
        "The file holds macros. They were not run, and are left out.",
        "The file points to other files. None was opened; what was last copied from them is taken.",
    ]
    assert "Sheet “survey”, row 2, column “hint”: A formula stands here. What it last came to is taken." in notes(
        report
    )


SAID = {
    "[row : 2] List name not in choices sheet: x": (
        "Sheet “survey”, row 2: The list “x” is not in the sheet “choices”. Add it there."
    ),
    "Unknown question type 'country'.": (
        "Sheet “survey”, row 3: The type “country” is not known. Look for a spelling mistake."
    ),
    "[row : 3] On the 'survey' sheet, the 'relevant' value is invalid. Reference variables must contain a name from "
    "the 'survey' sheet. Could not find the name 'b'.": (
        "Sheet “survey”, row 3, column “relevant”: “b” is asked about here, and no row has that name."
    ),
    "Invalid headers provided for sheet: 'choices'. Headers that are different names for the same column were found: "
    "'image', 'media::image'. Rename or remove one of": (
        "Sheet “choices”: The columns “image” and “media::image” mean the same. Take one of them out."
    ),
    "[row : 2] Something that nobody has thought of.": (
        "Sheet “survey”, row 2: The form is not valid. "
        "The checker for forms says: “Something that nobody has thought of.”"
    ),
}


@pytest.mark.parametrize("said", SAID)
def test_what_the_checker_refuses_is_said_in_plain_words(said):
    rows = [(1, ["type", "name", "label"]), (2, ["text", "a", "A?"]), (3, ["country", "b", "B?"])]
    sheets = {"survey": {"name": "survey", "rows": rows, "formulas": []}}
    report = report_of(Opened(sheets, (), (), {"valid": False, "said": said}))
    assert [str(one) for one in report.faults] == [SAID[said]]


def test_a_form_that_is_not_valid_is_refused():
    report = read_xlsform(b"type,name,label\nbegin group,a,A\n")
    assert [str(one) for one in report.faults] == [
        "Sheet “survey”, row 2: A group is opened and never closed, or the other way."
    ]
