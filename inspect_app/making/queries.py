"""Reads about questions that are made together."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks.models import FrameworkDraft
from inspect_app.making.models import Gathering, QuestionComment, QuestionWeight, Saying, Voice
from inspect_app.making.rules import Side, Weight
from inspect_app.people.models import Person

WHOLE = (
    joinedload(Gathering.draft),
    selectinload(Gathering.voices).joinedload(Voice.person),
)


def gathering_by_id(gathering_id: uuid.UUID) -> Gathering:
    """Return a gathering with its draft and voices. Raises Refused (404) when there is none."""
    found = db.session.get(Gathering, gathering_id, options=WHOLE)
    if found is None:
        raise Refused(_("There are no such questions."), 404)
    return found


def gathering_of(draft_id: uuid.UUID) -> Gathering | None:
    """Return what belongs to making a draft together, or None when nobody was asked."""
    return db.session.scalar(select(Gathering).where(Gathering.draft_id == draft_id).options(*WHOLE))


def gathering_of_version(version_id: uuid.UUID) -> Gathering | None:
    """Return how a published version was made together, or None when it was not."""
    query = select(Gathering).join(FrameworkDraft).where(FrameworkDraft.version_id == version_id)
    return db.session.scalar(query.options(*WHOLE))


def voice_of(gathering: Gathering, person: Person) -> Voice:
    """Return somebody's voice. Raises Refused (403) for whoever was not asked."""
    for voice in gathering.voices:
        if voice.person_id == person.id and voice.left_at is None:
            return voice
    raise Refused(_("Only somebody who was asked about these questions can see this."), 403)


def gatherings_of(person: Person) -> Sequence[Gathering]:
    """Return what somebody is or was asked about, the newest first."""
    asked = select(Voice.gathering_id).where(Voice.person_id == person.id, Voice.left_at.is_(None))
    query = select(Gathering).where(Gathering.id.in_(asked)).options(joinedload(Gathering.draft))
    return db.session.scalars(query.order_by(Gathering.begun_at.desc())).all()


def is_asked(person: Person) -> bool:
    """Say whether somebody is or was asked about any questions."""
    query = select(Voice.id).where(Voice.person_id == person.id, Voice.left_at.is_(None)).limit(1)
    return db.session.scalar(query) is not None


def sayings_of(gathering: Gathering) -> Sequence[Saying]:
    """Return what was said in people's own words, the first first."""
    query = select(Saying).join(Voice).where(Voice.gathering_id == gathering.id)
    return db.session.scalars(query.options(joinedload(Saying.voice)).order_by(Saying.said_at, Saying.id)).all()


def comments_of(gathering: Gathering) -> Sequence[QuestionComment]:
    """Return all comments, the first first."""
    query = select(QuestionComment).join(Voice).where(Voice.gathering_id == gathering.id)
    found = query.options(joinedload(QuestionComment.voice).joinedload(Voice.person))
    return db.session.scalars(found.order_by(QuestionComment.said_at, QuestionComment.id)).all()


def comment_by_id(gathering: Gathering, comment_id: uuid.UUID) -> QuestionComment:
    """Return one comment. Raises Refused (404) when the gathering has none like it."""
    found = next((one for one in comments_of(gathering) if one.id == comment_id), None)
    if found is None:
        raise Refused(_("There is no such comment."), 404)
    return found


def weights_of(gathering: Gathering) -> list[Weight]:
    """Return how much each voice says that each question matters."""
    query = (
        select(Voice.id, Voice.side, QuestionWeight.criterion_key, QuestionWeight.weight)
        .join(Voice, Voice.id == QuestionWeight.voice_id)
        .where(Voice.gathering_id == gathering.id)
    )
    return [Weight(row[0], Side(row[1]), row[2], row[3]) for row in db.session.execute(query)]


def own_weights(voice: Voice) -> dict[str, int]:
    """Return how much each question matters to one voice."""
    query = select(QuestionWeight.criterion_key, QuestionWeight.weight).where(QuestionWeight.voice_id == voice.id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def own_comments(voice: Voice) -> dict[str, QuestionComment]:
    """Return the comments of one voice by question."""
    found = db.session.scalars(select(QuestionComment).where(QuestionComment.voice_id == voice.id))
    return {one.criterion_key: one for one in found}


def given_by_voice(gathering: Gathering) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Return voice → how many sayings, weights and comments it gave."""
    said = Counter(one.voice_id for one in sayings_of(gathering))
    weighed = Counter(one.voice for one in weights_of(gathering))
    commented = Counter(one.voice_id for one in comments_of(gathering))
    return {one.id: (said[one.id], weighed[one.id], commented[one.id]) for one in gathering.voices}
