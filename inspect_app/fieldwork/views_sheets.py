"""Pages for whoever types in a sheet of paper: its questions as they are printed, by keyboard alone, and its photo."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import begin_writing, db, keep_despite_refusal
from inspect_app.core.errors import Refused
from inspect_app.core.files import ReadyPhoto
from inspect_app.core.revisions import Saved
from inspect_app.core.web import page
from inspect_app.core.words import _, ngettext
from inspect_app.fieldwork import operations, queries, queries_paper
from inspect_app.fieldwork.forms import ReasonForm
from inspect_app.fieldwork.forms_sheet import SheetForm
from inspect_app.fieldwork.operations import SheetAnswer, WrongAnswers
from inspect_app.fieldwork.rules import Source
from inspect_app.fieldwork.views_desk import typing_desk
from inspect_app.fieldwork.views_open_sheet import HERE, Line, OpenSheet, lines_of, open_sheet
from inspect_app.fieldwork.views_outbox import saves
from inspect_app.fieldwork.views_room import bp
from inspect_app.inspections.models import Inspection


@bp.route(HERE, methods=["GET", "POST"])
@saves("fieldwork.type_page", begins=False)
def typed_sheet(inspection: Inspection, person_id: uuid.UUID, form_number: int, sheet: int) -> ResponseReturnValue:
    """Type in one sheet: all its questions on one page."""
    desk = typing_desk(inspection, person_id)
    opened = open_sheet(desk, form_number, sheet)
    lines = lines_of(opened)
    if request.method == "GET":
        return _show(opened, lines, SheetForm(twice=1 in opened.turns))
    return _save(opened, lines)


def _save(opened: OpenSheet, lines: list[Line]) -> ResponseReturnValue:
    desk, whole = opened.desk, SheetForm()
    try:
        photo = _photo(whole)
        begin_writing()
        saved = _typed(opened, _answers(lines), bool(whole.twice.data))
        if photo is not None:
            operations.add_sheet_photo(
                desk.inspection, desk.rater, opened.form, opened.number, photo, actor=desk.person
            )
    except WrongAnswers as wrong:
        return _refused(opened, lines, whole, wrong.sentences)
    except Refused as refusal:
        if refusal.status not in (413, 422):
            raise
        whole.photo.errors = [refusal.sentence]
        return _refused(opened, lines, whole, {})
    if any(one.meanwhile is not None and not _is_hidden(lines, key) for key, one in saved.items()):
        return _two(opened, lines, whole, saved)
    return _go_on(opened, saved, photo)


def _typed(opened: OpenSheet, answers: list[SheetAnswer], twice: bool) -> dict[str, Saved]:
    """Save what was typed: as answers; where a sheet is typed twice, what each of the two typed is kept as well."""
    desk = opened.desk
    saved = {} if opened.is_again else operations.type_sheet(desk.inspection, desk.rater, answers, actor=desk.person)
    if twice or opened.turns:
        operations.keep_typing(desk.inspection, desk.rater, opened.form, opened.number, answers, actor=desk.person)
    return saved


def _is_hidden(lines: list[Line], key: str) -> bool:
    """Say whether what stands beside a question is not for whoever types."""
    return any(line.hidden for line in lines if line.question.key == key)


def _photo(whole: SheetForm) -> ReadyPhoto | None:
    """Return the photo that was sent, fit to be kept: before anything is written, as that takes up to a second."""
    sent = whole.photo.data
    return files.ready_photo(sent.stream) if sent else None


def _answers(lines: list[Line]) -> list[SheetAnswer]:
    """Return what was typed; an untouched line has nothing to save."""
    found = []
    for line in lines:
        value, reason = line.form.answer(line.question), (line.form.reason.data or "").strip()
        if line.question.takes_answer and (value is not None or reason or line.form.based_on.data):
            found.append(SheetAnswer(line.question, value, reason, line.form.sent(Source.PAPER)))
    return found


def _refused(opened: OpenSheet, lines: list[Line], whole: SheetForm, wrong: dict[str, str]) -> ResponseReturnValue:
    db.session.rollback()
    for line in lines:
        line.error = wrong.get(line.question.key, "")
    return _show(opened, lines, whole), 422


def _two(opened: OpenSheet, lines: list[Line], whole: SheetForm, saved: dict[str, Saved]) -> ResponseReturnValue:
    """Tell the later of two that both are kept; pressing the button again puts their own on top."""
    keep_despite_refusal()
    for line in lines:
        one = saved.get(line.question.key)
        line.form.begin(opened.desk.person.id, _stands(one) if one else None)
        if one is not None and one.meanwhile is not None and not line.hidden:
            content = one.meanwhile.content or {}
            line.meanwhile = line.question.words(content.get("value")) or _("No answer yet")
    return _show(opened, lines, whole), 409


def _stands(saved: Saved) -> uuid.UUID:
    return (saved.revision if saved.on_top or saved.meanwhile is None else saved.meanwhile).id


def _go_on(opened: OpenSheet, saved: dict[str, Saved], photo: ReadyPhoto | None) -> ResponseReturnValue:
    if opened.is_again:
        return redirect(opened.address("compare_sheet"), 303)
    below = sum(not one.on_top for one in saved.values())
    sentence = (
        _("Sheet %(number)s is saved, with its photo.", number=opened.number)
        if photo
        else _("Sheet %(number)s is saved.", number=opened.number)
    )
    if below:
        beside = ngettext(
            "%(n)s answer is kept beside what %(name)s said before.",
            "%(n)s answers are kept beside what %(name)s said before.",
            below,
            name=opened.desk.name,
        )
        sentence = f"{sentence} {beside}"
    flash(sentence, "success")
    if request.form.get("go") == "stay":
        return redirect(opened.address(), 303)
    return redirect(opened.address(number=opened.next) if opened.next else opened.desk.address("questions"), 303)


def _show(opened: OpenSheet, lines: list[Line], whole: SheetForm) -> Response:
    desk = opened.desk
    here = queries_paper.photos_of_sheet(desk.inspection, desk.person, desk.rater.id, opened.form, opened.number)
    return page(
        "fieldwork/sheet.html",
        inspection=desk.inspection,
        desk=desk,
        opened=opened,
        lines=lines,
        whole=whole,
        errors=[
            {"text": f"{one.number}. {one.error}", "href": f"#q{at}"} for at, one in enumerate(lines, 1) if one.error
        ],
        photos=here,
        can_save=desk.is_open and not desk.is_together and not queries.seal_of(desk.inspection, desk.rater),
    )


@bp.get("/inspections/<reference>/sheet-photos/<uuid:sheet_photo_id>")
@needs("fieldwork.sheet_photos")
def sheet_photo(inspection: Inspection, sheet_photo_id: uuid.UUID) -> ResponseReturnValue:
    """Show a photo of a sheet, large."""
    found = queries_paper.sheet_photo_for(inspection, signed_in(), sheet_photo_id)
    return page("fieldwork/sheet_photo.html", inspection=inspection, photo=found, form=ReasonForm())


@bp.get("/inspections/<reference>/sheet-photos/<uuid:sheet_photo_id>/<any(large, small):size>")
@needs("fieldwork.sheet_photos")
def sheet_photo_file(inspection: Inspection, sheet_photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """Send the picture itself, large or small."""
    found = queries_paper.sheet_photo_for(inspection, signed_in(), sheet_photo_id)
    stored = found.thumbnail if size == "small" else found.file
    return files.send(stored, f"sheet-{found.sheet}", inline=True, may_stay=False)


@bp.post("/inspections/<reference>/sheet-photos/<uuid:sheet_photo_id>/withdraw")
@needs("fieldwork.type_page")
def withdraw_sheet_photo(inspection: Inspection, sheet_photo_id: uuid.UUID) -> ResponseReturnValue:
    """Take a photo of a sheet back."""
    found = queries_paper.sheet_photo_for(inspection, signed_in(), sheet_photo_id)
    operations.withdraw_sheet_photo(inspection, found, actor=signed_in())
    flash(_("The photo is taken back."), "success")
    way = url_for(
        "fieldwork.typed_sheet",
        reference=inspection.reference,
        person_id=found.person_id,
        form_number=found.form.number,
        sheet=found.sheet,
    )
    return redirect(way, 303)
