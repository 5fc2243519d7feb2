"""What all pages on one part of a draft share: show it, save it, and show both where somebody else was faster."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, FieldList, HiddenField, RadioField, SelectField

from inspect_app.core.access import signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks import queries
from inspect_app.frameworks.forms_drafts import PartForm
from inspect_app.frameworks.forms_rows import RowsForm
from inspect_app.frameworks.models import FrameworkDraft
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.rules import DraftState

UNSAID = ("key", "kind")
"""Parts of a row that say nothing by themselves."""
Theirs = list[tuple[str, str]]
"""What stands there now, where it is not what the person wrote: (label, words)."""


def opened(draft_id: uuid.UUID) -> tuple[FrameworkDraft, PlainFramework]:
    """Return a draft that can be changed, and what it says. Raises Refused: 404, or 409 when it is ended."""
    draft = queries.draft_by_id(draft_id)
    if draft.state != DraftState.OPEN:
        raise Refused(operations.ended(draft))
    return draft, queries.plain_draft(draft)


def draft_page(
    template: str, draft: FrameworkDraft, plain: PlainFramework, status: int = 200, **values: Any
) -> ResponseReturnValue:
    """Return a page on a draft."""
    return page(f"frameworks/{template}.html", draft=draft, plain=plain, **values), status


def kept(draft_id: uuid.UUID, anchor: str | None = None, sentence: str | None = None) -> ResponseReturnValue:
    """Go back to the whole after a change."""
    flash(sentence or _("Saved."), "done")
    return redirect(place_in_draft(draft_id, anchor), 303)


def place_in_draft(draft_id: uuid.UUID, anchor: str | None) -> str:
    """Return the address of a theme or a question on the page of its draft, open also where themes are folded."""
    at = anchor if anchor and anchor.startswith(("theme-", "question-")) else None
    return url_for("frameworks.draft", draft_id=draft_id, at=at, _anchor=anchor)


def rearranged(form: RowsForm, name: str) -> bool:
    """Move or add rows when a button of the page asks for it; nothing is saved yet."""
    return form.is_submitted() and form.rearranged(request.form.get("go", ""), name)


def save(
    draft_id: uuid.UUID,
    form: PartForm,
    part: operations.Finder,
    change: operations.Change,
    fill: Callable[[PlainFramework], PartForm],
) -> Theirs | None:
    """Save what a form says; return what stands there where somebody else was faster, otherwise None.

    ``fill`` returns another form filled with what stands. Whoever sends the same form again has seen it.
    """
    changed = operations.change_part(draft_id, part, change, signed_in(), seen=form.seen.data)
    if not changed.meanwhile:
        return None
    there = part(changed.plain)
    form.saw(there)
    if there is None:
        return [("", _("Somebody took this out meanwhile. Press “Save” to put it back."))]
    return differences(form, fill(changed.plain))


def differences(mine: PartForm, theirs: PartForm) -> Theirs:
    """Return what another form says otherwise."""
    shown = (field for field in mine if field.name in theirs and not isinstance(field, HiddenField))
    pairs = ((field, theirs[field.name]) for field in shown)
    return [(str(field.label.text), _words(other)) for field, other in pairs if _words(field) != _words(other)]


def _words(field: Field) -> str:
    if isinstance(field, FieldList):
        rows = ([str(value) for name, value in row.items() if value and name not in UNSAID] for row in field.data)
        return " · ".join(": ".join(row) for row in rows if row)
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    if isinstance(field, SelectField | RadioField):
        return next((str(one.label) for one in field.choices or () if one.value == field.data), "")
    return str(field.data or "")
