"""Pages on one question of a draft."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks.editing import find, key_for, put_question, question_of, theme_of
from inspect_app.frameworks.forms_questions import QuestionForm
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import draft_page, kept, opened, rearranged, save


@bp.route("/frameworks/drafts/<uuid:draft_id>/themes/<theme_key>/questions/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def add_question(draft_id: uuid.UUID, theme_key: str) -> ResponseReturnValue:
    """Add a question to a theme."""
    draft, plain = opened(draft_id)
    theme = find(plain.themes, theme_key)
    if theme is None:
        raise Refused(_("There is no such theme."), 404)
    form = _form(plain)
    if not form.is_submitted():
        form.begin(theme_key, plain)
    elif not rearranged(form, "text") and form.validate():

        def make(plain: PlainFramework) -> tuple[str, PlainFramework]:
            key = key_for(form.plain.data, [one.key for one in criteria(plain)], "question")
            return key, put_question(plain, form.question(key), form.theme.data)

        key = operations.add_part(draft_id, make, signed_in(), id=form.own_id())
        return _on(draft_id, form.theme.data, key)
    return draft_page("question", draft, plain, _status(form), form=form, question=None, theme=theme, theirs=None)


@bp.route("/frameworks/drafts/<uuid:draft_id>/questions/<question_key>", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_question(draft_id: uuid.UUID, question_key: str) -> ResponseReturnValue:
    """Change a question."""
    draft, plain = opened(draft_id)
    question, theme = question_of(plain, question_key), theme_of(plain, question_key)
    form, theirs = _form(plain), None
    if not form.is_submitted():
        if question is None or theme is None:
            raise Refused(_("There is no such question."), 404)
        form.show(question, theme)
    elif not rearranged(form, "text") and form.validate():
        theirs = save(
            draft_id,
            form,
            lambda plain: _with_theme(plain, question_key),
            lambda plain: put_question(plain, form.question(question_key), form.theme.data),
            lambda plain: _filled(plain, question_key),
        )
        if theirs is None:
            return _on(draft_id, form.theme.data, question_key)
    status = 409 if theirs else _status(form)
    return draft_page("question", draft, plain, status, form=form, question=question, theme=theme, theirs=theirs)


def _on(draft_id: uuid.UUID, theme_key: str, key: str) -> ResponseReturnValue:
    if request.form.get("go") == "another":
        flash(_("Saved. Here is the next question."), "done")
        return redirect(url_for("frameworks.add_question", draft_id=draft_id, theme_key=theme_key), 303)
    if request.form.get("go") == "preview":
        return redirect(url_for("frameworks.preview_question", draft_id=draft_id, question_key=key), 303)
    return kept(draft_id, f"question-{key}")


def _form(plain: PlainFramework, **more: Any) -> QuestionForm:
    form = QuestionForm(**more)
    form.offer(plain)
    return form


def _with_theme(plain: PlainFramework, key: str) -> Any:
    theme, question = theme_of(plain, key), question_of(plain, key)
    return (theme.key, question) if theme and question else None


def _filled(plain: PlainFramework, key: str) -> QuestionForm:
    form = _form(plain, formdata=None)
    theme, question = theme_of(plain, key), question_of(plain, key)
    if theme and question:
        form.show(question, theme)
    return form


def _status(form: QuestionForm) -> int:
    return 422 if form.errors else 200
