"""Tables about answers, the improvement plan, updates and verdicts."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.core.files import StoredFile


class Answer(Model):
    """The service's reply to one recommendation; private until it is sent."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(
            "decision IS NULL OR decision IN ('accepted', 'partly', 'not_accepted', 'referred')",
            name="decision",
        ),
        CheckConstraint("sent_at IS NULL OR (decision IS NOT NULL AND reason <> '')", name="sent_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), unique=True)
    decision: Mapped[str | None] = mapped_column(String(14))
    reason: Mapped[str] = mapped_column(Text, default="")
    saved_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FeedbackMeeting(Model):
    """The meeting in which inspectors tell the service what they found."""

    __tablename__ = "feedback_meeting"

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200))
    present: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Action(Model):
    """A commitment of the improvement plan: what, who, by when, how one will see it."""

    __tablename__ = "action"

    id: Mapped[uuid.UUID] = uuid_pk()
    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(160))
    due_on: Mapped[date]
    how_seen: Mapped[str] = mapped_column(Text)
    with_citizens: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Update(Model):
    """What the service reports of a recommendation; ``says_done`` is the service's key and opens a round."""

    __tablename__ = "progress_update"

    id: Mapped[uuid.UUID] = uuid_pk()
    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    action_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("action.id"))
    text: Mapped[str] = mapped_column(Text)
    says_done: Mapped[bool] = mapped_column(default=False)
    posted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    proofs: Mapped[list[Proof]] = relationship(order_by="Proof.id")


class Proof(Model):
    """What an update shows: a photo or a document with a caption."""

    __tablename__ = "proof"

    id: Mapped[uuid.UUID] = uuid_pk()
    update_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("progress_update.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    caption: Mapped[str] = mapped_column(String(300))

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class Verdict(Model):
    """One inspector's word on one claim that something is done."""

    __tablename__ = "verdict"
    __table_args__ = (
        UniqueConstraint("update_id", "person_id"),
        CheckConstraint("word IN ('fixed', 'partly', 'not_fixed', 'cannot_tell')", name="word"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    update_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("progress_update.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    word: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Settlement(Model):
    """How a recommendation ended: confirmed fixed, declined with a reason, or a published disagreement."""

    __tablename__ = "settlement"
    __table_args__ = (CheckConstraint("outcome IN ('fixed', 'declined', 'disagreement')", name="outcome"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), unique=True)
    outcome: Mapped[str] = mapped_column(String(14))
    reason: Mapped[str] = mapped_column(Text)
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)
