"""Where what is saved comes from: who thought it, who typed it, on which device, when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.revisions import Origin
from inspect_app.core.time import now
from inspect_app.fieldwork.rules import Rater, RaterKind, Source
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person


@dataclass(frozen=True)
class Sent:
    """How a state came: its maker's id, what it was based on, from which device, when it was captured.

    ``form`` is the framework version that its maker saw, where that is not the inspection's of now. ``is_own_state``
    keeps it even where it says what stands there already, as a tablet goes on from the id that it made.
    """

    id: uuid.UUID | None = None
    based_on: uuid.UUID | None = None
    device: str | None = None
    sequence: int | None = None
    captured_at: datetime | None = None
    source: str = Source.SCREEN
    form: uuid.UUID | None = None
    is_own_state: bool = False


def origin_of(inspection: Inspection, rater: Rater, actor: Person, sent: Sent) -> Origin:
    """Return where a revision comes from: the rater thought it, the actor typed it."""
    typed = rater.kind == RaterKind.INSPECTOR and rater.id != actor.id
    return Origin(
        author=rater.id if typed else actor.id,
        typist=actor.id if typed else None,
        source=sent.source,
        id=sent.id,
        based_on=sent.based_on,
        device=sent.device,
        sequence=sent.sequence,
        captured_at=sent.captured_at or now(),
        language=inspection.language,
        framework_version=sent.form or inspection.framework_version_id,
        may_be_late=sent.is_own_state,
    )


TYPING_PAUSE = timedelta(hours=1)
"""One entry tells of everything that somebody typed in for a person on one question within this time."""


def journal_typing(
    inspection: Inspection, rater: Rater, about: tuple[str, uuid.UUID], actor: Person, sent: Sent
) -> None:
    """Say in the journal that somebody typed for an inspector: once for each question or note in an hour."""
    if rater.kind == RaterKind.SERVICE or rater.id == actor.id:
        return
    entry = journal.Entry
    lately = db.session.scalar(
        select(entry.id)
        .where(
            entry.about_id == about[1],
            entry.kind == "paper.typed",
            entry.actor_id == actor.id,
            entry.recorded_at > now() - TYPING_PAUSE,
        )
        .limit(1)
    )
    if lately is None:
        journal.append(
            "paper.typed",
            actor=actor.id,
            inspection=inspection.id,
            about=about,
            facts={"person": str(rater.id), "source": sent.source},
        )
