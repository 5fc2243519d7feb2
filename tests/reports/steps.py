"""The way of a report, step by step, each through its operation."""

from __future__ import annotations

from inspect_app.core import access
from inspect_app.core.database import db
from inspect_app.core.revisions import Origin
from inspect_app.inspections import gates
from inspect_app.reports import operations_checking, operations_drafts, operations_writing, queries
from inspect_app.reports.models import AccuracyPoint, Finding, Recommendation, ReportDraft

SAW = "It is cold.\n\nThe phone line closes at five. People at the bus stop wait."


def written(world) -> tuple[Finding, Recommendation]:
    """Write a section, a finding and a recommendation."""
    operations_writing.save_section(world.inspection, "what_we_saw", SAW, Origin(author=world.ana.id), world.ana)
    finding = operations_writing.add_finding(
        world.inspection,
        "improvement",
        "People without a phone find out late.",
        [note.id for note in world.notes],
        [world.keys[0]],
        world.ana,
    )
    asked = operations_writing.add_recommendation(
        world.inspection,
        world.service.id,
        "Put one number on every bus stop.",
        "Then everybody knows.",
        [finding.id],
        world.bilal,
    )
    return finding, asked


def drafted(world) -> ReportDraft:
    """Write, and make a draft."""
    written(world)
    return operations_drafts.make_draft(world.inspection, world.ana)


def checking(world) -> ReportDraft:
    """Have the draft confirmed and sent to the service."""
    draft = drafted(world)
    operations_drafts.confirm_draft(world.inspection, draft, world.ana)
    operations_drafts.confirm_draft(world.inspection, draft, world.bilal)
    enter(world, "checking")
    sent = queries.sent_draft(world.inspection.id)
    assert sent is not None
    return sent


def enter(world, stage: str, *, answered: bool = True) -> None:
    """Enter a stage as the inspection does when it moves on; ``answered`` False: upper rooms are not asked."""
    if answered:
        assert gates.missing(world.inspection) == []
    world.inspection.stage = stage
    db.session.flush()
    access.forget_standings()
    gates.follow(world.inspection)


def raised(world) -> AccuracyPoint:
    """Have the service challenge the second paragraph of what the team saw."""
    draft = checking(world)
    quote = "The phone line closes at five."
    number = next(n for n, text in _paragraphs(draft).items() if quote in text)
    return operations_checking.raise_point(world.inspection, number, quote, "A tape gives a number.", world.stuart)


def _paragraphs(draft: ReportDraft) -> dict[str, str]:
    from inspect_app.reports.content import paragraphs

    return paragraphs(draft.content)
