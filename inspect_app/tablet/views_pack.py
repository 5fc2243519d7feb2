"""The pack of an inspection, which a tablet takes along; and the page on which a visit begins."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.core import statics
from inspect_app.core.access import may, needs, signed_in
from inspect_app.core.time import now
from inspect_app.core.web import page
from inspect_app.fieldwork.queries import supported_by
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections import along
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted
from inspect_app.people.models import Person
from inspect_app.tablet import queries_pack
from inspect_app.tablet.views_room import bp

BYTES = "X-Pack-Bytes"
"""How much a tablet fetches to take this along: the pack itself, packed small, and its files."""


@bp.get("/inspections/<reference>/pack")
@needs("tablet.take_along")
def pack(inspection: Inspection) -> ResponseReturnValue:
    """Answer with all that one needs on a visit: blank pages, one's own words, and which files to fetch."""
    content = _content(inspection, signed_in())
    version = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    text = json.dumps(content | {"version": version, "made_at": now().isoformat()}, ensure_ascii=False)
    small = gzip.compress(text.encode(), 6, mtime=0)
    packs = request.accept_encodings.quality("gzip") > 0
    response: Response = current_app.response_class(small if packs else text, mimetype="application/json")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers[BYTES] = str(len(small) + sum(one["bytes"] for one in content["files"]))
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(version, weak=True)
    response.make_conditional(request)
    return response


def _content(inspection: Inspection, person: Person) -> dict[str, Any]:
    return {
        "reference": inspection.reference,
        "title": inspection.title,
        "person": str(person.id),
        "stage": inspection.stage,
        "form": str(inspection.framework_version_id) if inspection.framework_version_id else None,
        "static": statics.version(),
        "pages": along.pages_of(inspection, person),
        "own": queries_pack.own(inspection, person),
        "contacts": queries_pack.contacts(inspection),
        "visits": queries_pack.visits(inspection),
        "files": queries_pack.files(inspection, person),
    }


@bp.get("/inspections/<reference>/along")
@needs("tablet.take_along")
def begin_visit(inspection: Inspection) -> ResponseReturnValue:
    """Show what one does on a visit, and what one needs there."""
    return page("tablet/along.html", **_along_values(inspection, signed_in()))


def pages(inspection: Inspection, person: Any) -> dict[str, str]:
    """Return address → blank page of this room."""
    if not may(person, "tablet.take_along", inspection):
        return {}
    values = _along_values(inspection, person)
    return {f"/inspections/{inspection.reference}/along": render_template("tablet/along.html", **values)}


def _along_values(inspection: Inspection, person: Person) -> dict[str, Any]:
    return {
        "inspection": inspection,
        "visits": [one for one in inspection.visits if one.cancelled_at is None],
        "papers": [one for one in queries_pack.files(inspection, person) if one["what"] == "paper"],
        "contacts": queries_pack.contacts(inspection),
        "total": len(criteria_of(inspection.framework_version_id)),
        "helped": [one.person for one in accepted(inspection) if one.person_id in supported_by(inspection, person.id)],
        "rates": bool(may(person, "fieldwork.own", inspection)),
    }
