"""What XLSForm lacks, and where it stands in the forms that we write.

Columns that begin with ``it_`` hold what is no text; the sheet ``inspect_together`` holds texts, by address, a column
for each language. Other programs leave both alone. Texts that XLSForm has a place for stand there, once.
"""

from __future__ import annotations

from dataclasses import replace

from inspect_app.frameworks.answer_types import MEASURED, AnswerType
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework
from inspect_app.frameworks.xlsform.languages import code_of
from inspect_app.frameworks.xlsform.tables import Line, Table

FORMAT = "1"
SHEET = "inspect_together"
READ_ME = "read me first"
"""The sheet of our template that explains the others."""
ADDRESS, SOURCE = "address", "words"
SCALE, LIST, WORDS = "scale", "list", "words"
"""What a list of the sheet ``choices`` is: a scale, a list, or the words of yes and no."""


def is_ours(settings: Table) -> bool:
    """Return whether we wrote a form ourselves."""
    return any(line.get("it_format") == FORMAT for line in settings.lines)


def native(text: str) -> str:
    """Return a text so that XLSForm does not take a part of it for a reference to a question."""
    return text.replace("${", "$ {")


def constraint_with_limits(answer_type: str, least: str | None, most: str | None, own: str) -> str:
    """Return the constraint that says all: a least, a most, and what the question has of its own."""
    least = "0" if answer_type == AnswerType.COUNT and least is None else least
    limits = [f". >= {least}" if least is not None else "", f". <= {most}" if most is not None else ""]
    parts = [part for part in limits if part]
    if own:
        parts.append(f"({own})" if parts else own)
    return " and ".join(parts)


def yes_or_no(line: Line, meaning: str, otherwise: bool) -> bool:
    """Return what one of our columns says."""
    said = line.get(meaning).lower()
    return said == "yes" if said in ("yes", "no") else otherwise


def with_what_lacks(plain: PlainFramework) -> PlainFramework:
    """Return a framework in which the nearest words stand wherever our sheet has none, since a person added a row."""
    themes = tuple(replace(theme, criteria=tuple(_with_words(one) for one in theme.criteria)) for theme in plain.themes)
    scales = tuple(
        replace(
            scale,
            title=scale.title or scale.key,
            points=tuple(replace(one, descriptor=one.descriptor or one.label) for one in scale.points),
        )
        for scale in plain.scales
    )
    bands = tuple(replace(one, label=one.label or one.key) for one in plain.scoring.bands)
    return replace(plain, themes=themes, scales=scales, scoring=replace(plain.scoring, bands=bands))


def _with_words(one: PlainCriterion) -> PlainCriterion:
    return replace(one, easy=one.easy or one.plain, unit=one.unit if one.answer_type in MEASURED else "")


def texts_by_language(table: Table) -> dict[str, dict[str, str]]:
    """Return the texts of the sheet of ours: language ("" for the source) → address → words."""
    found: dict[str, dict[str, str]] = {}
    for line in table.lines:
        address = line.get(ADDRESS)
        for column, words in line.cells.items():
            if column.meaning != ADDRESS:
                language = "" if column.meaning == SOURCE else code_of(column.header) or "?"
                found.setdefault(language, {})[address] = words
    return found
