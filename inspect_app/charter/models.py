"""Tables about charters, and about the time that was given or taken."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk


class Charter(Model):
    """One version of a co-production charter; it never changes."""

    __tablename__ = "charter"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(Text)
    promises: Mapped[list[str]] = mapped_column(JSON)
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    commitments: Mapped[list[Commitment]] = relationship(order_by="Commitment.position")


class Commitment(Model):
    """Who owes what to whom, within which time after which event."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("charter_id", "key"),
        CheckConstraint("unit IN ('working_days', 'calendar_days', 'months')", name="unit"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    charter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("charter.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(String(300))
    side: Mapped[str] = mapped_column(String(20))
    owed_to: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(60))
    which: Mapped[str] = mapped_column(String(10), default="first")
    or_over: Mapped[str | None] = mapped_column(String(60))
    until: Mapped[str] = mapped_column(String(60))
    or_until: Mapped[str | None] = mapped_column(String(60))
    lapses: Mapped[str | None] = mapped_column(String(60))
    when_over: Mapped[str | None] = mapped_column(String(30))
    source: Mapped[str | None] = mapped_column(String(300))


class Extension(Model):
    """More time that a side asked for on one commitment of one inspection, and what was decided."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (granted IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_whole",
        ),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    commitment_key: Mapped[str] = mapped_column(String(60))
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    granted: Mapped[bool | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)


class HolidayList(Model):
    """The public holidays of one year, as they were known at a moment; rows are added, never changed.

    ``number`` counts the lists of a year, so that of two workers only one can note what is new.
    """

    __tablename__ = "holiday_list"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    year: Mapped[int]
    number: Mapped[int]
    country: Mapped[str] = mapped_column(String(2))
    subdivision: Mapped[str | None] = mapped_column(String(10))
    days: Mapped[list[str]] = mapped_column(JSON)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
