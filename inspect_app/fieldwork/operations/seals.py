"""Seal all ratings of one rater at once, and open a seal again."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Revision, seal_digest
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Seal
from inspect_app.fieldwork.operations.notes import Note, capture_observation
from inspect_app.fieldwork.operations.ratings import put_on_top
from inspect_app.fieldwork.queries import own_ratings, seal_of
from inspect_app.fieldwork.queries_sheet import sheet_of
from inspect_app.fieldwork.rules import NO_EVIDENCE, EvidenceKind, Rater, RaterKind
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.people.models import Person
from inspect_app.people.rules import Role


def seal(
    inspection: Inspection,
    *,
    actor: Person,
    rater: Rater | None = None,
    covers: Collection[uuid.UUID] | None = None,
    without: str = "",
    id: uuid.UUID | None = None,  # noqa: A002  # the same word as in every other operation
) -> Seal:
    """Seal all ratings of an inspector (the actor alone can), or of a service (its lead can).

    The seal lists the revisions that it covers, with one hash over them: ``covers`` where a tablet says which ones its
    person saw, otherwise what stands now. What it covers stands on top from then on; what came meanwhile from another
    tablet stays in the history. What is not asked any more is left out. ``without`` says why photos or recordings are
    missing that questions require; a tablet has noted that before. A seal that holds is returned unchanged. Raises
    :class:`Refused`: 403 wrong person, 409 wrong time, 422 when questions have no value, or something is missing.
    """
    rater = rater or Rater(RaterKind.INSPECTOR, actor.id)
    _require_author(inspection, rater, actor)
    standing = seal_of(inspection, rater)
    if standing is not None:
        return standing
    covered = _covered(inspection, rater, covers)
    if covers is None:
        _explain(inspection, rater, without.strip(), actor)
    made = Seal(
        id=id or new_id(),
        inspection_id=inspection.id,
        rater_kind=rater.kind,
        rater_id=rater.id,
        number=_next_number(inspection, rater),
        sealed_by_id=actor.id,
        sealed_at=now(),
        revisions=sorted(str(one.id) for one in covered),
        digest=seal_digest(covered),
    )
    db.session.add(made)
    db.session.flush()
    _append("self_rating.sealed" if rater.kind == RaterKind.SERVICE else "ratings.sealed", made, actor)
    return made


def _covered(inspection: Inspection, rater: Rater, covers: Collection[uuid.UUID] | None) -> list[Revision]:
    """Return the revisions that a seal covers, one for each question; raise Refused (422) when one has no answer."""
    ratings = own_ratings(inspection, rater)
    if covers is None:
        covers = [rating.revision_id for rating in ratings.values()]
    of_question = {rating.id: key for key, rating in ratings.items()}
    found = {of_question[one.subject_id]: one for one in _revisions(covers) if one.subject_id in of_question}
    sheet = sheet_of(inspection, rater, {key: (one.content or {}).get("value") for key, one in found.items()})
    if not sheet.questions:
        raise Refused(_("Nothing was added and nothing is answered yet."), 422)
    if sheet.left:
        many = len(sheet.answerable)
        raise Refused(
            _("%(left)s of %(many)s questions have no answer yet. Answer them first.", left=len(sheet.left), many=many),
            422,
        )
    for key, one in found.items():
        put_on_top(ratings[key], one)
    asked = sheet.asked.keys
    return [one for key, one in found.items() if key in asked and (one.content or {}).get("value") is not None]


def _explain(inspection: Inspection, rater: Rater, why: str, actor: Person) -> None:
    """Note why something is missing that questions require; raise Refused (422) when nobody says why."""
    missing = sheet_of(inspection, rater).missing
    if missing and not why:
        raise Refused(_("Something is missing that questions ask for. Add it, or say why there is none."), 422)
    for question, kind in missing:
        note = Note("seen", f"{NO_EVIDENCE[EvidenceKind(kind)]} {why}", question_key=question.key)
        capture_observation(inspection, note, actor=actor)


def open_seal(inspection: Inspection, reason: str, *, actor: Person, rater: Rater | None = None) -> Seal:
    """Open a seal again, with a reason; both seals are kept. Only its author can, before the team compares.

    Raises :class:`Refused`: 403 wrong person, 409 wrong time or nothing sealed, 422 without a reason.
    """
    rater = rater or Rater(RaterKind.INSPECTOR, actor.id)
    _require_author(inspection, rater, actor)
    if not reason.strip():
        raise Refused(_("Say why you open your seal."), 422)
    standing = seal_of(inspection, rater)
    if standing is None:
        raise Refused(_("There is no seal to open."))
    standing.opened_at, standing.opened_reason = now(), reason.strip()
    db.session.flush()
    _append("self_rating.opened" if rater.kind == RaterKind.SERVICE else "seal.opened", standing, actor)
    return standing


def _require_author(inspection: Inspection, rater: Rater, actor: Person) -> None:
    """Raise Refused unless this is the rater in person, at the right time; nobody seals for somebody else."""
    if rater.kind == RaterKind.SERVICE:
        guard(actor, "self_rating.seal", inspection)
        if not actor.holds(Role.SERVICE_LEAD, rater.id):
            raise Refused(_("Only the lead of this service can seal its own rating."), 403)
        return
    if rater.id != actor.id:
        raise Refused(_("Only the inspector themselves can seal their ratings."), 403)
    guard(actor, "fieldwork.seal", inspection)
    if inspection.kind.rating == "together":
        raise Refused(_("In this inspection the team rates together. Nothing is sealed."))


def _revisions(ids: Collection[uuid.UUID]) -> Sequence[Revision]:
    """Return revisions, the older ones of one question first."""
    query = select(Revision).where(Revision.id.in_(ids), Revision.subject_kind == "rating")
    return db.session.scalars(query.order_by(Revision.received_at, Revision.id)).all()


def _next_number(inspection: Inspection, rater: Rater) -> int:
    highest = select(func.max(Seal.number)).where(
        Seal.inspection_id == inspection.id, Seal.rater_kind == rater.kind, Seal.rater_id == rater.id
    )
    return (db.session.scalar(highest) or 0) + 1


def _append(kind: str, about: Seal, actor: Person) -> None:
    facts: dict[str, object] = {"digest": about.digest, "count": len(about.revisions), "number": about.number}
    facts["service" if about.rater_kind == RaterKind.SERVICE else "person"] = str(about.rater_id)
    journal.append(kind, actor=actor.id, inspection=about.inspection_id, about=("seal", about.id), facts=facts)
