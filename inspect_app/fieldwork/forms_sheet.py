"""The form of one question on a sheet of paper, as a coordinator or a supporter types it in."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField

from inspect_app.core.words import lazy
from inspect_app.fieldwork.forms import RatingForm
from inspect_app.frameworks.answer_types import OUTSIDE_SCALE, AnswerType
from inspect_app.frameworks.answers import placed
from inspect_app.frameworks.rules import Question


class SheetAnswerForm(RatingForm):
    """One of many questions on a page: its fields bear the number of its line; ``place`` puts a list in order."""

    place = SelectMultipleField(validate_choice=False)

    def __init__(self, line: int, **values: Any) -> None:
        super().__init__(prefix=f"q{line}-", **values)

    def answer(self, question: Question) -> str | None:
        """Return the value as it is kept, or None when there is none."""
        chosen, places = self.value.data or "", self.place.data or []
        if question.answer_type == AnswerType.RANK and chosen not in OUTSIDE_SCALE and any(places):
            self.several.data = placed(question, places) or ["none"]
        return super().answer(question)

    def show(self, question: Question, value: str | None, reason: str) -> None:
        """Fill in what stands there."""
        super().show(question, value, reason)
        order = list(self.several.data or [])
        self.place.data = [str(order.index(one.key) + 1) if one.key in order else "" for one in question.options]


class SheetForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What belongs to the sheet as a whole: its photo, and whether somebody else types it again."""

    photo = FileField(lazy("A photo of this sheet"))
    twice = BooleanField(lazy("Somebody else shall type this sheet again, without seeing what I typed"))
