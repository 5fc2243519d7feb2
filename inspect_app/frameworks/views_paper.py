"""Pages about questions on paper: a form for nobody in particular, of a version or of a draft."""

from __future__ import annotations

import uuid

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.web import page
from inspect_app.frameworks import paper, queries
from inspect_app.frameworks.forms_paper import PaperForm
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import opened


@bp.get("/frameworks/<uuid:version_id>/paper")
@needs("frameworks.read")
def paper_choice(version_id: uuid.UUID) -> ResponseReturnValue:
    """Choose how a version is to be printed."""
    plain = queries.plain_version(version_id)
    back = url_for("frameworks.version", version_id=version_id)
    return _choice(plain, f"{plain.title}, version {plain.version}", back)


@bp.get("/frameworks/<uuid:version_id>/paper.pdf")
@needs("frameworks.read")
def paper_form(version_id: uuid.UUID) -> ResponseReturnValue:
    """Print a version as a form to fill in by hand."""
    return _form(queries.plain_version(version_id), "")


@bp.get("/frameworks/drafts/<uuid:draft_id>/paper")
@needs("frameworks.edit")
def draft_paper_choice(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Choose how a draft is to be printed."""
    _, plain = opened(draft_id)
    return _choice(plain, f"{plain.title}, a draft", url_for("frameworks.draft", draft_id=draft_id))


@bp.get("/frameworks/drafts/<uuid:draft_id>/paper.pdf")
@needs("frameworks.edit")
def draft_paper_form(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Print a draft as a form, to see what it will be like."""
    return _form(opened(draft_id)[1], "-draft")


def _choice(plain: PlainFramework, title: str, back: str) -> ResponseReturnValue:
    return page(
        "frameworks/paper_choice.html", title=title, back=back, action=f"{request.path}.pdf", form=PaperForm(plain)
    )


def _form(plain: PlainFramework, word: str) -> Response:
    wish = paper.wish_of(request.args, plain)
    return paper.sent(paper.render_form(plain, wish), f"{plain.key}-{plain.version}{word}-{wish.edition}")
