"""Report a hazard, look after it, say what was done, close it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from inspect_app.concerns import queries, queries_hazards
from inspect_app.concerns.models import Hazard, HazardNote
from inspect_app.concerns.operations.shared import Received, other_id, require_part, whose
from inspect_app.concerns.rules import State, clean, digest, moment_of, wrong_hazard, wrong_words
from inspect_app.core import journal, time
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.people.models import Person


def report_hazard(
    inspection: Inspection,
    *,
    actor: Person,
    id: uuid.UUID,  # noqa: A002  # whoever creates a thing names it
    what: str,
    where: str,
    visit: uuid.UUID | None = None,
    captured_at: datetime | None = None,
    author: uuid.UUID | None = None,
) -> Received:
    """Take in that something is dangerous; the service and the coordinator hear at once.

    The same id with the same words is one; with other words both are kept. A ``visit`` of another inspection is left
    out. Raises Refused: 403 for somebody without any part, 422 without words or with too many.
    """
    require_part(actor, inspection)
    words, place = clean(what), clean(where)
    if wrong := wrong_hazard(words, place):
        raise Refused(wrong, 422)
    raiser = whose(author, actor, inspection)
    mark = digest({"what": words, "where": place}, str(raiser))
    for wanted in (id, other_id(id, actor, mark)):
        hazard, is_new = _take_in(wanted, inspection, (words, place), visit, (raiser, actor.id), captured_at)
        if is_new or (hazard.what, hazard.place, hazard.typed_by_id) == (words, place, actor.id):
            break
    return Received(hazard.id, hazard.received_at, repeated=not is_new, different=hazard.id != id)


def _take_in(
    wanted: uuid.UUID,
    inspection: Inspection,
    said: tuple[str, str],
    visit: uuid.UUID | None,
    people: tuple[uuid.UUID, uuid.UUID],
    captured_at: datetime | None,
) -> tuple[Hazard, bool]:
    """Keep a hazard, and say whether it is new: the same id may arrive on another way at the same moment."""
    known = db.session.get(Hazard, wanted)
    if known is not None:
        return known, False
    moment = time.now()
    hazard = Hazard(
        id=wanted,
        inspection_id=inspection.id,
        visit_id=visit if visit in {one.id for one in inspection.visits} else None,
        reported_by_id=people[0],
        typed_by_id=people[1],
        what=said[0],
        place=said[1],
        state=State.NEW,
        captured_at=moment_of(captured_at, moment),
        received_at=moment,
        acknowledge_by=moment + timedelta(hours=queries.times().hazard_hours),
    )
    try:
        with db.session.begin_nested():
            db.session.add(hazard)
    except IntegrityError:
        return db.session.get_one(Hazard, wanted, populate_existing=True), False
    _note("hazard.reported", hazard, people[1])
    return hazard, True


def acknowledge_hazard(inspection: Inspection, hazard_id: uuid.UUID, *, actor: Person) -> Hazard:
    """Say that one looks after a hazard. When somebody else said so first, nothing changes: the page says who.

    Raises Refused: 403 wrong person, 404 none of this inspection.
    """
    hazard = _locked(inspection, hazard_id, actor)
    if hazard.state == State.NEW:
        hazard.state, hazard.acknowledged_at, hazard.acknowledged_by_id = State.ACKNOWLEDGED, time.now(), actor.id
        db.session.flush()
        _note("hazard.acknowledged", hazard, actor.id)
    return hazard


def note_hazard(
    inspection: Inspection,
    hazard_id: uuid.UUID,
    text: str,
    *,
    actor: Person,
    id: uuid.UUID | None = None,  # noqa: A002
) -> HazardNote:
    """Write what was done about a hazard; the same id twice is one note.

    Raises Refused: 403 wrong person, 404 none of this inspection, 422 without words.
    """
    hazard = _locked(inspection, hazard_id, actor)
    known = db.session.get(HazardNote, id) if id else None
    if known is not None and known.hazard_id == hazard.id:
        return known
    note = _write(hazard, text, id if id and known is None else new_id(), actor)
    _note("hazard.noted", hazard, actor.id)
    return note


def close_hazard(inspection: Inspection, hazard_id: uuid.UUID, done: str, *, actor: Person) -> Hazard:
    """Say that it is not dangerous any more, and what was done.

    Raises Refused: 403 wrong person, 404 none of this inspection, 409 before somebody looks after it or when it is
    closed, 422 without words.
    """
    hazard = _locked(inspection, hazard_id, actor)
    if hazard.state == State.NEW:
        raise Refused(_("Say first that you look after it."))
    if hazard.state == State.CLOSED:
        raise Refused(_("Somebody else closed it meanwhile. Load the page again to see what they wrote."))
    _write(hazard, done, new_id(), actor)
    hazard.state, hazard.closed_at, hazard.closed_by_id = State.CLOSED, time.now(), actor.id
    db.session.flush()
    _note("hazard.closed", hazard, actor.id)
    return hazard


def remind_of(hazard: Hazard) -> None:
    """Ask the coordinators about a hazard that nobody answered in time; once."""
    hazard.reminded_at = time.now()
    db.session.flush()
    _note("hazard.reminded", hazard, None)


def _locked(inspection: Inspection, hazard_id: uuid.UUID, actor: Person) -> Hazard:
    guard(actor, "hazards.answer", inspection)
    return queries_hazards.hazard_of(inspection, hazard_id, locked=True)


def _write(hazard: Hazard, text: str, note_id: uuid.UUID, actor: Person) -> HazardNote:
    words = clean(text)
    if wrong := wrong_words(words, _("Write what was done.")):
        raise Refused(wrong, 422)
    note = HazardNote(id=note_id, hazard_id=hazard.id, author_id=actor.id, text=words, written_at=time.now())
    db.session.add(note)
    db.session.flush()
    return note


def _note(kind: str, hazard: Hazard, actor: uuid.UUID | None) -> None:
    journal.append(kind, actor=actor, inspection=hazard.inspection_id, about=("hazard", hazard.id))
