"""Pages on which coordinators make questions: begin, see the whole, say what it is for, check, publish, throw away."""

from __future__ import annotations

import uuid
from dataclasses import replace

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import doors, queries, shelf
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks.answer_types import ANSWER_NAMES
from inspect_app.frameworks.checking import Remark, Severity, remarks_on
from inspect_app.frameworks.editing import FIRST_SCALE, find, key_for, theme_of
from inspect_app.frameworks.forms_drafts import BeginForm, SureForm
from inspect_app.frameworks.models import FrameworkVersion
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.frameworks.readability import get_ready
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.rules import DraftState
from inspect_app.frameworks.translating import languages_of
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import draft_page, opened
from inspect_app.frameworks.writing import write_framework

MOST_SHOWN = 60
"""So many questions are shown together: a draft with more shows those of one theme at a time."""
EVERYTHING = "all"


@bp.route("/frameworks/drafts/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def begin_draft() -> ResponseReturnValue:
    """Begin questions: empty, from what is there, or from a file."""
    form = BeginForm()
    form.offer(_sources(), request.args.get("from"))
    if form.validate_on_submit():
        try:
            plain, based_on = _source(form)
            draft = operations.begin_draft(plain, signed_in(), id=uuid.UUID(form.own_id()), based_on=based_on)
        except ValueError as error:
            form.file.errors = [*form.file.errors, _("This file cannot be read: %(fault)s", fault=error)]
        else:
            flash(_("“%(title)s” is begun. Nobody but coordinators sees it yet.", title=draft.title), "done")
            return redirect(url_for("frameworks.draft", draft_id=draft.id), 303)
    return page("frameworks/begin.html", form=form), 422 if form.errors else 200


def _sources() -> list[tuple[str, str]]:
    versions = queries.published_versions()
    newest: dict[uuid.UUID, FrameworkVersion] = {}
    for one in versions:
        newest.setdefault(one.framework_id, one)
    published = {one.framework.key for one in versions}
    others = [one for one in shelf.starting_points() if one.key not in published]
    return [
        ("empty", _("With an empty page")),
        *(
            (f"version:{one.id}", _("From “%(title)s”, version %(number)s", title=one.title, number=one.number))
            for one in newest.values()
        ),
        *((f"library:{one.key}", _("From our library: “%(title)s”", title=one.title)) for one in others),
        ("file", _("From a file")),
    ]


def _from(version: FrameworkVersion) -> str:
    return _("From “%(title)s”, version %(number)s", title=version.title, number=version.number)


def _source(form: BeginForm) -> tuple[PlainFramework, FrameworkVersion | None]:
    """Return what a draft begins with, and the version on which it is based. Raises ValueError for a faulty file."""
    kind, _colon, name = form.source.data.partition(":")
    if kind == "version":
        version = queries.version_by_id(uuid.UUID(name))
        return replace(queries.plain_version(version.id), version=version.number + 1), version
    if kind == "library":
        return shelf.starting_point(name), None
    if kind == "file":
        plain = read_framework(form.text)
        return plain, queries.newest_version(plain.key)
    key = key_for(form.title.data, queries.framework_keys(), "questions")
    return PlainFramework(
        key, 1, "en", form.title.data, form.summary.data, "Our own wording.", (FIRST_SCALE,), ()
    ), None


@bp.get("/frameworks/drafts/<uuid:draft_id>")
@needs("frameworks.edit")
def draft(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show a draft: its themes with their questions, and all that belongs to it."""
    found = queries.draft_by_id(draft_id)
    if found.state == DraftState.PUBLISHED:
        return redirect(url_for("frameworks.version", version_id=found.version_id), 303)
    found, plain = opened(draft_id)
    remarks = remarks_on(plain, words=False)
    if not current_app.testing:
        get_ready([plain.language, *(one.language for one in plain.translations)])  # for “Check and publish”
    count = sum(1 for _one in criteria(plain))
    return draft_page(
        "draft",
        found,
        plain,
        names=ANSWER_NAMES,
        count=count,
        folded=count > MOST_SHOWN,
        shown=_shown(plain, count),
        must=len(_must(remarks)),
        remarks=remarks,
    )


def _shown(plain: PlainFramework, count: int) -> frozenset[str]:
    """Return the themes whose questions the page shows: all, or of a long draft those that are asked for."""
    at = request.args.get("at", "")
    if count <= MOST_SHOWN or at == EVERYTHING:
        return frozenset(one.key for one in plain.themes)
    kind, _dash, key = at.partition("-")
    theme = theme_of(plain, key) if kind == "question" else find(plain.themes, key)
    return frozenset({theme.key} if theme else ())


@bp.route("/frameworks/drafts/<uuid:draft_id>/publish", methods=["GET", "POST"])
@needs("frameworks.publish")
def publish_draft(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show what is to be mended; publish when nothing must be."""
    found = queries.draft_by_id(draft_id)
    if found.state == DraftState.PUBLISHED:
        return redirect(url_for("frameworks.version", version_id=found.version_id), 303)
    found, plain = opened(draft_id)
    form, refusal = SureForm(), ""
    if form.validate_on_submit():
        try:
            version = operations.publish_draft(draft_id, signed_in())
        except Refused as refused:
            refusal = refused.sentence
        else:
            flash(
                _("“%(title)s”, version %(number)s, is published.", title=version.title, number=version.number), "done"
            )
            return redirect(url_for("frameworks.version", version_id=version.id), 303)
    status, remarks = 422 if form.is_submitted() else 200, remarks_on(plain, doors.kinds_of(plain.key))
    must = _must(remarks)
    should = [one for one in remarks if one.severity == Severity.SHOULD]
    refusal = "" if must else refusal  # each thing that must be mended is named by itself
    values = {"languages": languages_of(plain), "count": len(list(criteria(plain)))}
    return draft_page("check", found, plain, status, form=form, must=must, should=should, refusal=refusal, **values)


def _must(remarks: list[Remark]) -> list[Remark]:
    return [one for one in remarks if one.severity == Severity.MUST]


@bp.route("/frameworks/drafts/<uuid:draft_id>/discard", methods=["GET", "POST"])
@needs("frameworks.edit")
def discard_draft(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Throw a draft away, once somebody is sure."""
    form = SureForm()
    if form.validate_on_submit():
        operations.discard_draft(draft_id, signed_in())
        flash(_("The draft is thrown away."), "done")
        return redirect(url_for("frameworks.overview"), 303)
    draft, plain = opened(draft_id)
    return draft_page("discard", draft, plain, form=form, count=sum(1 for _one in criteria(plain)))


@bp.get("/frameworks/drafts/<uuid:draft_id>/file")
@needs("frameworks.edit")
def draft_file(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a draft out as a file."""
    return yaml_file(queries.plain_draft(queries.draft_by_id(draft_id)))


@bp.get("/frameworks/<uuid:version_id>/file")
@needs("frameworks.read")
def version_file(version_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a published version out as a file."""
    return yaml_file(queries.plain_version(version_id))


def yaml_file(plain: PlainFramework) -> Response:
    """Return a framework as a file to keep."""
    answer = Response(write_framework(plain), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain.key}-{plain.version}.yaml"'
    return answer
