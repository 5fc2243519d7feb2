"""Revisions: every saved state of what a person wrote. Nothing is overwritten; the newest stands on top.

*Older* is decided by what an edit was based on and, from one device, by its sequence; never by a tablet's
clock alone. Two edits of which neither knew the other are both kept, and the writer of the second to arrive is
told. Where people write together, the first to arrive stays on top. Where one person's words come from several
tablets, on their way for days, :func:`what_stands` says which is on top, whatever the order in which they arrive.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Uuid, and_, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, db, new_id, uuid_pk
from inspect_app.core.errors import Refused
from inspect_app.core.rows import change, put
from inspect_app.core.time import now


class SavedOtherwise(Refused):
    """The same id came before with other content: a maker of ids made one twice, or somebody plays with them."""

    def __init__(self) -> None:
        super().__init__("This was saved before with other words. Load the page again, then save.", 409)


class Revision(Model):
    """One saved state; ``digest`` is salted, so that text and salt can be purged and a seal still verifies."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_subject_kind_subject_id", "subject_kind", "subject_id", "received_at"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(12), default="en")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    typist_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(20), default="screen")
    based_on_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    device: Mapped[str | None] = mapped_column(String(60))
    sequence: Mapped[int | None] = mapped_column(Integer)
    framework_version_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    captured_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[str | None] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    is_top: Mapped[bool] = mapped_column(default=True)


_KNOWN_AND_ABOVE = select(Revision).where(or_(Revision.id == bindparam("known"), Revision.id == bindparam("above")))


@dataclass(frozen=True)
class Origin:
    """Where a revision comes from: who thought it, who typed it, on what, when, based on what.

    ``may_be_late`` when states of one subject may arrive in another order than they were made.
    """

    author: uuid.UUID
    typist: uuid.UUID | None = None
    source: str = "screen"
    id: uuid.UUID | None = None
    based_on: uuid.UUID | None = None
    device: str | None = None
    sequence: int | None = None
    captured_at: datetime | None = None
    language: str = "en"
    framework_version: uuid.UUID | None = None
    may_be_late: bool = False


@dataclass(frozen=True)
class Saved:
    """What became of a save: the revision, whether it stands on top, and what it did not know of.

    ``top`` stands there now: the revision itself, what stood there before, or (when states of one history arrive
    in another order than they were made) a third one.
    """

    revision: Revision
    on_top: bool
    meanwhile: Revision | None = None
    repeated: bool = False
    top: Revision | None = None


def save(
    subject: tuple[str, uuid.UUID],
    content: Mapping[str, Any],
    origin: Origin,
    *,
    top: uuid.UUID | None,
    inspection: uuid.UUID | None = None,
    read: Iterable[Revision] | None = None,
    decided: Callable[[], Collection[str]] | None = None,
) -> Saved:
    """Keep one state of a subject whose top revision is ``top``.

    ``read`` are the revisions under ``origin.id`` and ``top``, from a caller who has read them already. With
    ``decided`` what stands on top does not depend on the order of arrival; it returns the ids of states on which
    their author has decided (a seal), and is called only where that matters. The same id twice is one revision.
    Raises :class:`SavedOtherwise` when the same id comes with other content; the caller shows the writer both.
    """
    found = {row.id: row for row in (_read(origin.id, top) if read is None else read)}
    known, above = (found.get(one) if one else None for one in (origin.id, top))
    if known is not None:
        if known.content != dict(content) or (known.subject_kind, known.subject_id) != subject:
            raise SavedOtherwise
        return Saved(known, on_top=known.is_top, repeated=True)
    knew = above is None or _follows(origin, above)
    salt = secrets.token_hex(16)
    moment = now()
    revision = Revision(
        id=origin.id or new_id(),
        inspection_id=inspection,
        subject_kind=subject[0],
        subject_id=subject[1],
        content=dict(content),
        language=origin.language,
        author_id=origin.author,
        typist_id=origin.typist,
        source=origin.source,
        based_on_id=origin.based_on,
        device=origin.device,
        sequence=origin.sequence,
        framework_version_id=origin.framework_version,
        captured_at=origin.captured_at or moment,
        received_at=moment,
        salt=salt,
        digest=content_digest(content, salt),
        is_top=knew,
    )
    if knew and above is not None:
        change(above, is_top=False)
    put(revision)
    stands, meanwhile = revision if knew or above is None else above, None if knew else above
    if decided is not None and (not knew or (origin.may_be_late and _is_followed(subject, origin))):
        before, (stands, is_passed) = stands, what_stands(subject, revision, decided())
        meanwhile = None if knew or is_passed else stands if stands is not revision else above
        put_on_top(stands, before)
    return Saved(revision, on_top=stands is revision, meanwhile=meanwhile, top=stands)


