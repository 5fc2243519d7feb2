"""How questions that are not published yet look to inspectors: the page on which one rates, with nobody behind it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from inspect_app.core.words import lazy
from inspect_app.fieldwork.forms import RatingForm
from inspect_app.frameworks.previews import Preview


class NobodysDesk:
    """Stands where an inspector's desk stands: nothing is saved from there."""

    is_typing = is_service = is_support = is_together = is_open = has_outbox = False
    name = lazy("An inspector")

    def __init__(self, home: str) -> None:
        self.home = home
        self.saving: dict[str, str] = {}

    def address(self, *_view: str, **_values: object) -> str:
        """Return the one way there is: back to the questions."""
        return self.home


def render(preview: Preview) -> str:
    """Return one question's page, which saves nothing."""
    form = RatingForm(formdata=None)
    form.show(preview.question, None, "")
    place = preview.questions.index(preview.question)
    alone: dict[str, Any] = (
        {"me": None, "config": {}} if preview.beside else {}
    )  # what each whole page has stands there once
    return render_template(
        "frameworks/preview_beside.html" if preview.beside else "fieldwork/preview.html",
        **alone,
        preview=preview,
        desk=NobodysDesk(preview.home),
        easy=preview.easy,
        inspection=None,
        question=preview.question,
        form=form,
        place=place + 1,
        total=len(preview.questions),
        steps=["now" if one is preview.question else "todo" for one in preview.questions],
        keys=[],
        ways={},
        seal=None,
        can_save=True,
        is_asked=True,
        result="",
        asking=None,
    )
