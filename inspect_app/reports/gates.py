"""What a report must have before its inspection goes on, what follows, and what each person has to do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import url_for

from inspect_app.core.access import Standing
from inspect_app.core.jobs import periodic
from inspect_app.core.words import _, lazy, ngettext
from inspect_app.inspections import gates
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted, is_waived
from inspect_app.inspections.rules import Missing, Stage
from inspect_app.inspections.rules_team import WaitsFor
from inspect_app.reports import queries, queries_state
from inspect_app.reports.models import AccuracyPoint, ReportDraft
from inspect_app.reports.operations_checking import is_closed, settle_when_decided, settle_when_over
from inspect_app.reports.operations_drafts import freeze_final, send_draft
from inspect_app.reports.operations_editions import publish
from inspect_app.reports.queries_state import Written
from inspect_app.reports.rules import NEEDS_NEW_WORDS

HOUR = timedelta(hours=1)
PAGE = "reports.show_report"
POINTS = "reports.show_points"
Answers = dict[uuid.UUID, list[Missing]]


def register() -> None:
    """Register the room's doors with the inspections."""
    gates.before_leaving(Stage.WRITING, missing_for_writing, missing_for_writing_of)
    gates.before_leaving(Stage.CHECKING, missing_for_checking, missing_for_checking_of)
    gates.on_entering(Stage.CHECKING, _send)
    gates.on_entering(Stage.ANSWERING, _freeze)
    gates.on_entering(Stage.IMPROVING, _publish)
    gates.find_tasks_with(tasks)
    periodic("reports.settle_when_over", HOUR, settle_when_over)
    gates.offer_section(lazy("Report"), PAGE, "reports.see", 60)


def _send(inspection: Inspection) -> None:
    send_draft(inspection)


def _freeze(inspection: Inspection) -> None:
    settle_when_decided(inspection)
    freeze_final(inspection)


def _publish(inspection: Inspection) -> None:
    if not queries.editions_of(inspection.id):
        publish(inspection, None)


def missing_for_writing(inspection: Inspection) -> list[Missing]:
    """Return what the report lacks: findings, recommendations, a draft of today's words, everybody's word on it."""
    return missing_for_writing_of([inspection])[inspection.id]


def missing_for_writing_of(inspections: Sequence[Inspection]) -> Answers:
    """Return what the reports of many inspections lack."""
    ids = [one.id for one in inspections]
    written, drafts = queries_state.written_in(ids), queries_state.latest_drafts(ids)
    said = queries_state.confirmed_by([draft.id for draft in drafts.values()])
    return {one.id: list(_lacks(one, written[one.id], drafts.get(one.id), said)) for one in inspections}


def _lacks(
    inspection: Inspection, written: Written, draft: ReportDraft | None, said: Mapping[uuid.UUID, set[uuid.UUID]]
) -> Iterator[Missing]:
    if not written.findings:
        yield Missing(_("The report has no finding yet."), _("the team"), PAGE)
    if not written.recommendations:
        yield Missing(_("The report has no recommendation yet."), _("the team"), PAGE)
    if draft is None:
        yield Missing(_("Nobody has made a draft yet."), _("the team"), PAGE)
    elif draft.written_digest != written.digest:
        yield Missing(_("The report was changed after the latest draft. Make a new draft."), _("the team"), PAGE)
    else:
        yield from _unconfirmed(inspection, said.get(draft.id, set()))


def _unconfirmed(inspection: Inspection, said: set[uuid.UUID]) -> Iterator[Missing]:
    for member in accepted(inspection):
        if member.person_id not in said and not is_waived(inspection, WaitsFor.CONFIRMATION, member.person_id):
            name = member.person.name
            sentence = _("%(name)s has not confirmed the draft.", name=name)
            yield Missing(sentence, name, PAGE, WaitsFor.CONFIRMATION, str(member.person_id))


def missing_for_checking(inspection: Inspection) -> list[Missing]:
    """Return what the check of facts waits for: the service's word or its time, decisions, new words."""
    return missing_for_checking_of([inspection])[inspection.id]


def missing_for_checking_of(inspections: Sequence[Inspection]) -> Answers:
    """Return what the checks of many inspections wait for."""
    ids = [one.id for one in inspections]
    points, closed = queries_state.points_in_many(ids), queries_state.closed_checks(ids)
    over = queries_state.checks_over([one for one in inspections if one.id not in closed])
    return {one.id: list(_waits(points[one.id], one.id in closed or one.id in over)) for one in inspections}


def _waits(points: Sequence[AccuracyPoint], checked: bool) -> Iterator[Missing]:
    if not checked:
        yield Missing(_("The service is still checking the facts."), _("the service"), POINTS)
    if open_ones := sum(point.decision is None for point in points):
        yield Missing(_many(open_ones), _("the reviewer"), POINTS)
    for point in points:
        if needs_new_words(point):
            yield Missing(
                _("Paragraph %(number)s must be written anew.", number=point.paragraph), _("the team"), POINTS
            )


def needs_new_words(point: AccuracyPoint) -> bool:
    """Say whether a passage was found wrong and nobody has written it anew yet."""
    return point.decision in NEEDS_NEW_WORDS and point.new_words is None


def _many(points: int) -> str:
    return ngettext("One point is waiting for a decision.", "%(n)s points are waiting for a decision.", points)


def tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    """Yield what a person has to do on the report now."""
    if inspection.stage == Stage.WRITING:
        yield from _writing_tasks(inspection, person, standings)
    elif inspection.stage == Stage.CHECKING:
        yield from _checking_tasks(inspection, standings)


def _writing_tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    page = url_for(PAGE, reference=inspection.reference)
    if Standing.INSPECTOR in standings:
        draft = queries.latest_draft(inspection.id)
        if draft is not None:
            said = person.id in queries.confirmations_of(draft.id)
            href = url_for("reports.confirm", reference=inspection.reference)
            status, kind = (_("Done"), "done") if said else (_("To do"), "todo")
            yield Task(_("Read draft %(number)s and say what you think", number=draft.number), href, status, kind)
    if standings & {Standing.INSPECTOR, Standing.COORDINATOR}:
        count = len(queries.findings_of(inspection.id)), len(queries.recommendations_of(inspection.id))
        status = _("%(found)s findings, %(asked)s recommendations", found=count[0], asked=count[1])
        yield Task(_("Write the report"), page, status, "doing" if any(count) else "todo")


def _checking_tasks(inspection: Inspection, standings: frozenset[Standing]) -> Iterator[Task]:
    page = url_for(POINTS, reference=inspection.reference)
    points = queries.points_in(inspection)
    if standings & {Standing.SERVICE_LEAD, Standing.SERVICE_STAFF}:
        closed = is_closed(inspection)
        status = _("Done") if closed else ngettext("%(n)s points so far", "%(n)s points so far", len(points))
        yield Task(_("Check the facts in the draft"), page, status, "done" if closed else "todo")
    if Standing.REVIEWER in standings:
        waiting = sum(point.decision is None for point in points)
        status, kind = (
            (ngettext("%(n)s to decide", "%(n)s to decide", waiting), "todo")
            if waiting
            else (_("Nothing to decide"), "waiting")
        )
        yield Task(_("Decide the points of the service"), page, status, kind)
    if standings & {Standing.INSPECTOR, Standing.COORDINATOR}:
        unwritten = sum(needs_new_words(point) for point in points)
        if unwritten:
            yield Task(_("Write passages anew"), page, ngettext("%(n)s to write", "%(n)s to write", unwritten), "todo")
