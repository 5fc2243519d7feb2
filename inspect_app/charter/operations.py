"""Writes about charters and their time: adopt one, ask for more time, decide, note holidays."""

from __future__ import annotations

import logging
import uuid
from datetime import date

import yaml
from flask import g, has_request_context
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspect_app.charter.models import Charter, Commitment, Extension, HolidayList
from inspect_app.charter.queries import holiday_lists
from inspect_app.charter.reading import read_charter
from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import programme, zone
from inspect_app.core.time import local_day, now, public_holidays
from inspect_app.core.words import _
from inspect_app.people.models import Person

MAXIMUM_EXTENSION_DAYS = 90
YEARS_BACK, YEARS_AHEAD = 1, 3
"""Which years' holidays are noted: further than the longest promise of a charter reaches."""

log = logging.getLogger(__name__)


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
        raise Refused(_("Choose a day that is still to come."), 422)
    if (until - today).days > MAXIMUM_EXTENSION_DAYS:
        raise Refused(_("Choose a day within the next 90 days."), 422)
    if not reason.strip():
        raise Refused(_("Say why you need more time. The reason is published."), 422)
    waiting = db.session.scalar(
        select(Extension.id).where(
            Extension.inspection_id == inspection_id,
            Extension.commitment_key == commitment,
            Extension.decided_at.is_(None),
        )
    )
    if waiting is not None:
        raise Refused(_("You have asked already. The coordinator decides soon."))
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
        raise Refused(_("This was decided already."))
    if not reason.strip():
        raise Refused(_("Say why. The reason is published."), 422)
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


def note_holidays() -> int:
    """Note the public holidays of the years that clocks reach, where they differ from what was noted last.

    Clocks that run keep the list they started with. Returns how many lists are new: none before a programme is set
    up, and none when another worker has just noted the same.
    """
    region = programme()
    if region is None:
        return 0
    newest, made = {one.year: one for one in holiday_lists()}, []
    year = local_day(now(), region.zone).year
    for number in range(year - YEARS_BACK, year + YEARS_AHEAD + 1):
        days = sorted(day.isoformat() for day in public_holidays(region.country, region.subdivision, number))
        last = newest.get(number)
        if last is None or (last.country, last.subdivision, last.days) != (region.country, region.subdivision, days):
            made.append(
                HolidayList(
                    id=new_id(),
                    year=number,
                    number=last.number + 1 if last else 1,
                    country=region.country,
                    subdivision=region.subdivision,
                    days=days,
                    noted_at=now(),
                )
            )
    return len(made) if made and _keep(made) else 0


def _keep(made: list[HolidayList]) -> bool:
    try:
        with db.session.begin_nested():
            db.session.add_all(made)
    except IntegrityError:
        log.debug("another worker has just noted these holidays")
        return False
    if has_request_context():
        g.pop("calendar", None)
    journal.append("holidays.noted", actor=None, facts={"years": [one.year for one in made]})
    return True
