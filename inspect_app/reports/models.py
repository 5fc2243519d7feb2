"""Tables about findings, recommendations, drafts, accuracy points and editions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.core.files import StoredFile
from inspect_app.services.models import Service


class ReportSection(Model):
    """One part of the report's running text."""

    __tablename__ = "report_section"
    __table_args__ = (UniqueConstraint("inspection_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="")
    revision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("revision.id"))


class Finding(Model):
    """A strength or an area for improvement."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("inspection_id", "number"),
        CheckConstraint("kind IN ('strength', 'improvement')", name="kind"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    basis: Mapped[list[FindingBasis]] = relationship(order_by="FindingBasis.position", cascade="all, delete-orphan")


class FindingBasis(Model):
    """What a finding stands on: an observation, a piece of evidence, or the agreed rating of a criterion."""

    __tablename__ = "finding_basis"
    __table_args__ = (
        UniqueConstraint("finding_id", "observation_id"),
        UniqueConstraint("finding_id", "criterion_key"),
        CheckConstraint("(observation_id IS NULL) <> (criterion_key IS NULL)", name="one_basis"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"))
    position: Mapped[int]
    observation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("observation.id"))
    criterion_key: Mapped[str | None] = mapped_column(String(60))


class Recommendation(Model):
    """What the team asks for; numbered; addressed to one service; stands on findings."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("inspection_id", "number"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("revision.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    service: Mapped[Service] = relationship(lazy="joined", innerjoin=True)
    findings: Mapped[list[Finding]] = relationship(secondary="recommendation_basis", order_by="Finding.number")


class RecommendationBasis(Model):
    """Which findings a recommendation stands on."""

    __tablename__ = "recommendation_basis"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    finding_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("finding.id"), primary_key=True)


class ReportDraft(Model):
    """A frozen state of the report: its content with numbered paragraphs, and its PDF when that is made."""

    __tablename__ = "report_draft"
    __table_args__ = (UniqueConstraint("inspection_id", "number"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    written_digest: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    job_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)

    file: Mapped[StoredFile | None] = relationship()


class Confirmation(Model):
    """That an inspector read a draft and says it tells what was seen (or stands by a minority statement)."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("draft_id", "person_id"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_draft.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    agrees: Mapped[bool]
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccuracyPoint(Model):
    """The service's challenge to one passage of the sent draft, decided with a reason."""

    __tablename__ = "accuracy_point"
    __table_args__ = (
        CheckConstraint("decision IS NULL OR decision IN ('upheld', 'partly', 'rejected')", name="decision"),
        CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by_id IS NULL) "
            "AND (decision IS NULL) = (decision_reason IS NULL)",
            name="decided_whole",
        ),
        CheckConstraint(
            "(new_words IS NULL) = (reworded_at IS NULL) AND (new_words IS NULL) = (reworded_by_id IS NULL) "
            "AND (new_words IS NULL) = (new_paragraph IS NULL)",
            name="reworded_whole",
        ),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_draft.id"), index=True)
    paragraph: Mapped[str] = mapped_column(String(20))
    quote: Mapped[str] = mapped_column(Text)
    challenge: Mapped[str] = mapped_column(Text)
    raised_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(10))
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    new_words: Mapped[str | None] = mapped_column(Text)
    new_paragraph: Mapped[str | None] = mapped_column(Text)
    reworded_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    reworded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Edition(Model):
    """A published state of the report; made once, stored with its hash, never changed."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("inspection_id", "number"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    journal_head: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    job_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    file: Mapped[StoredFile | None] = relationship()
