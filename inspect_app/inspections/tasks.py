"""What each person has to do before the visits: answer, agree, plan, add papers, record time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from inspect_app.core.access import Standing
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.web import day_words, time_words
from inspect_app.core.words import _, ngettext
from inspect_app.inspections import queries
from inspect_app.inspections.gates import Task
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries_supporters import open_wishes
from inspect_app.inspections.rules import ENDED, Stage
from inspect_app.inspections.rules_team import JOINABLE, MemberRole
from inspect_app.people.rules import Role

TEAM = frozenset({Standing.INSPECTOR, Standing.SUPPORTER, Standing.REVIEWER})
RECORDS = TEAM | {Standing.SERVICE_LEAD, Standing.SERVICE_STAFF}


def tasks_of(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    """Yield what somebody has to do, or can do, in the part of the way that this room knows."""
    if inspection.stage in ENDED or inspection.stage == Stage.SUSPENDED:
        return
    if Standing.INVITED in standings:
        yield Task(_("Answer the invitation"), _to("invitation", inspection), hint=_("Say whether you can join."))
    yield from _charter(inspection, person, standings)
    if standings & TEAM - {Standing.REVIEWER}:
        yield from _visits(inspection)
    yield from _supporters(inspection, standings)
    if standings & {Standing.SERVICE_LEAD, Standing.SERVICE_STAFF}:
        yield from _papers(inspection)
    if standings & RECORDS and any(visit.held_at for visit in inspection.visits):
        yield Task(_("Record your time"), _to("hours", inspection), "", "waiting", group="more")


def _charter(inspection: Inspection, person: Any, standings: frozenset[Standing]) -> Iterator[Task]:
    if inspection.charter_id is None:
        return
    if standings & TEAM and not queries.has_agreed(inspection, person.id):
        yield Task(_("Agree to the charter"), _to("charter", inspection), hint=_("What we promise one another."))
    for service in inspection.services:
        if person.holds(Role.SERVICE_LEAD, service.id) and not queries.service_has_agreed(inspection, service.id):
            yield Task(_("Agree to the charter for %(service)s", service=service.name), _to("charter", inspection))


def _supporters(inspection: Inspection, standings: frozenset[Standing]) -> Iterator[Task]:
    if inspection.stage not in JOINABLE[MemberRole.SUPPORTER]:
        return
    if Standing.COORDINATOR in standings:
        for wish in open_wishes(inspection):
            hint = _("%(name)s wants somebody who helps. Say yes or no.", name=wish.inspector.name)
            yield Task(_("Answer the wish for a supporter"), _to("supporters", inspection), hint=hint)
    if Standing.INSPECTOR in standings:
        hint = _("Somebody who comes along and can write for you.")
        yield Task(_("Choose a supporter"), _to("my_supporter", inspection), "", "waiting", hint, "more")


def _visits(inspection: Inspection) -> Iterator[Task]:
    today = local_day(now(), zone())
    for visit in inspection.visits:
        day = local_day(visit.starts_at, zone())
        if visit.cancelled_at is None and visit.held_at is None and day >= today:
            words = day_words(visit.starts_at, weekday=True)
            href = url_for("inspections.visit", reference=inspection.reference, visit_id=visit.id)
            hint = f"{visit.place}, {time_words(visit.starts_at)}"
            group = "now" if day == today else "more"
            yield Task(
                _("Your visit today") if day == today else _("Visit on %(day)s", day=words),
                href,
                "",
                "waiting",
                hint,
                group,
            )
            return


def _papers(inspection: Inspection) -> Iterator[Task]:
    papers = sum(document.withdrawn_at is None for document in inspection.documents)
    if inspection.stage in (Stage.PREPARING, Stage.FIELDWORK):
        status = ngettext("%(n)s added", "%(n)s added", papers) if papers else _("Can do")
        hint = _("Plans, figures, leaflets: what helps the team to understand your work.")
        yield Task(_("Add papers for the team"), _to("documents", inspection), status, "doing", hint, "more")


def _to(view: str, inspection: Inspection) -> str:
    return url_for(f"inspections.{view}", reference=inspection.reference)
