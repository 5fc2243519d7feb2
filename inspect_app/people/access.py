"""Who may do what with people, and how what somebody is to everything is found."""

from __future__ import annotations

from typing import Any

from inspect_app.core.access import Standing, find_standings_with, permit
from inspect_app.core.words import mark
from inspect_app.people.models import Person
from inspect_app.people.rules import Role

EVERYWHERE = {
    Role.COORDINATOR: Standing.COORDINATOR,
    Role.OBSERVER: Standing.OBSERVER,
    Role.SAFEGUARDING_LEAD: Standing.SAFEGUARDING_LEAD,
    Role.SAFEGUARDING_DEPUTY: Standing.SAFEGUARDING_DEPUTY,
}
"""Roles that count for the programme and for each thing in it."""


def declare() -> None:
    """Declare the room's permissions."""
    permit("people.read", mark("see the list of people"), Standing.COORDINATOR)
    permit("people.manage", mark("add and change people"), Standing.COORDINATOR)
    permit("people.own_page", mark("see this page"), Standing.SIGNED_IN)
    find_standings_with(standings_everywhere)


def standings_everywhere(person: Person, thing: Any) -> frozenset[Standing]:  # noqa: ARG001  # counts for every thing
    """Return what a person is to the whole programme, and so to each thing in it."""
    return frozenset(EVERYWHERE[Role(grant.name)] for grant in person.roles if grant.name in EVERYWHERE)
