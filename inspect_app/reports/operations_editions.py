"""Writes about editions: publish, correct, withdraw. An edition is made once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspect_app.charter.queries import clocks_for
from inspect_app.core import jobs, journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.journal import START, Chain
from inspect_app.core.languages import in_language
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard, lock
from inspect_app.people.models import Person
from inspect_app.reports import content, queries
from inspect_app.reports.models import Edition
from inspect_app.reports.operations_drafts import freeze_final


def publish(
    inspection: Inspection, actor: Person | None, reason: str = "", changes: Mapping[str, str] | None = None
) -> Edition | None:
    """Publish an edition: the final text with what the service has answered until now, and how the clocks stand.

    The first one needs no reason and may be published by the system (``actor`` None). A later one is a correction:
    it says why, and ``changes`` gives paragraphs (by number, "R2" for a recommendation) their new text. A practice
    inspection is never published: None. Raises Refused (409/422) for a correction without reason or of nothing.
    """
    if inspection.kind.practice:
        return None
    editions = queries.editions_of(inspection.id)
    if editions:
        _check_correction(inspection, actor, reason)
    lock(inspection)
    text = editions[0].content if editions else _final_content(inspection)
    try:
        made = content.with_changes(text, changes or {})
    except KeyError as error:
        raise Refused(_("The report has no paragraph %(number)s.", number=error.args[0]), 422) from error
    number = editions[0].number + 1 if editions else 1
    with in_language(inspection.language):  # what is frozen is read by all, whoever freezes it
        added = content.added_parts(inspection)
    made |= added | {
        "clocks": _clocks(inspection),
        "edition": number,
        "published": now().isoformat(timespec="seconds"),
        "reason": reason.strip(),
    }
    return _store(inspection, number, made, reason.strip(), actor)


def withdraw_edition(inspection: Inspection, edition: Edition, reason: str, actor: Person) -> None:
    """Take an edition back, with a reason that is published; it stays on record. Twice is once."""
    guard(actor, "reports.correct", inspection)
    if edition.withdrawn_at:
        return
    if not reason.strip():
        raise Refused(_("Say why. The reason is published."), 422)
    edition.withdrawn_at, edition.withdrawn_reason = now(), reason.strip()
    db.session.flush()
    journal.append(
        "edition.withdrawn",
        actor=actor.id,
        inspection=inspection.id,
        about=("edition", edition.id),
        facts={"number": edition.number},
    )


def _check_correction(inspection: Inspection, actor: Person | None, reason: str) -> None:
    if actor is None:
        raise Refused(_("This report is published already."))
    guard(actor, "reports.correct", inspection)
    if not reason.strip():
        raise Refused(_("Say what was wrong. The reason is published."), 422)


def _final_content(inspection: Inspection) -> content.Content:
    draft = queries.latest_draft(inspection.id)
    if draft is None or not draft.content.get("final"):
        draft = freeze_final(inspection)
    return draft.content


def _clocks(inspection: Inspection) -> list[dict[str, Any]]:
    """Return the clocks that have started, in the report's language, in words that stay true of the day."""
    with in_language(inspection.language):
        return [
            {"text": one.text, "side": str(one.side), "state": str(one.state), "sentence": one.sentence}
            for one in clocks_for(inspection.id, inspection.charter_id)
            if one.started is not None
        ]


def _store(inspection: Inspection, number: int, made: content.Content, reason: str, actor: Person | None) -> Edition:
    chain = db.session.get(Chain, inspection.id)
    edition = Edition(
        id=new_id(),
        inspection_id=inspection.id,
        number=number,
        content=made,
        digest=content.digest(made),
        reason=reason,
        journal_head=chain.head if chain else START,
        published_at=now(),
    )
    db.session.add(edition)
    db.session.flush()
    job = jobs.enqueue("report.edition", {"edition": str(edition.id)}, unique_key=f"report.edition:{edition.id}")
    edition.job_id = job.id
    inspection.published_at = inspection.published_at or now()
    db.session.flush()
    journal.append(
        "report.published",
        actor=actor.id if actor else None,
        inspection=inspection.id,
        about=("edition", edition.id),
        facts={"number": number, "digest": edition.digest},
    )
    return edition
