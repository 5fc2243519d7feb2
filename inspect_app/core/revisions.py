"""Revisions: every saved state of what a person wrote. Nothing is overwritten; the newest stands on top.

*Older* is decided by what an edit was based on and, from one device, by its sequence; never by a tablet's
clock alone. Two edits based on the same revision are both kept; the first to arrive stays on top and the
writer of the second is told.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Uuid, bindparam, func, or_, select
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
    """Where a revision comes from: who thought it, who typed it, on what, when, based on what."""

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


@dataclass(frozen=True)
class Saved:
    """What became of a save: the revision, whether it stands on top, and what stood there meanwhile."""

    revision: Revision
    on_top: bool
    meanwhile: Revision | None = None
    repeated: bool = False


def save(
    subject: tuple[str, uuid.UUID],
    content: Mapping[str, Any],
    origin: Origin,
    *,
    top: uuid.UUID | None,
    inspection: uuid.UUID | None = None,
    read: Iterable[Revision] | None = None,
) -> Saved:
    """Keep one state of a subject whose top revision is ``top``.

    ``read`` are the revisions under ``origin.id`` and ``top``, from a caller who has read them already. The same
    id twice is one revision. Raises :class:`SavedOtherwise` when the same id comes with other content; the caller
    shows the writer both.
    """
    found = {row.id: row for row in (_read(origin.id, top) if read is None else read)}
    known, above = (found.get(one) if one else None for one in (origin.id, top))
    if known is not None:
        if known.content != dict(content) or (known.subject_kind, known.subject_id) != subject:
            raise SavedOtherwise
        return Saved(known, on_top=known.is_top, repeated=True)
    on_top = above is None or _follows(origin, above)
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
        is_top=on_top,
    )
    if on_top and above is not None:
        change(above, is_top=False)
    put(revision)
    return Saved(revision, on_top=on_top, meanwhile=None if on_top else above)


def _read(known: uuid.UUID | None, above: uuid.UUID | None) -> Iterable[Revision]:
    """Return what was saved before under an id, and what stands on top: one query."""
    if known is None and above is None:
        return ()
    return db.session.scalars(_KNOWN_AND_ABOVE, {"known": known, "above": above})


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
