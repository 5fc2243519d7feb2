"""Raise a concern, look after it, close it, forget its words."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from inspect_app.concerns import queries
from inspect_app.concerns.models import Concern, ConcernNote
from inspect_app.concerns.operations.shared import Received, other_id, require_part, whose
from inspect_app.concerns.rules import State, Told, clean, digest, moment_of, wrong_concern, wrong_words
from inspect_app.core import journal, time
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


def raise_concern(
    inspection: Inspection,
    *,
    actor: Person,
    id: uuid.UUID,  # noqa: A002  # whoever creates a thing names it
    what: str,
    who: str | None = None,
    where: str | None = None,
    now: bool = False,
    about_lead: bool = False,
    captured_at: datetime | None = None,
    author: uuid.UUID | None = None,
) -> Received:
    """Take in a safeguarding concern; it goes at once to the safeguarding lead, or to the deputy.

    The same id with the same words is one. The same id with other words never loses anything: both are kept, the
    second under an id made from both. ``now`` says that somebody may be harmed right now, ``about_lead`` that the
    lead is involved. Raises Refused: 403 for somebody without any part, 422 without words or with too many.
    """
    require_part(actor, inspection)
    told = Told(clean(what), clean(who) or None, clean(where) or None, bool(now), bool(about_lead))
    if wrong := wrong_concern(told):
        raise Refused(wrong, 422)
    raiser = whose(author, actor, inspection)
    other = other_id(id, actor, digest(told.as_facts(), str(raiser)))
    for wanted in (id, other):
        concern, is_new = _take_in(wanted, inspection, told, (raiser, actor.id), captured_at)
        if is_new or _is_the_same(concern, told, actor):
            break
    # Where neither fits, the words of the second came before and were forgotten since.
    return Received(concern.id, concern.received_at, repeated=not is_new, different=concern.id != id)


def _is_the_same(known: Concern, told: Told, actor: Person) -> bool:
    is_theirs = actor.id in (known.raised_by_id, known.typed_by_id)
    return is_theirs and known.salt is not None and known.digest == digest(told.as_facts(), known.salt)


def _take_in(
    wanted: uuid.UUID,
    inspection: Inspection,
    told: Told,
    people: tuple[uuid.UUID, uuid.UUID],
    captured_at: datetime | None,
) -> tuple[Concern, bool]:
    """Keep a concern, and say whether it is new: the same id may arrive on another way at the same moment."""
    known = db.session.get(Concern, wanted)
    if known is not None:
        return known, False
    moment, heads, salt = time.now(), queries.leads(), secrets.token_hex(16)
    concern = Concern(
        id=wanted,
        inspection_id=inspection.id,
        raised_by_id=people[0],
        typed_by_id=people[1],
        what=told.what,
        who=told.who,
        place=told.where,
        is_now=told.now,
        about_lead=told.about_lead,
        kept_from=[str(one.id) for one in heads] if told.about_lead else [],
        salt=salt,
        digest=digest(told.as_facts(), salt),
        state=State.NEW,
        captured_at=moment_of(captured_at, moment),
        received_at=moment,
        acknowledge_by=queries.times().acknowledge_by(moment, now=told.now),
        deputy_since=moment if told.about_lead or not heads else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(concern)
    except IntegrityError:
        return db.session.get_one(Concern, wanted, populate_existing=True), False
    _note("concern.raised", concern, people[1], digest=concern.digest)
    return concern, True


def acknowledge(concern_id: uuid.UUID, *, actor: Person) -> Concern:
    """Say that one looks after a concern. When somebody else said so first, nothing changes: the page says who.

    Raises Refused (404) for whoever may not read it.
    """
    concern = queries.concern_for(actor, concern_id, locked=True)
    if concern.state == State.NEW:
        concern.state, concern.acknowledged_at, concern.acknowledged_by_id = State.ACKNOWLEDGED, time.now(), actor.id
        db.session.flush()
        _note("concern.acknowledged", concern, actor.id)
    return concern


def add_note(
    concern_id: uuid.UUID,
    text: str,
    *,
    actor: Person,
    id: uuid.UUID | None = None,  # noqa: A002
) -> ConcernNote:
    """Write down what was done or heard; the same id twice is one note.

    Raises Refused: 404 for whoever may not read it, 409 when its words were forgotten, 422 without words.
    """
    concern = queries.concern_for(actor, concern_id, locked=True)
    known = db.session.get(ConcernNote, id) if id else None
    if known is not None and known.concern_id == concern.id:
        return known
    if concern.purged_at is not None:
        raise Refused(_("The words of this concern were forgotten. Nothing more can be written here."))
    words = _said(text, _("Write your note."))
    note = ConcernNote(
        id=id if id and known is None else new_id(),
        concern_id=concern.id,
        author_id=actor.id,
        text=words,
        written_at=time.now(),
    )
    db.session.add(note)
    db.session.flush()
    _note("concern.noted", concern, actor.id, note=str(note.id))
    return note


def close(concern_id: uuid.UUID, outcome: str, *, actor: Person) -> Concern:
    """Close a concern with what came of it.

    Raises Refused: 404 for whoever may not read it, 409 before somebody looks after it or when it is closed, 422
    without words.
    """
    concern = queries.concern_for(actor, concern_id, locked=True)
    if concern.state == State.NEW:
        raise Refused(_("Say first that you look after it."))
    if concern.state == State.CLOSED:
        raise Refused(_("Somebody else closed it meanwhile. Your words were not kept: add them as a note."))
    concern.outcome = _said(outcome, _("Write what came of it."))
    concern.state, concern.closed_at, concern.closed_by_id = State.CLOSED, time.now(), actor.id
    db.session.flush()
    _note("concern.closed", concern, actor.id)
    return concern


def _said(words: str, question: str) -> str:
    text = clean(words)
    if wrong := wrong_words(text, question):
        raise Refused(wrong, 422)
    return text


def ask_again(concern: Concern) -> None:
    """Hand a concern that nobody answered in time on to the deputy; from the second time on, ask both again."""
    first = concern.deputy_since is None
    concern.deputy_since = concern.deputy_since or time.now()
    concern.reminders += 1
    concern.reminded_at = time.now()
    db.session.flush()
    _note("concern.handed_on" if first else "concern.reminded", concern, None, count=concern.reminders)


def purge(concern: Concern) -> None:
    """Forget the words of a closed concern and of its notes; digest, people and times stay."""
    if concern.state != State.CLOSED or concern.purged_at is not None:
        return
    for note in concern.notes:
        note.text = None
    concern.purged_at = time.now()
    concern.what = concern.who = concern.place = concern.outcome = concern.salt = None
    db.session.flush()
    _note("concern.purged", concern, None, digest=concern.digest)


def forgotten_after() -> datetime:
    """Return the moment before which a concern must have been closed for its words to be forgotten now."""
    return time.now() - timedelta(days=queries.times().keep_days)


def _note(kind: str, concern: Concern, actor: uuid.UUID | None, **facts: object) -> None:
    journal.append(kind, actor=actor, about=("concern", concern.id), facts=facts)
