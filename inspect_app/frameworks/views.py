"""Pages about frameworks, for coordinators."""

from __future__ import annotations

import uuid
from itertools import groupby

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import may, needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import doors, queries
from inspect_app.frameworks.forms import PublishForm
from inspect_app.frameworks.operations import publish_framework

bp = Blueprint("frameworks", __name__)


@bp.get("/frameworks")
@needs("frameworks.read")
def overview() -> ResponseReturnValue:
    """Show all published versions, and what is being made."""
    drafts = queries.open_drafts() if may(signed_in(), "frameworks.edit") else []
    return page("frameworks/overview.html", versions=queries.published_versions(), drafts=drafts)


@bp.get("/frameworks/<uuid:version_id>")
@needs("frameworks.read")
def version(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show one version as inspectors will see it."""
    found = queries.version_by_id(version_id)
    questions = queries.criteria_of(version_id)
    themes = [(title, list(ones)) for title, ones in groupby(questions, key=lambda one: one.theme_title)]
    uses = doors.uses_of(version_id) if may(signed_in(), "frameworks.publish") else []
    scales = {one.scale_key: one for one in questions if one.points}
    values = {"themes": themes, "scales": scales, "count": len(questions), "uses": uses}
    return page("frameworks/version.html", version=found, brought=queries.brought_draft(version_id), **values)


@bp.route("/frameworks/new", methods=["GET", "POST"])
@needs("frameworks.publish")
def publish() -> ResponseReturnValue:
    """Publish what a file holds; show where it is at fault."""
    form = PublishForm()
    if not form.validate_on_submit():
        return page("frameworks/publish.html", form=form), 422 if form.is_submitted() else 200
    try:
        published = publish_framework(form.text, actor=signed_in())
    except Refused as refusal:
        form.file.errors = [*form.file.errors, refusal.sentence]
        return page("frameworks/publish.html", form=form), refusal.status
    flash(_("“%(title)s”, version %(number)s, is published.", title=published.title, number=published.number), "done")
    return redirect(url_for("frameworks.version", version_id=published.id), 303)
