"""What fieldwork waits for before it can end, and what each person has to do in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import url_for

from inspect_app.core.access import Standing
from inspect_app.core.words import _, lazy, ngettext
from inspect_app.fieldwork import queries
from inspect_app.fieldwork.queries_sheet import sheet_of
from inspect_app.fieldwork.rules import Rater, RaterKind
from inspect_app.inspections import gates
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted, is_waived
from inspect_app.inspections.rules import Missing, Stage


def register() -> None:
    """Register the gate, the tasks and the pages of the navigation."""
    gates.before_leaving(Stage.FIELDWORK, unsealed, unsealed_of)
    gates.find_tasks_with(tasks)
    gates.offer_section(lazy("Questions"), "fieldwork.questions", "fieldwork.own", 40)
    gates.offer_section(lazy("Notes"), "fieldwork.observations", "fieldwork.observations", 42)
    gates.offer_section(lazy("Own rating"), "fieldwork.self_rating", "self_rating.own", 40)
    gates.offer_section(lazy("Ratings so far"), "fieldwork.progress", "fieldwork.progress", 44)


def unsealed(inspection: Inspection) -> list[Missing]:
    """Return which inspectors have not sealed yet; whoever was released does not count."""
    return list(unsealed_of([inspection])[inspection.id])


def unsealed_of(inspections: Sequence[Inspection]) -> dict[uuid.UUID, list[Missing]]:
    """Return the same for many inspections, with one query."""
    alone = [one for one in inspections if one.kind.rating != "together"]
    seals = queries.sealed_raters([one.id for one in alone])
    found: dict[uuid.UUID, list[Missing]] = {one.id: [] for one in inspections}
    for inspection in alone:
        for member in accepted(inspection):
            sealed = Rater(RaterKind.INSPECTOR, member.person_id) in seals[inspection.id]
            if not sealed and not is_waived(inspection, "seal", member.person_id):
                found[inspection.id].append(
                    Missing(
                        _("%(name)s has not sealed their ratings yet.", name=member.person.name),
                        member.person.name,
                        "fieldwork.questions",
                        what="seal",
                        whom=str(member.person_id),
                    )
                )
    return found


def tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterable[Task]:
    """Yield what a person has to do in fieldwork."""
    if Standing.INSPECTOR in standings and inspection.stage == Stage.FIELDWORK:
        yield from _inspector_tasks(inspection, person)
    if standings & {Standing.SERVICE_LEAD, Standing.SERVICE_STAFF}:
        yield from _service_tasks(inspection, person, standings)
    if inspection.stage == Stage.FIELDWORK and standings & {Standing.SUPPORTER, Standing.COORDINATOR}:
        address = url_for("fieldwork.type_in", reference=inspection.reference)
        mine = Standing.SUPPORTER in standings
        yield Task(
            _("Type for the inspector you support")
            if mine
            else _("Type in what inspectors hand over on paper or phone in"),
            address,
            _("When they ask you"),
            "waiting",
            group="now" if mine else "more",
        )


def _inspector_tasks(inspection: Inspection, person: Any) -> Iterator[Task]:
    rater = Rater(RaterKind.INSPECTOR, person.id)
    reference = inspection.reference
    if inspection.kind.rating == "together":
        yield Task(_("Read the questions"), url_for("fieldwork.questions", reference=reference), _("Read"), "doing")
        yield Task(_("Note what you find"), url_for("fieldwork.add_note", reference=reference), _("Add"), "doing")
        return
    yield from _rate_and_seal(
        inspection,
        rater,
        _("Rate the questions"),
        url_for("fieldwork.questions", reference=reference),
        _("Seal your ratings"),
        url_for("fieldwork.seal", reference=reference),
    )
    yield Task(
        _("Note what you find"), url_for("fieldwork.add_note", reference=reference), _("Add"), "doing", group="more"
    )


def _service_tasks(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    mine = {grant.service_id for grant in person.roles}
    leads = {grant.service_id for grant in person.roles if grant.name == "service_lead"}
    for service in inspection.services:
        rater = Rater(RaterKind.SERVICE, service.id)
        if service.id not in mine or inspection.stage not in rater.stages:
            continue
        values: dict[str, Any] = {"reference": inspection.reference, "service_id": service.id}
        yield from _rate_and_seal(
            inspection,
            rater,
            _("Rate %(service)s yourselves", service=service.name),
            url_for("fieldwork.own_questions", **values),
            _("Seal your own rating") if service.id in leads and Standing.SERVICE_LEAD in standings else "",
            url_for("fieldwork.own_seal", **values),
        )


def _rate_and_seal(
    inspection: Inspection, rater: Rater, rate: str, rate_at: str, seal: str, seal_at: str
) -> Iterator[Task]:
    if inspection.framework_version_id is None:
        return
    if queries.seal_of(inspection, rater) is not None:
        yield Task(rate, rate_at, _("Sealed"), "done")
        return
    sheet = sheet_of(inspection, rater)
    done, total = sheet.done, len(sheet.answerable)
    kind = "done" if done == total else "doing" if done else "todo"
    yield Task(rate, rate_at, _("%(done)s of %(total)s", done=done, total=total), kind)
    if seal:
        left = len(sheet.left)
        hint = (
            ngettext("%(n)s question left to rate first.", "%(n)s questions left to rate first.", left) if left else ""
        )
        yield Task(seal, seal_at, _("Not yet") if left else _("To do"), "waiting" if left else "todo", hint)
