"""Pages on the scales and lists of a draft."""

from __future__ import annotations

import uuid
from typing import Any

from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks.editing import FIRST_SCALE, find, key_for, put_list, put_scale, questions_on
from inspect_app.frameworks.forms_drafts import ListForm, ScaleForm
from inspect_app.frameworks.plain import PlainFramework, PlainScale
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import draft_page, kept, opened, rearranged, save


@bp.route("/frameworks/drafts/<uuid:draft_id>/scales/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def add_scale(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Add a scale."""
    draft, plain = opened(draft_id)
    form = ScaleForm()
    if not form.is_submitted():
        form.show(PlainScale("", "", ()) if plain.scales else FIRST_SCALE)
    elif not rearranged(form, "label") and form.validate():

        def make(plain: PlainFramework) -> tuple[str, PlainFramework]:
            key = key_for(form.title.data, [one.key for one in plain.scales], "scale")
            return key, put_scale(plain, form.scale(key))

        operations.add_part(draft_id, make, signed_in(), id=form.own_id())
        return kept(draft_id, "scales")
    return draft_page("scale", draft, plain, _status(form), form=form, scale=None, used=0, theirs=None)


@bp.route("/frameworks/drafts/<uuid:draft_id>/scales/<scale_key>", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_scale(draft_id: uuid.UUID, scale_key: str) -> ResponseReturnValue:
    """Change a scale and its points."""
    draft, plain = opened(draft_id)
    scale = find(plain.scales, scale_key)
    form, theirs = ScaleForm(), None
    if not form.is_submitted():
        if scale is None:
            raise Refused("There is no such scale.", 404)
        form.show(scale)
    elif not rearranged(form, "label") and form.validate():
        theirs = save(
            draft_id,
            form,
            lambda plain: find(plain.scales, scale_key),
            lambda plain: put_scale(plain, form.scale(scale_key)),
            lambda plain: _filled(ScaleForm(formdata=None), find(plain.scales, scale_key)),
        )
        if theirs is None:
            return kept(draft_id, "scales")
    status, used = 409 if theirs else _status(form), questions_on(plain, scale=scale_key)
    return draft_page("scale", draft, plain, status, form=form, scale=scale, used=used, theirs=theirs)


@bp.route("/frameworks/drafts/<uuid:draft_id>/lists/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def add_list(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Add a list of answers."""
    draft, plain = opened(draft_id)
    form = ListForm()
    if not form.is_submitted():
        form.show_rows([], least=5)
    elif not rearranged(form, "label") and form.validate():

        def make(plain: PlainFramework) -> tuple[str, PlainFramework]:
            key = key_for(form.name.data, [one.key for one in plain.lists], "list")
            return key, put_list(plain, form.options(key))

        operations.add_part(draft_id, make, signed_in(), id=form.own_id())
        return kept(draft_id, "lists")
    return draft_page("list", draft, plain, _status(form), form=form, options=None, used=0, theirs=None)


@bp.route("/frameworks/drafts/<uuid:draft_id>/lists/<list_key>", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_list(draft_id: uuid.UUID, list_key: str) -> ResponseReturnValue:
    """Change a list of answers."""
    draft, plain = opened(draft_id)
    options = find(plain.lists, list_key)
    form, theirs = ListForm(), None
    if not form.is_submitted():
        if options is None:
            raise Refused("There is no such list.", 404)
        form.show(options)
    elif not rearranged(form, "label") and form.validate():
        theirs = save(
            draft_id,
            form,
            lambda plain: find(plain.lists, list_key),
            lambda plain: put_list(plain, form.options(list_key)),
            lambda plain: _filled(ListForm(formdata=None), find(plain.lists, list_key)),
        )
        if theirs is None:
            return kept(draft_id, "lists")
    status, used = 409 if theirs else _status(form), questions_on(plain, options=list_key)
    return draft_page("list", draft, plain, status, form=form, options=options, used=used, theirs=theirs)


def _filled(form: Any, part: Any) -> Any:
    if part is not None:
        form.show(part)
    return form


def _status(form: Any) -> int:
    return 422 if form.errors else 200
