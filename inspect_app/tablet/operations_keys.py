"""Keys of the tablets: made once for each person and tablet, and handed out at each sign-in."""

from __future__ import annotations

import base64
import secrets
import uuid

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.tablet.models import DeviceKey
from inspect_app.tablet.rules import LONGEST_DEVICE

MOST_DEVICES = 500
"""Nobody works on more tablets; a browser that forgets everything each time looks like a new one."""


def key_for(person_id: uuid.UUID, device: str) -> str:
    """Return the key (AES, 256 bits, base64) that locks what a person has on a tablet; made at the first call.

    Raises :class:`Refused`: 422 without a name for the tablet, 409 for somebody with too many of them.
    """
    if not 0 < len(device) <= LONGEST_DEVICE:
        raise Refused(_("This tablet did not say which one it is."), 422)
    known = db.session.get(DeviceKey, (person_id, device))
    if known is not None:
        return known.key
    count = select(func.count()).select_from(DeviceKey).where(DeviceKey.person_id == person_id)
    if (db.session.scalar(count) or 0) >= MOST_DEVICES:
        raise Refused(_("You have used too many tablets. Ring the office."))
    made = DeviceKey(
        person_id=person_id,
        device=device,
        key=base64.b64encode(secrets.token_bytes(32)).decode(),
        made_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # two windows of one tablet asked at the same moment
        return db.session.get_one(DeviceKey, (person_id, device)).key
    return made.key
