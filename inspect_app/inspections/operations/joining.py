"""Answer an invitation, declare a conflict of interest, agree to the charter."""

from __future__ import annotations

import uuid

from inspect_app.core import access, journal
from inspect_app.core.access import Standing
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections import queries
from inspect_app.inspections.models import Agreement, Inspection, Member
from inspect_app.inspections.operations.shared import guard
from inspect_app.inspections.operations.team import tell
from inspect_app.inspections.rules import title
from inspect_app.inspections.rules_team import CONFLICT, JOINABLE, MemberRole, MemberState, tie_sentence
from inspect_app.people.models import Person
from inspect_app.people.rules import Role


def answer_invitation(
    inspection: Inspection,
    answer: str,
    actor: Person,
    *,
    reason: str | None = None,
    conflict: str | None = None,
) -> Member:
    """Accept or decline for oneself. Accepting declares a conflict of interest by its key, or that there is none.

    A blocking conflict takes the person off at once. ``reason`` goes with a no or a conflict and may be left out.
    The same answer twice is one answer. Raises Refused when nobody asked this person, or it is too late.
    """
    mine = queries.member_of(inspection, actor.id)
    if mine is not None and mine.state == {"accept": "accepted", "decline": "declined"}.get(answer):
        return mine
    guard(actor, "inspections.answer", inspection)
    if conflict and conflict not in CONFLICT:
        raise Refused(_("Choose what ties you to the service."), 422)
    member = _invitation(inspection, actor)
    if answer == "decline":
        _settle(member, MemberState.DECLINED, (reason or "").strip() or None)
        tell("member.declined", inspection, member, actor)
    elif answer != "accept":
        raise Refused(_("Say yes or no."), 422)
    elif conflict and CONFLICT[conflict].blocking:
        _take_off(inspection, member, conflict, reason, actor)
    else:
        if inspection.stage not in JOINABLE[MemberRole(member.role)]:
            stage = title(inspection.stage)
            raise Refused(_("It is too late to join. This inspection is in “%(stage)s”.", stage=stage))
        _settle(member, MemberState.ACCEPTED, _in_words(conflict, reason) if conflict else None)
        member.no_conflict_at = None if conflict else now()
        db.session.flush()
        tell("member.accepted", inspection, member, actor, **({"conflict": conflict} if conflict else {}))
    return member


def declare_conflict(inspection: Inspection, conflict: str, actor: Person, *, reason: str | None = None) -> Member:
    """Say, at any time, what ties oneself to the service. A blocking tie takes the person off at once."""
    guard(actor, "inspections.declare_conflict", inspection)
    member = queries.member_of(inspection, actor.id)
    if member is None or conflict not in CONFLICT:
        raise Refused(_("Choose what ties you to the service."), 422)
    if CONFLICT[conflict].blocking:
        _take_off(inspection, member, conflict, reason, actor)
    else:
        member.state_reason, member.no_conflict_at = _in_words(conflict, reason), None
        db.session.flush()
        tell("conflict.declared", inspection, member, actor, conflict=conflict, blocking=False)
    return member


def _take_off(inspection: Inspection, member: Member, conflict: str, reason: str | None, actor: Person) -> None:
    _settle(member, MemberState.CONFLICT, _in_words(conflict, reason))
    tell("conflict.declared", inspection, member, actor, conflict=conflict, blocking=True)


def _in_words(conflict: str, reason: str | None) -> str:
    words = (reason or "").strip()
    begin = tie_sentence(CONFLICT[conflict])
    return f"{begin} {words}" if words else begin


def _invitation(inspection: Inspection, person: Person) -> Member:
    for member in inspection.members:
        if member.person_id == person.id and member.state == MemberState.INVITED:
            return member
    raise Refused(_("You have answered this invitation already."))


def _settle(member: Member, state: MemberState, reason: str | None) -> None:
    member.state, member.state_reason, member.answered_at = state, reason, now()
    db.session.flush()
    access.forget_standings()


def agree_to_charter(inspection: Inspection, actor: Person, service_id: uuid.UUID | None = None) -> Agreement:
    """Agree for oneself, or as its lead for an inspected service; twice is once.

    Raises Refused when there is no charter yet or the person cannot speak for that service.
    """
    guard(actor, "inspections.agree", inspection)
    if inspection.charter_id is None:
        raise Refused(_("The charter is not chosen yet."))
    _check_voice(inspection, actor, service_id)
    for known in inspection.agreements:
        if known.service_id == service_id and (service_id or known.person_id == actor.id):
            return known
    agreement = Agreement(id=new_id(), person_id=actor.id, service_id=service_id, agreed_at=now())
    inspection.agreements.append(agreement)
    db.session.flush()
    facts = {"person": str(actor.id), "service": str(service_id) if service_id else None}
    about = ("service", service_id) if service_id else ("person", actor.id)
    journal.append("charter.agreed", actor=actor.id, inspection=inspection.id, about=about, facts=facts)
    return agreement


def _check_voice(inspection: Inspection, person: Person, service_id: uuid.UUID | None) -> None:
    if service_id is None:
        team = {Standing.INSPECTOR, Standing.SUPPORTER, Standing.REVIEWER}
        if not team & access.standings(person, inspection):
            raise Refused(_("Only somebody of the team can agree for themselves."), 403)
        return
    inspected = {service.id for service in inspection.services}
    if service_id not in inspected or not person.holds(Role.SERVICE_LEAD, service_id):
        raise Refused(_("Only the lead of the service can agree for it."), 403)
