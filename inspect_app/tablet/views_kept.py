"""What came too late: kept for its author alone, wherever it came from, even when they left the team."""

from __future__ import annotations

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork.operations import forget_words
from inspect_app.tablet import queries
from inspect_app.tablet.views_room import bp


@bp.get("/tablet/kept")
@needs("signed in")
def kept() -> ResponseReturnValue:
    """Show everything of a person that came too late."""
    return page("tablet/kept.html", kept=queries.kept_for(signed_in().id))


@bp.get("/tablet/kept/<uuid:words_id>/file")
@needs("signed in")
def kept_file(words_id: uuid.UUID) -> ResponseReturnValue:
    """Send a photo or sound that came too late, to its author alone."""
    _words, stored = queries.kept_file(signed_in().id, words_id)
    return files.send(stored, _("Came too late"), inline=True)


@bp.post("/tablet/kept/<uuid:words_id>/forget")
@needs("signed in")
def forget_kept(words_id: uuid.UUID) -> ResponseReturnValue:
    """Throw away something that came too late."""
    words, inspection = queries.kept_one(signed_in().id, words_id)
    forget_words(inspection, words.id, actor=signed_in())
    flash(_("It is gone."), "success")
    return redirect(url_for("tablet.kept"), 303)
