"""Photos: add one, see one, take one back. A file is reached through its row, which says who may."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import begin_writing, db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.fieldwork import operations, queries_notes
from inspect_app.fieldwork.forms import EvidenceForm, PhotoForm, SealForm, as_uuid
from inspect_app.fieldwork.operations import Photo
from inspect_app.fieldwork.rules import EvidenceKind, people_words
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
    return _show_form(desk, form)


def _show_form(desk: Desk, form: PhotoForm) -> Response:
    return page("fieldwork/photo_new.html", desk=desk, inspection=desk.inspection, form=form, ways=ways_back(desk))


def _add(desk: Desk, form: PhotoForm) -> ResponseReturnValue:
    try:
        _add_all(desk, form)
    except Refused as refusal:
        if refusal.status not in (413, 422):
            raise
        db.session.rollback()
        form.blame(refusal.sentence, form.photo)
        return _show_form(desk, form), refusal.status
    flash("The photo is safe at the office.", "success")
    return redirect(after_adding(desk, form), 303)


def _add_all(desk: Desk, form: PhotoForm) -> None:
    """Add every photo of the form, or none: several share their words, and are numbered."""
    came = [one for one in form.photo.data or () if one]
    if not came:
        raise Refused("Choose a photo.", 422)
    caption, first = (form.caption.data or "").strip(), as_uuid(form.id.data) or new_id()
    ready = [files.ready_photo(one.stream) for one in came]
    begin_writing()
    for number, (file, data) in enumerate(zip(came, ready, strict=True), 1):
        numbered = f"{caption} ({number} of {len(came)})" if caption and len(came) > 1 else caption
        operations.add_evidence(
            desk.inspection,
            _photo(form, data, file.filename or "photo", numbered),
            actor=desk.person,
            author_id=desk.rater.id,
            # The same form sent twice names the same photos.
            id=first if number == 1 else uuid.uuid5(first, str(number)),
            source=desk.source(form.source.data),
        )


def _photo(form: PhotoForm, data: files.ReadyPhoto, name: str, caption: str) -> Photo:
    return Photo(
        data=data,
        name=name,
        caption=caption,
        seen_by=form.seen_by.data or "",
        people=form.people.data or "",
        people_how=form.people_how.data or "",
        question_key=form.question.data or None,
        observation_id=as_uuid(form.note.data),
    )


def ways_back(desk: Desk) -> dict[str, str]:
    """Return where the pages of photos and sounds lead when all is kept: the list, and any question (its key is -)."""
    listed = (
        desk.address("questions")
        if desk.is_typing
        else url_for("fieldwork.observations", reference=desk.inspection.reference)
    )
    return {"data-href": listed, "data-question": desk.address("question", key="-")}


def after_adding(desk: Desk, form: EvidenceForm) -> str:
    """Return where to go when something was added: back to the question, or to the notes."""
    if form.question.data:
        return desk.address("question", key=form.question.data)
    if desk.is_typing:
        return desk.address("questions")
    return url_for("fieldwork.observations", reference=desk.inspection.reference)


@bp.get("/inspections/<reference>/photos/<uuid:photo_id>")
@needs("fieldwork.observations")
def photo(inspection: Inspection, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Show one photo with its caption."""
    found = queries_notes.evidence_for(inspection, signed_in(), photo_id, EvidenceKind.PHOTO)
    names = names_of({found.author_id, found.typist_id})
    words = people_words(found.kind, found.people, found.people_how)
    return page("fieldwork/photo.html", inspection=inspection, photo=found, names=names, people=words)


@bp.get("/inspections/<reference>/photos/<uuid:photo_id>/<any(large, small):size>")
@needs("fieldwork.observations")
def photo_file(inspection: Inspection, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """Send the picture itself, large or small."""
    found = queries_notes.evidence_for(inspection, signed_in(), photo_id, EvidenceKind.PHOTO)
    stored = found.thumbnail if size == "small" and found.thumbnail else found.file
    return files.send(stored, found.caption, inline=True, may_stay=False)


@bp.route("/inspections/<reference>/photos/<uuid:photo_id>/withdraw", methods=["GET", "POST"])
@needs("fieldwork.own")
def withdraw_photo(inspection: Inspection, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Take a photo back."""
    found = queries_notes.evidence_for(inspection, signed_in(), photo_id, EvidenceKind.PHOTO)
    form = SealForm()
    if form.validate_on_submit():
        operations.withdraw_evidence(found, actor=signed_in(), inspection=inspection)
        flash("The photo is taken back.", "success")
        return redirect(url_for("fieldwork.observations", reference=inspection.reference), 303)
    return page("fieldwork/withdraw_photo.html", inspection=inspection, photo=found, form=form)
