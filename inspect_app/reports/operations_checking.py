"""Writes about the check of facts: points, their decisions, new words."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard, lock
from inspect_app.inspections.rules import Stage
from inspect_app.moderation.models import MinorityStatement
from inspect_app.people.models import Person
from inspect_app.reports import content, queries
from inspect_app.reports.models import AccuracyPoint, ReportDraft
from inspect_app.reports.operations_drafts import new_texts, put_statement
from inspect_app.reports.queries_state import checks_over
from inspect_app.reports.rules import NEEDS_NEW_WORDS, Decision, reworded, why_no_point


def raise_point(
    inspection: Inspection,
    paragraph: str,
    quote: str,
    challenge: str,
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> AccuracyPoint:
    """Say that a fact in one paragraph of the sent draft is wrong; the same id twice is one point.

    Raises Refused (422) for a recommendation, an unknown paragraph, words that do not stand in it, or no reason;
    (409) after the check is over.
    """
    guard(actor, "reports.raise_point", inspection)
    draft = _checked_draft(inspection)
    known = db.session.get(AccuracyPoint, id) if id else None
    if known is not None and known.draft_id == draft.id and known.raised_by_id == actor.id:
        return known
    if is_closed(inspection):
        raise Refused(_("The check of the facts is over. Ring your coordinator if something is still wrong."))
    number = paragraph.strip()
    facts = content.paragraphs(draft.content)
    if why := why_no_point(facts, content.recommendation_numbers(draft.content), number, quote):
        raise Refused(why, 422)
    if not challenge.strip():
        raise Refused(_("Say what is wrong, and what is right."), 422)
    point = AccuracyPoint(
        id=id or new_id(),
        draft_id=draft.id,
        paragraph=number,
        quote=quote.strip(),
        challenge=challenge.strip(),
        raised_by_id=actor.id,
        raised_at=now(),
    )
    db.session.add(point)
    db.session.flush()
    _note("accuracy.raised", inspection, point, actor)
    return point


def close_check(inspection: Inspection, actor: Person) -> None:
    """Say for the service that it has no more points; saying it twice is saying it once."""
    guard(actor, "reports.close_check", inspection)
    draft = _checked_draft(inspection)
    if is_closed(inspection):
        return
    journal.append(
        "accuracy.closed",
        actor=actor.id,
        inspection=inspection.id,
        about=("draft", draft.id),
        facts={"points": len(queries.points_of(draft.id))},
    )
    settle_when_decided(inspection)


def decide_point(inspection: Inspection, point: AccuracyPoint, decision: str, reason: str, actor: Person) -> None:
    """Decide a point, with the reason that everybody reads.

    The reviewer was on no visit and belongs to no inspected service. Raises Refused (403) for somebody who did or
    does, (409) for a point that was decided otherwise before, (422) without decision or reason.
    """
    guard(actor, "reports.decide_point", inspection)
    if decision not in list(Decision):
        raise Refused(_("Choose how you decide."), 422)
    if not reason.strip():
        raise Refused(_("Say why you decide so. The team and the service read it."), 422)
    if actor.id in {one.person_id for one in inspection.members if one.role != "reviewer"}:
        raise Refused(_("You were asked to inspect here. Somebody who went on no visit must decide."), 403)
    services = {service.id for service in inspection.services}
    if actor.id == point.raised_by_id or any(grant.service_id in services for grant in actor.roles):
        raise Refused(_("You belong to this service. Somebody else must decide."), 403)
    db.session.refresh(point)
    if point.decision is not None:
        if (point.decision, point.decision_reason) == (decision, reason.strip()):
            return
        raise Refused(_("This point was decided already."))
    point.decision, point.decision_reason = decision, reason.strip()
    point.decided_by_id, point.decided_at = actor.id, now()
    db.session.flush()
    _note("accuracy.decided", inspection, point, actor, decision=decision)
    settle_when_decided(inspection)


def reword(inspection: Inspection, point: AccuracyPoint, words: str, actor: Person) -> AccuracyPoint:
    """Write the challenged passage in new words; done again, the newer words stand.

    Raises Refused (409) for a point that needs none, (422) without words.
    """
    guard(actor, "reports.reword", inspection)
    if point.decision not in NEEDS_NEW_WORDS:
        raise Refused(_("Only a passage that the reviewer found wrong is written anew."))
    if not words.strip():
        raise Refused(_("Write the new words."), 422)
    text = text_now(inspection, point)
    words = words.strip()
    if point.new_words == words:
        return point
    point.new_paragraph = reworded(text, point.new_words or point.quote, words)
    point.new_words, point.reworded_by_id, point.reworded_at = words, actor.id, now()
    db.session.flush()
    _note("report.reworded", inspection, point, actor)
    return point


def state_difference(inspection: Inspection, point: AccuracyPoint, text: str, actor: Person) -> MinorityStatement:
    """Say that one sees a decided passage differently; it is printed beside the point."""
    guard(actor, "reports.state_minority", inspection)
    if point.decision is None:
        raise Refused(_("Wait until the reviewer has decided this point."))
    statement = put_statement(inspection, "accuracy_point", point.id, text, actor)
    journal.append(
        "minority.stated",
        actor=actor.id,
        inspection=inspection.id,
        about=("minority_statement", statement.id),
        facts={"about": "accuracy_point"},
    )
    return statement


def text_now(inspection: Inspection, point: AccuracyPoint) -> str:
    """Return a point's paragraph as it reads after all rewordings until now."""
    draft = _checked_draft(inspection)
    changed = new_texts(queries.points_of(draft.id))
    return changed.get(point.paragraph) or content.paragraphs(draft.content)[point.paragraph]


def is_closed(inspection: Inspection) -> bool:
    """Say whether the check is over: the service has no more points, or its time is over and each is decided."""
    return bool(journal.entries(inspection.id, "accuracy.closed", "accuracy.settled"))


def _checked_draft(inspection: Inspection) -> ReportDraft:
    draft = queries.sent_draft(inspection.id)
    if draft is None:
        raise Refused(_("The draft has not been sent yet."))
    return draft


def settle_when_decided(inspection: Inspection) -> bool:
    """Note, once, that nothing waits any more, and say whether it was noted now.

    Each point is decided, and the service has closed its check or the charter's time for it is over. It occurred
    when the last of these did, which may be earlier than somebody notices.
    """
    if journal.entries(inspection.id, "accuracy.settled"):
        return False
    points = queries.points_in(inspection)
    checked = _checked_at(inspection)
    if checked is None or not all(point.decided_at for point in points):
        return False
    journal.append(
        "accuracy.settled",
        actor=None,
        inspection=inspection.id,
        about=("draft", points[0].draft_id if points else None),
        facts={"points": len(points)},
        occurred_at=max([checked, *(point.decided_at for point in points if point.decided_at)]),
    )
    return True


def _checked_at(inspection: Inspection) -> datetime | None:
    closed = journal.entries(inspection.id, "accuracy.closed")
    return closed[0].occurred_at if closed else checks_over([inspection]).get(inspection.id)


def settle_when_over() -> int:
    """Note for each inspection whose time to check the facts is over that nothing waits any more; return how many."""
    found = db.session.scalars(select(Inspection).where(Inspection.stage == Stage.CHECKING)).all()
    over = checks_over(found)
    return sum(settle_when_decided(lock(one)) for one in found if one.id in over)


def _note(kind: str, inspection: Inspection, point: AccuracyPoint, actor: Person, **facts: str) -> None:
    journal.append(
        kind,
        actor=actor.id,
        inspection=inspection.id,
        about=("accuracy_point", point.id),
        facts={"paragraph": point.paragraph, **facts},
    )
