"""A sheet of paper as it lies before whoever types it in: whose it is, its questions, and who typed it before."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from inspect_app.fieldwork import queries, queries_paper
from inspect_app.fieldwork.forms_sheet import SheetAnswerForm
from inspect_app.fieldwork.models import SheetTyping
from inspect_app.fieldwork.queries_twice import typings_of
from inspect_app.fieldwork.views_desk import Desk
from inspect_app.frameworks.answer_types import AnswerType
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.queries_paper import sheet_of_form
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import is_name

HERE = "/inspections/<reference>/type-in/<uuid:person_id>/forms/<int:form_number>/sheets/<int:sheet>"
WITH_WHY = frozenset({AnswerType.SCALE, AnswerType.YES_NO, AnswerType.YES_NO_PARTLY, AnswerType.SEVERAL_OF})
"""Types beside which a form on paper has room for why."""


@dataclass
class Line:
    """One question of a sheet on the page: its number in print, its form, and what is to be said of it."""

    number: int
    question: Question
    form: SheetAnswerForm
    has_why: bool = True
    hidden: bool = False
    error: str = ""
    meanwhile: str = ""


@dataclass(frozen=True)
class OpenSheet:
    """The sheet of one inspector that lies before whoever types."""

    desk: Desk
    form: PaperForm
    number: int
    turns: dict[int, SheetTyping]

    @property
    def is_again(self) -> bool:
        """Whether somebody else typed this sheet and asked for a second: then nothing that stands is shown."""
        return 1 in self.turns and self.turns[1].typist_id != self.desk.person.id

    @property
    def may_compare(self) -> bool:
        """Whether both have typed, and whoever is here is one of them."""
        return 2 in self.turns and self.desk.person.id in {one.typist_id for one in self.turns.values()}

    @property
    def next(self) -> int | None:
        """The number of the next sheet on which there is something to type, None at the end."""
        sheets = range(self.number + 1, len(self.form.sheets or ()) + 1)
        return next((one for one in sheets if sheet_of_form(self.form, one)), None)

    def address(self, page: str = "sheet", number: int | None = None) -> str:
        """Return the address of a page of this sheet, or of another of the form."""
        return self.desk.address(page, form_number=self.form.number, sheet=number or self.number)


def open_sheet(desk: Desk, form_number: int, sheet: int) -> OpenSheet:
    """Return a sheet as it lies before whoever types. Raises Refused (404) when there is none."""
    form = queries_paper.form_for(desk.inspection, desk.rater, form_number)
    return OpenSheet(desk, form, sheet, typings_of(form, desk.rater.id, sheet))


def lines_of(opened: OpenSheet) -> list[Line]:
    """Return the questions of a sheet; on a page that is opened with what stands, for who may read it."""
    desk, lines = opened.desk, []
    ratings = queries.own_ratings(desk.inspection, desk.rater)
    names = {key: one for key, one in ratings.items() if is_name(one.instance)}
    values = {key: one.value for key, one in names.items() if desk.may_read(one)}
    found = queries_paper.questions_on(desk.inspection, opened.form, opened.number, values)
    for place, (number, question) in enumerate(found, 1):
        rating, form = ratings.get(question.key), SheetAnswerForm(place)
        readable = rating if desk.may_read(rating) and not opened.is_again else None
        if request.method == "GET":
            form.begin(desk.person.id, readable.revision_id if readable else None)
            form.show(question, readable.value if readable else None, readable.reason if readable else "")
        has_why = question.answer_type in WITH_WHY or bool(form.reason.data)
        hidden = rating is not None and readable is None and not opened.is_again
        lines.append(Line(number, question, form, has_why, hidden=hidden))
    return lines
