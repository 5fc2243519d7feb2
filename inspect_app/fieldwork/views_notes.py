"""Notes: what inspectors saw, heard, asked, read and counted."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from inspect_app.core.access import may, needs, signed_in
from inspect_app.core.database import db, keep_despite_refusal, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import day_words, page
from inspect_app.core.words import _, mark
from inspect_app.fieldwork import operations, queries, queries_notes
from inspect_app.fieldwork.forms import NoteForm, ReasonForm, as_uuid
from inspect_app.fieldwork.models import Observation
from inspect_app.fieldwork.operations import Note
from inspect_app.fieldwork.queries_sheet import sheet_of
from inspect_app.fieldwork.rules import KIND_NAMES, SOURCE_NAMES, ObservationKind, Rater, amount_words, seconds_words
from inspect_app.fieldwork.views_desk import Desk, own_desk
from inspect_app.fieldwork.views_outbox import (
    by_script,
    kept_for_you,
    said,
    saves,
)
from inspect_app.fieldwork.views_room import bp
from inspect_app.frameworks.queries import criteria_read
from inspect_app.frameworks.repeats import expanded, repeated
from inspect_app.inspections.models import Inspection
from inspect_app.people.queries import names_of

NO_ID = uuid.UUID(int=0)
NO_NOTE = SimpleNamespace(
    id=NO_ID,
    kind="",
    text="",
    words="",
    amount=None,
    unit="",
    noted_at=None,
    criterion_key=None,
    evidence=(),
    revision_id=None,
)
"""Stands in a pattern for a note that the tablet fills in, and its identifier for that of the note."""


@bp.get("/inspections/<reference>/observations")
@needs("fieldwork.observations")
def observations(inspection: Inspection) -> ResponseReturnValue:
    """Show a person's own notes, and those of others that they may see."""
    me = signed_in()
    seen = queries_notes.visible_observations(inspection, me)
    loose = [one for one in queries_notes.visible_evidence(inspection, me) if one.observation_id is None]
    return page(
        "fieldwork/observations.html",
        **notes_values(inspection, takes_part=bool(may(me, "fieldwork.own", inspection))),
        mine=[one for one in seen if one.author_id == me.id],
        others=[one for one in seen if one.author_id != me.id],
        helped=queries.supported_by(inspection, me.id),
        loose=loose,
        length=seconds_words,
        names=names_of({one.author_id for one in seen} | {one.author_id for one in loose}),
        typed=queries_notes.typists([one.revision_id for one in seen]),
    )


def notes_values(inspection: Inspection, *, takes_part: bool) -> dict[str, Any]:
    """Return what the list of notes shows beside the notes; ``pattern`` is what a tablet copies for those it keeps."""
    return {
        "inspection": inspection,
        "questions": {one.key: one.statement for one in criteria_read(inspection.framework_version_id)},
        "kind_names": {kind: str(name) for kind, name in KIND_NAMES.items()},
        "kind_words": {kind: _(kind).capitalize() for kind in ObservationKind},
        "source_names": SOURCE_NAMES,
        "amount_words": amount_words,
        "pattern": NO_NOTE if takes_part else None,
    }


@bp.route("/inspections/<reference>/observations/new", methods=["GET", "POST"])
@saves("fieldwork.own")
def add_note(inspection: Inspection) -> ResponseReturnValue:
    """Note something."""
    return add_note_at(own_desk(inspection))


@bp.route("/inspections/<reference>/observations/<uuid:note_id>", methods=["GET", "POST"])
@saves("fieldwork.own")
def note(inspection: Inspection, note_id: uuid.UUID) -> ResponseReturnValue:
    """Change one's own note."""
    return change_note_at(own_desk(inspection), note_id)


def change_note_at(desk: Desk, note_id: uuid.UUID) -> ResponseReturnValue:
    """Change a note of the inspector whose desk this is: one's own, or as a supporter that of whom one helps."""
    standing = queries_notes.observation_for(desk.inspection, desk.person, note_id)
    if standing.author_id != desk.rater.id or (desk.is_typing and not desk.is_support):
        raise Refused(_("Only the person who wrote this note, or their supporter, can change it."), 403)
    form = note_form(desk.inspection, desk.rater)
    if request.method == "POST":
        return _save(desk, form, standing)
    form.begin(desk.person.id, standing.revision_id)
    _fill(form, standing)
    return _show(desk, form, standing)


def add_note_at(desk: Desk) -> ResponseReturnValue:
    """Note something at any desk: one's own, or that of the inspector for whom one types."""
    form = note_form(desk.inspection, desk.rater)
    if request.method == "POST":
        return _save(desk, form, None)
    form.begin(desk.person.id, None)
    form.note.data = str(new_id())
    form.question.data = request.args.get("question", "")
    form.visit.data = _visit_today(desk.inspection)
    return _show(desk, form, None)


