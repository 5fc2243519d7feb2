"""The programme: the one row that says whose inspections these are, where, and whom to ring."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import g, has_request_context
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, db, uuid_pk


class Programme(Model):
    """One installation runs one programme."""

    __tablename__ = "programme"

    id: Mapped[uuid.UUID] = uuid_pk()
    name: Mapped[str] = mapped_column(String(120))
    organisation_name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    country: Mapped[str] = mapped_column(String(2), default="GB")
    subdivision: Mapped[str | None] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(12), default="en")
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_phone: Mapped[str] = mapped_column(String(40))
    contact_email: Mapped[str] = mapped_column(String(254))
    is_demonstration: Mapped[bool] = mapped_column(default=False)


_followers: list[Callable[[], object]] = []


def on_set_up(follower: Callable[[], object]) -> None:
    """Register what happens by itself, in the same transaction, when the programme is set up."""
    if follower not in _followers:
        _followers.append(follower)


def set_up(row: Programme) -> None:
    """Make the programme, and let each room do what follows from it. Raises IntegrityError when one is there."""
    db.session.add(row)
    db.session.flush()
    if has_request_context():
        g.pop("programme", None)
    for follower in _followers:
        follower()


def programme() -> Programme | None:
    """Return the programme, or None before somebody has set it up."""
    if has_request_context() and "programme" in g:
        found: Programme | None = g.programme
        return found
    row = db.session.scalar(select(Programme).limit(1))
    if has_request_context():
        g.programme = row
    return row


def zone() -> str:
    """Return the programme's time zone."""
    row = programme()
    return row.zone if row else "Europe/London"
