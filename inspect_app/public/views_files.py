"""Published files: each edition's PDF, the photos it prints, and what services show as proof."""

from __future__ import annotations

import uuid

from flask import Response
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.public import queries
from inspect_app.public.queries_became import became
from inspect_app.public.rules import EditionLine, Published
from inspect_app.public.views import bp

SHORT_WHILE = "public, max-age=300"
"""How long caches may keep a file: it never changes, but it can be withdrawn."""


@bp.get("/public/<published>/report.pdf")
@needs("open to all")
def report(published: Published) -> ResponseReturnValue:
    """Send the newest edition that stands."""
    return _sent(published, published.edition)


@bp.get("/public/<published>/editions/<int:number>.pdf")
@needs("open to all")
def edition(published: Published, number: int) -> ResponseReturnValue:
    """Send one edition that stands."""
    found = published.numbered(number)
    if found is None:
        raise Refused(_("There is no edition with this number, or it was withdrawn."), 404)
    return _sent(published, found)


@bp.get("/public/<published>/photos/<uuid:file_id>")
@needs("open to all")
def photo(published: Published, file_id: uuid.UUID) -> ResponseReturnValue:
    """Send a photo that the newest edition prints."""
    if str(file_id) not in became(published).photos:
        raise Refused(_("This photo is not in the report."), 404)
    return _for_everybody(queries.stored(file_id), f"{published.reference}-photo")


@bp.get("/public/<published>/proofs/<uuid:proof_id>")
@needs("open to all")
def proof(published: Published, proof_id: uuid.UUID) -> ResponseReturnValue:
    """Send what a service shows as proof of what it did."""
    shown = {one.id for chain in became(published).chains for update in chain.updates for one in update.proofs}
    if proof_id not in shown:
        raise Refused(_("This file is not here."), 404)
    return _for_everybody(queries.file_of_proof(proof_id), f"{published.reference}-proof")


def _sent(published: Published, line: EditionLine) -> ResponseReturnValue:
    if line.file_id is None:
        response = page("public/making.html", published=published, report=queries.content_of(line.id))
        response.status_code = 202
        response.headers["Cache-Control"] = "no-store"
        return response
    return _for_everybody(queries.stored(line.file_id), f"{published.reference}-edition-{line.number}.pdf")


def _for_everybody(stored: StoredFile, name: str) -> Response:
    response = files.send(stored, name, inline=True)
    response.headers["Cache-Control"] = SHORT_WHILE
    return response
