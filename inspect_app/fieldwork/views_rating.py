"""What the rating pages of every desk share: the list of questions, and one question."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from flask import Response, g, redirect, request
from flask.typing import ResponseReturnValue

from inspect_app.core.database import db, keep_despite_refusal
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Saved
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.fieldwork import operations, queries, queries_notes
from inspect_app.fieldwork.forms import RatingForm, SentRating, as_uuid, sent_as
from inspect_app.fieldwork.models import KeptWords, Rating, Seal
from inspect_app.fieldwork.queries_paper import photos_of_question
from inspect_app.fieldwork.queries_sheet import Sheet, question_for, questions_for
from inspect_app.fieldwork.rules import SOURCE_NAMES, State, asks, seconds_words, state_of
from inspect_app.fieldwork.views_desk import Desk
from inspect_app.fieldwork.views_outbox import by_script, kept_for_you, said
from inspect_app.frameworks.asking import for_tablet
from inspect_app.frameworks.queries import steps_to_ask
from inspect_app.frameworks.repeats import NEW, PATTERN, find, new_instance, siblings
from inspect_app.frameworks.rules import Point, Question
from inspect_app.frameworks.slots import NAME, name_key, parted
from inspect_app.people.models import Person


@dataclass(frozen=True)
class Line:
    """One question in the list, and how it stands for this rater."""

    question: Question
    state: State
    words: str
    point: Point | None
    typed: tuple[str, str] | None
    is_asked: bool = True


@dataclass(frozen=True)
class Group:
    """The lines of a theme; for one of several instances where it is repeated."""

    lines: list[Line]
    instance: str = ""
    name: str = ""


@dataclass(frozen=True)
class Section:
    """A theme in the list; ``each`` says for what it is repeated, ``pattern`` is what a tablet copies for its own."""

    title: str
    theme_key: str
    groups: list[Group]
    is_asked: bool = True
    each: str = ""
    most: int = 1
    pattern: Group | None = None
    language: str = ""


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
    sheet: Sheet | None = None,
    seal: Seal | None = None,
    kept: Sequence[KeptWords] = (),
) -> dict[str, Any]:
    """Return what the list of questions shows; a blank one knows no ratings."""
    sheet = sheet or desk.sheet({key: one.value for key, one in ratings.items()})
    lines = [_line(question, ratings.get(question.key), typed, desk, sheet) for question in sheet.questions]
    sections = _sections(desk, lines, sheet)
    listed = [line for section in sections for group in section.groups for line in group.lines]
    return {
        "desk": desk,
        "easy": desk.person.easy_read,
        "inspection": desk.inspection,
        "sections": sections,
        "lines": listed,
        "add": {one.theme_key: desk.address("question", key=name_key(one.theme_key, NEW)) for one in sections},
        "done": sheet.done,
        "total": len(sheet.answerable),
        "is_ready": not sheet.left,
        "asking": asking(desk, sheet),
        "first": next((line.question.key for line in listed if line.is_asked and line.state is State.TO_DO), None),
        "seal": seal,
        "kept": kept,
        "asks": asks,
        "counts": sorted({len(one.points) for one in questions_for(desk.inspection, desk.rater)}),
    }


def _sections(desk: Desk, lines: Sequence[Line], sheet: Sheet) -> list[Section]:
    """Return the themes in their order, a repeated one also where nothing was added to it yet."""
    base = questions_for(desk.inspection, desk.rater)
    firsts = {one.theme_key: one for one in reversed(base)}
    found = []
    for key in dict.fromkeys(one.theme_key for one in base):
        first, ones = firsts[key], [line for line in lines if line.question.theme_key == key]
        grouped = groupby(ones, key=lambda line: (line.question.instance, line.question.instance_name))
        groups = [Group(list(some), *which) for which, some in grouped]
        if not first.each or desk.is_together:
            found.append(Section(first.theme_title, key, groups, language=first.language))
            continue
        named = [one for one in groups if one.instance != PATTERN]
        pattern = [Line(one, state_of(None), _("To do"), None, None) for one in siblings(base, _any_of(first))]
        found.append(
            Section(
                first.theme_title,
                key,
                named,
                is_asked=bool(g.get("blank")) or desk.is_typing or name_key(key, "") in sheet.asked.keys,
                each=first.each,
                most=first.most_repeats,
                pattern=Group(pattern, PATTERN) if desk.has_outbox else None,
                language=first.language,
            )
        )
    return found


def _any_of(first: Question) -> Question:
    """Return a question of a repeated theme for the instance that stands for any."""
    return replace(first, instance=PATTERN)


def _line(
    question: Question, rating: Rating | None, typed: dict[uuid.UUID, tuple[str, str]], desk: Desk, sheet: Sheet
) -> Line:
    is_asked, value = question.key in sheet.asked.keys, sheet.values.get(question.key)
    if not question.takes_answer:
        return Line(question, State.READ, sheet.asked.results.get(question.key, _("Read")), None, None, is_asked)
    state = state_of(value)
    if not is_asked:
        return Line(question, state, _("Not asked any more"), None, None, is_asked)
    if desk.is_typing and not desk.is_support:  # who types in paper sees how far it is, never what was said
        return Line(question, state, _("To do") if state is State.TO_DO else _("Done"), None, None)
    who = typed.get(rating.revision_id) if rating else None
    return Line(question, state, question.words(value) if value else _("To do"), question.point(value), who)


def asking(desk: Desk, sheet: Sheet) -> dict[str, Any] | None:
    """Return what a tablet works conditions out from, where there are some: the compiled steps and what was said.

    For a blank page both lie in the pack, once.
    """
    steps = steps_to_ask(desk.inspection.framework_version_id)
    if steps and g.get("blank"):
        return {"steps": None}
    return {"steps": for_tablet(steps), "values": sheet.values} if steps and desk.has_outbox else None


def answer_question(desk: Desk, key: str) -> ResponseReturnValue:
    """Show one question, or save what was answered and go on; what is new in a repeated theme gets its address here."""
    theme, instance = parted(key)
    if instance == NAME + NEW:
        return redirect(desk.address("question", key=name_key(theme, new_instance())), 303)
    if request.method == "POST":
        return _save(desk, key)
    question, form = _question(desk, key), RatingForm()
    rating = queries.own_rating(desk.inspection, desk.rater, key)
    readable = desk.may_read(rating)
    form.begin(desk.person.id, rating.revision_id if rating and readable else None)
    form.show(question, rating.value if rating and readable else None, rating.reason if rating and readable else "")
    return _show(desk, question, form, rating=rating)


def _question(desk: Desk, key: str) -> Question:
    return _possible(desk, find(questions_for(desk.inspection, desk.rater), key))


def _possible(desk: Desk, one: Question | None) -> Question:
    if one is not None and (not one.each or one.instance or desk.is_together):
        return one
    raise Refused(_("There is no such question in this inspection."), 404)


def _save(desk: Desk, key: str) -> ResponseReturnValue:
    question = _possible(desk, question_for(desk.inspection, desk.rater, key))
    rated = SentRating(request.form)
    value, reason = rated.answer(question), rated.reason
    sent = sent_as(request.form, desk.source(request.form.get("source")))
    try:
        if value is None and not reason and not request.form.get("based_on"):
            return _go_on(desk, key, None)  # an untouched page has nothing to save
        saved = operations.capture(
            desk.inspection,
            question.key,
            value,
            reason,
            actor=desk.person,
            rater=desk.rater,
            sent=sent,
        )
    except Refused as refusal:
        return _refused(desk, key, refusal)
    return _go_on(desk, key, saved) if saved.meanwhile is None else _two(desk, key, saved)


def _go_on(desk: Desk, key: str, saved: Saved | None) -> ResponseReturnValue:
    if by_script() and saved is not None and not saved.on_top and not saved.repeated:
        return said("older")
    if by_script():
        at = saved.revision.received_at.isoformat() if saved else None
        return said("safe", revision=str(saved.revision.id) if saved else None, at=at)
    ways = _ways(desk, _question(desk, key), desk.sheet())
    return redirect(ways.get(request.form.get("go", "next"), desk.address("questions")), 303)


def _ways(desk: Desk, question: Question, sheet: Sheet) -> dict[str, str]:
    """Return where the buttons of a question lead: next, back, stay, and what one can add."""
    keys = [one.key for one in _shown(desk, question, sheet)]
    place = keys.index(question.key)
    steps = {"back": place - 1, "stay": place, "next": place + 1}
    ways = {
        name: desk.address("question", key=keys[step]) if 0 <= step < len(keys) else desk.address("questions")
        for name, step in steps.items()
    }
    if desk.is_service or question.is_name:
        return ways
    added = {name: desk.address(f"add_{name}", question=question.key) for name in ("note", "photo", "sound")}
    return ways | added


def _scope(desk: Desk, question: Question, sheet: Sheet) -> list[Question]:
    """Return the questions among which this one is a step: those of its instance, or all that are asked once."""
    if not question.instance:
        return [one for one in sheet.questions if not one.instance]
    return siblings(questions_for(desk.inspection, desk.rater), question)


def _shown(desk: Desk, question: Question, sheet: Sheet) -> list[Question]:
    scope = _scope(desk, question, sheet)
    return [one for one in scope if one.key in sheet.asked.keys or one.key == question.key]


def _two(desk: Desk, key: str, saved: Saved) -> ResponseReturnValue:
    """Tell the later of two that both are kept, show what stands, and let them put their own on top."""
    above, question = saved.meanwhile, _question(desk, key)
    readable = above is not None and (not desk.is_typing or desk.is_support or above.typist_id == desk.person.id)
    content = above.content if above is not None and readable and above.content else {}
    words = question.words(content.get("value")) if content.get("value") else _("No answer yet")
    meanwhile = Meanwhile(words, content.get("reason", ""), above and above.received_at, readable, saved.on_top)
    stands = (saved.revision if saved.on_top or above is None else above).id if readable else None
    keep_despite_refusal()
    if by_script():
        shown = {"words": words, "reason": meanwhile.reason, "shown": readable, "below": saved.on_top}
        return said("two", 409, revision=str(stands) if stands else None, **shown)
    form = RatingForm()
    form.begin(desk.person.id, stands)
    return _show(desk, question, form, meanwhile=meanwhile), 409


def _refused(desk: Desk, key: str, refusal: Refused) -> ResponseReturnValue:
    db.session.rollback()
    question = _question(desk, key)
    if refusal.status == 422:
        if by_script():
            return said("wrong", 422, sentence=refusal.sentence)
        return _show(desk, question, RatingForm(), error=refusal.sentence), 422
    if refusal.status != 409:
        raise refusal
    kept = _keep(desk, question)
    sentence = kept_for_you(refusal.sentence) if kept else refusal.sentence
    if by_script():
        return said("kept", 409, sentence=sentence)
    return page("fieldwork/too_late.html", desk=desk, inspection=desk.inspection, sentence=sentence, kept=kept), 409


def _keep(desk: Desk, question: Question) -> bool:
    """Keep words that came too late for the person who sent them."""
    rated = SentRating(request.form)
    value, reason = rated.answer(question), rated.reason
    if not reason:
        return False
    operations.keep_words(
        desk.inspection,
        question.whole,
        {"question": question.key, "value": value, "reason": reason, "words": question.words(value)},
        actor=desk.person,
        id=as_uuid(request.form.get("revision")),
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
    typed = queries_notes.typists([rating.revision_id]) if rating and not desk.is_typing else {}
    return page(
        question_template(desk.person),
        **question_values(desk, question, form, desk.sheet(), seal=queries.seal_of(desk.inspection, desk.rater)),
        hidden=rating is not None and not desk.may_read(rating),
        typed=typed.get(rating.revision_id) if rating else None,
        source_names=SOURCE_NAMES,
        meanwhile=meanwhile,
        error=error,
        notes=[] if desk.is_service else _own_notes(desk, question),
        evidence=[] if desk.is_service else _own_evidence(desk, question),
        sheets=[] if desk.is_service else photos_of_question(desk.inspection, desk.person, desk.rater.id, question.key),
        length=seconds_words,
    )


def question_template(person: Person) -> str:
    """Return the template of a question's page as somebody likes to read it; fields, names and ids are the same."""
    return "fieldwork/question_easy.html" if person.easy_read else "fieldwork/question.html"


