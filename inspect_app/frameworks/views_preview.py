"""Pages that show questions of a draft as inspectors will see them."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks.previews import Preview, render
from inspect_app.frameworks.queries import questions_of
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import opened, place_in_draft


@bp.get("/frameworks/drafts/<uuid:draft_id>/preview")
@needs("frameworks.edit")
def preview(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Begin to look at the questions as inspectors will."""
    _draft, plain = opened(draft_id)
    questions = questions_of(plain)
    if not questions:
        raise Refused(_("There are no questions yet. Add one, then look at it."))
    first = url_for("frameworks.preview_question", draft_id=draft_id, question_key=questions[0].key, **_wishes())
    return redirect(first, 303)


@bp.get("/frameworks/drafts/<uuid:draft_id>/questions/<question_key>/preview")
@needs("frameworks.edit")
def preview_question(draft_id: uuid.UUID, question_key: str) -> ResponseReturnValue:
    """Show one question on the page that inspectors rate on; nothing can be saved there."""
    _draft, plain = opened(draft_id)
    wishes = _wishes()
    questions = questions_of(plain, wishes.get("language"))
    place = next((number for number, one in enumerate(questions) if one.key == question_key), None)
    if place is None:
        raise Refused(_("There is no such question."), 404)
    home = place_in_draft(draft_id, f"question-{question_key}")

    def address(number: int) -> str:
        if not 0 <= number < len(questions):
            return home
        return url_for("frameworks.preview_question", draft_id=draft_id, question_key=questions[number].key, **wishes)

    easy = wishes.get("view") == "easy"
    other = wishes | {"view": "plain" if easy else "easy"}
    return render(
        Preview(
            title=plain.title,
            questions=questions,
            question=questions[place],
            easy=easy,
            home=home,
            back=address(place - 1),
            onward=address(place + 1),
            other_view=url_for("frameworks.preview_question", draft_id=draft_id, question_key=question_key, **other),
        )
    )


def _wishes() -> dict[str, Any]:
    """Return which view and which language are asked for."""
    return {name: request.args[name] for name in ("view", "language") if request.args.get(name)}
