"""Writes of those who are asked: say something in one's own words, weigh questions, comment on them."""

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
from inspect_app.core.words import _, lazy, number
from inspect_app.frameworks.plain import PlainFramework, criteria
from inspect_app.making import queries
from inspect_app.making.models import Gathering, QuestionComment, QuestionWeight, Saying, Voice
from inspect_app.making.rules import LONGEST_SAYING, MOST_SAYINGS, WEIGHTS, Step
from inspect_app.people.models import Person

SAY = "making.say"
OVER = lazy("The round is over. Thank you for what you said.")


def say(gathering: Gathering, text: str, *, person: Person, id: uuid.UUID) -> Saying:  # noqa: A002
    """Keep what somebody says in their own words; the same ``id`` twice is one.

    Raises Refused: 403 for whoever was not asked, 422 without words or with too many, 409 when the round is over.
    """
    voice = _voice(gathering, person)
    known = db.session.get(Saying, id)
    if known is not None and known.voice_id == voice.id:
        return known
    if gathering.step == Step.DONE:
        raise Refused(OVER)
    words = text.strip()
    if not words:
        raise Refused(_("Write something first."), 422)
    if len(words) > LONGEST_SAYING:
        raise Refused(
            _("Use up to %(most)s letters. You can add the rest as another one.", most=number(LONGEST_SAYING)), 422
        )
    if len([one for one in queries.sayings_of(gathering) if one.voice_id == voice.id]) >= MOST_SAYINGS:
        raise Refused(_("You have said %(most)s things. That is as many as we can read.", most=MOST_SAYINGS), 422)
    saying = Saying(id=id if known is None else new_id(), voice=voice, text=words, place="", said_at=now())
    db.session.add(saying)
    db.session.flush()
    _note("making.said", gathering, person)
    return saying


def take_back(gathering: Gathering, saying_id: uuid.UUID, *, person: Person) -> None:
    """Take one's own words back, while the round is not over; words that are gone stay gone."""
    voice = _voice(gathering, person)
    if gathering.step == Step.DONE:
        raise Refused(OVER)
    saying = db.session.get(Saying, saying_id)
    if saying is None or saying.voice_id != voice.id:
        return
    db.session.delete(saying)
    db.session.flush()
    _note("making.taken_back", gathering, person)


def weigh(
    gathering: Gathering,
    weights: Mapping[str, int],
    comments: Mapping[str, str],
    plain: PlainFramework,
    *,
    person: Person,
) -> None:
    """Keep how much questions matter to somebody, and what they say about them. An empty comment takes it back.

    A comment that has its answer stays as it is. What is said about questions that are gone is not kept. Raises
    Refused: 403 for whoever was not asked, 409 before the draft goes round and when that is over.
    """
    voice = _voice(gathering, person)
    if gathering.step != Step.ROUND:
        raise Refused(OVER if gathering.step == Step.DONE else _("The questions do not go round yet."))
    asked = {one.key: one.plain for one in criteria(plain)}
    changed = _keep_weights(voice, {key: one for key, one in weights.items() if key in asked and one in WEIGHTS})
    changed |= _keep_comments(voice, {key: one.strip() for key, one in comments.items() if key in asked}, asked)
    db.session.flush()
    if changed:
        _note("making.weighed", gathering, person)


def _keep_weights(voice: Voice, weights: Mapping[str, int]) -> bool:
    rows = {
        row.criterion_key: row
        for row in db.session.scalars(select(QuestionWeight).where(QuestionWeight.voice_id == voice.id))
    }
    changed = False
    for key, weight in weights.items():
        if key not in rows:
            db.session.add(QuestionWeight(id=new_id(), voice_id=voice.id, criterion_key=key, weight=weight))
        elif rows[key].weight == weight:
            continue
        else:
            rows[key].weight = weight
        changed = True
    return changed


def _keep_comments(voice: Voice, comments: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    rows, changed = queries.own_comments(voice), False
    for key, text in comments.items():
        row = rows.get(key)
        if text == (row.text if row else "") or (row and row.outcome):
            continue
        if row is None:
            row = QuestionComment(id=new_id(), voice_id=voice.id, criterion_key=key, answer="")
            db.session.add(row)
        elif not text:
            db.session.delete(row)
        row.text, row.asked, row.said_at = text, asked[key], now()
        changed = True
    return changed


def _voice(gathering: Gathering, person: Person) -> Voice:
    """Return somebody's voice, and let nobody else write about this gathering until the request ends."""
    require(person, SAY)
    query = select(Gathering).where(Gathering.id == gathering.id).with_for_update()
    db.session.scalar(query.execution_options(populate_existing=True))
    return queries.voice_of(gathering, person)


def _note(kind: str, gathering: Gathering, person: Person, **facts: Any) -> None:
    journal.append(kind, actor=person.id, about=("gathering", gathering.id), facts=facts)
