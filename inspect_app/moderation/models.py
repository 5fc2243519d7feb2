"""Tables about agreed ratings and minority statements."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, uuid_pk


class AgreedRating(Model):
    """What the team decided for one criterion; the originals stay beside it."""

    __tablename__ = "agreed_rating"
    __table_args__ = (UniqueConstraint("inspection_id", "criterion_key", "instance"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    criterion_key: Mapped[str] = mapped_column(String(60))
    instance: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    present: Mapped[list[str]] = mapped_column(JSON)
    saved_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))


class MinorityStatement(Model):
    """A dissent that stands beside an agreed rating, the report, or a reworded passage."""

    __tablename__ = "minority_statement"
    __table_args__ = (
        CheckConstraint("about IN ('agreed_rating', 'report', 'accuracy_point')", name="about"),
        UniqueConstraint("about", "about_id", "person_id"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    about: Mapped[str] = mapped_column(String(20))
    about_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
