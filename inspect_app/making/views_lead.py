"""Pages of coordinators: ask people, group their words, see what matters to whom, answer comments."""

from __future__ import annotations

import uuid
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.frameworks.queries import draft_by_id, version_by_id
from inspect_app.making import operations, queries
from inspect_app.making.forms import AnswerForm, AskForm, BeginForm, SureForm
from inspect_app.making.models import Gathering
from inspect_app.making.rules import OUTCOMES, SIDES, SPEAKERS_INSIDE, Outcome, Side, priorities
from inspect_app.making.showing import story_of
from inspect_app.making.views_room import bp
from inspect_app.people.models import Person
from inspect_app.people.queries import person_by_id

HOME = "/frameworks/drafts/<uuid:draft_id>/together"


@bp.route(HOME, methods=["GET", "POST"])
@needs("making.lead")
def together(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Begin; then show who is asked, what came from them, and what is next."""
    draft = draft_by_id(draft_id)
    gathering = queries.gathering_of(draft_id)
    if gathering is None:
        form = BeginForm()
        if form.validate_on_submit():
            operations.begin(draft_id, form.question.data, actor=signed_in())
            flash(_("Now choose whom you want to ask."), "done")
            return redirect(url_for("making.together", draft_id=draft_id), 303)
        return page("making/begin.html", form=form, draft=draft), 422 if form.errors else 200
    return _together(gathering, _ask_form(gathering))


def _together(gathering: Gathering, form: AskForm) -> ResponseReturnValue:
    sayings, comments = queries.sayings_of(gathering), queries.comments_of(gathering)
    values = {
        "draft": gathering.draft,
        "gathering": gathering,
        "form": form,
        "sides": SIDES,
        "given": queries.given_by_voice(gathering),
        "said": len(sayings),
        "ungrouped": sum(not one.place for one in sayings),
        "comments": len(comments),
        "unanswered": sum(one.outcome is None for one in comments),
        "questions": sum(1 for _ in criteria(plain_of(gathering.draft.document))),
    }
    return page("making/together.html", **values), 422 if form.errors else 200


def _ask_form(gathering: Gathering) -> AskForm:
    form = AskForm()
    here = {one.person_id for one in gathering.voices if one.left_at is None}
    people = db.session.execute(select(Person.id, Person.name).where(Person.active).order_by(Person.name))
    form.offer((str(row[0]), row[1]) for row in people if row[0] not in here or form.is_submitted())
    return form


def _gathering(draft_id: uuid.UUID) -> Gathering:
    found = queries.gathering_of(draft_id)
    if found is None:
        raise Refused(_("Nobody is asked about these questions yet."), 404)
    return found


def _back(draft_id: uuid.UUID, sentence: str, anchor: str | None = None) -> ResponseReturnValue:
    flash(sentence, "done")
    return redirect(url_for("making.together", draft_id=draft_id, _anchor=anchor), 303)


@bp.post(f"{HOME}/people")
@needs("making.lead")
def ask(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody."""
    gathering = _gathering(draft_id)
    form = _ask_form(gathering)
    if not form.person.data and form.is_submitted():
        form.validate()
        form.person.errors = ["Choose a person."]
        return _together(gathering, form)
    if not form.validate_on_submit():
        return _together(gathering, form)
    person = person_by_id(uuid.UUID(form.person.data))
    operations.ask(gathering, person, Side(form.side.data), actor=signed_in())
    return _back(draft_id, f"{person.name} is asked.", "people")


@bp.post(f"{HOME}/people/<uuid:voice_id>/release")
@needs("making.lead")
def release(draft_id: uuid.UUID, voice_id: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody no more."""
    if not SureForm().validate_on_submit():
        abort(400)
    operations.release(_gathering(draft_id), voice_id, actor=signed_in())
    return _back(draft_id, "This person is asked no more. What they said stays.", "people")


@bp.route(f"{HOME}/words", methods=["GET", "POST"])
@needs("making.lead")
def words(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Put people's words beside themes and questions."""
    gathering = _gathering(draft_id)
    plain = plain_of(gathering.draft.document)
    sayings, form, refusal = queries.sayings_of(gathering), SureForm(), ""
    if form.validate_on_submit():
        given = {one.id: request.form[f"place-{one.id}"] for one in sayings if f"place-{one.id}" in request.form}
        try:
            moved = operations.group(gathering, given, plain, actor=signed_in())
        except Refused as refused:
            refusal = refused.sentence
        else:
            return _back(draft_id, f"{moved} moved." if moved else "Nothing was moved.", "words")
    values = {"draft": gathering.draft, "gathering": gathering, "sayings": sayings, "form": form, "refusal": refusal}
    return page("making/words.html", **values, places=_places(plain), speakers=SPEAKERS_INSIDE), 422 if refusal else 200


def _places(plain: PlainFramework) -> list[tuple[str, str]]:
    found = [("", _("Nowhere yet"))]
    for theme in plain.themes:
        found.append((f"theme/{theme.key}", _("Theme: %(title)s", title=theme.title)))
        found += [(f"question/{one.key}", f"– {one.plain}") for one in theme.criteria]
    return found


@bp.post(f"{HOME}/send")
@needs("making.lead")
def send_round(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Send the draft round."""
    gathering = _gathering(draft_id)
    if not SureForm().validate_on_submit():
        abort(400)
    operations.send_round(gathering, plain_of(gathering.draft.document), actor=signed_in())
    return _back(draft_id, _("The questions go round. Everybody who is asked hears of it."))


@bp.get(f"{HOME}/priorities")
@needs("making.lead")
def what_matters(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Show where citizens and the service find different things important, and every comment."""
    gathering = _gathering(draft_id)
    plain = plain_of(gathering.draft.document)
    asked = {one.key: one.plain for one in criteria(plain)}
    comments = queries.comments_of(gathering)
    values: dict[str, Any] = {
        "draft": gathering.draft,
        "gathering": gathering,
        "asked": asked,
        "priorities": priorities(queries.weights_of(gathering), list(asked)),
        "comments": comments,
        "sides": SIDES,
        "speakers": SPEAKERS_INSIDE,
        "outcomes": OUTCOMES,
    }
    return page("making/priorities.html", **values)


@bp.route(f"{HOME}/comments/<uuid:comment_id>", methods=["GET", "POST"])
@needs("making.lead")
def answer(draft_id: uuid.UUID, comment_id: uuid.UUID) -> ResponseReturnValue:
    """Answer one comment."""
    gathering = _gathering(draft_id)
    comment = queries.comment_by_id(gathering, comment_id)
    form = AnswerForm(data={"outcome": comment.outcome, "words": comment.answer})
    if form.validate_on_submit():
        operations.answer(gathering, comment_id, Outcome(form.outcome.data), form.words.data, actor=signed_in())
        flash(_("The comment is answered."), "done")
        return redirect(url_for("making.what_matters", draft_id=draft_id, _anchor="comments"), 303)
    values = {"draft": gathering.draft, "comment": comment, "form": form, "speakers": SPEAKERS_INSIDE}
    return page("making/answer.html", **values), 422 if form.errors else 200


@bp.post(f"{HOME}/end")
@needs("making.lead")
def end(draft_id: uuid.UUID) -> ResponseReturnValue:
    """End the round."""
    if not SureForm().validate_on_submit():
        abort(400)
    operations.end(_gathering(draft_id), actor=signed_in())
    return _back(draft_id, _("The round is over. Everybody who was asked hears what became of it."))


@bp.get("/frameworks/<uuid:version_id>/how-made")
@needs("frameworks.read")
def how_made(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show how a published version was made: whose words stand beside what, what mattered, what was decided and why."""
    version = version_by_id(version_id)
    gathering = queries.gathering_of_version(version_id)
    story = story_of(gathering) if gathering else None
    return page("making/how_made.html", version=version, gathering=gathering, story=story, sides=SIDES)
