"""Save a rating: the one way, for page, script, tablet and whoever types for somebody else."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select

from inspect_app.core import revisions
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision, Saved
from inspect_app.core.rows import change, put
from inspect_app.core.words import _, lazy, number
from inspect_app.fieldwork.models import Rating, Seal
from inspect_app.fieldwork.operations.guards import require_writer
from inspect_app.fieldwork.operations.origins import Sent, journal_typing, origin_of
from inspect_app.fieldwork.queries import own_ratings
from inspect_app.fieldwork.queries_sheet import moment
from inspect_app.fieldwork.rules import LONGEST_REASON, Rater, RaterKind
from inspect_app.frameworks.asking import unmet
from inspect_app.frameworks.queries import question_of, question_read, steps_to_ask
from inspect_app.frameworks.repeats import instances_of
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import parted
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules import title
from inspect_app.people.models import Person

_SEAL = select(Seal.id).where(
    Seal.inspection_id == Inspection.id,
    Seal.rater_kind == bindparam("kind"),
    Seal.rater_id == bindparam("rater"),
    Seal.opened_at.is_(None),
)
_STANDING = (
    select(Rating, _SEAL.scalar_subquery(), Revision)
    .select_from(Inspection)
    .outerjoin(Rating, Rating.id == bindparam("rating"))
    .outerjoin(Revision, or_(Revision.id == Rating.revision_id, Revision.id == bindparam("sent")))
    .where(Inspection.id == bindparam("inspection"))
    .execution_options(populate_existing=True)
)
SEALED = lazy("These ratings are sealed. Open the seal first, and say why.")


def capture(
    inspection: Inspection,
    question_key: str,
    value: str | None,
    reason: str,
    *,
    actor: Person,
    rater: Rater | None = None,
    sent: Sent | None = None,
) -> Saved:
    """Save what a rater says to one question; without ``rater`` the actor rates as an inspector.

    Nothing is overwritten: each state is a revision, the newest stands in the rating. The same id twice is
    one. When somebody else saved meanwhile, both are kept, ``on_top`` is false and ``meanwhile`` stands.
    Raises :class:`Refused`: 403 wrong person, 404 unknown question, 409 too late or sealed, 422 wrong value.
    """
    sent = sent or Sent()
    rater = rater or Rater(RaterKind.INSPECTOR, actor.id)
    _check(inspection, question_key, value, reason, rater)
    require_writer(inspection, rater, actor, sent.source, "fieldwork.rate")
    rating, read = _standing(inspection, rater, question_key, sent)
    content = {"value": value, "reason": reason}
    if rating is not None and _is_unchanged(rating, content, sent):
        top = db.session.get_one(Revision, rating.revision_id)
        return Saved(top, on_top=True, repeated=True)
    saved = revisions.save(
        ("rating", rating_id(inspection, rater, question_key)),
        content,
        origin_of(inspection, rater, actor, sent),
        top=rating.revision_id if rating else None,
        inspection=inspection.id,
        read=read,
        decided=lambda: sealed_states(inspection, rater),
    )
    if saved.repeated:
        return saved
    if rating is None:
        return _first(inspection, rater, question_key, content, saved, actor, sent)
    if saved.top is not None and saved.top.id != rating.revision_id:
        _show(rating, saved.top)
    journal_typing(inspection, rater, ("rating", rating.id), actor, sent)
    return saved


def rating_id(inspection: Inspection, rater: Rater, question_key: str) -> uuid.UUID:
    """Return the id of a rating: the same for whoever makes it first, so that two tablets make one rating."""
    key, instance = parted(question_key)
    return uuid.uuid5(inspection.id, f"{rater.kind}:{rater.id}:{key}:{instance}")


def put_on_top(rating: Rating, revision: Revision) -> None:
    """Let a state of a rating's history stand: it is what its author saw when they sealed."""
    if rating.revision_id != revision.id:
        revisions.put_on_top(revision, db.session.get_one(Revision, rating.revision_id))
        _show(rating, revision)


def _show(rating: Rating, revision: Revision) -> None:
    """Let a rating say what the state on top of its history says."""
    content = revision.content or {}
    said = {"value": content.get("value"), "reason": content.get("reason", "")}
    change(rating, **said, revision_id=revision.id, saved_at=revision.received_at)


