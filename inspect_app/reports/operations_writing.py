"""Writes of the team: sections, findings, recommendations. Every text is kept as a revision."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from inspect_app.core import journal, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin, Saved
from inspect_app.core.time import now
from inspect_app.core.words import _, number
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard
from inspect_app.people.models import Person
from inspect_app.reports import queries
from inspect_app.reports.models import Finding, FindingBasis, Recommendation, ReportSection
from inspect_app.reports.rules import LONGEST_TEXT, SECTION_BY_KEY, FindingKind, order_after

Numbered = type[Finding] | type[Recommendation]
FAR = 1_000_000
"""Added to numbers while they are given anew, so that no two are the same on the way."""


def save_section(inspection: Inspection, key: str, text: str, origin: Origin, actor: Person) -> Saved:
    """Save one part of the text; when somebody else saved meanwhile both are kept and ``on_top`` is false.

    Raises Refused (404) for an unknown part, (422) for a text that is too long.
    """
    guard(actor, "reports.write", inspection)
    if key not in SECTION_BY_KEY:
        raise Refused(_("The report has no such part."), 404)
    _check_length(text)
    section = queries.sections_of(inspection.id).get(key)
    if section is None:
        section = ReportSection(id=new_id(), inspection_id=inspection.id, key=key, text="")
        db.session.add(section)
        db.session.flush()
    saved = revisions.save(
        ("report_section", section.id), {"text": text}, origin, top=section.revision_id, inspection=inspection.id
    )
    db.session.flush()
    if saved.on_top:
        section.text, section.revision_id = text, saved.revision.id
    db.session.flush()
    return saved


def add_finding(
    inspection: Inspection,
    kind: str,
    text: str,
    observations: Sequence[uuid.UUID],
    criteria: Sequence[str],
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> Finding:
    """Add a finding at the end; the same id twice is one finding.

    Raises Refused (422) without text or without anything that it stands on.
    """
    guard(actor, "reports.write", inspection)
    known: Finding | None = _same(Finding, id, inspection)
    if known is not None:
        return known
    _check_finding(inspection, kind, text, observations, criteria)
    finding = Finding(
        id=id or new_id(), inspection_id=inspection.id, number=_next(Finding, inspection), kind=kind, text=text.strip()
    )
    saved = revisions.save(
        ("finding", finding.id),
        _finding_content(kind, finding.text, observations, criteria),
        Origin(author=actor.id),
        top=None,
        inspection=inspection.id,
    )
    db.session.flush()
    finding.revision_id = saved.revision.id
    finding.basis = _basis(observations, criteria)
    db.session.add(finding)
    db.session.flush()
    _note("finding.added", inspection, finding, actor)
    return finding


def change_finding(
    inspection: Inspection,
    finding: Finding,
    kind: str,
    text: str,
    observations: Sequence[uuid.UUID],
    criteria: Sequence[str],
    origin: Origin,
    actor: Person,
) -> Saved:
    """Save a finding anew; when somebody else saved meanwhile both are kept and ``on_top`` is false."""
    guard(actor, "reports.write", inspection)
    _check_finding(inspection, kind, text, observations, criteria)
    content = _finding_content(kind, text.strip(), observations, criteria)
    saved = revisions.save(("finding", finding.id), content, origin, top=finding.revision_id, inspection=inspection.id)
    db.session.flush()
    if saved.on_top and not saved.repeated:
        finding.kind, finding.text, finding.revision_id = kind, text.strip(), saved.revision.id
        finding.basis.clear()
        db.session.flush()
        finding.basis.extend(_basis(observations, criteria))
    db.session.flush()
    return saved


def withdraw_finding(inspection: Inspection, finding: Finding, actor: Person) -> None:
    """Take a finding out of the report; refused while a recommendation stands on nothing else."""
    guard(actor, "reports.write", inspection)
    if finding.withdrawn_at:
        return
    for asked in queries.recommendations_of(inspection.id):
        if [one.id for one in asked.findings if one.withdrawn_at is None] == [finding.id]:
            raise Refused(
                _(
                    "Recommendation %(number)s stands on this finding alone. "
                    "Choose another finding for it first, or withdraw it.",
                    number=asked.number,
                )
            )
    _withdraw(Finding, finding, inspection)
    _note("finding.withdrawn", inspection, finding, actor)


def add_recommendation(
    inspection: Inspection,
    service_id: uuid.UUID,
    text: str,
    why: str,
    findings: Sequence[uuid.UUID],
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> Recommendation:
    """Add a recommendation at the end; the same id twice is one.

    Raises Refused (422) without text, without a finding, or for a service that is not inspected.
    """
    guard(actor, "reports.write", inspection)
    known: Recommendation | None = _same(Recommendation, id, inspection)
    if known is not None:
        return known
    under = _check_recommendation(inspection, service_id, text, why, findings)
    asked = Recommendation(
        id=id or new_id(),
        inspection_id=inspection.id,
        service_id=service_id,
        number=_next(Recommendation, inspection),
        text=text.strip(),
        why=why.strip(),
    )
    saved = revisions.save(
        ("recommendation", asked.id),
        _recommendation_content(service_id, asked.text, asked.why, findings),
        Origin(author=actor.id),
        top=None,
        inspection=inspection.id,
    )
    db.session.flush()
    asked.revision_id, asked.findings = saved.revision.id, under
    db.session.add(asked)
    db.session.flush()
    _note("recommendation.added", inspection, asked, actor)
    return asked


def change_recommendation(
    inspection: Inspection,
    asked: Recommendation,
    service_id: uuid.UUID,
    text: str,
    why: str,
    findings: Sequence[uuid.UUID],
    origin: Origin,
    actor: Person,
) -> Saved:
    """Save a recommendation anew; when somebody else saved meanwhile both are kept and ``on_top`` is false."""
    guard(actor, "reports.write", inspection)
    under = _check_recommendation(inspection, service_id, text, why, findings)
    content = _recommendation_content(service_id, text.strip(), why.strip(), findings)
    saved = revisions.save(
        ("recommendation", asked.id), content, origin, top=asked.revision_id, inspection=inspection.id
    )
    db.session.flush()
    if saved.on_top and not saved.repeated:
        asked.service_id, asked.text, asked.why = service_id, text.strip(), why.strip()
        asked.findings, asked.revision_id = under, saved.revision.id
    db.session.flush()
    return saved


def withdraw_recommendation(inspection: Inspection, asked: Recommendation, actor: Person) -> None:
    """Take a recommendation out of the report; those after it move up by one."""
    guard(actor, "reports.write", inspection)
    if asked.withdrawn_at:
        return
    _withdraw(Recommendation, asked, inspection)
    _note("recommendation.withdrawn", inspection, asked, actor)


def move(inspection: Inspection, thing: Finding | Recommendation, up: bool, actor: Person) -> None:
    """Move a finding or recommendation one place; all are numbered anew from 1."""
    guard(actor, "reports.write", inspection)
    rows = {row.number: row for row in _standing(type(thing), inspection)}
    _renumber([rows[number] for number in order_after(list(rows), thing.number, up)])


def _standing(table: Numbered, inspection: Inspection) -> Sequence[Any]:
    reader = queries.findings_of if table is Finding else queries.recommendations_of
    return reader(inspection.id)


def _renumber(rows: Sequence[Finding | Recommendation]) -> None:
    for place, row in enumerate(rows, 1):
        row.number = FAR + place
    db.session.flush()
    for place, row in enumerate(rows, 1):
        row.number = place
    db.session.flush()


def _withdraw(table: Numbered, thing: Finding | Recommendation, inspection: Inspection) -> None:
    """Withdrawn rows keep a number below zero, so that the others can be counted from 1."""
    lowest = db.session.scalar(select(func.min(table.number)).where(table.inspection_id == inspection.id)) or 0
    thing.withdrawn_at, thing.number = now(), min(lowest, 0) - 1
    db.session.flush()
    _renumber(_standing(table, inspection))


def _next(table: Numbered, inspection: Inspection) -> int:
    highest = db.session.scalar(select(func.max(table.number)).where(table.inspection_id == inspection.id))
    return max(highest or 0, 0) + 1


def _same(table: Numbered, row_id: uuid.UUID | None, inspection: Inspection) -> Any:
    known: Any = db.session.get(table, row_id) if row_id else None
    if known is not None and known.inspection_id != inspection.id:
        raise Refused(_("This belongs to another inspection."), 404)
    return known


def _check_length(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Refused(_("This is too long. Up to %(count)s signs fit here.", count=number(LONGEST_TEXT)), 422)


def _check_finding(
    inspection: Inspection, kind: str, text: str, observations: Sequence[uuid.UUID], criteria: Sequence[str]
) -> None:
    if kind not in list(FindingKind):
        raise Refused(_("Say whether this is a strength or could be better."), 422)
    if not text.strip():
        raise Refused(_("Write what you found."), 422)
    _check_length(text)
    if not observations and not criteria:
        raise Refused(
            _("A finding needs something to stand on. Choose what you saw, or a question that you rated."), 422
        )
    if set(observations) - {one.id for one in queries.team_observations(inspection)}:
        raise Refused(_("One of the notes that you chose is not there any more. Look at the list again."), 422)
    if set(criteria) - {one.criterion_key for one in queries.agreed_ratings(inspection.id)}:
        raise Refused(_("The team has not agreed on one of the questions that you chose."), 422)


def _check_recommendation(
    inspection: Inspection, service_id: uuid.UUID, text: str, why: str, findings: Sequence[uuid.UUID]
) -> list[Finding]:
    if not text.strip():
        raise Refused(_("Write what should be done."), 422)
    _check_length(text)
    _check_length(why)
    if service_id not in {service.id for service in inspection.services}:
        raise Refused(_("Choose one of the services that this inspection looks at."), 422)
    under = [one for one in queries.findings_of(inspection.id) if one.id in set(findings)]
    if not under:
        raise Refused(_("A recommendation needs a finding to stand on. Choose at least one."), 422)
    return under


def _basis(observations: Sequence[uuid.UUID], criteria: Sequence[str]) -> list[FindingBasis]:
    seen = [FindingBasis(position=place, observation_id=one) for place, one in enumerate(dict.fromkeys(observations))]
    rated = [
        FindingBasis(position=len(seen) + place, criterion_key=key) for place, key in enumerate(dict.fromkeys(criteria))
    ]
    return seen + rated


def _finding_content(
    kind: str, text: str, observations: Sequence[uuid.UUID], criteria: Sequence[str]
) -> dict[str, Any]:
    return {"kind": kind, "text": text, "observations": [str(one) for one in observations], "criteria": list(criteria)}


def _recommendation_content(
    service_id: uuid.UUID, text: str, why: str, findings: Sequence[uuid.UUID]
) -> dict[str, Any]:
    return {"service": str(service_id), "text": text, "why": why, "findings": [str(one) for one in findings]}


def _note(kind: str, inspection: Inspection, thing: Finding | Recommendation, actor: Person) -> None:
    about = "finding" if isinstance(thing, Finding) else "recommendation"
    journal.append(
        kind, actor=actor.id, inspection=inspection.id, about=(about, thing.id), facts={"number": thing.number}
    )
