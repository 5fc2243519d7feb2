"""Keep what somebody wrote and could not save in time, for them alone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.fieldwork.models import KeptWords
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


def keep_words(
    inspection: Inspection,
    what: str,
    content: Mapping[str, Any],
    *,
    actor: Person,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word as in every other operation
) -> KeptWords:
    """Keep words that came too late; the same id twice is one. No journal entry tells of them."""
    known = db.session.get(KeptWords, id) if id else None
    if known is not None and known.person_id == actor.id:
        return known
    kept = KeptWords(
        id=id if id and known is None else new_id(),
        inspection_id=inspection.id,
        person_id=actor.id,
        what=what[:200],
        content=dict(content),
        kept_at=now(),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def forget_words(inspection: Inspection, words_id: uuid.UUID, *, actor: Person) -> None:
    """Throw kept words away, as their author wants. Raises Refused (404) when they are not theirs."""
    kept = db.session.get(KeptWords, words_id)
    if kept is None or kept.person_id != actor.id or kept.inspection_id != inspection.id:
        raise Refused(_("These words are not there any more."), 404)
    db.session.delete(kept)
    db.session.flush()
