"""Writes about drafts: freeze one, confirm it or say why not, send it, freeze the final text."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from inspect_app.core import jobs, journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.languages import in_language
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.moderation.models import MinorityStatement
from inspect_app.people.models import Person
from inspect_app.reports import content, queries
from inspect_app.reports.models import AccuracyPoint, Confirmation, ReportDraft
from inspect_app.reports.queries_content import gather, report_minority
from inspect_app.reports.queries_state import written_in


def make_draft(inspection: Inspection, actor: Person) -> ReportDraft:
    """Freeze the report as it is now, with numbered paragraphs, and ask for its PDF.

    When nothing was written since the latest draft, that one is returned. Raises Refused (409) without a finding
    and a recommendation: a draft that says nothing helps nobody.
    """
    guard(actor, "reports.make_draft", inspection)
    written = written_in([inspection.id])[inspection.id]
    if not written.findings or not written.recommendations:
        raise Refused(_("A draft needs at least one finding and one recommendation. Write these first."))
    latest = queries.latest_draft(inspection.id)
    if latest is not None and latest.written_digest == written.digest:
        return latest
    with in_language(inspection.language):  # what is frozen is read by all, whoever freezes it
        made = content.build(gather(inspection, with_minority=False))
    draft = _freeze(inspection, made, written.digest, actor.id)
    journal.append(
        "draft.made",
        actor=actor.id,
        inspection=inspection.id,
        about=("draft", draft.id),
        facts={"number": draft.number, "digest": draft.digest},
    )
    return draft


def confirm_draft(inspection: Inspection, draft: ReportDraft, actor: Person) -> Confirmation:
    """Say that the latest draft tells what was seen; an earlier statement against the report is taken back."""
    _check_confirmable(inspection, draft, actor)
    statement = _statement(draft.inspection_id, "report", draft.inspection_id, actor.id)
    if statement is not None:
        statement.withdrawn_at = statement.withdrawn_at or now()
    return _confirm(inspection, draft, actor, agrees=True)


def state_minority(inspection: Inspection, draft: ReportDraft, text: str, actor: Person) -> MinorityStatement:
    """Say in own words why one does not stand behind the draft; it is printed in the report as it is."""
    _check_confirmable(inspection, draft, actor)
    statement = put_statement(inspection, "report", inspection.id, text, actor)
    _confirm(inspection, draft, actor, agrees=False)
    return statement


def put_statement(
    inspection: Inspection, about: str, about_id: uuid.UUID, text: str, actor: Person
) -> MinorityStatement:
    """Write a person's statement about one thing, or change it; raise Refused (422) when it is empty."""
    if not text.strip():
        raise Refused(_("Write what you see differently."), 422)
    statement = _statement(inspection.id, about, about_id, actor.id)
    if statement is None:
        statement = MinorityStatement(
            id=new_id(), inspection_id=inspection.id, about=about, about_id=about_id, person_id=actor.id
        )
        db.session.add(statement)
    statement.text, statement.stated_at, statement.withdrawn_at = text.strip(), now(), None
    db.session.flush()
    return statement


def send_draft(inspection: Inspection) -> ReportDraft:
    """Send the draft to the service when its check begins, with what stands against it; sent once, return it."""
    sent = queries.sent_draft(inspection.id)
    if sent is not None:
        return sent
    draft = queries.latest_draft(inspection.id)
    if draft is None:
        raise Refused(_("There is no draft to send. The team must make one first."))
    statements = report_minority(inspection.id)
    if statements:
        draft = _freeze(inspection, draft.content | {"minority": statements}, draft.written_digest, draft.made_by_id)
    draft.sent_at = now()
    db.session.flush()
    journal.append(
        "draft.sent",
        actor=None,
        inspection=inspection.id,
        about=("draft", draft.id),
        facts={"number": draft.number, "digest": draft.digest},
    )
    return draft


def freeze_final(inspection: Inspection) -> ReportDraft:
    """Freeze the final text, with every passage in its new words, and send it to the service for its answers."""
    sent = send_draft(inspection)
    points = queries.points_of(sent.id)
    final = content.with_changes(sent.content, new_texts(points))
    final["accuracy"] = [_point_in_print(point, sent.content) for point in points]
    final["final"] = True
    draft = _freeze(inspection, final, sent.written_digest, sent.made_by_id)
    draft.sent_at = now()
    db.session.flush()
    return draft


def new_texts(points: Iterable[AccuracyPoint]) -> dict[str, str]:
    """Return the new text of each paragraph that was written anew; the last rewording stands."""
    done = sorted((row.reworded_at, row.paragraph, row.new_paragraph) for row in points if row.reworded_at)
    return {paragraph: text or "" for _, paragraph, text in done}


def _point_in_print(point: AccuracyPoint, sent: content.Content) -> dict[str, object]:
    statements = queries.minority_statements_about(point.id)
    return {
        "n": point.paragraph,
        "old": content.paragraphs(sent).get(point.paragraph, ""),
        "quote": point.quote,
        "challenge": point.challenge,
        "decision": point.decision,
        "reason": point.decision_reason,
        "new": point.new_words,
        "minority": [row.text for row in statements],
    }


def _freeze(inspection: Inspection, made: content.Content, written: str, made_by: uuid.UUID) -> ReportDraft:
    latest = queries.latest_draft(inspection.id)
    draft = ReportDraft(
        id=new_id(),
        inspection_id=inspection.id,
        number=latest.number + 1 if latest else 1,
        content=made,
        digest=content.digest(made),
        written_digest=written,
        made_by_id=made_by,
        made_at=now(),
    )
    db.session.add(draft)
    db.session.flush()
    job = jobs.enqueue(
        "report.draft", {"draft": str(draft.id)}, unique_key=f"report.draft:{draft.id}", asked_by=made_by
    )
    draft.job_id = job.id
    db.session.flush()
    return draft


def _check_confirmable(inspection: Inspection, draft: ReportDraft, actor: Person) -> None:
    guard(actor, "reports.confirm", inspection)
    latest = queries.latest_draft(inspection.id)
    if latest is None or latest.id != draft.id:
        raise Refused(_("There is a newer draft. Read that one and confirm it."))


def _confirm(inspection: Inspection, draft: ReportDraft, actor: Person, *, agrees: bool) -> Confirmation:
    known = queries.confirmations_of(draft.id).get(actor.id)
    if known is not None and known.agrees == agrees:
        return known
    row = known or Confirmation(id=new_id(), draft_id=draft.id, person_id=actor.id)
    row.agrees, row.confirmed_at = agrees, now()
    db.session.add(row)
    db.session.flush()
    journal.append(
        "draft.confirmed",
        actor=actor.id,
        inspection=inspection.id,
        about=("draft", draft.id),
        facts={"number": draft.number, "agrees": agrees},
    )
    return row


def _statement(
    inspection_id: uuid.UUID, about: str, about_id: uuid.UUID, person_id: uuid.UUID
) -> MinorityStatement | None:
    return db.session.scalar(
        select(MinorityStatement).where(
            MinorityStatement.inspection_id == inspection_id,
            MinorityStatement.about == about,
            MinorityStatement.about_id == about_id,
            MinorityStatement.person_id == person_id,
        )
    )