def question_values(
    desk: Desk, question: Question, form: RatingForm, sheet: Sheet, *, seal: Seal | None = None
) -> dict[str, Any]:
    """Return what the page of one question shows of the question itself, and of how far its rater is."""
    question = next((one for one in sheet.questions if one.key == question.key), question)
    shown = _shown(desk, question, sheet)
    following = asking(desk, sheet)
    listed = _scope(desk, question, sheet) if following else shown  # a tablet may find that others are asked
    keys = [one.key for one in shown]
    return {
        "desk": desk,
        "easy": desk.person.easy_read,
        "inspection": desk.inspection,
        "question": question,
        "form": form,
        "place": keys.index(question.key) + 1,
        "total": len(shown),
        "steps": [_step(one, question, sheet) if one.key in keys else "off" for one in listed],
        "keys": [one.key for one in listed],
        "ways": _ways(desk, question, sheet),
        "seal": seal,
        "can_save": seal is None and desk.is_open and not desk.is_together,
        "is_asked": question.key in sheet.asked.keys or question.is_name,
        "result": sheet.asked.results.get(question.key, ""),
        "asking": following,
    }


def _step(one: Question, here: Question, sheet: Sheet) -> str:
    if one.key == here.key:
        return "now"
    return "todo" if one.takes_answer and sheet.values.get(one.key) is None else "done"


def _own_notes(desk: Desk, question: Question) -> list[object]:
    seen = queries_notes.visible_observations(desk.inspection, desk.person, question.key)
    return [one for one in seen if one.author_id == desk.rater.id]


def _own_evidence(desk: Desk, question: Question) -> list[object]:
    seen = queries_notes.visible_evidence(desk.inspection, desk.person, question.key)
    return [one for one in seen if one.author_id == desk.rater.id]
