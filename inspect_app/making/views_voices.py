"""Pages of those who are asked: say it in one's own words, weigh questions, read what became of it."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.plain import PlainTheme
from inspect_app.making import operations_voices, queries
from inspect_app.making.forms import SayForm, SureForm
from inspect_app.making.models import Gathering
from inspect_app.making.rules import OUTCOMES, WEIGHTS, Step
from inspect_app.making.showing import story_of
from inspect_app.making.views_room import bp


@bp.get("/together")
@needs("making.say")
def asked() -> ResponseReturnValue:
    """Show what one is asked about."""
    return page("making/asked.html", gatherings=queries.gatherings_of(signed_in()))


@bp.route("/together/<uuid:gathering_id>", methods=["GET", "POST"])
@needs("making.say")
def voice(gathering_id: uuid.UUID) -> ResponseReturnValue:
    """Say something in one's own words; once the draft goes round see its themes; at the end what became of it."""
    gathering = queries.gathering_by_id(gathering_id)
    own = queries.voice_of(gathering, signed_in())
    form = SayForm()
    if form.validate_on_submit():
        operations_voices.say(gathering, form.text.data, person=signed_in(), id=uuid.UUID(form.id.data))
        flash(_("We have it. You can say more, or go."), "done")
        return redirect(url_for("making.voice", gathering_id=gathering_id, _anchor="say"), 303)
    weights, comments = queries.own_weights(own), queries.own_comments(own)
    values = {
        "gathering": gathering,
        "form": form,
        "sayings": [one for one in queries.sayings_of(gathering) if one.voice_id == own.id],
        "themes": [(one, sum(each.key in weights for each in one.criteria)) for one in _themes(gathering)],
        "comments": comments.values(),
        "outcomes": OUTCOMES,
        "story": story_of(gathering) if gathering.step == Step.DONE else None,
    }
    return page("making/voice.html", **values), 422 if form.errors else 200


def _themes(gathering: Gathering) -> tuple[PlainTheme, ...]:
    return tuple(one for one in plain_of(gathering.draft.document).themes if one.criteria)


@bp.post("/together/<uuid:gathering_id>/words/<uuid:saying_id>/take-back")
@needs("making.say")
def take_back(gathering_id: uuid.UUID, saying_id: uuid.UUID) -> ResponseReturnValue:
    """Take one's own words back."""
    if not SureForm().validate_on_submit():
        abort(400)
    operations_voices.take_back(queries.gathering_by_id(gathering_id), saying_id, person=signed_in())
    flash(_("You took it back."), "done")
    return redirect(url_for("making.voice", gathering_id=gathering_id), 303)


@bp.route("/together/<uuid:gathering_id>/themes/<theme_key>", methods=["GET", "POST"])
@needs("making.say")
def weigh(gathering_id: uuid.UUID, theme_key: str) -> ResponseReturnValue:
    """Say of each question of a theme how much it matters, and what should be better."""
    gathering = queries.gathering_by_id(gathering_id)
    own = queries.voice_of(gathering, signed_in())
    themes = _themes(gathering)
    place = next((index for index, one in enumerate(themes) if one.key == theme_key), None)
    if place is None:
        raise Refused(_("This theme was taken out. Go back, and choose another one."), 404)
    form = SureForm()
    if form.validate_on_submit():
        keys = [one.key for one in themes[place].criteria]
        said = {key: request.form.get(f"weight-{key}", "") for key in keys}
        operations_voices.weigh(
            gathering,
            {key: int(one) for key, one in said.items() if one in map(str, WEIGHTS)},
            {key: request.form.get(f"comment-{key}", "")[:2000] for key in keys},
            plain_of(gathering.draft.document),
            person=signed_in(),
        )
        flash(_("We have it."), "done")
        after = themes[place + 1].key if place + 1 < len(themes) else None
        following = url_for("making.weigh", gathering_id=gathering_id, theme_key=after) if after else None
        return redirect(following or url_for("making.voice", gathering_id=gathering_id), 303)
    if gathering.step != Step.ROUND:
        return redirect(url_for("making.voice", gathering_id=gathering_id), 303)
    values = {"theme": themes[place], "place": place + 1, "count": len(themes), "levels": WEIGHTS, "form": form}
    mine = {"weights": queries.own_weights(own), "comments": queries.own_comments(own)}
    return page("making/weigh.html", gathering=gathering, **values, **mine)
