"""Sounds: record or add one, listen, write down what is said, take it back."""

from __future__ import annotations

import uuid

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import may, needs, signed_in
from inspect_app.core.database import begin_writing, keep_despite_refusal
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import operations, queries_notes
from inspect_app.fieldwork.forms import SoundForm, WordsForm, as_uuid
from inspect_app.fieldwork.models import Evidence
from inspect_app.fieldwork.operations import Sound
from inspect_app.fieldwork.rules import EvidenceKind, people_words, seconds_words
from inspect_app.fieldwork.views_desk import Desk, own_desk
from inspect_app.fieldwork.views_evidence import about, add, begin, by, ways_back, withdraw
from inspect_app.fieldwork.views_outbox import saves
from inspect_app.fieldwork.views_room import bp
from inspect_app.inspections.models import Inspection
from inspect_app.people.queries import names_of

ONE = "/inspections/<reference>/sounds/<uuid:sound_id>"


@bp.route("/inspections/<reference>/sounds/new", methods=["GET", "POST"])
@saves("fieldwork.own", begins=False)
def add_sound(inspection: Inspection) -> ResponseReturnValue:
    """Record a sound, or add one; with ``?as=note`` it stands for the text of a new note."""
    return add_sound_at(own_desk(inspection))


def add_sound_at(desk: Desk) -> ResponseReturnValue:
    """Record or add a sound at any desk."""
    form = SoundForm()
    if request.method == "POST":
        return add(
            desk,
            form,
            form.sound,
            lambda: _store(desk, form),
            lambda: _show_form(desk, form),
            _("The recording is safe at the office."),
        )
    begin(form)
    return _show_form(desk, form)


def _show_form(desk: Desk, form: SoundForm) -> Response:
    as_note = request.args.get("as") == "note" or bool(form.spoken.data)
    longest = int(current_app.config["MAX_SOUND_SECONDS"])
    return page(
        "fieldwork/sound_new.html",
        desk=desk,
        inspection=desk.inspection,
        form=form,
        as_note=as_note,
        longest=files.minutes(longest),
        ways=ways_back(desk),
    )


def _store(desk: Desk, form: SoundForm) -> None:
    if not form.sound.data:
        raise Refused(_("Choose a recording."), 422)
    sound = Sound(
        data=files.ready_sound(form.sound.data.stream),
        name=form.sound.data.filename or "recording",
        caption=form.caption.data or "",
        seconds=form.length(),
        spoken=form.spoken.data or None,
        visit_id=as_uuid(form.visit.data),
        **about(form),
    )
    begin_writing()
    operations.add_sound(desk.inspection, sound, id=as_uuid(form.id.data), **by(desk, form))


@bp.route(ONE, methods=["GET", "POST"])
@saves("fieldwork.observations")
def sound(inspection: Inspection, sound_id: uuid.UUID) -> ResponseReturnValue:
    """Listen to one sound, read what it says, or write that down."""
    found = _found(inspection, sound_id)
    form = WordsForm()
    if request.method == "POST":
        return _write_down(inspection, found, form)
    form.begin(signed_in().id, found.text_revision_id)
    form.text.data = found.text
    return _show(inspection, found, form)


def _write_down(inspection: Inspection, found: Evidence, form: WordsForm) -> ResponseReturnValue:
    try:
        sent = form.sent("screen")
        saved = operations.write_down(inspection, found, form.text.data or "", actor=signed_in(), sent=sent)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.text.errors = [refusal.sentence]
        return _show(inspection, found, form), 422
    if not saved.on_top and not saved.repeated:
        keep_despite_refusal()
        form.begin(signed_in().id, found.text_revision_id)
        return _show(inspection, found, form, meanwhile=found.text), 409
    flash(_("The words are safe."), "success")
    return redirect(url_for("fieldwork.sound", reference=inspection.reference, sound_id=found.id), 303)


def _show(inspection: Inspection, found: Evidence, form: WordsForm, meanwhile: str | None = None) -> Response:
    writes = may(signed_in(), "fieldwork.write_down", inspection)
    return page(
        "fieldwork/sound.html",
        inspection=inspection,
        sound=found,
        names=names_of({found.author_id, found.typist_id, found.text_by_id}),
        people=people_words(found.kind, found.people, found.people_how),
        length=seconds_words(found.seconds),
        form=form,
        writes=writes and operations.may_write_down(inspection, found, signed_in()),
        meanwhile=meanwhile,
    )


@bp.get(f"{ONE}/file")
@needs("fieldwork.observations")
def sound_file(inspection: Inspection, sound_id: uuid.UUID) -> ResponseReturnValue:
    """Send the sound itself, in the pieces that a player asks for."""
    found = _found(inspection, sound_id)
    return files.send(found.file, found.caption, inline=True, may_stay=False)


@bp.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@needs("fieldwork.own")
def withdraw_sound(inspection: Inspection, sound_id: uuid.UUID) -> ResponseReturnValue:
    """Take a sound back."""
    return withdraw(inspection, _found(inspection, sound_id), _("The recording is taken back."))


def _found(inspection: Inspection, sound_id: uuid.UUID) -> Evidence:
    return queries_notes.evidence_for(inspection, signed_in(), sound_id, EvidenceKind.SOUND)
