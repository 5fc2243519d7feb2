"""Questions from a file, of whatever kind: our own (YAML), or a form of field data collection (XLSForm)."""

from __future__ import annotations

from pathlib import PurePath

from inspect_app.frameworks.reading import LONGEST_FILE, read_framework
from inspect_app.frameworks.xlsform.reading import read_xlsform
from inspect_app.frameworks.xlsform.report import Note, Report

OURS = (".yaml", ".yml")
FORMS = (".xlsx", ".xlsm", ".xls", ".csv")
ACCEPTED = ",".join((*OURS, *FORMS))
BYTES_A_LETTER = 4
LARGEST = LONGEST_FILE * BYTES_A_LETTER
"""Bytes of a file that are looked at, whatever its kind."""


def read_file(name: str, content: bytes, language: str = "en") -> Report:
    """Return what a file holds, or the sentences that say why it cannot be used. Never raises for what a file holds.

    ``language`` is what a form's words are taken for where it names none.
    """
    low = name.lower()
    if low.endswith(OURS):
        return _ours(content)
    if not low.endswith(FORMS):
        return Report(None, (Note(f"A file that ends in {', '.join((*FORMS, *OURS))} is needed."),))
    return read_xlsform(content, language, PurePath(name).stem)


def _ours(content: bytes) -> Report:
    try:
        return Report(read_framework(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return Report(None, (Note("This file is not text."),))
    except ValueError as fault:
        return Report(None, (Note(f"This file cannot be read: {fault}"),))
