"""Tables about ratings, observations, evidence and seals."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.core.files import StoredFile
from inspect_app.fieldwork.rules import caption_words, note_words
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.slots import joined


class Rating(Model):
    """The state that stands on top of one rater's revisions for one criterion.

    The rater is an inspector (``rater_id`` is a person) or a service that rates itself (``rater_id`` is a
    service). ``value`` is a point's key, ``not_seen``, ``does_not_apply``, or for other answer types the
    answer as text. ``instance`` says for which of several an answer is, in a theme that is repeated; with ``name-``
    before it the row holds the name of that instance, and ``criterion_key`` is the theme's
    (inspect_app/frameworks/repeats.py).
    """

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("inspection_id", "rater_kind", "rater_id", "criterion_key", "instance"),
        CheckConstraint("rater_kind IN ('inspector', 'service')", name="rater_kind"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    rater_kind: Mapped[str] = mapped_column(String(10))
    rater_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    criterion_key: Mapped[str] = mapped_column(String(60))
    instance: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, default="")
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def question_key(self) -> str:
        """The key of the question, with the instance where its theme is repeated."""
        return joined(self.criterion_key, self.instance)


class Seal(Model):
    """One rater's word that they are done, with the hash over the revisions it covers.

    A seal may be opened by its author, with a reason, before moderation opens; both seals are kept.
    """

    __tablename__ = "seal"
    __table_args__ = (
        UniqueConstraint("inspection_id", "rater_kind", "rater_id", "number"),
        CheckConstraint("(opened_at IS NULL) = (opened_reason IS NULL)", name="opened_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    rater_kind: Mapped[str] = mapped_column(String(10))
    rater_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    number: Mapped[int]
    sealed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revisions: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_reason: Mapped[str | None] = mapped_column(Text)


class Observation(Model):
    """Something seen, heard, asked, read or counted, by one person, at one time; private until they seal."""

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("kind IN ('seen', 'heard', 'asked', 'read', 'counted')", name="kind"),
        CheckConstraint("(kind = 'counted') = (amount IS NOT NULL)", name="counted_has_amount"),
        Index("ix_observation_inspection_id_author_id", "inspection_id", "author_id"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit.id"))
    criterion_key: Mapped[str | None] = mapped_column(String(60))
    instance: Mapped[str] = mapped_column(String(40), default="", server_default="")
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    unit: Mapped[str | None] = mapped_column(String(60))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.added_at")

    @property
    def question_key(self) -> str | None:
        """The key of the question that this is about, with the instance where its theme is repeated."""
        return joined(self.criterion_key, self.instance) if self.criterion_key else None

    @property
    def words(self) -> str:
        """What it says, as people read it."""
        return note_words(self.text)


class Evidence(Model):
    """A photo or a sound, with a caption and who may see it; belongs to an observation, a criterion, or neither.

    ``people`` says whether somebody can be recognised in it, ``people_how`` how they agreed. ``text`` is what a
    sound says, written down by somebody: the words that a report prints.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("kind IN ('photo', 'sound')", name="kind"),
        CheckConstraint("(kind = 'sound') = (seconds IS NOT NULL)", name="sound_has_seconds"),
        CheckConstraint("seen_by IN ('team', 'report')", name="seen_by"),
        CheckConstraint("people IN ('nobody', 'agreed', 'covered')", name="people"),
        CheckConstraint("(text_revision_id IS NULL) = (text_by_id IS NULL)", name="text_whole"),
        Index("ix_evidence_inspection_id_author_id", "inspection_id", "author_id"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    typist_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    observation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("observation.id"))
    criterion_key: Mapped[str | None] = mapped_column(String(60))
    instance: Mapped[str] = mapped_column(String(40), default="", server_default="")
    kind: Mapped[str] = mapped_column(String(10), default="photo", server_default="photo")
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    thumbnail_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    seconds: Mapped[int | None]
    caption: Mapped[str] = mapped_column(String(300))
    seen_by: Mapped[str] = mapped_column(String(10), default="team")
    people: Mapped[str | None] = mapped_column(String(10))
    people_how: Mapped[str] = mapped_column(String(300), default="", server_default="")
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    text_revision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("revision.id"))
    text_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    text_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id], lazy="joined", innerjoin=True)
    thumbnail: Mapped[StoredFile | None] = relationship(foreign_keys=[thumbnail_id])

    @property
    def question_key(self) -> str | None:
        """The key of the question that this belongs to, with the instance where its theme is repeated."""
        return joined(self.criterion_key, self.instance) if self.criterion_key else None

    @property
    def title(self) -> str:
        """Its caption, as people read it."""
        return caption_words(self.caption)


class SheetPhoto(Model):
    """A photo of a sheet of paper that an inspector filled in. It shows ratings: who may see those sees it.

    ``person_id`` is the inspector, ``form_id`` and ``sheet`` (from 1) say which sheet it is.
    """

    __tablename__ = "sheet_photo"
    __table_args__ = (Index("ix_sheet_photo_inspection_id_person_id", "inspection_id", "person_id"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    form_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("paper_form.id"))
    sheet: Mapped[int]
    typist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    thumbnail_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id])
    thumbnail: Mapped[StoredFile] = relationship(foreign_keys=[thumbnail_id])
    form: Mapped[PaperForm] = relationship()


class SheetTyping(Model):
    """What one person typed from a sheet that is to be typed twice; revisions of it hold the answers.

    ``turn`` is 1 for who typed first and asked for a second, 2 for that second, who saw nothing of the first. The
    sheet is settled, on the second, when each difference is decided.
    """

    __tablename__ = "sheet_typing"
    __table_args__ = (
        UniqueConstraint("form_id", "person_id", "sheet", "turn"),
        CheckConstraint("turn IN (1, 2)", name="turn_known"),
        CheckConstraint("settled_at IS NULL OR turn = 2", name="settled_second"),
        Index("ix_sheet_typing_inspection_id", "inspection_id"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    form_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("paper_form.id"))
    sheet: Mapped[int]
    turn: Mapped[int]
    typist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    form: Mapped[PaperForm] = relationship()


class KeptWords(Model):
    """What somebody typed and could not save in time (the stage moved on): kept for them alone."""

    __tablename__ = "kept_words"

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
