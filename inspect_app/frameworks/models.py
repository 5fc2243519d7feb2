"""Tables about frameworks. What a version says is kept whole, in the structure of its file (docs/frameworks.md)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.core.files import StoredFile
from inspect_app.frameworks.rules import DraftState
from inspect_app.people.models import Person


class Framework(Model):
    """A framework; its key stays the same across versions."""

    __tablename__ = "framework"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(String(60), unique=True)

    versions: Mapped[list[FrameworkVersion]] = relationship(
        back_populates="framework", order_by="FrameworkVersion.number"
    )


class FrameworkVersion(Model):
    """One published state of a framework; ``document`` is all it says, and never changes.

    A version that is retired is not offered for new inspections; those that use it keep it.
    """

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
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    document: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)

    framework: Mapped[Framework] = relationship(back_populates="versions")


class FrameworkDraft(Model):
    """Questions that are still being made. ``document`` is what they say now, in the structure of a file.

    ``made`` remembers which key the parts got that were added last, by the id of the form that added them. ``brought``
    holds, for a draft that a file began, each thing that did not come over as it stands there (sheet, row, column,
    sentence).
    """

    __tablename__ = "framework_draft"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (state = 'open')", name="ended_whole"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    state: Mapped[str] = mapped_column(String(12), default=DraftState.OPEN)
    title: Mapped[str] = mapped_column(String(160))
    document: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    made: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    brought: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    based_on_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("framework_version.id"))
    version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("framework_version.id"))
    begun_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    based_on: Mapped[FrameworkVersion | None] = relationship(foreign_keys=[based_on_id])
    version: Mapped[FrameworkVersion | None] = relationship(foreign_keys=[version_id])
    changed_by: Mapped[Person] = relationship(foreign_keys=[changed_by_id])


class PaperForm(Model):
    """Questions printed to be filled in by hand: for whom, how, the PDF, and which questions stand on which sheet.

    ``inspection_id`` is the inspection's for which it is; without one it is for nobody in particular. Forms are
    numbered within their inspection, as the code on each sheet says which one it is of. ``owner`` holds the words about
    it (reference, title, person), ``code`` what the code on a sheet says before the sheet's number. ``sheets`` holds,
    for each sheet, the questions (key, repeat) that begin on it. ``digest`` is that of all that is printed.
    """

    __tablename__ = "paper_form"
    __table_args__ = (
        UniqueConstraint("inspection_id", "number"),
        CheckConstraint("(file_id IS NULL) = (sheets IS NULL)", name="made_whole"),
        CheckConstraint("(version_id IS NULL) <> (draft_id IS NULL)", name="of_one"),
        CheckConstraint("(number IS NULL) = (inspection_id IS NULL)", name="number_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("framework_version.id"), index=True)
    draft_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("framework_draft.id"), index=True)
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    number: Mapped[int | None]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    edition: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(40))
    copies: Mapped[int]
    is_booklet: Mapped[bool]
    owner: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    code: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    sheets: Mapped[list[list[tuple[str, int]]] | None] = mapped_column(JSON(none_as_null=True))
    file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile | None] = relationship()


class FrameworkTranslation(Model):
    """The words of one section of a published version in another language, as they stand; revisions hold the others."""

    __tablename__ = "framework_translation"
    __table_args__ = (UniqueConstraint("version_id", "language", "section"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework_version.id"))
    language: Mapped[str] = mapped_column(String(40))
    section: Mapped[str] = mapped_column(String(80))
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
