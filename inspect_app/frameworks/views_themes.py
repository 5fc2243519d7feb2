"""Pages on what a draft is for, on its themes, and on what is taken out or moved."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.words import _, ngettext
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks.checking import place_of
from inspect_app.frameworks.editing import (
    find,
    key_for,
    move_question,
    moved,
    put_theme,
    question_of,
    questions_on,
    take_out_question,
    take_out_theme,
    theme_of,
    tidy,
    without,
)
from inspect_app.frameworks.forms_drafts import AboutForm, MoveForm, SureForm, ThemeForm, about
from inspect_app.frameworks.plain import PlainFramework, PlainTheme
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import draft_page, kept, opened, place_in_draft, save


@bp.route("/frameworks/drafts/<uuid:draft_id>/about", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_about(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Change the title, and what the questions are for."""
    draft, plain = opened(draft_id)
    form, theirs = AboutForm(), None
    if not form.is_submitted():
        form.show(plain)
    elif form.validate():
        theirs = save(draft_id, form, about, form.changed, _about_form)
        if theirs is None:
            return kept(draft_id)
    return draft_page("about", draft, plain, _status(form, theirs), form=form, theirs=theirs)


def _about_form(plain: PlainFramework) -> AboutForm:
    form = AboutForm(formdata=None)
    form.show(plain)
    return form


