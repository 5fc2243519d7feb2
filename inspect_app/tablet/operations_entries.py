"""The one way in: an entry is stored once, whole, and answered with a receipt over what the database holds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from inspect_app.core.database import begin_writing, db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import SavedOtherwise
from inspect_app.core.time import now
from inspect_app.core.words import _, lazy
from inspect_app.fieldwork.operations import keep_words
from inspect_app.fieldwork.operations.guards import take_turn
from inspect_app.fieldwork.queries import inspection_to_save
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.rules import Stage, is_past, title
from inspect_app.inspections.rules_team import MemberRole, MemberState
from inspect_app.people.models import Person
from inspect_app.people.rules import Role
from inspect_app.tablet import queries
from inspect_app.tablet.entries import Handler, NeedsFile, NotYet, Outcome, handler_of
from inspect_app.tablet.models import ReceivedEntry
from inspect_app.tablet.rules import STATUS, STORED, Entry, State, digest_of

SOMEBODY_ELSE = lazy("Somebody else is signed in. Ask the person who wrote this to sign in: then it is sent.")
BOTH_KEPT = lazy("The office has something else under the same number. Both are kept.")
NOT_OPEN = lazy(
    "The office cannot take this now: this inspection is in “{stage}”. This tablet keeps it and tries again."
)
NOT_KNOWN = lazy("This office cannot take this yet. This tablet keeps it and tries again.")
FOR_YOU_ALONE = lazy("{why} What you sent is kept for you alone.")


@dataclass(frozen=True)
class Answer:
    """What a tablet is told: the state, the HTTP status, and the rest of the receipt."""

    state: State
    status: int
    values: dict[str, Any]

    @property
    def is_stored(self) -> bool:
        """Whether the office has the entry now."""
        return self.state in STORED


def receive(entry: Entry, actor: Person) -> Answer:
    """Store an entry that a person sends, whatever became of its inspection meanwhile; the same text twice is one.

    Begins to write only when all slow work is done. What cannot be stored changes nothing. Raises
    :class:`Refused` (413, 422) when a photo cannot be read.
    """
    if entry.person != actor.id:
        return _answer(entry, Outcome(State.OTHER, {"sentence": SOMEBODY_ELSE}))
    known = queries.received(entry)
    if known is not None:
        return _again(known)
    handler = handler_of(entry.kind)
    if handler is None:
        return _answer(entry, Outcome(State.LATER, {"sentence": NOT_KNOWN}))
    try:
        inspection = inspection_to_save(entry.inspection)
        ready = handler.prepare(entry, actor) if handler.prepare else None
    except NeedsFile as missing:
        return _answer(entry, Outcome(State.NEEDS_FILE, {"files": [missing.digest]}))
    except Refused as refusal:
        return _answer(entry, _no(refusal))
    begin_writing()
    return _store(inspection, entry, actor, handler, ready)


def _store(inspection: Inspection, entry: Entry, actor: Person, handler: Handler, ready: Any) -> Answer:
    take_turn(inspection)
    known = queries.received(entry)
    if known is not None:
        return _again(known)
    outcome = _outcome(inspection, entry, actor, handler, ready)
    if outcome.state not in STORED:
        return _answer(entry, outcome)
    row = ReceivedEntry(
        id=entry.id,
        digest=entry.digest,
        person_id=entry.person,
        inspection_id=inspection.id,
        kind=entry.kind,
        body=None if handler.secret else entry.text,
        state=outcome.state,
        receipt={},
        received_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    stored = entry.text if handler.secret else queries.stored_body(entry) or ""
    answer = _answer(entry, outcome, digest=digest_of(stored), at=row.received_at.isoformat())
    row.receipt = answer.values
    db.session.flush()
    return answer


def _outcome(inspection: Inspection, entry: Entry, actor: Person, handler: Handler, ready: Any) -> Outcome:
    """Say what becomes of an entry, and write it; nothing is written when it is not stored."""
    taken = queries.is_taken(entry)
    if taken and not handler.keeps_both:
        return _keep(inspection, entry, handler, ready, Outcome(State.DIFFERENT, {"sentence": BOTH_KEPT}))
    late = _too_late(inspection, entry, actor) if handler.of_team else None
    if late is not None:
        return late if late.state is not State.KEPT else _keep(inspection, entry, handler, ready, late)
    try:
        with db.session.begin_nested():
            outcome = handler.handle(inspection, entry, actor, ready)
            return Outcome(State.DIFFERENT, {"sentence": BOTH_KEPT, **outcome.more}) if taken else outcome
    except NotYet as missing:
        after = [str(one) for one in missing.after]
        return Outcome(State.WRONG, {"sentence": missing.sentence, "after": after})
    except SavedOtherwise:
        return _keep(inspection, entry, handler, ready, Outcome(State.DIFFERENT, {"sentence": BOTH_KEPT}))
    except Refused as refusal:
        if refusal.status != 409:
            return _no(refusal)
        return _keep(inspection, entry, handler, ready, _kept(refusal.sentence))


def _too_late(inspection: Inspection, entry: Entry, actor: Person) -> Outcome | None:
    """Return what becomes of an entry by somebody who is not on the team (any more) or before the visits begin."""
    member = _place(inspection, entry)
    if member is None and not (entry.is_typed and actor.holds(Role.COORDINATOR)):
        return Outcome(
            State.REFUSED, {"sentence": _("Only an inspector of this team, or who types for one, can do this.")}
        )
    if member is not None and member.state == MemberState.INVITED:
        return Outcome(
            State.REFUSED, {"sentence": _("Say yes to the invitation first. This tablet keeps what you did.")}
        )
    if member is not None and member.state != MemberState.ACCEPTED:
        return _kept(_("You are not on this team any more."))
    if inspection.stage == Stage.FIELDWORK or inspection.stage == Stage.CANCELLED:
        return None
    if not is_past(inspection.stage, Stage.FIELDWORK, inspection.suspended_from):
        return Outcome(State.LATER, {"sentence": NOT_OPEN.format(stage=title(inspection.stage))})
    return None


def _place(inspection: Inspection, entry: Entry) -> Member | None:
    """Return the place on the team from which an entry comes, one that counts before one that ended."""
    role = MemberRole.SUPPORTER if entry.is_typed else MemberRole.INSPECTOR
    ones = [one for one in inspection.members if one.person_id == entry.person and one.role == role]
    ones = [one for one in ones if not entry.is_typed or one.supports_id == entry.author]
    ones.sort(key=lambda one: one.state != MemberState.ACCEPTED)
    return ones[0] if ones else None


def _kept(why: str) -> Outcome:
    return Outcome(State.KEPT, {"sentence": FOR_YOU_ALONE.format(why=why)})


def _keep(inspection: Inspection, entry: Entry, handler: Handler, ready: Any, outcome: Outcome) -> Outcome:
    """Keep what an entry says for its author alone."""
    kept = handler.keep(inspection, entry, ready) if handler.keep else None
    if kept is None:
        return outcome
    author = db.session.get(Person, entry.author)
    if author is None:
        return Outcome(State.REFUSED, {"sentence": _("The office does not know for whom this is.")})
    words = keep_words(inspection, kept.what, kept.content, actor=author, id=uuid.uuid5(entry.id, entry.digest))
    files = words.content.get("files", [])
    return Outcome(outcome.state, {**outcome.more, "files": files} if files else outcome.more)


def _no(refusal: Refused) -> Outcome:
    if refusal.status in (403, 404):
        return Outcome(State.REFUSED, {"sentence": refusal.sentence})
    return Outcome(State.WRONG, {"sentence": refusal.sentence})


def _answer(entry: Entry, outcome: Outcome, **more: str) -> Answer:
    said = {name: str(one) if isinstance(one, str) else one for name, one in outcome.more.items()}  # lazy: said now
    values = {"state": str(outcome.state), "id": str(entry.id), "digest": entry.digest, **more, **said}
    return Answer(outcome.state, STATUS.get(outcome.state, 200), values)


def _again(known: ReceivedEntry) -> Answer:
    """Return the first receipt again."""
    state = State(known.state)
    return Answer(state, STATUS.get(state, 200), dict(known.receipt))
