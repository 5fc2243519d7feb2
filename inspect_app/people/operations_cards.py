"""Sign-in cards: make, print, use for the first time, sign in, revoke.

Whoever calls :func:`make_card` and :func:`revoke_card` checks who may: the room of inspections does.
"""

from __future__ import annotations

import base64
import secrets
import uuid
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from flask_security import hash_password, verify_password
from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.database import begin_writing, db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day, now
from inspect_app.core.words import _
from inspect_app.people import queries_cards as queries
from inspect_app.people.models import Person, SignInCard
from inspect_app.people.rules_cards import (
    MOST_TRIES,
    CardState,
    draw_words,
    last_day_of_card,
    pause_until,
    why_no_card,
    wrong_pin,
)


def make_card(
    person: Person,
    inspection_id: uuid.UUID,
    visit_days: Iterable[date],
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the word of the contract: whoever creates a thing names it
    words: str | None = None,
) -> SignInCard:
    """Make a card for the days of an inspection; the person's other cards for it are revoked.

    The same ``id`` twice is one card. ``words`` are for the demonstration alone, where everybody may know them.
    Raises Refused (422) for somebody whose roles need more than a card, or who left.
    """
    known = queries.card_by_id(id)
    if known is not None:
        return known
    if wrong := why_no_card(person.name, {grant.name for grant in person.roles}):
        raise Refused(wrong, 422)
    if not person.active:
        raise Refused(_("%(name)s left the programme.", name=person.name), 422)
    revoke_cards(person.id, inspection_id, actor)
    phrase, code = words or draw_words(queries.card_words()), secrets.token_urlsafe(16)
    card = SignInCard(
        id=id or new_id(),
        person=person,
        inspection_id=inspection_id,
        words_digest=queries.digest_of(phrase),
        code_digest=queries.digest_of(code),
        locked=_lock().encrypt(f"{code} {phrase}".encode()).decode(),
        made_at=now(),
        made_by=actor,
        last_day=last_day_of_card(visit_days, local_day(now(), zone())),
    )
    db.session.add(card)
    db.session.flush()
    _tell("card.made", card, actor.id)
    return card


def printed_on(card: SignInCard) -> tuple[str, str]:
    """Return the words and the code of a card that nobody has used. Raises Refused when somebody has, or it is over."""
    if card.locked is None or not queries.works(card):
        raise Refused(_("This card cannot be printed any more. Make a new one."))
    try:
        code, _space, phrase = _lock().decrypt(card.locked.encode()).decode().partition(" ")
    except InvalidToken as error:
        raise Refused(_("The server has a new key, so this card does not work any more. Make a new one.")) from error
    return phrase, code


def choose_pin(card: SignInCard, pin: str) -> Person:
    """Use a card for the first time, with the PIN that its person chooses, and return the person.

    Raises Refused (422) for a PIN that is easy to guess, (409) when somebody was quicker.
    """
    if wrong := wrong_pin(pin):
        raise Refused(wrong, 422)
    _hold(card)
    if card.pin is not None or not queries.works(card):
        raise Refused(_("Somebody has used this card meanwhile. Begin again."))
    card.pin, card.pin_chosen_at, card.locked = hash_password(pin), now(), None
    card.last_used_at = now()
    db.session.flush()
    _tell("card.used_first", card, card.person_id)
    return card.person


def enter_with_pin(card: SignInCard, pin: str) -> Person | None:
    """Return the card's person when the PIN is right, else None. A try counts before it is looked at.

    Raises Refused (429) while a card waits after wrong PINs, (409) when it does not work any more. Commits.
    """
    _hold(card)
    if card.pin is None or not queries.works(card):
        raise Refused(_("This card does not work any more. Ask for a new one."))
    waits = pause_until(card.wrong_tries, card.last_try_at) if card.last_try_at else None
    if waits and waits > now():
        raise Refused(_("The PIN was wrong too often. Wait a quarter of an hour, then try again."), 429)
    card.wrong_tries += 1
    card.last_try_at = now()
    right_one = card.pin
    begin_writing()  # the try is counted, whatever becomes of this request; nobody waits for the slow look
    if verify_password(pin, right_one):
        card.wrong_tries, card.last_used_at = 0, now()
        db.session.flush()
        return card.person
    if card.wrong_tries >= MOST_TRIES:
        _revoke(card, None)
    begin_writing()
    return None


def revoke_card(card: SignInCard, actor: Person) -> None:
    """End a card at once, and every sign-in with it. Twice is once."""
    _hold(card)
    if card.revoked_at is None:
        _revoke(card, actor)


def revoke_cards(person_id: uuid.UUID, inspection_id: uuid.UUID, actor: Person) -> None:
    """End all cards that somebody has for an inspection."""
    of_this = (SignInCard.person_id == person_id, SignInCard.inspection_id == inspection_id)
    for card in db.session.scalars(select(SignInCard).where(*of_this, SignInCard.revoked_at.is_(None))).all():
        if card.state(local_day(now(), zone())) is not CardState.OVER:
            _revoke(card, actor)


def _revoke(card: SignInCard, actor: Person | None) -> None:
    card.revoked_at, card.revoked_by_id, card.locked = now(), actor.id if actor else None, None
    db.session.flush()
    _tell("card.revoked" if actor else "card.stopped", card, actor.id if actor else None)


def _hold(card: SignInCard) -> None:
    """Let one use of a card end before the next begins, and see how it stands now."""
    query = select(SignInCard).where(SignInCard.id == card.id).with_for_update(of=SignInCard)
    db.session.scalars(query.execution_options(populate_existing=True)).one()


def _tell(kind: str, card: SignInCard, actor: uuid.UUID | None) -> None:
    facts = {"person": str(card.person_id), "card": str(card.id)}
    journal.append(kind, actor=actor, inspection=card.inspection_id, about=("card", card.id), facts=facts)


def _lock() -> Fernet:
    """Return what locks the words of an unused card: a key of the server's own, never kept in the database."""
    key = sha256(f"sign-in card {current_app.config['SECRET_KEY']}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
