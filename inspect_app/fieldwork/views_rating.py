"""What the rating pages of every desk share: the list of questions, and one question."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from inspect_app.core.database import db, keep_despite_refusal
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Saved
from inspect_app.core.web import page
from inspect_app.fieldwork import operations, queries, queries_notes
from inspect_app.fieldwork.forms import RatingForm, as_uuid
from inspect_app.fieldwork.models import KeptWords, Rating, Seal
from inspect_app.fieldwork.rules import SOURCE_NAMES, State, asks, seconds_words, state_of
from inspect_app.fieldwork.views_desk import Desk
from inspect_app.fieldwork.views_outbox import by_script, said
from inspect_app.frameworks.queries import criteria_of, question_of
from inspect_app.frameworks.rules import Point, Question
from inspect_app.people.models import Person


@dataclass(frozen=True)
class Line:
    """One question in the list, and how it stands for this rater."""

    question: Question
    state: State
    words: str
    point: Point | None
    typed: tuple[str, str] | None


@dataclass(frozen=True)
class Meanwhile:
    """What somebody saved while this page was open."""

    words: str
    reason: str
    at: object
    shown: bool
    is_below: bool


def show_questions(desk: Desk) -> ResponseReturnValue:
    """Show all questions by theme, each with its state, how many are left, and the way to the seal."""
    ratings = queries.own_ratings(desk.inspection, desk.rater)
    typed = queries_notes.typists([one.revision_id for one in ratings.values()])
    seal = queries.seal_of(desk.inspection, desk.rater)
    kept = queries.kept_words(desk.inspection, desk.person.id)
    return page("fieldwork/questions.html", **list_values(desk, ratings, typed, seal=seal, kept=kept))


def list_values(
    desk: Desk,
    ratings: Mapping[str, Rating],
    typed: dict[uuid.UUID, tuple[str, str]],
    *,
    seal: Seal | None = None,
    kept: Sequence[KeptWords] = (),
) -> dict[str, Any]:
    """Return what the list of questions shows; a blank one knows no ratings."""
    questions = criteria_of(desk.inspection.framework_version_id)
    lines = [_line(question, ratings.get(question.key), typed, desk) for question in questions]
    return {
        "desk": desk,
        "easy": desk.person.easy_read,
        "inspection": desk.inspection,
        "themes": [(title, list(ones)) for title, ones in groupby(lines, key=lambda one: one.question.theme_title)],
        "done": sum(line.state not in (State.TO_DO, State.READ) for line in lines),
        "total": sum(line.state is not State.READ for line in lines),
        "first": next((line.question.key for line in lines if line.state is State.TO_DO), None),
        "seal": seal,
        "kept": kept,
        "asks": asks,
    }


def _line(question: Question, rating: Rating | None, typed: dict[uuid.UUID, tuple[str, str]], desk: Desk) -> Line:
    if not question.takes_answer:
        return Line(question, State.READ, "Read", None, None)
    state = state_of(rating.value if rating else None)
    if desk.is_typing and not desk.is_support:  # who types in paper sees how far it is, never what was said
        return Line(question, state, "To do" if state is State.TO_DO else "Done", None, None)
    words = question.words(rating.value) if rating and rating.value else "To do"
    point = question.point(rating.value) if rating else None
    return Line(question, state, words, point, typed.get(rating.revision_id) if rating else None)


def answer_question(desk: Desk, key: str) -> ResponseReturnValue:
    """Show one question, or save what was answered and go on."""
    question = question_of(desk.inspection.framework_version_id, key)
    form = RatingForm()
    if request.method == "POST":
        return _save(desk, question, form)
    rating = queries.own_rating(desk.inspection, desk.rater, key)
    readable = desk.may_read(rating)
    form.begin(desk.person.id, rating.revision_id if rating and readable else None)
    form.show(question, rating.value if rating and readable else None, rating.reason if rating and readable else "")
    return _show(desk, question, form, rating=rating)


def _save(desk: Desk, question: Question, form: RatingForm) -> ResponseReturnValue:
    value, reason = form.answer(question), form.reason.data or ""
    try:
        if value is None and not reason.strip() and not form.based_on.data:
            return _go_on(desk, question, None)  # an untouched page has nothing to save
        saved = operations.capture(
            desk.inspection,
            question.key,
            value,
            reason.strip(),
            actor=desk.person,
            rater=desk.rater,
            sent=form.sent(desk.source(form.source.data)),
        )
    except Refused as refusal:
        return _refused(desk, question, form, refusal)
    if saved.meanwhile is None:
        return _go_on(desk, question, saved)
    return _two(desk, question, form, saved)


def _go_on(desk: Desk, question: Question, saved: Saved | None) -> ResponseReturnValue:
    if by_script() and saved is not None and not saved.on_top and not saved.repeated:
        return said("older")
    if by_script():
        at = saved.revision.received_at.isoformat() if saved else None
        return said("safe", revision=str(saved.revision.id) if saved else None, at=at)
    ways = _ways(desk, question)
    return redirect(ways.get(request.form.get("go", "next"), desk.address("questions")), 303)


def _ways(desk: Desk, question: Question) -> dict[str, str]:
    """Return where the buttons of a question lead: next, back, stay, and what one can add."""
    keys = [one.key for one in criteria_of(desk.inspection.framework_version_id)]
    place = keys.index(question.key)
    steps = {"back": place - 1, "stay": place, "next": place + 1}
    ways = {
        name: desk.address("question", key=keys[step]) if 0 <= step < len(keys) else desk.address("questions")
        for name, step in steps.items()
    }
    if desk.is_service:
        return ways
    added = {name: desk.address(f"add_{name}", question=question.key) for name in ("note", "photo", "sound")}
    return ways | added


def _two(desk: Desk, question: Question, form: RatingForm, saved: Saved) -> ResponseReturnValue:
    """Tell the later of two that both are kept, show what stands, and let them put their own on top."""
    above = saved.meanwhile
    readable = above is not None and (not desk.is_typing or desk.is_support or above.typist_id == desk.person.id)
    content = above.content if above is not None and readable and above.content else {}
    words = question.words(content.get("value")) if content.get("value") else "No answer yet"
    meanwhile = Meanwhile(words, content.get("reason", ""), above and above.received_at, readable, saved.on_top)
    stands = (saved.revision if saved.on_top or above is None else above).id if readable else None
    keep_despite_refusal()
    if by_script():
        shown = {"words": words, "reason": meanwhile.reason, "shown": readable, "below": saved.on_top}
        return said("two", 409, revision=str(stands) if stands else None, **shown)
    form.begin(desk.person.id, stands)
    return _show(desk, question, form, meanwhile=meanwhile), 409


def _refused(desk: Desk, question: Question, form: RatingForm, refusal: Refused) -> ResponseReturnValue:
    db.session.rollback()
    if refusal.status == 422:
        if by_script():
            return said("wrong", 422, sentence=refusal.sentence)
        return _show(desk, question, form, error=refusal.sentence), 422
    if refusal.status != 409:
        raise refusal
    kept = _keep(desk, question, form)
    sentence = f"{refusal.sentence} Your words are kept for you alone." if kept else refusal.sentence
    if by_script():
        return said("kept", 409, sentence=sentence)
    return page("fieldwork/too_late.html", desk=desk, inspection=desk.inspection, sentence=sentence, kept=kept), 409


def _keep(desk: Desk, question: Question, form: RatingForm) -> bool:
    """Keep words that came too late for the person who sent them."""
    value, reason = form.answer(question), (form.reason.data or "").strip()
    if not reason:
        return False
    operations.keep_words(
        desk.inspection,
        question.statement,
        {"question": question.key, "value": value, "reason": reason, "words": question.words(value)},
        actor=desk.person,
        id=as_uuid(form.revision.data),
    )
    keep_despite_refusal()
    return True


def _show(
    desk: Desk,
    question: Question,
    form: RatingForm,
    *,
    rating: Rating | None = None,
    meanwhile: Meanwhile | None = None,
    error: str | None = None,
) -> Response:
    values = queries.own_ratings(desk.inspection, desk.rater)
    typed = queries_notes.typists([rating.revision_id]) if rating and not desk.is_typing else {}
    return page(
        question_template(desk.person),
        **question_values(desk, question, form, values, seal=queries.seal_of(desk.inspection, desk.rater)),
        hidden=rating is not None and not desk.may_read(rating),
        typed=typed.get(rating.revision_id) if rating else None,
        source_names=SOURCE_NAMES,
        meanwhile=meanwhile,
        error=error,
        notes=[] if desk.is_service else _own_notes(desk, question),
        evidence=[] if desk.is_service else _own_evidence(desk, question),
        length=seconds_words,
    )


def question_template(person: Person) -> str:
    """Return the template of a question's page as somebody likes to read it; fields, names and ids are the same."""
    return "fieldwork/question_easy.html" if person.easy_read else "fieldwork/question.html"


