"""A framework as a form on paper, to be filled in by hand: an accessible PDF with a code on each sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from typing import Any

import pikepdf
from flask import render_template

from inspect_app.core.errors import Refused
from inspect_app.core.qr import runs_of
from inspect_app.core.words import _, lazy
from inspect_app.frameworks.paper_booklet import folded
from inspect_app.frameworks.paper_conditions import condition_in_words
from inspect_app.frameworks.paper_words import WORDS, words_in
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, PlainTheme, criteria, in_language

POINTS_PER_MM = 72 / 25.4
CODE_SIDE, CODE_FROM_RIGHT, CODE_FROM_TOP = 25.0, 10.0, 6.0
"""Where the code stands on a sheet, and how large it is, in millimetres; static/frameworks/paper.css leaves it room."""
MOST_COPIES = 20
BOOKLET = "booklet"
ORDER_NAMES = {
    "sheets": lazy("On A4 sheets. A screen reader can read this file aloud"),
    BOOKLET: lazy("As a booklet: small pages on A4 paper, to print on both sides and fold. For printing only"),
}


class Edition(StrEnum):
    """For whom a form is printed: letters of 11 points, of 18, or easy words with pictures in 15."""

    NORMAL = "normal"
    LARGE = "large"
    EASY = "easy"


EDITION_NAMES = {
    Edition.NORMAL: lazy("Normal print"),
    Edition.LARGE: lazy("Large print, 18 points"),
    Edition.EASY: lazy("Easy read, with pictures"),
}


@dataclass(frozen=True)
class Owner:
    """Whose form it is: the inspection's reference and title, and the person, "" when the name is left to write."""

    reference: str
    title: str
    person: str = ""


@dataclass(frozen=True)
class Wish:
    """How a form is wanted: its edition and language, how often a theme that repeats is printed, and as a booklet."""

    edition: Edition = Edition.NORMAL
    language: str = ""
    copies: int = 2
    is_booklet: bool = False


Sheet = tuple[tuple[str, int], ...]
"""The questions that begin on one page, in their order: (key, which repeat of its theme, from 1)."""


@dataclass(frozen=True)
class Printed:
    """A form as a PDF, and which questions stand on each of its pages; a booklet's pages are those one turns."""

    data: bytes
    sheets: tuple[Sheet, ...]


def languages_of(plain: PlainFramework) -> dict[str, str]:
    """Return the languages in which a framework can be printed, its own first, by what each calls itself."""
    there = [plain.language, *(one.language for one in plain.translations)]
    return {one: words_in(one)["language"] if one.partition("-")[0] in WORDS else one for one in there}


def wish_of(asked: Mapping[str, str], plain: PlainFramework) -> Wish:
    """Return how a form is wanted, from what an address says. Raises Refused (422) when it cannot be had so."""
    try:
        wish = Wish(
            Edition(asked.get("edition", "")),
            asked.get("language") or plain.language,
            int(asked.get("copies") or 2),
            asked.get("order") == BOOKLET,
        )
    except ValueError as error:
        raise Refused(_("Choose how the form is to be printed."), 422) from error
    if wish.language not in languages_of(plain):
        raise Refused(_("The questions are not written in this language."), 422)
    return wish


def render_form(
    plain: PlainFramework, wish: Wish, owner: Owner | None = None, code_of: Callable[[int], str] | None = None
) -> Printed:
    """Return the form as PDF/A-3a and PDF/UA-1. ``code_of`` gives what the code on a sheet says, from its number.

    A booklet is for printing alone: its pages stand in the order in which they are folded, and nothing is tagged.
    """
    from inspect_app.core.pdf import render_pages  # takes a second to load, and only those who print need it

    language = wish.language or plain.language
    title = in_language(plain, language).title
    made, begins = render_pages(page_of(plain, wish, owner), title=title, language=language)
    made = stamped(made, code_of or (lambda number: f"{code_for_nobody(plain, language)}{number}"))
    order = [(one.key, copy) for theme in plain.themes for copy, one in _printed(theme, wish.copies)]
    sheets = tuple(tuple(one for one in order if _id(*one) in ids) for ids in begins)
    return Printed(folded(made, title) if wish.is_booklet else made, sheets)


