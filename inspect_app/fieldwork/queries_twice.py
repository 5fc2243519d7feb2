"""Reads about sheets that two people type, the second without seeing what the first typed."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork.models import SheetTyping
from inspect_app.frameworks.models import PaperForm
from inspect_app.inspections.models import Inspection

Typed = Mapping[str, tuple[str | None, str]]
"""What somebody typed: question → value and reason."""


def typings_of(form: PaperForm, person_id: uuid.UUID, sheet: int) -> dict[int, SheetTyping]:
    """Return who typed a sheet that is typed twice, by turn; nothing for a sheet that is typed once."""
    query = select(SheetTyping).where(
        SheetTyping.form_id == form.id, SheetTyping.person_id == person_id, SheetTyping.sheet == sheet
    )
    return {one.turn: one for one in db.session.scalars(query)}


def typed_in(typing: SheetTyping) -> Typed:
    """Return what somebody typed from a sheet. The caller has made sure that it may be read."""
    content = db.session.get_one(Revision, typing.revision_id).content or {}
    return {key: (value, reason) for key, (value, reason) in content.get("answers", {}).items()}


def differences(first: Typed, second: Typed) -> list[str]:
    """Return the questions that two people typed otherwise: another answer, or other words."""
    nothing: tuple[str | None, str] = (None, "")
    keys = dict.fromkeys([*first, *second])
    return [key for key in keys if _plain(first.get(key, nothing)) != _plain(second.get(key, nothing))]


def _plain(said: tuple[str | None, str]) -> tuple[str | None, str]:
    return said[0], " ".join(said[1].split())


def waiting_for_a_second(
    inspection: Inspection, viewer_id: uuid.UUID, people: Collection[uuid.UUID]
) -> Sequence[SheetTyping]:
    """Return the sheets of these people that somebody else than the viewer typed, and that nobody typed again."""
    second = aliased(SheetTyping)
    again = select(second.id).where(
        second.form_id == SheetTyping.form_id,
        second.person_id == SheetTyping.person_id,
        second.sheet == SheetTyping.sheet,
        second.turn == 2,
    )
    query = select(SheetTyping).where(
        SheetTyping.inspection_id == inspection.id,
        SheetTyping.turn == 1,
        SheetTyping.typist_id != viewer_id,
        SheetTyping.person_id.in_(people),
        ~again.exists(),
    )
    return db.session.scalars(query.options(joinedload(SheetTyping.form)).order_by(SheetTyping.sheet)).all()
