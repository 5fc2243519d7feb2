"""The services: to find for everybody signed in, to look after for coordinators."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.services import operations, queries
from inspect_app.services.forms import ChangeServiceForm, ServiceForm, SiteForm
from inspect_app.services.models import Organisation, Service

bp = Blueprint("services", __name__)


@bp.get("/services")
@needs("services.read")
def all_services() -> ResponseReturnValue:
    """Show all services, those no longer inspected last."""
    return page("services/list.html", services=queries.services(with_closed=True), sites=queries.number_of_sites())


@bp.get("/services/<service_slug>")
@needs("services.read")
def show_service(service: Service) -> ResponseReturnValue:
    """Show one service and the way to its places."""
    return page("services/service.html", service=service)


@bp.route("/services/new", methods=["GET", "POST"])
@needs("services.manage")
def add_service() -> ResponseReturnValue:
    """Add a service, with a new organisation if need be."""
    form = ServiceForm()
    if form.validate_on_submit():
        try:
            service = operations.add_service(
                form.name.data,
                _organisation(form),
                signed_in(),
                summary=form.summary.data,
                id=uuid.UUID(form.id.data),
            )
        except Refused as refused:
            form.name.errors = [refused.sentence]
        else:
            flash(_("%(name)s is added. Now say where people meet it.", name=service.name), "success")
            return _to(service)
    return page("services/form.html", form=form, service=None), 422 if form.errors else 200


@bp.route("/services/<service_slug>/change", methods=["GET", "POST"])
@needs("services.manage")
def change_service(service: Service) -> ResponseReturnValue:
    """Change a service, or say that it is no longer inspected."""
    form = ChangeServiceForm(
        name=service.name,
        summary=service.summary,
        organisation=str(service.organisation_id),
        active=service.active,
    )
    if form.validate_on_submit():
        try:
            operations.change_service(
                service,
                signed_in(),
                name=form.name.data,
                summary=form.summary.data,
                organisation=_organisation(form),
                active=form.active.data,
            )
        except Refused as refused:
            form.name.errors = [refused.sentence]
        else:
            flash(_("The change is kept."), "success")
            return _to(service)
    return page("services/form.html", form=form, service=service), 422 if form.errors else 200


@bp.route("/services/<service_slug>/places/new", methods=["GET", "POST"])
@needs("services.manage")
def add_site(service: Service) -> ResponseReturnValue:
    """Add a place."""
    form = SiteForm()
    if form.validate_on_submit():
        try:
            operations.add_site(
                service,
                form.name.data,
                form.address.data,
                signed_in(),
                way_there=form.way_there.data,
                id=uuid.UUID(form.id.data),
            )
        except Refused as refused:
            form.name.errors = [refused.sentence]
        else:
            flash(_("%(name)s is added.", name=form.name.data), "success")
            return _to(service)
    return page("services/site_form.html", form=form, service=service, site=None), 422 if form.errors else 200


@bp.route("/services/<service_slug>/places/<uuid:site_id>", methods=["GET", "POST"])
@needs("services.manage")
def change_site(service: Service, site_id: uuid.UUID) -> ResponseReturnValue:
    """Change a place."""
    site = queries.site_of(service, site_id)
    form = SiteForm(obj=site)
    if form.validate_on_submit():
        try:
            operations.change_site(
                site,
                signed_in(),
                name=form.name.data,
                address=form.address.data,
                way_there=form.way_there.data,
            )
        except Refused as refused:
            form.name.errors = [refused.sentence]
        else:
            flash(_("The change is kept."), "success")
            return _to(service)
    return page("services/site_form.html", form=form, service=service, site=site), 422 if form.errors else 200


def _organisation(form: ServiceForm) -> Organisation:
    """Return the organisation that was chosen; a new one is added first, unless its name is known."""
    new = (form.new_organisation.data or "").strip()
    if new:
        return queries.organisation_called(new) or operations.add_organisation(new, signed_in())
    organisation = db.session.get(Organisation, uuid.UUID(form.organisation.data))
    if organisation is None:
        raise Refused(_("Choose an organisation from the list."), 422)
    return organisation


def _to(service: Service) -> ResponseReturnValue:
    return redirect(url_for("services.show_service", service_slug=service.slug), 303)
