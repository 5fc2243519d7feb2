"""The page on which two who typed the same sheet compare it, and decide each difference by looking at the sheet."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import operations, queries_paper
from inspect_app.fieldwork.queries_twice import differences, typed_in
from inspect_app.fieldwork.views_desk import typing_desk
from inspect_app.fieldwork.views_open_sheet import HERE, open_sheet
from inspect_app.fieldwork.views_room import bp
from inspect_app.inspections.models import Inspection
from inspect_app.people.queries import names_of


@bp.route(f"{HERE}/compare", methods=["GET", "POST"])
@needs("fieldwork.type_page")
def typed_compare_sheet(
    inspection: Inspection, person_id: uuid.UUID, form_number: int, sheet: int
) -> ResponseReturnValue:
    """Compare what two people typed from one sheet."""
    opened = open_sheet(typing_desk(inspection, person_id), form_number, sheet)
    if not opened.may_compare:
        raise Refused(_("Only the two people who typed this sheet can compare it, when both are done."), 403)
    desk, first, second = opened.desk, typed_in(opened.turns[1]), typed_in(opened.turns[2])
    numbered = queries_paper.questions_on(inspection, opened.form, sheet, {})
    differing = differences(first, second)
    decided, error = dict(request.form.items()), ""
    if request.method == "POST":
        try:
            questions = [question for _, question in numbered]
            many = operations.settle(inspection, desk.rater, opened.form, sheet, questions, decided, actor=desk.person)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            error = refusal.sentence
        else:
            flash(
                (
                    _("Sheet %(sheet)s is settled, with %(many)s decided.", sheet=sheet, many=many)
                    if many
                    else _("Sheet %(sheet)s is settled, nothing differed.", sheet=sheet)
                ),
                "success",
            )
            return redirect(desk.address("questions"), 303)
    shown = page(
        "fieldwork/compare_sheet.html",
        inspection=inspection,
        desk=desk,
        opened=opened,
        lines=[(number, one) for number, one in numbered if one.key in differing],
        equal=sum(one.key in {*first, *second} and one.key not in differing for _, one in numbered),
        typed=(first, second),
        names=names_of({one.typist_id for one in opened.turns.values()}),
        decided=decided,
        error=error,
        photos=queries_paper.photos_of_sheet(inspection, desk.person, desk.rater.id, opened.form, sheet),
    )
    return shown, 422 if error else 200
