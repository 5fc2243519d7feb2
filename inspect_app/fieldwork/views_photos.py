"""Photos: add one, see one, take one back. A file is reached through its row, which says who may."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import begin_writing, db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.fieldwork import operations, queries_notes
from inspect_app.fieldwork.forms import PhotoForm, SealForm, as_uuid
from inspect_app.fieldwork.operations import Photo
from inspect_app.fieldwork.views_desk import Desk, own_desk
from inspect_app.fieldwork.views_outbox import saves
from inspect_app.fieldwork.views_room import bp
from inspect_app.inspections.models import Inspection
from inspect_app.people.queries import names_of


@bp.route("/inspections/<reference>/photos/new", methods=["GET", "POST"])
@saves("fieldwork.own", begins=False)
def add_photo(inspection: Inspection) -> ResponseReturnValue:
    """Add a photo."""
    return add_photo_at(own_desk(inspection))


def add_photo_at(desk: Desk) -> ResponseReturnValue:
    """Add a photo at any desk."""
    form = PhotoForm()
    if request.method == "POST":
        return _add(desk, form)
    form.id.data = str(new_id())
    form.question.data, form.note.data = request.args.get("question", ""), request.args.get("note", "")
    return page("fieldwork/photo_new.html", desk=desk, inspection=desk.inspection, form=form)


def _add(desk: Desk, form: PhotoForm) -> ResponseReturnValue:
    try:
        if not form.photo.data:
            raise Refused("Choose a photo.", 422)
        photo = _photo(form)
        begin_writing()
        operations.add_evidence(
            desk.inspection,
            photo,
            actor=desk.person,
            author_id=desk.rater.id,
            id=as_uuid(form.id.data),
            source=desk.source(form.source.data),
        )
    except Refused as refusal:
        if refusal.status not in (413, 422):
            raise
        db.session.rollback()
        field = form.caption if "photo shows" in refusal.sentence else form.photo
        field.errors = [refusal.sentence]
        shown = page("fieldwork/photo_new.html", desk=desk, inspection=desk.inspection, form=form)
        return shown, refusal.status
    flash("The photo is safe at the office.", "success")
    if form.question.data:
        return redirect(desk.address("question", key=form.question.data), 303)
    if desk.is_typing:
        return redirect(desk.address("questions"), 303)
    return redirect(url_for("fieldwork.observations", reference=desk.inspection.reference), 303)


def _photo(form: PhotoForm) -> Photo:
    return Photo(
        data=files.ready_photo(form.photo.data.stream),
        name=form.photo.data.filename or "photo",
        caption=form.caption.data or "",
        seen_by=form.seen_by.data or "",
        people_agreed=bool(form.people_agreed.data),
        question_key=form.question.data or None,
        observation_id=as_uuid(form.note.data),
    )


@bp.get("/inspections/<reference>/photos/<uuid:photo_id>")
@needs("fieldwork.observations")
def photo(inspection: Inspection, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Show one photo with its caption."""
    found = queries_notes.evidence_for(inspection, signed_in(), photo_id)
    names = names_of({found.author_id, found.typist_id})
    return page("fieldwork/photo.html", inspection=inspection, photo=found, names=names)


@bp.get("/inspections/<reference>/photos/<uuid:photo_id>/<any(large, small):size>")
@needs("fieldwork.observations")
def photo_file(inspection: Inspection, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """Send the picture itself, large or small."""
    found = queries_notes.evidence_for(inspection, signed_in(), photo_id)
    stored = found.thumbnail if size == "small" and found.thumbnail else found.file
    return files.send(stored, found.caption, inline=True)


@bp.route("/inspections/<reference>/photos/<uuid:photo_id>/withdraw", methods=["GET", "POST"])
@needs("fieldwork.own")
def withdraw_photo(inspection: Inspection, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Take a photo back."""
    found = queries_notes.evidence_for(inspection, signed_in(), photo_id)
    form = SealForm()
    if form.validate_on_submit():
        operations.withdraw_evidence(found, actor=signed_in(), inspection=inspection)
        flash("The photo is taken back.", "success")
        return redirect(url_for("fieldwork.observations", reference=inspection.reference), 303)
    return page("fieldwork/withdraw_photo.html", inspection=inspection, photo=found, form=form)
