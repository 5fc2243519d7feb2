"""What happened to one concern, in sentences: read from the restricted chain, for those who look after it."""

from __future__ import annotations

from dataclasses import dataclass

from inspect_app.concerns.models import Concern
from inspect_app.core import journal
from inspect_app.core.web import moment_words
from inspect_app.core.words import _
from inspect_app.people.queries import names_of


@dataclass(frozen=True)
class Step:
    """One entry of the restricted chain in plain words."""

    when: str
    iso: str
    text: str


def told_of(concern: Concern) -> list[Step]:
    """Return what happened to a concern, newest first."""
    entries = journal.restricted_entries(("concern", concern.id))
    names = names_of({one.actor_id for one in entries})
    kinds = journal.kinds()
    return [
        Step(
            moment_words(one.occurred_at),
            one.occurred_at.isoformat(),
            _(kinds[one.kind].sentence).format(actor=names.get(one.actor_id, "") if one.actor_id else ""),
        )
        for one in reversed(entries)
    ]
