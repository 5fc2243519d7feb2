"""Where a tablet sends its entries, and gets the key that locks what lies on it."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import keep_despite_refusal, reads_first
from inspect_app.core.errors import Refused
from inspect_app.core.incoming import takes_json
from inspect_app.core.words import lazy
from inspect_app.tablet import operations_entries, operations_keys
from inspect_app.tablet.rules import LARGEST_ENTRY, UNREADABLE, State, read_entry
from inspect_app.tablet.views_room import bp

TOO_LONG = lazy("This is too long to be sent. Make it shorter, or save a rescue file.")


@bp.post("/outbox")
@reads_first
@takes_json
@needs("signed in")
def outbox() -> ResponseReturnValue:
    """Store one entry, and answer with its receipt."""
    if request.mimetype != "application/json":
        raise Refused(UNREADABLE, 422)
    if (request.content_length or 0) > LARGEST_ENTRY:
        raise Refused(TOO_LONG, 413)
    answer = operations_entries.receive(read_entry(request.get_data(cache=False)), signed_in())
    if answer.status >= 400 and answer.is_stored:
        keep_despite_refusal()
    response = jsonify(answer.values)
    response.status_code = answer.status
    if answer.state is State.LATER:
        response.headers["Retry-After"] = "600"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/tablet/key")
@takes_json
@needs("signed in")
def device_key() -> ResponseReturnValue:
    """Give the key that locks what the person who is signed in has on this tablet."""
    sent = request.get_json(silent=True)
    device = sent.get("device") if isinstance(sent, dict) else None
    person = signed_in()
    key = operations_keys.key_for(person.id, device if isinstance(device, str) else "")
    response = jsonify({"person": str(person.id), "key": key})
    response.headers["Cache-Control"] = "no-store"
    return response
