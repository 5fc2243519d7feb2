"""Photos: add one, see one, take one back. A file is reached through its row, which says who may."""

from __future__ import annotations

import uuid

from flask import Response, request
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import begin_writing, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import operations, queries_notes
from inspect_app.fieldwork.forms import PhotoForm, as_uuid
from inspect_app.fieldwork.operations import Photo
from inspect_app.fieldwork.rules import EvidenceKind, people_words
from inspect_app.fieldwork.views_desk import Desk, own_desk
from inspect_app.fieldwork.views_evidence import about, add, begin, by, ways_back, withdraw
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
        return add(
            desk,
            form,
            form.photo,
            lambda: _store_all(desk, form),
            lambda: _show_form(desk, form),
            _("The photo is safe at the office."),
        )
    begin(form)
    return _show_form(desk, form)


def _show_form(desk: Desk, form: PhotoForm) -> Response:
    return page("fieldwork/photo_new.html", desk=desk, inspection=desk.inspection, form=form, ways=ways_back(desk))


def _store_all(desk: Desk, form: PhotoForm) -> None:
    """Add every photo of the form, or none: several share their words, and are numbered."""
    came = [one for one in form.photo.data or () if one]
    if not came:
        raise Refused(_("Choose a photo."), 422)
    caption, first = (form.caption.data or "").strip(), as_uuid(form.id.data) or new_id()
    ready = [files.ready_photo(one.stream) for one in came]
    begin_writing()
    for number, (file, data) in enumerate(zip(came, ready, strict=True), 1):
        numbered = (
            _("%(caption)s (%(number)s of %(count)s)", caption=caption, number=number, count=len(came))
            if caption and len(came) > 1
            else caption
        )
        operations.add_evidence(
            desk.inspection,
            Photo(data=data, name=file.filename or "photo", caption=numbered, **about(form)),
            # The same form sent twice names the same photos.
            id=first if number == 1 else uuid.uuid5(first, str(number)),
            **by(desk, form),
        )


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
    return withdraw(inspection, found, _("The photo is taken back."))
