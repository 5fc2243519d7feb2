"""Pages of a service that rates itself."""

from __future__ import annotations

import uuid

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.web import page
from inspect_app.fieldwork.views_desk import service_desk
from inspect_app.fieldwork.views_outbox import saves
from inspect_app.fieldwork.views_rating import answer_question, show_questions
from inspect_app.fieldwork.views_room import bp
from inspect_app.fieldwork.views_seal import open_again, put_seal
from inspect_app.inspections.models import Inspection

HERE = "/inspections/<reference>/self-rating"


@bp.get(HERE)
@needs("self_rating.own")
def self_rating(inspection: Inspection) -> ResponseReturnValue:
    """Go to the person's service, or let them choose where they belong to several."""
    mine = {grant.service_id for grant in signed_in().roles}
    services = [service for service in inspection.services if service.id in mine]
    if len(services) == 1:
        return redirect(url_for("fieldwork.own_questions", reference=inspection.reference, service_id=services[0].id))
    return page("fieldwork/which_service.html", inspection=inspection, services=services)


@bp.get(f"{HERE}/<uuid:service_id>")
@needs("self_rating.own")
def own_questions(inspection: Inspection, service_id: uuid.UUID) -> ResponseReturnValue:
    """Show the questions that the service answers about itself."""
    return show_questions(service_desk(inspection, service_id))


@bp.route(f"{HERE}/<uuid:service_id>/questions/<key>", methods=["GET", "POST"])
@saves("self_rating.own")
def own_question(inspection: Inspection, service_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Rate the service on one question."""
    return answer_question(service_desk(inspection, service_id), key)


@bp.route(f"{HERE}/<uuid:service_id>/seal", methods=["GET", "POST"])
@needs("self_rating.seal_page")
def own_seal(inspection: Inspection, service_id: uuid.UUID) -> ResponseReturnValue:
    """Seal the service's own rating."""
    return put_seal(service_desk(inspection, service_id))


@bp.route(f"{HERE}/<uuid:service_id>/seal/open", methods=["GET", "POST"])
@needs("self_rating.seal_page")
def own_open_seal(inspection: Inspection, service_id: uuid.UUID) -> ResponseReturnValue:
    """Open the seal on the service's own rating."""
    return open_again(service_desk(inspection, service_id))
