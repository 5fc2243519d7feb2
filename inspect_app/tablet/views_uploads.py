"""Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload): its core, creation and termination."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import reads_first
from inspect_app.core.errors import Refused
from inspect_app.core.incoming import UNSEEN
from inspect_app.core.web import speaks_json
from inspect_app.core.words import lazy
from inspect_app.fieldwork.queries import inspection_to_save
from inspect_app.tablet import operations_uploads as uploads
from inspect_app.tablet.models import Upload
from inspect_app.tablet.views_room import bp

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
SHA256 = re.compile("[0-9a-f]{64}")
NUMBER = re.compile("[0-9]{1,15}")
OTHER_VERSION = lazy("This tablet sends in a way that the office does not know. Load the page again.")
UNCLEAR = lazy("The office cannot read what this is.")


def speaks_tus(view: Callable[..., Any]) -> Any:
    """Refuse what speaks another version of the protocol."""

    @wraps(view)
    def checked(**arguments: Any) -> Any:
        if request.headers.get("Tus-Resumable") != VERSION:
            raise Refused(OTHER_VERSION, 412)
        return view(**arguments)

    return speaks_json(checked)


@bp.after_request
def say_version(response: Response) -> Response:
    """Name the protocol's version with each answer, refusals too."""
    if request.path.startswith("/uploads"):
        response.headers["Tus-Resumable"] = response.headers["Tus-Version"] = VERSION
        response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@needs("open to all")
def upload_ways() -> ResponseReturnValue:
    """Say what this office can do."""
    return Response(
        status=204, headers={"Tus-Extension": "creation,termination", "Tus-Max-Size": str(uploads.largest())}
    )


@bp.post("/uploads")
@needs("signed in")
@speaks_tus
def begin_upload() -> ResponseReturnValue:
    """Make room for a photo or a sound."""
    facts = _facts(request.headers.get("Upload-Metadata", ""))
    size, sha256 = _number("Upload-Length"), facts.get("sha256", "")
    if not SHA256.fullmatch(sha256):
        raise Refused(UNCLEAR, 422)
    inspection = inspection_to_save(facts.get("inspection", ""))
    upload = uploads.begin(inspection, signed_in(), sha256, size, facts.get("name", ""))
    return Response(status=201, headers={"Location": url_for("tablet.upload", upload_id=upload.id)})


@bp.route("/uploads/<uuid:upload_id>", methods=["HEAD"], provide_automatic_options=False)
@needs("signed in")
@speaks_tus
def upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Say how much has arrived."""
    found = uploads.upload_of(signed_in(), upload_id)
    return Response(status=200, headers={**_offset(found), "Upload-Length": str(found.size)})


@bp.patch("/uploads/<uuid:upload_id>")
@reads_first
@needs("signed in")
@speaks_tus
def continue_upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Take the next piece."""
    if request.mimetype != PIECE:
        raise Refused(UNCLEAR, 415)
    offset, length = _number("Upload-Offset"), request.content_length or 0
    piece = request.environ["wsgi.input"]
    found = uploads.append(signed_in(), upload_id, offset, piece, length)
    return Response(status=204, headers=_offset(found))


@bp.delete("/uploads/<uuid:upload_id>")
@reads_first
@needs("signed in")
@speaks_tus
def drop_upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Throw an upload away."""
    uploads.drop(signed_in(), upload_id)
    return Response(status=204)


def _offset(found: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(found.offset)}


def _number(header: str) -> int:
    said = request.headers.get(header, "")
    if not NUMBER.fullmatch(said):
        raise Refused(UNCLEAR, 422)
    return int(said)


def _facts(header: str) -> dict[str, str]:
    """Read the metadata: names, each with a value in base64. Raises Refused (422) when it is none."""
    found = {}
    try:
        for one in filter(None, header.split(",")):
            name, _, value = one.strip().partition(" ")
            found[name] = base64.b64decode(value, validate=True).decode().translate(UNSEEN)
    except (binascii.Error, UnicodeDecodeError) as fault:
        raise Refused(UNCLEAR, 422) from fault
    return found
