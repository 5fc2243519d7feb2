"""Writing about organisations, services and sites."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select

from inspect_app.core import journal
from inspect_app.core.access import require
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.people.models import Person
from inspect_app.services import queries
from inspect_app.services.models import Organisation, Service, Site
from inspect_app.services.rules import slug_for

MANAGE = "services.manage"


def add_organisation(name: str, actor: Person | None, *, id: uuid.UUID | None = None) -> Organisation:  # noqa: A002
    """Add who is answerable for services. The same ``id`` twice is one. Raises Refused for a name in use."""
    _guard(actor)
    known = db.session.get(Organisation, id) if id else None
    if known is not None:
        return known
    clean = name.strip()
    if queries.organisation_called(clean):
        raise Refused(_("There is an organisation called %(name)s already. Choose it from the list.", name=clean), 422)
    organisation = Organisation(id=id or new_id(), name=clean)
    db.session.add(organisation)
    db.session.flush()
    _note("organisation.added", "organisation", organisation.id, actor)
    return organisation


def add_service(
    name: str,
    organisation: Organisation,
    actor: Person | None,
    *,
    summary: str | None = None,
    slug: str | None = None,
    id: uuid.UUID | None = None,  # noqa: A002
) -> Service:
    """Add a service; its address is made from its name unless ``slug`` says otherwise.

    The same ``id`` twice is one. Raises Refused when the organisation has a service of that name.
    """
    _guard(actor)
    known = db.session.get(Service, id) if id else None
    if known is not None:
        return known
    _refuse_used_name(name, organisation.id, None)
    service = Service(
        id=id or new_id(),
        organisation_id=organisation.id,
        organisation=organisation,
        slug=slug or slug_for(name, queries.slugs()),
        name=name.strip(),
        summary=_clean(summary),
        active=True,
    )
    db.session.add(service)
    db.session.flush()
    _note("service.added", "service", service.id, actor)
    return service


def change_service(
    service: Service,
    actor: Person | None,
    *,
    name: str,
    summary: str | None,
    organisation: Organisation,
    active: bool = True,
) -> None:
    """Change a service; its address stays. One that is not ``active`` is not offered for new inspections.

    Raises Refused when the organisation has another service of that name.
    """
    _guard(actor)
    _refuse_used_name(name, organisation.id, service.id)
    new = (name.strip(), _clean(summary), organisation.id, active)
    if new == (service.name, service.summary, service.organisation_id, service.active):
        return
    service.name, service.summary, service.organisation_id, service.active = new
    service.organisation = organisation
    db.session.flush()
    _note("service.changed", "service", service.id, actor)


def add_site(
    service: Service,
    name: str,
    address: str,
    actor: Person | None,
    *,
    way_there: str | None = None,
    id: uuid.UUID | None = None,  # noqa: A002
) -> Site:
    """Add a place where one meets a service. The same ``id`` twice is one. Raises Refused for a used name."""
    _guard(actor)
    known = db.session.get(Site, id) if id else None
    if known is not None:
        return known
    _refuse_used_site_name(service, name, None)
    site = Site(id=id or new_id(), name=name.strip(), address=address.strip(), way_there=_clean(way_there))
    service.sites.append(site)
    db.session.flush()
    _note("site.added", "site", site.id, actor, service)
    return site


def change_site(site: Site, actor: Person | None, *, name: str, address: str, way_there: str | None) -> None:
    """Change a place. Raises Refused when the service has another place of that name."""
    _guard(actor)
    _refuse_used_site_name(site.service, name, site.id)
    new = (name.strip(), address.strip(), _clean(way_there))
    if new == (site.name, site.address, site.way_there):
        return
    site.name, site.address, site.way_there = new
    db.session.flush()
    _note("service.changed", "site", site.id, actor, site.service)


def _guard(actor: Person | None) -> None:
    if actor is not None:
        require(actor, MANAGE)


def _clean(text: str | None) -> str | None:
    return (text or "").strip() or None


def _refuse_used_name(name: str, organisation_id: uuid.UUID, service_id: uuid.UUID | None) -> None:
    query = select(Service).where(
        Service.organisation_id == organisation_id, func.lower(Service.name) == name.strip().lower()
    )
    other = db.session.scalar(query)
    if other is not None and other.id != service_id:
        raise Refused(_("This organisation has a service called %(name)s already.", name=other.name), 422)


def _refuse_used_site_name(service: Service, name: str, site_id: uuid.UUID | None) -> None:
    if any(one.name.lower() == name.strip().lower() and one.id != site_id for one in service.sites):
        raise Refused(_("This service has a place of that name already."), 422)


def _note(kind: str, what: str, id_: uuid.UUID, actor: Person | None, service: Service | None = None) -> None:
    facts = {"service": str(service.id)} if service else {}
    journal.append(kind, actor=actor.id if actor else None, about=(what, id_), facts=facts)
