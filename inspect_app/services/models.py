"""Tables about organisations, services and sites."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Model, uuid_pk


class Organisation(Model):
    """Who is answerable for services, or a partner that trains and supports inspectors."""

    __tablename__ = "organisation"

    id: Mapped[uuid.UUID] = uuid_pk()
    name: Mapped[str] = mapped_column(String(160), unique=True)


class Service(Model):
    """What is inspected; a recommendation is addressed to one service."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str | None] = mapped_column(String(500))
    active: Mapped[bool] = mapped_column(default=True)

    organisation: Mapped[Organisation] = relationship()
    sites: Mapped[list[Site]] = relationship(back_populates="service", order_by="Site.name")


class Site(Model):
    """A place where one meets a service."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("service_id", "name"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(300))
    way_there: Mapped[str | None] = mapped_column(String(600))

    service: Mapped[Service] = relationship(back_populates="sites")
