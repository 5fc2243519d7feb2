"""What raising a concern and reporting a hazard begin with: nothing that somebody tells is turned away lightly."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from inspect_app.core import access
from inspect_app.core.errors import Refused
from inspect_app.fieldwork.queries import supported_by
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.people.rules import Role


@dataclass(frozen=True)
class Received:
    """What became of something that was told: under which id it is kept, since when.

    ``repeated`` when it was here already; ``different`` when the id was in use for other words, and both are kept.
    """

    id: uuid.UUID
    at: datetime
    repeated: bool = False
    different: bool = False


def require_part(actor: Person, inspection: Inspection) -> None:
    """Raise Refused (403) unless somebody has a part in an inspection, or once had one.

    What waited on a tablet may arrive after its author was released from the team: it is taken in all the same.
    """
    answer = access.may(actor, "concerns.tell", inspection)
    if not answer and not any(member.person_id == actor.id for member in inspection.members):
        raise Refused(answer.sentence, answer.status)


def whose(author: uuid.UUID | None, actor: Person, inspection: Inspection) -> uuid.UUID:
    """Return whose words these are: the author's when the actor may type for them, else the actor's own."""
    members = {member.person_id for member in inspection.members}
    if author is None or author == actor.id or author not in members:
        return actor.id
    may_type = actor.holds(Role.COORDINATOR) or author in supported_by(inspection, actor.id)
    return author if may_type else actor.id


def other_id(wanted: uuid.UUID, actor: Person, mark: str) -> uuid.UUID:
    """Return under which id other words are kept that came with an id in use: the same each time they come."""
    return uuid.uuid5(wanted, f"{actor.id}:{mark}")
