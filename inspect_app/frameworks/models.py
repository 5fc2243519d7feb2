"""Tables about frameworks. Texts are kept by language and variant: ``{"en": {"plain": …, "easy": …}}``."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.frameworks.rules import AnswerType

Texts = dict[str, dict[str, str]]


class Framework(Model):
    """A framework; its key stays the same across versions."""

    __tablename__ = "framework"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(String(60), unique=True)

    versions: Mapped[list[FrameworkVersion]] = relationship(
        back_populates="framework", order_by="FrameworkVersion.number"
    )


class FrameworkVersion(Model):
    """One published state of a framework; it never changes."""

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

    framework: Mapped[Framework] = relationship(back_populates="versions")
    scales: Mapped[list[Scale]] = relationship(order_by="Scale.position")
    themes: Mapped[list[Theme]] = relationship(order_by="Theme.position")


class Scale(Model):
    """A scale of a version."""

    __tablename__ = "scale"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework_version.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    titles: Mapped[Texts] = mapped_column(JSON)

    points: Mapped[list[Point]] = relationship(order_by="Point.position")


class Point(Model):
    """One point of a scale; position 0 is the worst."""

    __tablename__ = "point"
    __table_args__ = (UniqueConstraint("scale_id", "key"), UniqueConstraint("scale_id", "position"))

    id: Mapped[uuid.UUID] = uuid_pk()
    scale_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("scale.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    labels: Mapped[Texts] = mapped_column(JSON)
    descriptors: Mapped[Texts] = mapped_column(JSON)


class Theme(Model):
    """A theme groups criteria."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework_version.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    titles: Mapped[Texts] = mapped_column(JSON)

    criteria: Mapped[list[Criterion]] = relationship(order_by="Criterion.position", back_populates="theme")


class Criterion(Model):
    """One question: a plain statement that is rated or answered."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework_version.id"))
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    statements: Mapped[Texts] = mapped_column(JSON)
    prompts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    answer_type: Mapped[str] = mapped_column(String(20), default=AnswerType.SCALE)
    scale_key: Mapped[str | None] = mapped_column(String(60))
    may_be_not_seen: Mapped[bool] = mapped_column(default=True)
    may_not_apply: Mapped[bool] = mapped_column(default=True)
    symbol: Mapped[str | None] = mapped_column(String(60))

    theme: Mapped[Theme] = relationship(back_populates="criteria")
