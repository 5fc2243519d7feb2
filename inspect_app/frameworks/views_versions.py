"""Pages on published versions: compare two, see who uses one, retire it."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import doors, queries
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks.comparing import compare
from inspect_app.frameworks.forms_drafts import SureForm
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import opened


@bp.get("/frameworks/<uuid:version_id>/compare")
@needs("frameworks.read")
def compare_version(version_id: uuid.UUID) -> ResponseReturnValue:
    """Compare a version with another of its framework, word by word: the one before, unless another is named."""
    version = queries.version_by_id(version_id)
    others = [one for one in queries.versions_of(version.framework_id) if one.id != version_id]
    named = next((one for one in others if str(one.id) == request.args.get("with")), None)
    before = next((one for one in others if one.number < version.number), None)
    other = named or before or next(iter(others), None)
    changes = compare(queries.plain_version(other.id), queries.plain_version(version_id)) if other else []
    new_name = _("Version %(number)s", number=version.number)
    values = {"version": version, "others": others, "other": other, "changes": changes, "new_name": new_name}
    return page("frameworks/compare.html", title=version.title, **values)


@bp.get("/frameworks/drafts/<uuid:draft_id>/compare")
@needs("frameworks.edit")
def compare_draft(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Compare a draft with the version that it began from."""
    draft, plain = opened(draft_id)
    other = draft.based_on
    changes = compare(queries.plain_version(other.id), plain) if other else []
    values = {"draft": draft, "others": [], "other": other, "changes": changes, "new_name": _("This draft")}
    return page("frameworks/compare.html", title=plain.title, **values)


@bp.route("/frameworks/<uuid:version_id>/retire", methods=["GET", "POST"])
@needs("frameworks.publish")
def retire_version(version_id: uuid.UUID) -> ResponseReturnValue:
    """Offer a version no more for new inspections, or again."""
    version = queries.version_by_id(version_id)
    form = SureForm()
    if form.validate_on_submit():
        wanted = request.form.get("go") != "back"
        operations.retire_version(version, signed_in(), retired=wanted)
        flash(_("It is retired.") if wanted else _("It is offered again."), "done")
        return redirect(url_for("frameworks.version", version_id=version_id), 303)
    return page("frameworks/retire.html", version=version, form=form, uses=doors.uses_of(version_id))
