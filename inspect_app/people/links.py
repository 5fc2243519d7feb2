"""Links sent by mail: one that signs somebody in, and one to choose a password.

Whoever asks for a link gets the same answer after the same work: the question is noted as a job, and only the
worker looks whether the address belongs to anybody. So neither words nor time tell who has an account.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hmac import compare_digest

from flask import current_app
from flask_security.recoverable import generate_reset_password_token
from itsdangerous import BadSignature, URLSafeTimedSerializer

from inspect_app.core.database import db
from inspect_app.core.jobs import Job, enqueue, handler
from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import send_later
from inspect_app.core.programme import programme
from inspect_app.core.words import _
from inspect_app.people.models import Person
from inspect_app.people.queries import person_by_email
from inspect_app.people.rules import LINK_LASTS, PASSWORD_LINK_LASTS, normal_email

TO_SIGN_IN = "sign_in"
FOR_PASSWORD = "password"  # noqa: S105  # a kind of link, no password
SALT = "people.sign-in-link"


def ask_for_link(address: str, wish: str) -> None:
    """Note that somebody asks for a link (``TO_SIGN_IN`` or ``FOR_PASSWORD``), for whatever address."""
    enqueue("people.send_link", {"address": normal_email(address), "wish": wish})


@handler("people.send_link")
def _send_link(job: Job) -> None:
    person = person_by_email(job.payload["address"])
    job.payload = {"wish": job.payload["wish"]}  # addresses of strangers are not kept
    if person is None or not person.active:
        return
    with spoken_to(person):
        if job.payload["wish"] == FOR_PASSWORD:
            _send_password_link(person)
        else:
            _send_sign_in_link(person)


def send_welcome(person: Person) -> None:
    """Write to somebody who was just added, with a link to choose their password."""
    with spoken_to(person):
        _send_welcome(person)


def _send_welcome(person: Person) -> None:
    row = programme()
    belongs = (
        _("You are now part of “%(programme)s”. To sign in, choose a password first.", programme=row.name)
        if row
        else _("You are now part of the inspections. To sign in, choose a password first.")
    )
    lasts = _(
        "The link works for %(days)s days. After that you can ask for a new one on the sign-in page.",
        days=PASSWORD_LINK_LASTS.days,
    )
    _write(
        person,
        _("Welcome: choose your password"),
        [
            belongs,
            lasts,
        ],
        password_link(person),
        _("Choose your password"),
        "person.welcome",
    )


def _send_password_link(person: Person) -> None:
    _write(
        person,
        _("Choose a new password"),
        [
            _("Somebody asked for a new password for you. If it was you, choose one now."),
            _("The link works for %(days)s days. If it was not you, do nothing.", days=PASSWORD_LINK_LASTS.days),
        ],
        password_link(person),
        _("Choose a new password"),
        "person.password_link",
    )


def _send_sign_in_link(person: Person) -> None:
    minutes = LINK_LASTS // timedelta(minutes=1)
    _write(
        person,
        _("Your link to sign in"),
        [
            _("This link signs you in, without a password."),
            _(
                "It works once, for %(minutes)s minutes. Give it to nobody. You did not ask? Do nothing.",
                minutes=minutes,
            ),
        ],
        sign_in_link(person),
        _("Sign in"),
        "person.sign_in_link",
    )


def _write(person: Person, subject: str, paragraphs: list[str], link: str, words: str, kind: str) -> None:
    context = {"name": person.name, "paragraphs": paragraphs, "link": link, "link_words": words}
    if person.email:
        send_later(person.email, subject, "message", context, person_id=person.id, kind=kind)


def password_link(person: Person) -> str:
    """Return an address at which this person can choose a password."""
    token: str = generate_reset_password_token(person)  # type: ignore[no-untyped-call]  # the library's
    return _address("security.reset_password", token=token)


def sign_in_link(person: Person) -> str:
    """Return an address that signs this person in once; links made before stop working."""
    person.link_secret = secrets.token_hex(32)
    db.session.flush()
    return _address("people.follow_link", token=_serializer().dumps([person.email, person.link_secret]))


def _address(endpoint: str, **values: str) -> str:
    """Return the public address of a page; never from the Host header, which a stranger can choose."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=SALT)


def person_of_link(token: str) -> Person | None:
    """Return whom a sign-in link is for, or None when it is false, used, replaced or too old."""
    try:
        email, secret = _serializer().loads(token, max_age=int(LINK_LASTS.total_seconds()))
    except (BadSignature, ValueError):
        return None
    person = person_by_email(email)
    if person is None or not person.active or not person.link_secret:
        return None
    return person if compare_digest(person.link_secret, secret) else None


def use_link(token: str) -> Person | None:
    """Return whom a sign-in link is for and use it up, or None when it does not work any more."""
    person = person_of_link(token)
    if person is not None:
        person.link_secret = None
        db.session.flush()
    return person
