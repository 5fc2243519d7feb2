"""Entries about ratings and seals, stored by the same operations as the pages'."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision, Saved
from inspect_app.core.words import _, lazy, mark
from inspect_app.fieldwork import operations
from inspect_app.fieldwork.models import Seal
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.queries import seal_of, supported_by
from inspect_app.fieldwork.rules import Rater, RaterKind, Source
from inspect_app.frameworks.answers import value_of
from inspect_app.frameworks.models import FrameworkVersion
from inspect_app.frameworks.queries import criteria_of, question_of, question_read
from inspect_app.frameworks.repeats import find
from inspect_app.frameworks.rules import Question
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.tablet import queries
from inspect_app.tablet.entries import Handler, Kept, NotYet, Outcome, handles
from inspect_app.tablet.rules import UNREADABLE, Entry, Kind, State

GONE = lazy("This question has changed since you answered it.")
NO_SEAL = lazy("This seal was open already.")
SEALED_BEFORE = lazy("You had sealed before, on another tablet. That seal holds.")
NOT_ALL_HERE = lazy("Some answers have not reached the office yet. They go first, then your seal.")
SEAL_NOT_HERE = lazy("Your seal has not reached the office yet. It goes first.")


def register() -> None:
    """Register how these kinds of entry are stored."""
    handles(Kind.RATING, Handler(_rate, keep=_keep_rating))
    handles(Kind.SEAL, Handler(_seal))
    handles(Kind.SEAL_OPENED, Handler(_open_seal, keep=_keep_reason))


def sent_by(inspection: Inspection, entry: Entry) -> Sent:
    """Return how an entry came, as the operations of fieldwork want to know it."""
    return Sent(
        id=entry.id,
        based_on=entry.based_on,
        device=entry.device,
        sequence=entry.sequence,
        captured_at=entry.captured_at,
        source=source_of(inspection, entry),
        form=entry.form if entry.form and db.session.get(FrameworkVersion, entry.form) else None,
        is_own_state=True,
    )


def source_of(inspection: Inspection, entry: Entry) -> str:
    """Return how what an entry holds came in: by the author's own hand, their supporter's, or from paper."""
    if not entry.is_typed:
        return Source.SCREEN
    return Source.SUPPORTER if entry.author in supported_by(inspection, entry.person) else Source.PAPER


def require_same_question(inspection: Inspection, entry: Entry, key: str | None) -> None:
    """Raise Refused (409) when the question that an entry answers is not there any more, or asks something else."""
    if key is None:
        return
    now = find(criteria_of(inspection.framework_version_id), key)
    before = question_then(entry, key) or now
    if now is None or before is None or _asks(now) != _asks(before):
        raise Refused(GONE)


def question_then(entry: Entry, key: str) -> Question | None:
    """Return a question as the author saw it; None when nobody knows that version or it had no such question."""
    if entry.form is None or db.session.get(FrameworkVersion, entry.form) is None:
        return None
    return find(criteria_of(entry.form), key)


def _asks(question: Question) -> tuple[object, ...]:
    points = tuple((one.key, one.label, one.position) for one in question.points)
    options = tuple((one.key, one.label) for one in question.options)
    return question.statement, question.answer_type, points, options, question.unit


def _rate(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    key = entry.words("question")
    require_same_question(inspection, entry, key)
    question = question_of(inspection.framework_version_id, key)
    value = value_of(question, entry.words("value"))
    saved = operations.capture(
        inspection,
        key,
        value,
        entry.words("reason").strip(),
        actor=actor,
        rater=Rater(RaterKind.INSPECTOR, entry.author),
        sent=sent_by(inspection, entry),
    )
    read = question_read(inspection.framework_version_id, key)
    return told(inspection, entry, saved, lambda content: read.words(content.get("value")) or _("No answer yet"))


def told(inspection: Inspection, entry: Entry, saved: Saved, words: Any) -> Outcome:
    """Return what a tablet is told of a state that was saved: on top, older, or beside what somebody else wrote."""
    above, revision = saved.meanwhile, {"revision": str(saved.revision.id)}
    if above is None:
        return Outcome(State.SAFE if saved.on_top or saved.repeated else State.OLDER, revision)
    hidden = entry.is_typed and source_of(inspection, entry) != Source.SUPPORTER and above.typist_id != entry.person
    if hidden:
        return Outcome(State.TWO, {**revision, "shown": False, "words": "", "reason": "", "below": saved.on_top})
    content = above.content or {}
    said = {"words": words(content), "reason": content.get("reason") or content.get("text") or ""}
    return Outcome(State.TWO, {**revision, **said, "shown": True, "below": saved.on_top, "other": str(above.id)})


def _keep_rating(inspection: Inspection, entry: Entry, _ready: Any) -> Kept:
    key, value = entry.words("question"), entry.maybe_words("value")
    question = question_then(entry, key) or find(criteria_of(inspection.framework_version_id), key)
    words = question.words(value) if question else value or ""
    content = {"question": key, "value": value, "reason": entry.words("reason").strip(), "words": words}
    return Kept(question.statement if question else mark("An answer"), content)


def _keep_reason(_inspection: Inspection, entry: Entry, _ready: Any) -> Kept | None:
    reason = entry.words("reason").strip()
    return Kept(mark("Why you opened your seal"), {"reason": reason}) if reason else None


def _seal(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    _require_own(entry)
    covers = _listed(entry)
    standing = seal_of(inspection, Rater(RaterKind.INSPECTOR, actor.id))
    if standing is not None:
        return Outcome(State.OLDER, {"revision": str(standing.id), "sentence": SEALED_BEFORE})
    known = set(db.session.scalars(select(Revision.id).where(Revision.id.in_(covers))))
    missing = sorted(set(covers) - known - queries.kept_among(covers, entry.person))
    if missing:
        raise NotYet(NOT_ALL_HERE, missing)
    seal = operations.seal(inspection, actor=actor, covers=covers, id=entry.id)
    return Outcome(State.SAFE, {"revision": str(seal.id)})


def _open_seal(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    _require_own(entry)
    if entry.based_on is not None and db.session.get(Seal, entry.based_on) is None:
        raise NotYet(SEAL_NOT_HERE, [entry.based_on])
    standing = seal_of(inspection, Rater(RaterKind.INSPECTOR, actor.id))
    if standing is None or entry.based_on not in (None, standing.id):
        return Outcome(State.OLDER, {"sentence": NO_SEAL})
    operations.open_seal(inspection, entry.words("reason"), actor=actor)
    return Outcome()


def _require_own(entry: Entry) -> None:
    if entry.is_typed:
        raise Refused(_("Only the inspector themselves can seal their ratings."), 403)


def _listed(entry: Entry) -> list[uuid.UUID]:
    listed = entry.content.get("revisions")
    if not isinstance(listed, list):
        raise Refused(UNREADABLE, 422)
    found = []
    for one in listed:
        try:
            found.append(uuid.UUID(one))
        except (ValueError, TypeError, AttributeError) as fault:
            raise Refused(UNREADABLE, 422) from fault
    return found