def code_for_nobody(plain: PlainFramework, language: str) -> str:
    """Return how the code begins on a form that belongs to no inspection; the number of the sheet follows."""
    return f"{plain.key}/{plain.version}/{language}/"


def _id(key: str, copy: int) -> str:
    return f"question/{key}/{copy}"


def _printed(theme: PlainTheme, copies: int) -> Iterator[tuple[int, PlainCriterion]]:
    for number, copy in enumerate(copies_of(theme, copies), 1):
        for one in copy.criteria:
            yield number, one


def page_of(plain: PlainFramework, wish: Wish, owner: Owner | None = None) -> str:
    """Return the form as HTML, before it becomes a PDF."""
    shown = _shown(plain, wish)
    return render_template(
        "frameworks/paper/form.html",
        **shown,
        is_booklet=wish.is_booklet,
        owner=owner,
        parts=[(theme, copies_of(theme, wish.copies)) for theme in shown["framework"].themes],
    )


def question_alone(plain: PlainFramework, key: str, wish: Wish) -> str:
    """Return one question as it stands on the form, with its theme above it: HTML to look at on a screen."""
    shown = _shown(plain, wish)
    theme, one = next((theme, one) for theme in shown["framework"].themes for one in theme.criteria if one.key == key)
    return render_template("frameworks/paper/alone.html", **shown, theme=copies_of(theme, 1)[0], one=one)


def _shown(plain: PlainFramework, wish: Wish) -> dict[str, Any]:
    """Return what each question on paper is shown with."""
    language = wish.language or plain.language
    spoken = in_language(plain, language)
    words = words_in(language)
    numbers = {one.key: number for number, one in enumerate(criteria(spoken), 1)}
    return {
        "framework": spoken,
        "language": language,
        "edition": wish.edition,
        "words": words,
        "numbers": numbers,
        "scales": {one.key: one for one in spoken.scales},
        "lists": {one.key: one.options for one in spoken.lists},
        "only_if": lambda text: condition_in_words(text, spoken, numbers, words),
    }


def copies_of(theme: PlainTheme, wanted: int) -> list[PlainTheme]:
    """Return a theme as often as it is printed, numbered when it repeats."""
    if not theme.each:
        return [theme]
    many = max(1, min(wanted, theme.most, MOST_COPIES))
    return [replace(theme, title=f"{theme.title}: {theme.each} {number}") for number in range(1, many + 1)]


def stamped(made: bytes, code_of: Callable[[int], str]) -> bytes:
    """Return a PDF with a code on each page. To a screen reader it is nothing: the foot of the page says the same."""
    with pikepdf.open(BytesIO(made)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            width, height = (float(page.mediabox[place]) for place in (2, 3))
            page.contents_add(b"q", prepend=True)  # what the page does to its measures must not reach the code
            page.contents_add(f"Q {_drawing(code_of(number), width, height)}".encode(), prepend=False)
        out = BytesIO()
        pdf.save(out, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _drawing(text: str, width: float, height: float) -> str:
    side, runs = runs_of(text)
    module = CODE_SIDE * POINTS_PER_MM / side
    left = width - (CODE_FROM_RIGHT + CODE_SIDE) * POINTS_PER_MM
    top = height - CODE_FROM_TOP * POINTS_PER_MM
    squares = (
        f"{left + x * module:.3f} {top - (y + 1) * module:.3f} {length * module:.3f} {module:.3f} re"
        for x, y, length in runs
    )
    return "\n".join(["/Artifact BMC q 0 0 0 rg", *squares, "f Q EMC"])
