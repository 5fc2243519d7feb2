"""Pages about a version on paper: a form for nobody in particular."""

from __future__ import annotations

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.web import page
from inspect_app.frameworks import paper, queries
from inspect_app.frameworks.forms_paper import PaperForm
from inspect_app.frameworks.views import bp


@bp.get("/frameworks/<uuid:version_id>/paper")
@needs("frameworks.read")
def paper_choice(version_id: uuid.UUID) -> ResponseReturnValue:
    """Choose how a version is to be printed."""
    version = queries.version_by_id(version_id)
    plain = queries.plain_version(version_id)
    return page("frameworks/paper_choice.html", version=version, form=PaperForm(plain))


@bp.get("/frameworks/<uuid:version_id>/paper.pdf")
@needs("frameworks.read")
def paper_form(version_id: uuid.UUID) -> ResponseReturnValue:
    """Print a version as a form to fill in by hand."""
    plain = queries.plain_version(version_id)
    wish = paper.wish_of(request.args, plain)
    return paper.sent(paper.render_form(plain, wish), f"{plain.key}-{plain.version}-{wish.edition}")
