"""Translate a published version: a layer over its texts, with its whole history. The version itself never changes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from inspect_app.core import revisions
from inspect_app.core.access import require
from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Origin, Saved
from inspect_app.frameworks.models import FrameworkTranslation, FrameworkVersion
from inspect_app.people.models import Person

SUBJECT = "framework_translation"


def translate(
    version: FrameworkVersion, language: str, section: str, words: Mapping[str, str], origin: Origin, actor: Person
) -> Saved:
    """Keep the words of one section in one language.

    When somebody else saved meanwhile, theirs stand on and both are kept: the caller shows them. The same id twice
    with the same words is one revision.
    """
    require(actor, "frameworks.edit")
    layer = layer_of(version.id, language, section)
    row_id = layer.id if layer else new_id()
    top = layer.revision_id if layer else None
    try:
        saved = revisions.save((SUBJECT, row_id), words, origin, top=top)
    except revisions.SavedOtherwise:  # somebody went back to a page that was sent, and changed it
        saved = revisions.save((SUBJECT, row_id), words, replace(origin, id=new_id()), top=top)
    if layer is None:
        layer = FrameworkTranslation(id=row_id, version_id=version.id, language=language, section=section)
        db.session.add(layer)
    if saved.on_top and not saved.repeated:
        layer.texts, layer.revision_id = dict(words), saved.revision.id
    db.session.flush()
    return saved


def layer_of(version_id: uuid.UUID, language: str, section: str) -> FrameworkTranslation | None:
    """Return what stands for a section in a language, or nothing."""
    return db.session.scalar(
        select(FrameworkTranslation).where(
            FrameworkTranslation.version_id == version_id,
            FrameworkTranslation.language == language,
            FrameworkTranslation.section == section,
        )
    )
