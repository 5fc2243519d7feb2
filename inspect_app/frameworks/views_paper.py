"""Pages about questions on paper: a form for nobody in particular, of a version or of a draft."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import paper, queries, queries_paper
from inspect_app.frameworks.forms_paper import PaperForm
from inspect_app.frameworks.operations_paper import ask_for_form
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import opened


@bp.route("/frameworks/<uuid:version_id>/paper", methods=["GET", "POST"])
@needs("frameworks.read")
def paper_choice(version_id: uuid.UUID) -> ResponseReturnValue:
    """Choose how a version is to be printed, and have it made."""
    plain = queries.plain_version(version_id)
    if request.method == "POST":
        return _made(plain, version_id=version_id)
    back = url_for("frameworks.version", version_id=version_id)
    return _choice(plain, _("%(title)s, version %(number)s", title=plain.title, number=plain.version), back)


@bp.route("/frameworks/drafts/<uuid:draft_id>/paper", methods=["GET", "POST"])
@needs("frameworks.edit")
def draft_paper_choice(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Choose how a draft is to be printed, and have it made, to see what it will be like."""
    _draft, plain = opened(draft_id)
    if request.method == "POST":
        return _made(plain, draft_id=draft_id)
    return _choice(plain, _("%(title)s, a draft", title=plain.title), url_for("frameworks.draft", draft_id=draft_id))


@bp.get("/frameworks/paper/<uuid:form_id>")
@needs("frameworks.read")
def paper_form(form_id: uuid.UUID) -> ResponseReturnValue:
    """Show how far a form is, and the way to it."""
    return page("frameworks/paper_form.html", **_shown(form_id))


@bp.get("/frameworks/paper/<uuid:form_id>/progress")
@needs("frameworks.read")
def paper_progress(form_id: uuid.UUID) -> ResponseReturnValue:
    """Show how far a form is; the page asks again by itself."""
    return page("frameworks/paper_form.html", "progress", **_shown(form_id))


@bp.get("/frameworks/paper/<uuid:form_id>.pdf")
@needs("frameworks.read")
def paper_file(form_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a form out."""
    form = queries_paper.form_for_nobody(form_id)
    if form.file is None:
        raise Refused(_(queries_paper.NOT_YET))
    return files.send(form.file, f"{form.code.replace('/', '-')}{form.edition}", inline=False)


def _choice(plain: PlainFramework, title: str, back: str) -> ResponseReturnValue:
    return page("frameworks/paper_choice.html", title=title, back=back, action=request.path, form=PaperForm(plain))


def _made(
    plain: PlainFramework, *, version_id: uuid.UUID | None = None, draft_id: uuid.UUID | None = None
) -> ResponseReturnValue:
    wish = paper.wish_of(request.form, plain)
    form = ask_for_form(plain, wish, actor=signed_in(), version_id=version_id, draft_id=draft_id)
    return redirect(url_for("frameworks.paper_form", form_id=form.id), 303)


def _shown(form_id: uuid.UUID) -> dict[str, Any]:
    form = queries_paper.form_for_nobody(form_id)
    of_version = {"version_id": form.version_id} if form.version_id else {"draft_id": form.draft_id}
    return {
        "form": form,
        "job": queries_paper.job_of(form),
        "back": url_for(f"frameworks.{'paper_choice' if form.version_id else 'draft_paper_choice'}", **of_version),
        "url": url_for("frameworks.paper_progress", form_id=form.id),
        "file": url_for("frameworks.paper_file", form_id=form.id),
        "edition": paper.EDITION_NAMES[paper.Edition(form.edition)],
    }
