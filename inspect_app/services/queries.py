"""Reading about services."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.services.models import Organisation, Service, Site


def services(with_closed: bool = False) -> Sequence[Service]:
    """Return the services with organisations, by name; those no longer inspected only when asked for."""
    query = select(Service).options(joinedload(Service.organisation)).order_by(func.lower(Service.name), Service.id)
    if not with_closed:
        query = query.where(Service.active)
    return db.session.scalars(query).all()


def by_slug(slug: str) -> Service:
    """Return the service with its organisation and sites. Raises Refused (404) when there is none."""
    query = select(Service).options(joinedload(Service.organisation), selectinload(Service.sites))
    service = db.session.scalar(query.where(Service.slug == slug))
    if service is None:
        raise Refused(_("We do not know this service."), 404)
    return service


def service_names() -> Mapping[uuid.UUID, str]:
    """Return id → name of every service, closed ones too, since people keep their roles there."""
    query = select(Service.id, Service.name).order_by(func.lower(Service.name))
    return dict(db.session.execute(query).all())


def services_of(ids: Collection[uuid.UUID]) -> Sequence[Service]:
    """Return these services with their sites, by name."""
    query = select(Service).options(selectinload(Service.sites)).where(Service.id.in_(list(ids)))
    return db.session.scalars(query.order_by(func.lower(Service.name))).all()


def organisations() -> Sequence[Organisation]:
    """Return all organisations by name."""
    return db.session.scalars(select(Organisation).order_by(func.lower(Organisation.name))).all()


def organisation_called(name: str) -> Organisation | None:
    """Return the organisation of that name, in small or capital letters, or None."""
    query = select(Organisation).where(func.lower(Organisation.name) == name.strip().lower())
    return db.session.scalar(query)


def slugs() -> set[str]:
    """Return the parts of addresses that are taken."""
    return set(db.session.scalars(select(Service.slug)))


def number_of_sites() -> Mapping[uuid.UUID, int]:
    """Return service id → how many sites it has."""
    query = select(Site.service_id, func.count()).group_by(Site.service_id)
    return dict(db.session.execute(query).all())


def site_of(service: Service, site_id: uuid.UUID) -> Site:
    """Return one site of a service. Raises Refused (404) for a site of another service or none."""
    site = db.session.get(Site, site_id)
    if site is None or site.service_id != service.id:
        raise Refused(_("We do not know this place."), 404)
    return site
