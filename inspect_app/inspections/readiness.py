"""What planning and preparing wait for, and what each person has to do there.

The gates answer for many inspections at once, so that the overview needs no more queries for a thousand.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _, lazy, ngettext
from inspect_app.inspections import gates, queries
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.rules import Missing, Stage, way_of
from inspect_app.inspections.rules_team import MemberRole, MemberState, WaitsFor
from inspect_app.people.models import Person
from inspect_app.people.queries import trained

COORDINATOR = lazy("a coordinator")
Leads = Mapping[uuid.UUID, Sequence[Person]]
Answers = dict[uuid.UUID, list[Missing]]


def register() -> None:
    """Register the gates of this room."""
    gates.before_leaving(Stage.PLANNING, planning_misses, planning_misses_of)
    gates.before_leaving(Stage.PREPARING, preparing_misses, preparing_misses_of)
    gates.before_leaving(Stage.WRITING, reviewer_misses)


def planning_misses(inspection: Inspection) -> list[Missing]:
    """Return what is missing before preparing can begin."""
    return planning_misses_of([inspection])[inspection.id]


def planning_misses_of(inspections: Sequence[Inspection]) -> Answers:
    """Return what is missing before preparing can begin, for many inspections."""
    leads = queries.leads_of({service.id for one in inspections for service in one.services})
    return {one.id: [*_plan_misses(one), *_team_misses(one), *_leads_missing(one, leads)] for one in inspections}


def _plan_misses(inspection: Inspection) -> Iterator[Missing]:
    if not inspection.services:
        yield Missing(_("No service is chosen yet."), COORDINATOR, "inspections.plan_services")
    if inspection.framework_version_id is None:
        yield Missing(_("The questions are not chosen yet."), COORDINATOR, "inspections.plan_questions")
    if inspection.charter_id is None:
        yield Missing(_("The charter is not chosen yet."), COORDINATOR, "inspections.plan_charter")
    if not [visit for visit in inspection.visits if visit.cancelled_at is None]:
        yield Missing(_("No visit is planned yet."), COORDINATOR, "inspections.visits")


def _team_misses(inspection: Inspection) -> Iterator[Missing]:
    kind, asked = inspection.kind, queries.on_team(inspection)
    if len(asked) < kind.team_min:
        yield Missing(_too_few_asked(len(asked), kind.team_min), COORDINATOR, "inspections.team")
    if len(asked) > kind.team_max:
        sentence = ngettext("The team has %(n)s inspector. It can have %(most)s.",
                            "The team has %(n)s inspectors. It can have %(most)s.",
                            len(asked), most=kind.team_max)  # fmt: skip
        yield Missing(sentence, COORDINATOR, "inspections.team")
    if kind.settings.get("lead_needed") and not any(member.is_lead for member in asked):
        yield Missing(_("Nobody is asked to lead the team."), COORDINATOR, "inspections.team")
    if _is_checked(inspection) and not queries.on_team(inspection, MemberRole.REVIEWER):
        sentence = _(
            "Nobody is asked to be the reviewer. The reviewer decides when the service says that a fact is wrong."
        )
        yield Missing(sentence, COORDINATOR, "inspections.team")


def _leads_missing(inspection: Inspection, leads: Leads) -> Iterator[Missing]:
    for service in inspection.services:
        if not leads[service.id]:
            sentence = _("%(service)s has nobody who leads it here. Give somebody this role.", service=service.name)
            yield Missing(sentence, COORDINATOR)


def _too_few_asked(asked: int, needed: int) -> str:
    if not asked:
        return _("Nobody is asked to join. The team needs %(needed)s.", needed=needed)
    return ngettext("%(n)s inspector is asked to join. The team needs %(needed)s.",
                    "%(n)s inspectors are asked to join. The team needs %(needed)s.", asked, needed=needed)  # fmt: skip


def _is_checked(inspection: Inspection) -> bool:
    return Stage.CHECKING in way_of(inspection.kind.leaves_out)


def preparing_misses(inspection: Inspection) -> list[Missing]:
    """Return what is missing before the inspectors can rate."""
    return preparing_misses_of([inspection])[inspection.id]


def preparing_misses_of(inspections: Sequence[Inspection]) -> Answers:
    """Return what is missing before the inspectors can rate, for many inspections."""
    titles = {key: course.title for key, course in queries.courses().items()}
    inspectors = {one.person_id for item in inspections for one in queries.accepted(item)}
    taken = trained(inspectors, titles, local_day(now(), zone()))
    return {
        one.id: [*_answers_missing(one), *_training_missing(one, taken, titles), *_charter_missing(one)]
        for one in inspections
    }


def _answers_missing(inspection: Inspection) -> Iterator[Missing]:
    for member in inspection.members:
        if member.state == MemberState.INVITED:
            sentence = _("%(name)s has not answered the invitation.", name=member.person.name)
            yield Missing(sentence, member.person.name, "inspections.team",
                          WaitsFor.INVITATION, str(member.person_id))  # fmt: skip
    team = queries.accepted(inspection)
    if len(team) < inspection.kind.team_min:
        yield Missing(_too_few_said_yes(len(team), inspection.kind.team_min), COORDINATOR, "inspections.team")
    if inspection.kind.settings.get("lead_needed") and not any(one.is_lead for one in team):
        yield Missing(_("Nobody who said yes leads the team."), COORDINATOR, "inspections.team")


def _too_few_said_yes(there: int, needed: int) -> str:
    if not there:
        return _("No inspectors said yes. The team needs %(needed)s.", needed=needed)
    return ngettext("%(n)s inspector said yes. The team needs %(needed)s.",
                    "%(n)s inspectors said yes. The team needs %(needed)s.", there, needed=needed)  # fmt: skip


def _training_missing(
    inspection: Inspection, taken: Mapping[uuid.UUID, set[str]], titles: Mapping[str, str]
) -> Iterator[Missing]:
    for member in queries.accepted(inspection):
        lacking = [key for key in inspection.kind.required_training if key not in taken[member.person_id]]
        if lacking:
            words = ", ".join(_("“%(words)s”", words=titles.get(key, key)) for key in lacking)
            sentence = _("%(name)s still needs this training: %(courses)s.", name=member.person.name, courses=words)
            yield Missing(sentence, COORDINATOR, "inspections.team",
                          WaitsFor.TRAINING, str(member.person_id))  # fmt: skip


def _charter_missing(inspection: Inspection) -> Iterator[Missing]:
    for member in _bound_by_charter(inspection):
        known = queries.has_agreed(inspection, member.person_id)
        if not known and not queries.is_waived(inspection, WaitsFor.CHARTER, person_id=member.person_id):
            sentence = _("%(name)s has not agreed to the charter.", name=member.person.name)
            yield Missing(sentence, member.person.name, "inspections.charter",
                          WaitsFor.CHARTER, str(member.person_id))  # fmt: skip
    for service in inspection.services:
        known = queries.service_has_agreed(inspection, service.id)
        if not known and not queries.is_waived(inspection, WaitsFor.CHARTER, service_id=service.id):
            sentence = _("%(name)s has not agreed to the charter.", name=service.name)
            lead = _("the lead of %(service)s", service=service.name)
            yield Missing(sentence, lead, "inspections.charter",
                          WaitsFor.CHARTER, service=str(service.id))  # fmt: skip


def _bound_by_charter(inspection: Inspection) -> list[Member]:
    return queries.accepted(inspection) + queries.accepted(inspection, MemberRole.SUPPORTER)


def reviewer_misses(inspection: Inspection) -> list[Missing]:
    """Return what is missing before the service can check facts: somebody who decides on them."""
    if not _is_checked(inspection) or queries.accepted(inspection, MemberRole.REVIEWER):
        return []
    sentence = _("Nobody has said yes to being the reviewer, who decides when the service says that a fact is wrong.")
    return [Missing(sentence, COORDINATOR, "inspections.team")]
