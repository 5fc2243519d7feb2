"""Tables about frameworks. What a version says is kept whole, in the structure of its file (docs/frameworks.md)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk


class Framework(Model):
    """A framework; its key stays the same across versions."""

    __tablename__ = "framework"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(String(60), unique=True)

    versions: Mapped[list[FrameworkVersion]] = relationship(
        back_populates="framework", order_by="FrameworkVersion.number"
    )


class FrameworkVersion(Model):
    """One published state of a framework; ``document`` is all it says, and never changes."""

    __tablename__ = "framework_version"
    __table_args__ = (UniqueConstraint("framework_id", "number"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    framework_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)

    document: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)

    framework: Mapped[Framework] = relationship(back_populates="versions")