def question_values(
    desk: Desk, question: Question, form: RatingForm, values: Mapping[str, Rating], *, seal: Seal | None = None
) -> dict[str, Any]:
    """Return what the page of one question shows of the question itself, and of how far its rater is."""
    questions = criteria_of(desk.inspection.framework_version_id)
    place = questions.index(question)
    return {
        "desk": desk,
        "easy": desk.person.easy_read,
        "inspection": desk.inspection,
        "question": question,
        "form": form,
        "place": place + 1,
        "total": len(questions),
        "steps": [_step(one, question, values.get(one.key)) for one in questions],
        "keys": [one.key for one in questions],
        "ways": _ways(desk, question),
        "seal": seal,
        "can_save": seal is None and desk.is_open and not desk.is_together,
    }


def _step(one: Question, here: Question, rating: Rating | None) -> str:
    if one.key == here.key:
        return "now"
    return "todo" if one.takes_answer and state_of(rating.value if rating else None) is State.TO_DO else "done"


def _own_notes(desk: Desk, question: Question) -> list[object]:
    seen = queries_notes.visible_observations(desk.inspection, desk.person, question.key)
    return [one for one in seen if one.author_id == desk.rater.id]


def _own_evidence(desk: Desk, question: Question) -> list[object]:
    seen = queries_notes.visible_evidence(desk.inspection, desk.person, question.key)
    return [one for one in seen if one.author_id == desk.rater.id]