def sealed_states(inspection: Inspection, rater: Rater) -> set[str]:
    """Return the ids of all states that a rater ever sealed, as text."""
    seals = select(Seal.revisions).where(
        Seal.inspection_id == inspection.id, Seal.rater_kind == rater.kind, Seal.rater_id == rater.id
    )
    return {one for covered in db.session.scalars(seals) for one in covered}


def _check(inspection: Inspection, question_key: str, value: str | None, reason: str, rater: Rater) -> None:
    if inspection.kind.rating == "together" and rater.kind == RaterKind.INSPECTOR:
        raise Refused(_("In this inspection the team rates together. Add what you saw as a note."))
    question = question_of(inspection.framework_version_id, question_key)
    if question.each and not question.instance:
        raise Refused(_("Say first which %(thing)s this is about.", thing=question.each), 404)
    wrong = question.wrong_value(value) or _unmet(inspection, question, value, rater)
    wrong = wrong or _too_many(inspection, question, value, rater)
    if wrong is None and len(reason) > LONGEST_REASON:
        wrong = _("Use at most %(most)s letters. Add a note for the rest.", most=number(LONGEST_REASON))
    if wrong is not None:
        raise Refused(wrong, 422)


def _unmet(inspection: Inspection, question: Question, value: str | None, rater: Rater) -> str | None:
    """Return the question's own sentence when an answer does not meet what it must."""
    if not question.constraint:
        return None
    values = {key: one.value for key, one in own_ratings(inspection, rater).items()}
    question = question_read(inspection.framework_version_id, question.key)
    return unmet(steps_to_ask(inspection.framework_version_id), question, value, values, moment())


def _too_many(inspection: Inspection, question: Question, value: str | None, rater: Rater) -> str | None:
    """Return a sentence when a name would add more to a repeated theme than it may have."""
    if not question.is_name or value is None:
        return None
    values = {key: one.value for key, one in own_ratings(inspection, rater).items()}
    there = instances_of(values, question.theme_key)
    if len(there) < question.most_repeats or question.instance in {instance for instance, _ in there}:
        return None
    return _("There are %(many)s already, and there can be no more. Take one back first.", many=len(there))


def _standing(
    inspection: Inspection, rater: Rater, question_key: str, sent: Sent
) -> tuple[Rating | None, list[Revision]]:
    """Return the rating as it stands, with the revision on top of it and what was saved before under the sent id.

    Raises Refused (409) when it is too late or sealed. Read in our turn, inside the transaction that writes: a stage
    that moved on or a seal set meanwhile is seen.
    """
    if inspection.stage not in rater.stages:
        raise Refused(
            _("It is too late to rate. This inspection is now in “%(stage)s”.", stage=title(inspection.stage))
        )
    rating = rating_id(inspection, rater, question_key)
    wanted = {"inspection": inspection.id, "kind": rater.kind, "rater": rater.id, "rating": rating, "sent": sent.id}
    found: Sequence[Any] = db.session.execute(_STANDING, wanted).all()
    standing, seal, _above = found[0]
    if seal is not None:
        raise Refused(SEALED)
    return standing, [revision for *_, revision in found if revision is not None]


def _is_unchanged(rating: Rating, content: dict[str, str | None], sent: Sent) -> bool:
    """Say whether a save says what stands there and knew so: a press on "Next" is no new revision."""
    same = (rating.value, rating.reason) == (content["value"], content["reason"]) and not sent.is_own_state
    return same and sent.based_on == rating.revision_id and sent.id != rating.revision_id


def _first(
    inspection: Inspection,
    rater: Rater,
    question_key: str,
    content: dict[str, str | None],
    saved: Saved,
    actor: Person,
    sent: Sent,
) -> Saved:
    """Make the rating with its first revision."""
    key, instance = parted(question_key)
    rating = Rating(
        id=rating_id(inspection, rater, question_key),
        inspection_id=inspection.id,
        rater_kind=rater.kind,
        rater_id=rater.id,
        criterion_key=key,
        instance=instance,
        value=content["value"],
        reason=content["reason"] or "",
        revision_id=saved.revision.id,
        saved_at=saved.revision.received_at,
    )
    put(rating)
    journal_typing(inspection, rater, ("rating", rating.id), actor, sent)
    return saved