def put_on_top(revision: Revision, above: Revision) -> None:
    """Let a state stand where ``above`` stands."""
    if revision is not above:
        change(above, is_top=False)
        change(revision, is_top=True)


def _read(known: uuid.UUID | None, above: uuid.UUID | None) -> Iterable[Revision]:
    """Return what was saved before under an id, and what stands on top: one query."""
    if known is None and above is None:
        return ()
    return db.session.scalars(_KNOWN_AND_ABOVE, {"known": known, "above": above})


def _is_followed(subject: tuple[str, uuid.UUID], origin: Origin) -> bool:
    """Say whether a state that followed this one has arrived before it."""
    of_subject = Revision.subject_kind == subject[0], Revision.subject_id == subject[1]
    by_hand = and_(Revision.device == origin.device, Revision.author_id == origin.author)
    later = or_(Revision.based_on_id == origin.id, and_(by_hand, Revision.sequence > (origin.sequence or 0)))
    return db.session.scalar(select(Revision.id).where(*of_subject, later).limit(1)) is not None


OWN_HAND = frozenset({"screen", "supporter"})
"""How the author's own words come in; what others typed from paper stands below them."""


def what_stands(
    subject: tuple[str, uuid.UUID], newest: Revision, decided: Collection[str] = ()
) -> tuple[Revision, bool]:
    """Return which state of a history stands on top, and whether it knew of ``newest``: whatever arrived first.

    A state that knew another stands above it. Of those that did not know each other the one on which its author has
    decided stands above, then what came by the author's own hand, then what was captured last by the tablets' clocks:
    nothing else can tell, and its author is told.
    """
    db.session.flush()
    rows = {row.id: row for row in history(subject)}
    knew = {row.id: _known_to(row, rows) for row in rows.values()}

    def rank(row: Revision) -> tuple[Any, ...]:
        line = [row, *(rows[one] for one in knew[row.id] if one != row.id)]
        is_decided = any(str(one.id) in decided for one in line)
        is_own = any(one.source in OWN_HAND for one in line)
        return is_decided, is_own, max(one.captured_at for one in line), len(line), row.captured_at, str(row.id)

    stands = max(rows.values(), key=rank)
    return stands, stands is not newest and newest.id in knew[stands.id]


def _known_to(row: Revision, rows: Mapping[uuid.UUID, Revision]) -> set[uuid.UUID]:
    """Return the states that somebody knew of who made this one: what it was based on, and their own before it."""
    found: set[uuid.UUID] = set()
    waiting = [row]
    while waiting:
        one = waiting.pop()
        base = rows.get(one.based_on_id) if one.based_on_id else None
        before = [base] if base is not None else []
        before += [other for other in rows.values() if _is_same_hand(one, other)]
        fresh = [other for other in before if other.id not in found]
        found |= {other.id for other in fresh}
        waiting += fresh
    return found


def _is_same_hand(one: Revision, before: Revision) -> bool:
    same = one.device is not None and (one.device, one.author_id) == (before.device, before.author_id)
    return same and (one.sequence or 0) > (before.sequence or 0)


def _follows(origin: Origin, above: Revision) -> bool:
    """Say whether a save knew of what stands on top: based on it, or by the same device in its turn."""
    if origin.based_on == above.id:
        return True
    same_hand = origin.device is not None and origin.device == above.device and origin.author == above.author_id
    return same_hand and (origin.sequence or 0) > (above.sequence or 0)


def content_digest(content: Mapping[str, Any], salt: str) -> str:
    """Return the salted SHA-256 of a state, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def history(subject: tuple[str, uuid.UUID]) -> Sequence[Revision]:
    """Return every state of a subject, oldest first."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.subject_kind == subject[0], Revision.subject_id == subject[1])
        .order_by(Revision.received_at, Revision.id)
    ).all()


def counts(inspections: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how many revisions each inspection has; one without any is left out."""
    query = select(Revision.inspection_id, func.count()).where(Revision.inspection_id.in_(inspections))
    rows = db.session.execute(query.group_by(Revision.inspection_id)) if inspections else ()
    return {inspection: count for inspection, count in rows if inspection}


def seal_digest(revisions: Sequence[Revision]) -> str:
    """Return one hash over the revisions that a seal covers, whatever their order."""
    lines = sorted(f"{revision.id}:{revision.digest}" for revision in revisions)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
