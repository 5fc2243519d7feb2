"""Writes of coordinators: begin, ask people, group their words, send the draft round, answer, end."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.access import require
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _, ngettext
from inspect_app.frameworks.models import FrameworkDraft
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.frameworks.queries import draft_by_id
from inspect_app.frameworks.rules import DraftState
from inspect_app.making import post, queries
from inspect_app.making.models import Gathering, QuestionComment, Voice
from inspect_app.making.rules import FIRST_QUESTION, Outcome, Side, Step
from inspect_app.people.models import Person

LEAD = "making.lead"


def begin(draft_id: uuid.UUID, question: str, *, actor: Person) -> Gathering:
    """Begin to make a draft together with others; twice is once. Raises Refused when the draft is ended."""
    require(actor, LEAD)
    draft = db.session.scalar(select(FrameworkDraft).where(FrameworkDraft.id == draft_id).with_for_update())
    known = queries.gathering_of(draft_by_id(draft_id).id)
    if known is not None:
        return known
    if draft is None or draft.state != DraftState.OPEN:
        raise Refused(_("These questions are not a draft any more. Begin a new draft first."))
    found = Gathering(id=new_id(), draft=draft, question=question.strip() or FIRST_QUESTION, step=Step.WORDS)
    found.begun_at = now()
    db.session.add(found)
    db.session.flush()
    _note("making.begun", found, actor)
    return found


def ask(gathering: Gathering, person: Person, side: Side, *, actor: Person) -> Voice:
    """Ask somebody, and mail them. Asked again they come back, or speak for another side from then on."""
    require(actor, LEAD)
    _lock(gathering)
    if gathering.step == Step.DONE:
        raise Refused(_("The round is over. Nobody can be asked any more."))
    if not person.active:
        raise Refused(_("This person has left. Choose somebody else."), 422)
    voice = next((one for one in gathering.voices if one.person_id == person.id), None)
    if voice is not None and voice.left_at is None and voice.side == side:
        return voice
    if voice is None:
        voice = Voice(id=new_id(), person=person, asked_at=now(), side=side)
        gathering.voices.append(voice)
    voice.side, voice.left_at = side, None
    db.session.flush()
    _note("making.asked", gathering, actor, voice=str(voice.id), side=str(side))
    (post.asked if gathering.step == Step.WORDS else post.sent_round)(gathering, voice)
    return voice


def release(gathering: Gathering, voice_id: uuid.UUID, *, actor: Person) -> None:
    """Ask somebody no more; what they said stays."""
    require(actor, LEAD)
    _lock(gathering)
    voice = next((one for one in gathering.voices if one.id == voice_id), None)
    if voice is None:
        raise Refused(_("We did not ask this person."), 404)
    if voice.left_at is None:
        voice.left_at = now()
        db.session.flush()
        _note("making.released", gathering, actor, voice=str(voice.id))


def group(gathering: Gathering, places: Mapping[uuid.UUID, str], plain: PlainFramework, *, actor: Person) -> int:
    """Put sayings beside themes and questions; return how many moved. Raises Refused for a place that is not there."""
    require(actor, LEAD)
    _lock(gathering)
    known = {"", *(f"theme/{one.key}" for one in plain.themes), *(f"question/{one.key}" for one in criteria(plain))}
    if not set(places.values()) <= known:
        raise Refused(_("Somebody took this theme or question out meanwhile. Choose another place."), 422)
    moved = [one for one in queries.sayings_of(gathering) if one.place != places.get(one.id, one.place)]
    for saying in moved:
        saying.place = places[saying.id]
    db.session.flush()
    if moved:
        _note("making.grouped", gathering, actor, count=len(moved))
    return len(moved)


def send_round(gathering: Gathering, plain: PlainFramework, *, actor: Person) -> None:
    """Send the draft round to all who are asked; twice is once. Raises Refused while there is nothing or nobody."""
    require(actor, LEAD)
    _lock(gathering)
    if gathering.step != Step.WORDS:
        return
    if next(iter(criteria(plain)), None) is None:
        raise Refused(_("The draft has no questions yet. Write one first."))
    voices = [one for one in gathering.voices if one.left_at is None]
    if not voices:
        raise Refused(_("Nobody is asked yet. Ask somebody first."))
    gathering.step, gathering.round_at = Step.ROUND, now()
    db.session.flush()
    _note("making.sent_round", gathering, actor)
    for voice in voices:
        post.sent_round(gathering, voice)


def answer(
    gathering: Gathering, comment_id: uuid.UUID, outcome: Outcome, words: str, *, actor: Person
) -> QuestionComment:
    """Answer a comment, with what it led to and why. Raises Refused without a reason, and when the round is over."""
    require(actor, LEAD)
    _lock(gathering)
    if gathering.step == Step.DONE:
        raise Refused(_("The round is over. What was answered stands."))
    if not words.strip():
        raise Refused(_("Say why, in a sentence. Whoever wrote the comment reads it."), 422)
    comment = queries.comment_by_id(gathering, comment_id)
    comment.outcome, comment.answer = outcome, words.strip()
    comment.answered_by_id, comment.answered_at = actor.id, now()
    db.session.flush()
    _note("making.answered", gathering, actor, comment=str(comment.id), outcome=str(outcome))
    return comment


def end(gathering: Gathering, *, actor: Person) -> None:
    """End the round, and tell everybody; twice is once. Raises Refused while a comment waits for its answer."""
    require(actor, LEAD)
    _lock(gathering)
    if gathering.step == Step.DONE:
        return
    if gathering.step == Step.WORDS:
        raise Refused(_("Send the draft round first."))
    waiting = sum(one.outcome is None for one in queries.comments_of(gathering))
    if waiting:
        raise Refused(ngettext("%(n)s comment waits for an answer.", "%(n)s comments wait for an answer.", waiting))
    gathering.step, gathering.done_at = Step.DONE, now()
    db.session.flush()
    _note("making.done", gathering, actor)
    for voice in gathering.voices:
        if voice.left_at is None:
            post.done(gathering, voice)


def _lock(gathering: Gathering) -> None:
    """Let nobody else write about this gathering until the request ends, and see what stands now."""
    query = select(Gathering).where(Gathering.id == gathering.id).with_for_update()
    db.session.scalar(query.execution_options(populate_existing=True))


def _note(kind: str, gathering: Gathering, actor: Person, **facts: Any) -> None:
    journal.append(kind, actor=actor.id, about=("gathering", gathering.id), facts=facts)
