"""Tables about concerns, hazards and who looks after safeguarding."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.inspections.models import Inspection, Visit
from inspect_app.people.models import Person


class Safeguarding(Model):
    """How the programme looks after safeguarding: whom to ring, and how long things may take (hours, days)."""

    __tablename__ = "safeguarding"
    __table_args__ = (
        CheckConstraint("concern_hours > 0 AND urgent_hours > 0 AND hazard_hours > 0", name="hours"),
        CheckConstraint("keep_days > 0", name="keep_days"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    answers: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))
    other_answers: Mapped[str | None] = mapped_column(String(120))
    other_phone: Mapped[str | None] = mapped_column(String(40))
    emergency_phone: Mapped[str] = mapped_column(String(40))
    concern_hours: Mapped[int]
    urgent_hours: Mapped[int]
    hazard_hours: Mapped[int]
    keep_days: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Concern(Model):
    """A safeguarding concern. ``kept_from`` lists the people (identifiers) who are involved and never read it.

    ``digest`` is salted: purging deletes the words and the salt, and the restricted journal still holds.
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'acknowledged', 'closed')", name="state_known"),
        CheckConstraint("(state = 'new') = (acknowledged_at IS NULL)", name="acknowledged_whole"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_whole"),
        CheckConstraint("(what IS NULL) = (purged_at IS NOT NULL)", name="purged_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    raised_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    typed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str | None] = mapped_column(Text)
    who: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    is_now: Mapped[bool] = mapped_column(default=False)
    about_lead: Mapped[bool] = mapped_column(default=False)
    kept_from: Mapped[list[str]] = mapped_column(JSON)
    salt: Mapped[str | None] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), default="new", index=True)
    captured_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledge_by: Mapped[datetime] = mapped_column(UtcDateTime)
    deputy_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str | None] = mapped_column(Text)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    inspection: Mapped[Inspection] = relationship()
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    typed_by: Mapped[Person] = relationship(foreign_keys=[typed_by_id])
    acknowledged_by: Mapped[Person | None] = relationship(foreign_keys=[acknowledged_by_id])
    notes: Mapped[list[ConcernNote]] = relationship(order_by="ConcernNote.written_at")


class ConcernNote(Model):
    """What somebody who looks after a concern wrote down about it."""

    __tablename__ = "concern_note"

    id: Mapped[uuid.UUID] = uuid_pk()
    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    author: Mapped[Person] = relationship()


class Hazard(Model):
    """Something that is dangerous at a place now; the service, the coordinator and the team see it."""

    __tablename__ = "hazard"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'acknowledged', 'closed')", name="state_known"),
        CheckConstraint("(state = 'new') = (acknowledged_at IS NULL)", name="acknowledged_whole"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_whole"),
        Index("ix_hazard_inspection_id_state", "inspection_id", "state"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit.id"))
    reported_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    typed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="new")
    captured_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledge_by: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    visit: Mapped[Visit | None] = relationship()
    reported_by: Mapped[Person] = relationship(foreign_keys=[reported_by_id])
    acknowledged_by: Mapped[Person | None] = relationship(foreign_keys=[acknowledged_by_id])
    notes: Mapped[list[HazardNote]] = relationship(order_by="HazardNote.written_at")


class HazardNote(Model):
    """What was done about a hazard."""

    __tablename__ = "hazard_note"

    id: Mapped[uuid.UUID] = uuid_pk()
    hazard_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hazard.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    author: Mapped[Person] = relationship()
