"""Tables about inspections, their teams, visits, documents and hours."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.charter.models import Charter
from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.core.files import StoredFile
from inspect_app.core.words import _
from inspect_app.frameworks.models import FrameworkVersion
from inspect_app.inspections.rules import FEEDBACK_MEETING, Stage
from inspect_app.inspections.rules_team import reason_words
from inspect_app.people.models import Person
from inspect_app.services.models import Service, Site


class Kind(Model):
    """A kind of inspection: full, Look See, peer review, practice …; all of it is data."""

    __tablename__ = "inspection_kind"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(Text)
    team_min: Mapped[int]
    team_max: Mapped[int]
    rating: Mapped[str] = mapped_column(String(10))  # alone | together
    practice: Mapped[bool] = mapped_column(default=False)
    leaves_out: Mapped[list[str]] = mapped_column(JSON)
    required_training: Mapped[list[str]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)


class Course(Model):
    """A training that inspectors can take; a kind can require it."""

    __tablename__ = "course"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(Text)


class Inspection(Model):
    """One look at one service, or several that belong together, with one framework version by one team."""

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("stage IN (" + ", ".join(f"'{stage}'" for stage in Stage) + ")", name="stage"),
        CheckConstraint("(stage = 'suspended') = (suspended_from IS NOT NULL)", name="suspended_from"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    reference: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    kind_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection_kind.id"))
    framework_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("framework_version.id"))
    charter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("charter.id"))
    scope: Mapped[str | None] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(20), default=Stage.PLANNING, index=True)
    suspended_from: Mapped[str | None] = mapped_column(String(20))
    halt_reason: Mapped[str | None] = mapped_column(Text)
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    language: Mapped[str] = mapped_column(String(12), default="en")
    copied_from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inspection.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    kind: Mapped[Kind] = relationship(lazy="joined", innerjoin=True)
    framework_version: Mapped[FrameworkVersion | None] = relationship()
    charter: Mapped[Charter | None] = relationship()
    contact: Mapped[Person] = relationship(foreign_keys=[contact_id])
    services: Mapped[list[Service]] = relationship(secondary="inspected_service", order_by="Service.name")
    members: Mapped[list[Member]] = relationship(back_populates="inspection", order_by="Member.invited_at")
    visits: Mapped[list[Visit]] = relationship(back_populates="inspection", order_by="Visit.starts_at")
    documents: Mapped[list[Document]] = relationship(order_by="Document.added_at")
    agreements: Mapped[list[Agreement]] = relationship(order_by="Agreement.agreed_at")
    waivers: Mapped[list[Waiver]] = relationship(order_by="Waiver.decided_at")


class InspectedService(Model):
    """Which services an inspection looks at."""

    __tablename__ = "inspected_service"

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)


class Member(Model):
    """Somebody on an inspection: inspector, supporter of one inspector, or the reviewer (who goes on no visit)."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("inspection_id", "person_id", "role"),
        CheckConstraint("role IN ('inspector', 'supporter', 'reviewer')", name="role"),
        CheckConstraint("state IN ('invited', 'accepted', 'declined', 'conflict', 'released')", name="state"),
        CheckConstraint("(state = 'invited') = (answered_at IS NULL)", name="answered_whole"),
        CheckConstraint("(role = 'supporter') = (supports_id IS NOT NULL)", name="supporter_supports"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    is_lead: Mapped[bool] = mapped_column(default=False)
    supports_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(20), default="invited")
    state_reason: Mapped[str | None] = mapped_column(Text)
    no_conflict_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    inspection: Mapped[Inspection] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined", innerjoin=True)

    @property
    def why(self) -> str:
        """Why they are not on the team, or what ties them, as people read it; empty where nothing was said."""
        return reason_words(self.state_reason or "")


class SupporterWish(Model):
    """The supporter whom an inspector wants, and what the coordinator said; one open wish for each inspector."""

    __tablename__ = "supporter_wish"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'agreed', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("tie IN ('relative', 'friend', 'fellow', 'other')", name="tie"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_whole"),
        Index(
            "uq_supporter_wish_open",
            "inspection_id",
            "inspector_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    inspector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120))
    tie: Mapped[str] = mapped_column(String(10))
    reach: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="asked")
    reason: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    inspector: Mapped[Person] = relationship(foreign_keys=[inspector_id], lazy="joined", innerjoin=True)


class Agreement(Model):
    """That somebody agreed to the charter of an inspection: for themselves, or for a service."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("inspection_id", "person_id", "service_id"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Waiver(Model):
    """Something that everybody waited for and that the coordinator let go, with a reason that is shown."""

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("inspection_id", "what", "person_id", "service_id"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))  # charter | self_rating | seal | confirmation | verdict
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Visit(Model):
    """A dated appointment within an inspection, at a site, with a purpose."""

    __tablename__ = "visit"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("site.id"))
    place: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    way_there: Mapped[str | None] = mapped_column(Text)
    ask_for: Mapped[str | None] = mapped_column(String(200))
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(Text)

    inspection: Mapped[Inspection] = relationship(back_populates="visits")
    site: Mapped[Site | None] = relationship()


class Document(Model):
    """A paper that the service or the coordinator adds for the team to read."""

    __tablename__ = "document"

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    added_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class Hours(Model):
    """Time that somebody gave: it is a cost, and is recorded as such. Minutes, per person and visit (or none)."""

    __tablename__ = "hours"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes"),
        CheckConstraint("side IN ('citizen', 'service', 'officer')", name="side"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    side: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    what: Mapped[str | None] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    @property
    def words(self) -> str:
        """What it was given for, as people read it; nothing where nobody said so."""
        return _(FEEDBACK_MEETING) if self.what == FEEDBACK_MEETING else self.what or ""
