"""A booklet: pages of A5, two beside each other on each side of an A4 sheet, in the order in which they are folded."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf

A4_ACROSS = (841.89, 595.276)
"""Width and height of a sheet of A4 that lies on its side, in points."""
PAGES_A_SHEET = 4


def folded(made: bytes, title: str) -> bytes:
    """Return the pages of a PDF as a booklet, to be printed on both sides (turned on the short edge) and folded.

    It has no tags: who reads the pages in this order understands nothing. The title says what it is for.
    """
    width, height = A4_ACROSS
    halves = (pikepdf.Rectangle(0, 0, width / 2, height), pikepdf.Rectangle(width / 2, 0, width, height))
    with pikepdf.open(BytesIO(made)) as pages, pikepdf.new() as booklet:
        for side in sides(len(pages.pages)):
            sheet = booklet.add_blank_page(page_size=A4_ACROSS)
            for number, half in zip(side, halves, strict=True):
                if number is not None:
                    sheet.add_overlay(pages.pages[number], half)
        booklet.docinfo["/Title"] = f"{title} (booklet, for printing)"
        out = BytesIO()
        booklet.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def sides(count: int) -> Iterator[tuple[int | None, int | None]]:
    """Return which pages (from 0) stand left and right on each side of each sheet; None where a page stays empty.

    The empty ones are at the end, as many as make the number of pages a multiple of four.
    """
    whole = -(-count // PAGES_A_SHEET) * PAGES_A_SHEET
    there = [number if number < count else None for number in range(whole)]
    for front in range(0, whole // 2, 2):
        back = front + 1
        yield there[whole - 1 - front], there[front]
        yield there[back], there[whole - 1 - back]
