"""What became of a form: the framework for a draft, and a sentence for each thing that came over differently or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from inspect_app.frameworks.plain import PlainFramework


@dataclass(frozen=True)
class Note:
    """One sentence about one place of a form; ``row`` counts as the spreadsheet does, from 1."""

    sentence: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """Return where it stands, as people say it: Sheet “survey”, row 7, column “relevant”."""
        parts = [f"sheet “{self.sheet}”" if self.sheet else "", f"row {self.row}" if self.row else ""]
        parts.append(f"column “{self.column}”" if self.column else "")
        place = ", ".join(part for part in parts if part)
        return place[:1].upper() + place[1:]

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


@dataclass(frozen=True)
class Report:
    """A form as it was understood: no framework without a reason among ``faults``; ``notes`` hide nothing."""

    plain: PlainFramework | None
    faults: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def usable(self) -> bool:
        """Return whether there is a framework to go on with."""
        return self.plain is not None


@dataclass
class Notes:
    """Collects notes in the order in which they are found; the same sentence about the same place once."""

    found: dict[Note, None] = field(default_factory=dict)

    def add(self, sentence: str, sheet: str = "", row: int | None = None, column: str = "") -> None:
        """Add a note."""
        self.found[Note(sentence, sheet, row, column)] = None

    def all(self) -> tuple[Note, ...]:
        """Return all notes: first those about the whole, then by sheet and row."""
        sheets = list(dict.fromkeys(["", *(note.sheet for note in self.found)]))
        return tuple(sorted(self.found, key=lambda note: (sheets.index(note.sheet), note.row or 0)))


def told(report: Report) -> dict[str, Any]:
    """Return the whole report as plain values, for machines and templates."""
    plain = report.plain
    return {
        "usable": report.usable,
        "framework": plain
        and {
            "key": plain.key,
            "version": plain.version,
            "title": plain.title,
            "language": plain.language,
            "translations": [one.language for one in plain.translations],
        },
        "themes": [
            {
                "key": theme.key,
                "title": theme.title,
                "repeated_for": theme.each,
                "criteria": [
                    {"key": one.key, "question": one.plain, "answer": one.answer_type} for one in theme.criteria
                ],
            }
            for theme in (plain.themes if plain else ())
        ],
        "faults": [_told(note) for note in report.faults],
        "not_carried_over": not_carried_over(report),
    }


def not_carried_over(report: Report) -> list[dict[str, Any]]:
    """Return what did not come over as it stands in the form, as plain values."""
    return [_told(note) for note in report.notes]


def _told(note: Note) -> dict[str, Any]:
    return {"sheet": note.sheet, "row": note.row, "column": note.column, "sentence": note.sentence}
