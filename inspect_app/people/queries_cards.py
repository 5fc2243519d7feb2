"""Reading about sign-in cards."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _
from inspect_app.people.models import SignInCard
from inspect_app.people.rules_cards import CardState, normal_words, read_words, why_no_card

WORD_LIST = Path(__file__).resolve().parent / "library/words.txt"
WORKS = frozenset({CardState.NEW, CardState.IN_USE})


@cache
def card_words() -> tuple[str, ...]:
    """Return the words of which cards are made."""
    return read_words(WORD_LIST.read_text(encoding="utf-8"))


def digest_of(secret: str) -> str:
    """Return what is kept of a card's words or code: without the server's key nobody can try words against it."""
    return hmac.new(
        str(current_app.config["SECRET_KEY"]).encode(), f"sign-in card {secret}".encode(), sha256
    ).hexdigest()


def card_that_fits(typed: str, code: str = "") -> SignInCard | None:
    """Return the card with these words or this code, when it works now; None whatever the reason is."""
    words = normal_words(typed)
    found = db.session.scalar(
        select(SignInCard).where(
            or_(SignInCard.code_digest == digest_of(code), SignInCard.words_digest == digest_of(words))
            if code
            else SignInCard.words_digest == digest_of(words)
        )
    )
    return found if found is not None and works(found) else None


def works(card: SignInCard) -> bool:
    """Say whether a card opens anything now: not revoked, not over, and its person may still have one."""
    person = card.person
    if card.state(local_day(now(), zone())) not in WORKS or not person.active:
        return False
    return why_no_card(person.name, {grant.name for grant in person.roles}) is None


def card_by_id(card_id: uuid.UUID | None) -> SignInCard | None:
    """Return a card, or None."""
    return db.session.get(SignInCard, card_id) if card_id else None


def cards_of(inspection_id: uuid.UUID) -> Sequence[SignInCard]:
    """Return the cards that were made for an inspection, newest first."""
    query = select(SignInCard).where(SignInCard.inspection_id == inspection_id)
    return db.session.scalars(query.options(joinedload(SignInCard.made_by)).order_by(SignInCard.made_at.desc())).all()


def card_of(inspection_id: uuid.UUID, card_id: uuid.UUID) -> SignInCard:
    """Return one card of an inspection. Raises Refused (404) when there is none."""
    card = card_by_id(card_id)
    if card is None or card.inspection_id != inspection_id:
        raise Refused(_("There is no such card."), 404)
    return card
