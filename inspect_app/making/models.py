"""Tables about questions that are made together."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.frameworks.models import FrameworkDraft
from inspect_app.making.rules import Step
from inspect_app.people.models import Person


class Gathering(Model):
    """What belongs to making one draft together: what is asked first, and how far it is."""

    __tablename__ = "gathering"
    __table_args__ = (
        CheckConstraint("step IN ('words', 'round', 'done')", name="step_known"),
        CheckConstraint("(step = 'words') = (round_at IS NULL)", name="round_whole"),
        CheckConstraint("(step = 'done') = (done_at IS NOT NULL)", name="done_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework_draft.id"), unique=True)
    question: Mapped[str] = mapped_column(String(300))
    step: Mapped[str] = mapped_column(String(10), default=Step.WORDS)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    round_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    draft: Mapped[FrameworkDraft] = relationship()
    voices: Mapped[list[Voice]] = relationship(back_populates="gathering", order_by="Voice.asked_at")


class Voice(Model):
    """Somebody who is asked, and for which side they speak; ``left_at`` when they are asked no more."""

    __tablename__ = "voice"
    __table_args__ = (
        UniqueConstraint("gathering_id", "person_id"),
        CheckConstraint("side IN ('citizen', 'service', 'partner')", name="side_known"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    gathering: Mapped[Gathering] = relationship(back_populates="voices")
    person: Mapped[Person] = relationship()


class Saying(Model):
    """What a voice says in its own words; ``place`` is where it was put: ``theme/KEY``, ``question/KEY``, or ""."""

    __tablename__ = "saying"

    id: Mapped[uuid.UUID] = uuid_pk()
    voice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("voice.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(80), default="")
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)

    voice: Mapped[Voice] = relationship()


class QuestionWeight(Model):
    """How much a question matters to a voice, from 1 to 5."""

    __tablename__ = "question_weight"
    __table_args__ = (
        UniqueConstraint("voice_id", "criterion_key"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight_known"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    voice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("voice.id"))
    criterion_key: Mapped[str] = mapped_column(String(60))
    weight: Mapped[int]


class QuestionComment(Model):
    """What a voice says about a question, and how it was answered. ``asked`` is the question as it stood then."""

    __tablename__ = "question_comment"
    __table_args__ = (
        UniqueConstraint("voice_id", "criterion_key"),
        CheckConstraint("outcome IN ('changed', 'kept')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_whole"),
        CheckConstraint("(outcome IS NULL) = (answer = '')", name="answer_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    voice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("voice.id"))
    criterion_key: Mapped[str] = mapped_column(String(60))
    asked: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    voice: Mapped[Voice] = relationship()
