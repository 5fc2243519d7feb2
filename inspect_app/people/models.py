"""Tables about people."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, UtcDateTime, uuid_pk
from inspect_app.people.rules import Role
from inspect_app.people.rules_cards import CardState, state_of_card


class Grant(Model, RoleMixin):
    """A role given to a person: for the programme, or for one service."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "name", "service_id"),
        CheckConstraint(
            "(name IN ('service_lead', 'service_staff')) = (service_id IS NOT NULL)",
            name="service_role_has_service",
        ),
    )

    id: Mapped[uuid.UUID] = uuid_pk()  # type: ignore[assignment]  # the library expects a number
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(30))
    service_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    permissions: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()), nullable=True)


class Person(Model, UserMixin):
    """Anybody who signs in."""

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = uuid_pk()  # type: ignore[assignment]  # the library expects a number
    name: Mapped[str] = mapped_column(String(120))
    # None: signs in with a card. The library expects that everybody has one.
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # type: ignore[assignment]
    phone: Mapped[str | None] = mapped_column(String(40))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    may_be_named: Mapped[bool] = mapped_column(default=False)
    public_name: Mapped[str | None] = mapped_column(String(120))
    about: Mapped[str | None] = mapped_column(String(200))
    easy_read: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(12))  # None: what the browser or the programme says
    link_secret: Mapped[str | None] = mapped_column(String(64))  # of the newest sign-in link that is not used yet
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The library expects its own kind of list.
    roles: Mapped[list[Grant]] = relationship(  # type: ignore[assignment]
        lazy="selectin", cascade="all, delete-orphan"
    )

    def holds(self, role: Role, service_id: uuid.UUID | None = None) -> bool:
        """Say whether the person has a role; a service role counts for that service when one is named."""
        return any(
            grant.name == role and (service_id is None or grant.service_id == service_id) for grant in self.roles
        )


class SignInCard(Model):
    """A printed card with which somebody without e-mail signs in, for the days of one inspection.

    Its words and the code of its picture are kept as digests. While nobody has used it they are also kept locked, so
    that it can be printed; the first use chooses a PIN and throws them away.
    """

    __tablename__ = "sign_in_card"
    __table_args__ = (
        CheckConstraint("(pin IS NULL) = (pin_chosen_at IS NULL)", name="pin_whole"),
        CheckConstraint("pin IS NULL OR locked IS NULL", name="used_is_not_printed"),
        CheckConstraint("revoked_by_id IS NULL OR revoked_at IS NOT NULL", name="revoked_whole"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    words_digest: Mapped[str] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    locked: Mapped[str | None] = mapped_column(Text)
    pin: Mapped[str | None] = mapped_column(String(255))
    pin_chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    last_day: Mapped[date]
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    last_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))  # None: too many wrong PINs

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined", innerjoin=True)
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])

    def state(self, today: date) -> CardState:
        """Return how the card stands on a day."""
        revoked = self.revoked_at is not None
        stopped = revoked and self.revoked_by_id is None
        return state_of_card(self.pin is not None, revoked, stopped, self.last_day, today)


class Training(Model):
    """What somebody learnt, when and from whom."""

    __tablename__ = "training"
    __table_args__ = (UniqueConstraint("person_id", "course", "held_on"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    course: Mapped[str] = mapped_column(String(60))
    held_on: Mapped[date]
    held_by: Mapped[str] = mapped_column(String(120))
    valid_until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
