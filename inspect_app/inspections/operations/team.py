"""Ask people to join, let them go, and ask somebody else in their place."""

from __future__ import annotations

import uuid

from inspect_app.core import access, journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections import queries
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.operations.shared import guard, said
from inspect_app.inspections.queries_supporters import supporter_of
from inspect_app.inspections.rules import title
from inspect_app.inspections.rules_team import JOINABLE, NOT_THERE, ON_THE_TEAM, ROLE_NAMES, MemberRole, MemberState
from inspect_app.people.models import Person
from inspect_app.people.operations_cards import revoke_cards
from inspect_app.people.rules import Role

NEEDS_ROLE = {
    MemberRole.INSPECTOR: (Role.INSPECTOR,),
    MemberRole.SUPPORTER: (Role.SUPPORTER, Role.INSPECTOR),
    MemberRole.REVIEWER: (Role.REVIEWER,),
}


def invite_member(
    inspection: Inspection,
    person: Person,
    role: str,
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
    is_lead: bool = False,
    supports: Person | None = None,
) -> Member:
    """Ask somebody to join as inspector, supporter of one inspector, or reviewer; twice is once.

    Who was released or said no can be asked again and starts fresh. Raises Refused for somebody who works for an
    inspected service, has a conflict of interest, has another part in this team, or comes too late.
    """
    guard(actor, "inspections.invite", inspection)
    known = next((one for one in inspection.members if (one.person_id, one.role) == (person.id, role)), None)
    if known is not None and known.state in ON_THE_TEAM:
        return known
    _check_invitable(inspection, person, MemberRole(role), supports)
    member = known or Member(id=id or new_id(), person=person, role=role)
    member.is_lead = is_lead and role == MemberRole.INSPECTOR
    member.supports_id = supports.id if supports and role == MemberRole.SUPPORTER else None
    member.state, member.state_reason = MemberState.INVITED, None
    member.no_conflict_at = member.answered_at = None
    member.invited_at = now()
    if known is None:
        inspection.members.append(member)
    if member.is_lead:
        _only_lead(inspection, member)
    db.session.flush()
    access.forget_standings()
    tell("member.invited", inspection, member, actor)
    return member


def release_member(inspection: Inspection, member: Member, reason: str, actor: Person) -> Member:
    """Let somebody go, with a reason that the team sees; their work keeps their name. Twice is once."""
    guard(actor, "inspections.team", inspection)
    if member.inspection_id != inspection.id:
        raise Refused(_("There is no such person on this team."), 404)
    if member.state not in ON_THE_TEAM:
        return member
    end_membership(inspection, member, said(reason, _("Say why you release this person.")), actor)
    tell("member.released", inspection, member, actor)
    helper = supporter_of(inspection, member.person_id) if member.role == MemberRole.INSPECTOR else None
    if helper is not None:
        release_member(inspection, helper, NOT_THERE % {"name": member.person.name}, actor)
    return member


def replace_member(
    inspection: Inspection, member: Member, reason: str, by: Person, actor: Person
) -> tuple[Member, Member]:
    """Let somebody go and ask another person to take their part, who starts fresh; returns both places."""
    supports = db.session.get(Person, member.supports_id) if member.supports_id else None
    if by.id == member.person_id:
        raise Refused(_("Choose another person."), 422)
    was_lead = member.is_lead
    released = release_member(inspection, member, reason, actor)
    released.is_lead = False
    return released, invite_member(inspection, by, member.role, actor, is_lead=was_lead, supports=supports)


def end_membership(inspection: Inspection, member: Member, reason: str, actor: Person) -> None:
    """Take somebody off a team, and end their sign-in cards for it. The caller guards and tells the journal."""
    member.state, member.state_reason, member.answered_at = MemberState.RELEASED, reason, now()
    db.session.flush()
    revoke_cards(member.person_id, inspection.id, actor)
    access.forget_standings()


def _check_invitable(inspection: Inspection, person: Person, role: MemberRole, supports: Person | None) -> None:
    if inspection.stage not in JOINABLE[role]:
        facts = {"role": _(role.value), "stage": title(inspection.stage)}
        raise Refused(_("It is too late to join as %(role)s. This inspection is in “%(stage)s”.", **facts))
    if not any(person.holds(wanted) for wanted in NEEDS_ROLE[role]):
        facts = {"name": person.name, "role": str(ROLE_NAMES[role])}
        raise Refused(_("%(name)s does not have the role “%(role)s” in this programme.", **facts), 422)
    if {grant.service_id for grant in person.roles} & {service.id for service in inspection.services}:
        raise Refused(_("%(name)s works for a service under inspection.", name=person.name), 422)
    for one in inspection.members:
        if one.person_id == person.id and one.state == MemberState.CONFLICT:
            raise Refused(_("%(name)s has said that something ties them to the service.", name=person.name), 422)
        if one.person_id == person.id and one.state in ON_THE_TEAM:
            there = _("%(name)s is on this team already, as %(role)s.", name=person.name, role=_(str(one.role)))
            rates = role == MemberRole.SUPPORTER and one.role == MemberRole.INSPECTOR
            blind = _("A supporter sees your ratings, so it must be somebody who does not rate here.")
            raise Refused(f"{there} {blind}" if rates else there, 422)
    if role == MemberRole.REVIEWER:
        _check_reviewer(inspection, person)
    if role == MemberRole.SUPPORTER:
        _check_supporter(inspection, supports)


def _check_reviewer(inspection: Inspection, person: Person) -> None:
    """Nobody decides on facts of an inspection in which they had another part."""
    if any(one.person_id == person.id and one.role != MemberRole.REVIEWER for one in inspection.members):
        sentence = _("%(name)s was part of the visits. Somebody else must decide on the facts.", name=person.name)
        raise Refused(sentence, 422)
    if queries.on_team(inspection, MemberRole.REVIEWER):
        raise Refused(_("This inspection has a reviewer. Replace the reviewer instead."), 422)


def _check_supporter(inspection: Inspection, supports: Person | None) -> None:
    inspectors = {one.person_id for one in queries.on_team(inspection)}
    if supports is None or supports.id not in inspectors:
        raise Refused(_("Say which inspector of this team the supporter helps."), 422)
    if supporter_of(inspection, supports.id):
        sentence = _("%(name)s has a supporter already. Replace or release that person first.", name=supports.name)
        raise Refused(sentence, 422)


def _only_lead(inspection: Inspection, lead: Member) -> None:
    for other in inspection.members:
        if other is not lead:
            other.is_lead = False


def tell(kind: str, inspection: Inspection, member: Member, actor: Person, **facts: object) -> None:
    """Append what happened to a member."""
    about = ("person", member.person_id)
    facts = {"person": str(member.person_id), "role": member.role, "member": str(member.id), **facts}
    journal.append(kind, actor=actor.id, inspection=inspection.id, about=about, facts=facts)
