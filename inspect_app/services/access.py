"""Who may do what with services, and what somebody is to one."""

from __future__ import annotations

from typing import Any

from inspect_app.core.access import Standing, find_standings_with, permit
from inspect_app.core.words import mark
from inspect_app.people.models import Person
from inspect_app.people.rules import Role
from inspect_app.services.models import Service

OF_SERVICE = {Role.SERVICE_LEAD: Standing.SERVICE_LEAD, Role.SERVICE_STAFF: Standing.SERVICE_STAFF}


def declare() -> None:
    """Declare the room's permissions: who signed in finds the way there, coordinators look after it."""
    permit("services.read", mark("see the services"), Standing.SIGNED_IN)
    permit("services.manage", mark("add and change services"), Standing.COORDINATOR)
    find_standings_with(standings_on_service)


def standings_on_service(person: Person, thing: Any) -> frozenset[Standing]:
    """Return what a person is to one service; nothing for any other thing."""
    if not isinstance(thing, Service):
        return frozenset()
    mine = (Role(grant.name) for grant in person.roles if grant.service_id == thing.id)
    return frozenset(OF_SERVICE[role] for role in mine if role in OF_SERVICE)
