"""Pages on the scales and lists of a draft, and on how its results are made."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.words import _, mark
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks.editing import FIRST_SCALE, find, key_for, put_list, put_scale, questions_on, tidy
from inspect_app.frameworks.forms_rows import ListForm, ScaleForm, ScoringForm
from inspect_app.frameworks.plain import PlainFramework, PlainList, PlainScale
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import draft_page, kept, opened, rearranged, save


@dataclass(frozen=True)
class Sort:
    """What scales and lists differ in: their form, where they stand, and with what a new one begins."""

    name: str
    missing: str
    form: Callable[..., Any]
    put: Callable[[PlainFramework, Any], PlainFramework]
    begin: Callable[[PlainFramework], Any]
    used: Callable[[PlainFramework, str], int]

    @property
    def plural(self) -> str:
        """The framework's field in which they stand, and their place on the draft's page."""
        return f"{self.name}s"

    def find(self, plain: PlainFramework, key: str) -> Any:
        """Return the one with a key, or nothing."""
        return find(getattr(plain, self.plural), key)


SCALE = Sort(
    "scale",
    mark("There is no such scale."),
    ScaleForm,
    put_scale,
    lambda plain: PlainScale("", "", ()) if plain.scales else FIRST_SCALE,
    lambda plain, key: questions_on(plain, scale=key),
)
LIST = Sort(
    "list",
    mark("There is no such list."),
    ListForm,
    put_list,
    lambda _plain: PlainList("", ()),
    lambda plain, key: questions_on(plain, options=key),
)


@bp.route("/frameworks/drafts/<uuid:draft_id>/scales/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def add_scale(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Add a scale."""
    return _add(draft_id, SCALE)


@bp.route("/frameworks/drafts/<uuid:draft_id>/scales/<scale_key>", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_scale(draft_id: uuid.UUID, scale_key: str) -> ResponseReturnValue:
    """Change a scale and its points."""
    return _change(draft_id, SCALE, scale_key)


@bp.route("/frameworks/drafts/<uuid:draft_id>/lists/new", methods=["GET", "POST"])
@needs("frameworks.edit")
def add_list(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Add a list of answers."""
    return _add(draft_id, LIST)


@bp.route("/frameworks/drafts/<uuid:draft_id>/lists/<list_key>", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_list(draft_id: uuid.UUID, list_key: str) -> ResponseReturnValue:
    """Change a list of answers."""
    return _change(draft_id, LIST, list_key)


def _add(draft_id: uuid.UUID, sort: Sort) -> ResponseReturnValue:
    draft, plain = opened(draft_id)
    form = sort.form()
    if not form.is_submitted():
        form.begin(sort.begin(plain))
    elif not rearranged(form, "label") and form.validate():

        def make(plain: PlainFramework) -> tuple[str, PlainFramework]:
            taken = [one.key for one in getattr(plain, sort.plural)]
            key = key_for(form.named, taken, sort.name)
            return key, sort.put(plain, form.part(key))

        operations.add_part(draft_id, make, signed_in(), id=form.own_id())
        return kept(draft_id, sort.plural)
    return draft_page(sort.name, draft, plain, _status(form), form=form, part=None, used=0, theirs=None)


def _change(draft_id: uuid.UUID, sort: Sort, key: str) -> ResponseReturnValue:
    draft, plain = opened(draft_id)
    part = sort.find(plain, key)
    form, theirs = sort.form(), None
    if not form.is_submitted():
        if part is None:
            raise Refused(_(sort.missing), 404)
        form.show(part)
    elif not rearranged(form, "label") and form.validate():
        theirs = save(
            draft_id,
            form,
            lambda plain: sort.find(plain, key),
            lambda plain: sort.put(plain, form.part(key)),
            lambda plain: _filled(sort.form(formdata=None), sort.find(plain, key)),
        )
        if theirs is None:
            return kept(draft_id, sort.plural)
    status, used = _status(form, theirs), sort.used(plain, key)
    return draft_page(sort.name, draft, plain, status, form=form, part=part, used=used, theirs=theirs)


@bp.route("/frameworks/drafts/<uuid:draft_id>/scoring", methods=["GET", "POST"])
@needs("frameworks.edit")
def change_scoring(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Change from how many answers on there is a result, and what results are called."""
    draft, plain = opened(draft_id)
    form, theirs = ScoringForm(), None
    if not form.is_submitted():
        form.show(plain.scoring)
    elif not rearranged(form, "label") and form.validate():
        theirs = save(
            draft_id,
            form,
            lambda plain: plain.scoring,
            lambda plain: tidy(replace(plain, scoring=form.scoring())),
            lambda plain: _filled(ScoringForm(formdata=None), plain.scoring),
        )
        if theirs is None:
            return kept(draft_id, "scoring")
    return draft_page("scoring", draft, plain, _status(form, theirs), form=form, part=None, used=0, theirs=theirs)


def _filled(form: Any, part: Any) -> Any:
    if part is not None:
        form.show(part)
    return form


def _status(form: Any, theirs: Any = None) -> int:
    return 409 if theirs else 422 if form.errors else 200
