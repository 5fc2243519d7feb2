"""What the pages of photos and sounds share: a form that begins, is sent and leads on; taking one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from inspect_app.core.access import signed_in
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.fieldwork import operations
from inspect_app.fieldwork.forms import EvidenceForm, SealForm, as_uuid
from inspect_app.fieldwork.models import Evidence
from inspect_app.fieldwork.views_desk import Desk
from inspect_app.inspections.models import Inspection


def begin(form: EvidenceForm) -> None:
    """Fill in which photo or sound this will be, and what it is about."""
    form.id.data = str(new_id())
    form.question.data, form.note.data = request.args.get("question", ""), request.args.get("note", "")


def add(
    desk: Desk, form: EvidenceForm, file: Field, store: Callable[[], None], show: Callable[[], Response], said: str
) -> ResponseReturnValue:
    """Store what was sent and go on with ``said``; what cannot be stored as it is comes back with the reason."""
    try:
        store()
    except Refused as refusal:
        if refusal.status not in (413, 422):
            raise
        db.session.rollback()
        form.blame(refusal.sentence, file)
        return show(), refusal.status
    flash(said, "success")
    if form.question.data:
        return redirect(desk.address("question", key=form.question.data), 303)
    return redirect(ways_back(desk)["data-href"], 303)


def about(form: EvidenceForm) -> dict[str, Any]:
    """Return what a form says of a photo or a sound alike."""
    return {
        "seen_by": form.seen_by.data or "",
        "people": form.people.data or "",
        "people_how": form.people_how.data or "",
        "question_key": form.question.data or None,
        "observation_id": as_uuid(form.note.data),
    }


def by(desk: Desk, form: EvidenceForm) -> dict[str, Any]:
    """Return who adds something at a desk, for whom, and how it came."""
    return {"actor": desk.person, "author_id": desk.rater.id, "source": desk.source(form.source.data)}


def ways_back(desk: Desk) -> dict[str, str]:
    """Return where the pages of photos and sounds lead when all is kept: the list, and any question (its key is -)."""
    listed = (
        desk.address("questions")
        if desk.is_typing
        else url_for("fieldwork.observations", reference=desk.inspection.reference)
    )
    return {"data-href": listed, "data-question": desk.address("question", key="-")}


def withdraw(inspection: Inspection, found: Evidence, said: str) -> ResponseReturnValue:
    """Take a photo or a sound back."""
    form = SealForm()
    if form.validate_on_submit():
        operations.withdraw_evidence(found, actor=signed_in(), inspection=inspection)
        flash(said, "success")
        return redirect(url_for("fieldwork.observations", reference=inspection.reference), 303)
    one = request.path.removesuffix("/withdraw")
    return page("fieldwork/withdraw_evidence.html", inspection=inspection, evidence=found, one=one, form=form)
