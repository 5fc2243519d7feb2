"""Rescue files: the lock that tablets put on them, and the page where a coordinator loads one."""

from __future__ import annotations

from flask import flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page, speaks_json
from inspect_app.core.words import _
from inspect_app.tablet import office_keys, operations_rescue, queries
from inspect_app.tablet.forms import RescueForm
from inspect_app.tablet.views_room import bp


@bp.get("/tablet/office-key")
@speaks_json
@needs("signed in")
def office_key() -> ResponseReturnValue:
    """Give the public key with which a tablet locks a rescue file for the office."""
    return jsonify(office_keys.public_jwk())


@bp.route("/tablet/rescue", methods=["GET", "POST"])
@needs("tablet.rescue")
def rescue() -> ResponseReturnValue:
    """Load a rescue file, and see what became of the last ones, in figures alone."""
    form, status = RescueForm(), 200
    if form.is_submitted():
        try:
            if not form.file.data:
                raise Refused(_("Choose a rescue file."), 422)
            operations_rescue.take_in(form.file.data, actor=signed_in())
        except Refused as refusal:
            form.file.errors, status = [refusal.sentence], refusal.status
        else:
            flash(_("The file is here. It is being loaded now."), "success")
            return redirect(url_for("tablet.rescue"), 303)
    return page("tablet/rescue.html", form=form, loads=queries.rescue_loads()), status
