"""What a person is to an inspection; access asks here."""

from __future__ import annotations

from typing import Any

from inspect_app.core.access import Standing
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.rules_team import MemberRole, MemberState
from inspect_app.people.rules import Role

OF_A_SERVICE = {Role.SERVICE_LEAD: Standing.SERVICE_LEAD, Role.SERVICE_STAFF: Standing.SERVICE_STAFF}
ON_A_TEAM = {
    MemberRole.INSPECTOR: Standing.INSPECTOR,
    MemberRole.SUPPORTER: Standing.SUPPORTER,
    MemberRole.REVIEWER: Standing.REVIEWER,
}


def standings_on(person: Any, thing: Any) -> frozenset[Standing]:
    """Return what a person is to an inspection, from its team and from the services they work for.

    Somebody who declined, was released or has a conflict of interest has no standing from the team.
    """
    if not isinstance(thing, Inspection):
        return frozenset()
    found: set[Standing] = set()
    if at_work := [grant for grant in person.roles if grant.name in OF_A_SERVICE]:
        inspected = {service.id for service in thing.services}
        found |= {OF_A_SERVICE[Role(grant.name)] for grant in at_work if grant.service_id in inspected}
    for member in thing.members:
        if member.person_id == person.id:
            found |= _from_team(member)
    return frozenset(found)


def _from_team(member: Member) -> set[Standing]:
    if member.state == MemberState.INVITED:
        return {Standing.INVITED}
    if member.state != MemberState.ACCEPTED:
        return set()
    found = {ON_A_TEAM[MemberRole(member.role)]}
    return found | {Standing.TEAM_LEAD} if member.is_lead else found