@bp.route("/inspections/<reference>/observations/<uuid:note_id>/withdraw", methods=["GET", "POST"])
@needs("fieldwork.own")
def withdraw_note(inspection: Inspection, note_id: uuid.UUID) -> ResponseReturnValue:
    """Take a note back, with a reason."""
    standing = queries_notes.observation_for(inspection, signed_in(), note_id)
    form, status = ReasonForm(), 200
    if form.validate_on_submit():
        try:
            operations.withdraw_observation(standing, form.reason.data or "", actor=signed_in(), inspection=inspection)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            form.reason.errors, status = [refusal.sentence], 422
        else:
            flash(_("The note is taken back."), "success")
            return redirect(url_for("fieldwork.observations", reference=inspection.reference), 303)
    return page("fieldwork/withdraw_note.html", inspection=inspection, note=standing, form=form), status


def _save(desk: Desk, form: NoteForm, standing: Observation | None) -> ResponseReturnValue:
    try:
        observation, saved = operations.capture_observation(
            desk.inspection,
            _note(form),
            actor=desk.person,
            author_id=desk.rater.id,
            id=standing.id if standing else as_uuid(form.note.data),
            sent=form.sent(desk.source(form.source.data)),
        )
    except Refused as refusal:
        return _refused(desk, form, standing, refusal)
    if saved.meanwhile is not None:
        keep_despite_refusal()
        text = (saved.meanwhile.content or {}).get("text", "")
        if by_script():
            return said("two", 409, words="", reason=text, revision=str(observation.revision_id), shown=True)
        form.begin(desk.person.id, observation.revision_id)
        return _show(desk, form, standing, meanwhile=text), 409
    if by_script():
        return said("safe", revision=str(saved.revision.id), at=saved.revision.received_at.isoformat())
    flash(_("Your note is safe."), "success")
    if observation.question_key:
        return redirect(desk.address("question", key=observation.question_key), 303)
    if desk.is_typing:
        return redirect(desk.address("questions"), 303)
    return redirect(url_for("fieldwork.observations", reference=desk.inspection.reference), 303)


def _refused(desk: Desk, form: NoteForm, standing: Observation | None, refusal: Refused) -> ResponseReturnValue:
    db.session.rollback()
    if refusal.status == 422:
        if by_script():
            return said("wrong", 422, sentence=refusal.sentence)
        return _show(desk, form, standing, error=refusal.sentence), 422
    if refusal.status != 409:
        raise refusal
    kept = bool((form.text.data or "").strip())
    if kept:
        operations.keep_words(
            desk.inspection,
            mark("A note"),
            {"reason": form.text.data},
            actor=desk.person,
            id=as_uuid(form.revision.data),
        )
        keep_despite_refusal()
    sentence = kept_for_you(refusal.sentence) if kept else refusal.sentence
    if by_script():
        return said("kept", 409, sentence=sentence)
    return page("fieldwork/too_late.html", desk=desk, inspection=desk.inspection, sentence=sentence, kept=kept), 409


def _note(form: NoteForm) -> Note:
    return Note(
        kind=form.kind.data or "",
        text=form.text.data or "",
        amount=form.number() if form.kind.data == ObservationKind.COUNTED else None,
        unit=form.unit.data,
        question_key=form.question.data or None,
        visit_id=as_uuid(form.visit.data),
    )


def note_form(inspection: Inspection, rater: Rater | None = None) -> NoteForm:
    """Return an empty form with the questions and visits that a note can be about.

    Those of a repeated theme stand there for each instance of the rater; without one a tablet adds them.
    """
    form = NoteForm()
    questions = criteria_read(inspection.framework_version_id)
    if repeated(questions):
        questions = sheet_of(inspection, rater).questions if rater else expanded(questions, {})
    form.question.choices = [SelectChoice("", _("No question"))] + [
        SelectChoice(one.key, one.whole) for one in questions if not one.is_name
    ]
    visits = [visit for visit in inspection.visits if visit.cancelled_at is None]
    form.visit.choices = [SelectChoice("", _("No visit"))] + [
        SelectChoice(str(visit.id), _("%(day)s: %(place)s", day=day_words(visit.starts_at), place=visit.place))
        for visit in visits
    ]
    return form


def _fill(form: NoteForm, standing: Observation) -> None:
    form.note.data, form.kind.data, form.text.data = str(standing.id), standing.kind, standing.text
    form.amount.data = amount_words(standing.amount) if standing.amount is not None else ""
    form.unit.data, form.question.data = standing.unit, standing.question_key or ""
    form.visit.data = str(standing.visit_id) if standing.visit_id else ""
    if form.question.data not in {one.value for one in form.question.choices}:  # its instance was taken back
        form.question.choices.append(SelectChoice(form.question.data, _("A question that is not asked any more")))


def _visit_today(inspection: Inspection) -> str:
    today = local_day(now(), zone())
    ones = [one for one in inspection.visits if one.cancelled_at is None]
    return next((str(one.id) for one in ones if local_day(one.starts_at, zone()) == today), "")


def _show(
    desk: Desk,
    form: NoteForm,
    standing: Observation | None,
    *,
    error: str | None = None,
    meanwhile: str | None = None,
) -> Response:
    return page(
        "fieldwork/note.html",
        desk=desk,
        inspection=desk.inspection,
        form=form,
        note=standing,
        error=error,
        meanwhile=meanwhile,
    )
