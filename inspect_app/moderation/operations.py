"""Writes of moderation: agree on a rating, keep a dissent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from inspect_app.core import journal, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin, Saved
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.frameworks.answer_types import OUTSIDE_SCALE
from inspect_app.frameworks.rules import Question
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import lock
from inspect_app.inspections.rules import Stage
from inspect_app.moderation import queries
from inspect_app.moderation.models import AgreedRating, MinorityStatement
from inspect_app.people.models import Person


def agree_rating(
    inspection: Inspection,
    question: Question,
    value: str,
    reason: str,
    *,
    actor: Person,
    present: Sequence[uuid.UUID] = (),
    revision: uuid.UUID | None = None,
    based_on: uuid.UUID | None = None,
) -> Saved:
    """Keep what the team agreed for one criterion, with the reason.

    When somebody else saved another agreement meanwhile both are kept and the answer says so. Raises
    :class:`Refused` when ratings are not open yet, when the value is none of the scale's, or without a reason.
    """
    lock(inspection)
    _check(inspection, question, value, reason)
    row = db.session.scalar(
        select(AgreedRating).where(
            AgreedRating.inspection_id == inspection.id, AgreedRating.criterion_key == question.key
        ),
        execution_options={"populate_existing": True},
    )
    row_id = row.id if row else uuid.uuid5(inspection.id, f"agreed:{question.key}")
    saved = revisions.save(
        ("agreed_rating", row_id),
        {"value": value, "reason": reason.strip(), "present": sorted(map(str, present))},
        Origin(
            author=actor.id,
            id=revision,
            based_on=based_on,
            framework_version=inspection.framework_version_id,
            language=inspection.language,
        ),
        top=row.revision_id if row else None,
        inspection=inspection.id,
    )
    if saved.repeated or not saved.on_top:
        return saved
    if row is None:
        row = AgreedRating(id=row_id, inspection_id=inspection.id, criterion_key=question.key)
        db.session.add(row)
    row.value, row.reason, row.present = value, reason.strip(), sorted(map(str, present))
    row.saved_by_id, row.saved_at, row.revision_id = actor.id, now(), saved.revision.id
    db.session.flush()
    journal.append(
        "rating.agreed",
        actor=actor.id,
        inspection=inspection.id,
        about=("agreed_rating", row.id),
        facts={"criterion": question.key, "value": value, "revision": str(saved.revision.id)},
    )
    return saved


def _check(inspection: Inspection, question: Question, value: str, reason: str) -> None:
    if not queries.are_open(inspection) or inspection.stage not in (Stage.FIELDWORK, Stage.MODERATION):
        raise Refused(_("The team can agree when all have sealed their ratings."))
    if wrong := wrong_agreement(question, value):
        raise Refused(wrong, 422)
    if not reason.strip():
        raise Refused(_("Say why the team agreed on this. One sentence is enough."), 422)


def wrong_agreement(question: Question, value: str | None) -> str | None:
    """Return a sentence when a team cannot agree on this. It may always say that it did not see it."""
    if value in OUTSIDE_SCALE:
        return None
    return question.wrong_value(value) if value else _("Choose what the team agreed on.")


def state_minority(
    inspection: Inspection,
    about: str,
    about_id: uuid.UUID,
    text: str,
    *,
    actor: Person,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> MinorityStatement:
    """Keep an inspector's dissent beside what the team decided; a second one by the same person replaces the first."""
    if not text.strip():
        raise Refused(_("Write what you see differently."), 422)
    lock(inspection)
    standing = db.session.scalar(
        select(MinorityStatement).where(
            MinorityStatement.about == about,
            MinorityStatement.about_id == about_id,
            MinorityStatement.person_id == actor.id,
        )
    )
    if standing is not None and standing.text == text.strip() and standing.withdrawn_at is None:
        return standing
    statement = standing or MinorityStatement(
        id=id or new_id(), inspection_id=inspection.id, about=about, about_id=about_id, person_id=actor.id
    )
    statement.text, statement.stated_at, statement.withdrawn_at = text.strip(), now(), None
    db.session.add(statement)
    db.session.flush()
    revisions.save(
        ("minority_statement", statement.id),
        {"text": statement.text},
        Origin(author=actor.id),
        top=None,
        inspection=inspection.id,
    )
    journal.append(
        "minority.stated",
        actor=actor.id,
        inspection=inspection.id,
        about=("minority_statement", statement.id),
        facts={"about": about, "about_id": str(about_id)},
    )
    return statement


def withdraw_minority(statement: MinorityStatement, *, actor: Person) -> None:
    """Take a dissent back; only its author can."""
    if statement.person_id != actor.id:
        raise Refused(_("Only the person who wrote this statement can take it back."), 403)
    if statement.withdrawn_at is not None:
        return
    statement.withdrawn_at = now()
    db.session.flush()
    journal.append(
        "minority.withdrawn",
        actor=actor.id,
        inspection=statement.inspection_id,
        about=("minority_statement", statement.id),
    )