@bp.route("/frameworks/drafts/<uuid:draft_id>/themes/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def add_theme(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Add a theme, then go on to its first question."""
    draft, plain = opened(draft_id)
    form = ThemeForm()
    if not form.validate_on_submit():
        return draft_page("theme", draft, plain, _status(form, None), form=form, theme=None, theirs=None)

    def make(plain: PlainFramework) -> tuple[str, PlainFramework]:
        key = key_for(form.title.data, [one.key for one in plain.themes], "theme")
        return key, put_theme(plain, form.theme(key))

    key = operations.add_part(draft_id, make, signed_in(), id=form.own_id())
    return redirect(url_for("frameworks.add_question", draft_id=draft_id, theme_key=key), 303)


@bp.route("/frameworks/drafts/<uuid:draft_id>/themes/<theme_key>", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_theme(draft_id: uuid.UUID, theme_key: str) -> ResponseReturnValue:
    """Change what a theme is called, and when it is asked."""
    draft, plain = opened(draft_id)
    theme = find(plain.themes, theme_key)
    form, theirs = ThemeForm(), None
    if not form.is_submitted():
        if theme is None:
            raise Refused(_("There is no such theme."), 404)
        form.show(theme)
    elif form.validate():
        theirs = save(
            draft_id,
            form,
            lambda plain: _bare(plain, theme_key),
            lambda plain: put_theme(plain, form.theme(theme_key)),
            lambda plain: _theme_form(plain, theme_key),
        )
        if theirs is None:
            return kept(draft_id, f"theme-{theme_key}")
    return draft_page("theme", draft, plain, _status(form, theirs), form=form, theme=theme, theirs=theirs)


def _bare(plain: PlainFramework, key: str) -> PlainTheme | None:
    theme = find(plain.themes, key)
    return replace(theme, criteria=()) if theme else None


def _theme_form(plain: PlainFramework, key: str) -> ThemeForm:
    form, theme = ThemeForm(formdata=None), find(plain.themes, key)
    if theme is not None:
        form.show(theme)
    return form


@bp.post("/frameworks/drafts/<uuid:draft_id>/themes/<theme_key>/move")
@needs("frameworks.edit")
def move_theme(draft_id: uuid.UUID, theme_key: str) -> ResponseReturnValue:
    """Put a theme at another place."""

    def change(plain: PlainFramework, place: int) -> PlainFramework:
        return replace(plain, themes=moved(plain.themes, theme_key, place))

    return _move(draft_id, f"theme-{theme_key}", change)


@bp.post("/frameworks/drafts/<uuid:draft_id>/questions/<question_key>/move")
@needs("frameworks.edit")
def move_a_question(draft_id: uuid.UUID, question_key: str) -> ResponseReturnValue:
    """Put a question at another place of its theme."""
    return _move(draft_id, f"question-{question_key}", lambda plain, place: move_question(plain, question_key, place))


def _move(
    draft_id: uuid.UUID, anchor: str, change: Callable[[PlainFramework, int], PlainFramework]
) -> ResponseReturnValue:
    form = MoveForm()
    if not form.validate_on_submit():
        raise Refused(_("Press “Up” or “Down” once more."), 422)
    place = int(form.place.data)
    operations.change_part(draft_id, lambda _plain: None, lambda plain: change(plain, place), signed_in())
    return redirect(place_in_draft(draft_id, anchor), 303)


@bp.route("/frameworks/drafts/<uuid:draft_id>/themes/<theme_key>/remove", methods=["GET", "POST"])
@needs("frameworks.edit")
def remove_theme(draft_id: uuid.UUID, theme_key: str) -> ResponseReturnValue:
    """Take a theme and its questions out, once somebody is sure."""
    return _remove(
        draft_id,
        f"theme/{theme_key}",
        lambda plain: find(plain.themes, theme_key),
        lambda plain: take_out_theme(plain, theme_key),
    )


@bp.route("/frameworks/drafts/<uuid:draft_id>/questions/<question_key>/remove", methods=["GET", "POST"])
@needs("frameworks.edit")
def remove_question(draft_id: uuid.UUID, question_key: str) -> ResponseReturnValue:
    """Take a question out, once somebody is sure."""
    return _remove(
        draft_id,
        f"question/{question_key}",
        lambda plain: question_of(plain, question_key),
        lambda plain: take_out_question(plain, question_key),
    )


@bp.route("/frameworks/drafts/<uuid:draft_id>/scales/<scale_key>/remove", methods=["GET", "POST"])
@needs("frameworks.edit")
def remove_scale(draft_id: uuid.UUID, scale_key: str) -> ResponseReturnValue:
    """Take a scale out that no question uses, once somebody is sure."""

    def change(plain: PlainFramework) -> PlainFramework:
        _refuse_used(questions_on(plain, scale=scale_key))
        return tidy(replace(plain, scales=without(plain.scales, scale_key)))

    return _remove(draft_id, f"scale/{scale_key}", lambda plain: find(plain.scales, scale_key), change)


@bp.route("/frameworks/drafts/<uuid:draft_id>/lists/<list_key>/remove", methods=["GET", "POST"])
@needs("frameworks.edit")
def remove_list(draft_id: uuid.UUID, list_key: str) -> ResponseReturnValue:
    """Take a list out that no question uses, once somebody is sure."""

    def change(plain: PlainFramework) -> PlainFramework:
        _refuse_used(questions_on(plain, options=list_key))
        return tidy(replace(plain, lists=without(plain.lists, list_key)))

    return _remove(draft_id, f"list/{list_key}", lambda plain: find(plain.lists, list_key), change)


def _refuse_used(count: int) -> None:
    """Raise Refused (409) while questions stand on what is to go."""
    if count:
        uses = ngettext(
            "%(n)s question uses it. Change that first, then take it out.",
            "%(n)s questions use it. Change that first, then take it out.",
            count,
        )
        raise Refused(uses)


def _remove(
    draft_id: uuid.UUID, part: str, finder: operations.Finder, change: operations.Change
) -> ResponseReturnValue:
    draft, plain = opened(draft_id)
    theme = theme_of(plain, part.partition("/")[2]) if part.startswith("question/") else None
    form, there, meanwhile = SureForm(), finder(plain), False
    if form.validate_on_submit():
        done = operations.change_part(draft_id, finder, change, signed_in(), seen=form.seen.data) if there else None
        if done is None or not done.meanwhile:
            return kept(draft_id, f"theme-{theme.key}" if theme else None, _("It is taken out."))
        plain, there, meanwhile = done.plain, finder(done.plain), True
    if there is None:
        raise Refused(_("This is taken out already."), 404)
    change(plain)
    form.saw(there)
    values = {"place": place_of(part, plain), "part": there, "kind": part.split("/")[0], "meanwhile": meanwhile}
    return draft_page("remove", draft, plain, 409 if meanwhile else 200, form=form, **values)


def _status(form: Any, theirs: Any) -> int:
    return 409 if theirs else 422 if form.errors else 200
