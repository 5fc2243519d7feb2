"""Tables about what tablets send, and about the keys that lock what lies on them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, uuid_pk


class ReceivedEntry(Model):
    """One entry that the office has stored, byte for byte, and the receipt that it gave.

    The same text twice is one row. The same id with another text is a second row: both are kept. The body of a
    safeguarding concern is never written down here.
    """

    __tablename__ = "received_entry"
    __table_args__ = (
        CheckConstraint("state IN ('safe', 'older', 'two', 'kept', 'different')", name="state"),
        Index("ix_received_entry_inspection_id_person_id", "inspection_id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    kind: Mapped[str] = mapped_column(String(30))
    body: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Upload(Model):
    """A photo or a sound on its way, in pieces; ``offset`` is how many of its bytes are safe on the disk."""

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint('size > 0 AND "offset" >= 0 AND "offset" <= size', name="offset_within_size"),
        Index("ix_upload_person_id_sha256", "person_id", "sha256"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(Integer, default=0)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeviceKey(Model):
    """The key that locks what one person has on one tablet: always the same, however often they sign in."""

    __tablename__ = "device_key"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(44))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
