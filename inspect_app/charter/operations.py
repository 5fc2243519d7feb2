"""Writes about charters: adopt one, ask for more time, decide."""

from __future__ import annotations

import uuid
from datetime import date

import yaml
from sqlalchemy import select

from inspect_app.charter.models import Charter, Commitment, Extension
from inspect_app.charter.reading import read_charter
from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.people.models import Person

MAXIMUM_EXTENSION_DAYS = 90


def adopt_charter(text: str, actor: Person | None) -> Charter:
    """Adopt the version of a charter that a YAML text holds; a version that stands is returned unchanged.

    Raises :class:`Refused` (422) with the place where the text is at fault.
    """
    try:
        plain = read_charter(yaml.safe_load(text), set(journal.kinds()))
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(f"This charter cannot be read: {error}", 422) from error
    same = (Charter.key == plain.key, Charter.version == plain.version)
    standing = db.session.scalar(select(Charter).where(*same))
    if standing is not None:
        return standing
    charter = Charter(
        id=new_id(),
        key=plain.key,
        version=plain.version,
        title=plain.title,
        summary=plain.summary,
        promises=list(plain.promises),
        adopted_at=now(),
        commitments=[
            Commitment(position=position, **commitment.__dict__)
            for position, commitment in enumerate(plain.commitments)
        ],
    )
    db.session.add(charter)
    db.session.flush()
    journal.append("charter.adopted", actor=actor.id if actor else None, about=("charter", charter.id))
    return charter


def ask_for_more_time(
    inspection_id: uuid.UUID,
    commitment: str,
    until: date,
    reason: str,
    *,
    actor: Person,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> Extension:
    """Ask for more time on one commitment of an inspection, with a reason that is published.

    Raises :class:`Refused` when a request still waits, the day is past or lies more than 90 days ahead.
    """
    known = db.session.get(Extension, id) if id else None
    if known is not None and known.asked_by_id == actor.id:
        return known
    today = local_day(now(), zone())
    if until <= today:
        raise Refused("Choose a day that is still to come.", 422)
    if (until - today).days > MAXIMUM_EXTENSION_DAYS:
        raise Refused("Choose a day within the next 90 days.", 422)
    if not reason.strip():
        raise Refused("Say why you need more time. The reason is published.", 422)
    waiting = db.session.scalar(
        select(Extension.id).where(
            Extension.inspection_id == inspection_id,
            Extension.commitment_key == commitment,
            Extension.decided_at.is_(None),
        )
    )
    if waiting is not None:
        raise Refused("You have asked already. The coordinator decides soon.")
    extension = Extension(
        id=id or new_id(),
        inspection_id=inspection_id,
        commitment_key=commitment,
        asked_by_id=actor.id,
        asked_at=now(),
        until=until,
        reason=reason.strip(),
    )
    db.session.add(extension)
    db.session.flush()
    journal.append(
        "clock.extension_asked",
        actor=actor.id,
        inspection=inspection_id,
        about=("extension", extension.id),
        facts={"commitment": commitment, "until": until.isoformat()},
    )
    return extension


def decide_extension(extension: Extension, granted: bool, reason: str, *, actor: Person) -> None:
    """Give more time or not, with a reason. Raises :class:`Refused` when it was decided before."""
    if extension.decided_at is not None:
        raise Refused("This was decided already.")
    if not reason.strip():
        raise Refused("Say why. The reason is published.", 422)
    extension.granted, extension.decision_reason = granted, reason.strip()
    extension.decided_by_id, extension.decided_at = actor.id, now()
    db.session.flush()
    journal.append(
        "clock.extension_decided",
        actor=actor.id,
        inspection=extension.inspection_id,
        about=("extension", extension.id),
        facts={
            "commitment": extension.commitment_key,
            "granted": granted,
            "until": extension.until.isoformat(),
        },
    )
