"""How people sign in: Flask-Security, with our words, our pages, our mail, and sessions that end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, render_template, session
from flask_login import user_logged_in
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, logout_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from inspect_app.core.database import db
from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import send_later
from inspect_app.core.time import now
from inspect_app.core.words import lazy
from inspect_app.people import served
from inspect_app.people.forms_sign_in import ChangePasswordForm, ResetPasswordForm, SignInForm
from inspect_app.people.models import Grant, Person
from inspect_app.people.queries import demonstration_people
from inspect_app.people.rules import PASSWORD_LINK_LASTS, ROLE_NAMES, ROLE_WORDS, SHORTEST_PASSWORD, SIGN_IN_LASTS

SIGNED_IN_AT = "signed_in_at"
BY_CARD = "signed_in_by_card"
"""In the session: the card with which somebody signed in; not there after any other way to sign in."""
CHANGED = lazy("Your password is changed")
"""The subject of the two mails that the library has us write: a password was changed, or chosen by a link."""
SETTINGS: dict[str, Any] = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "RESET_URL": "/new-password",
    "CHANGE_URL": "/me/password",
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "/sign-in",
    "POST_CHANGE_VIEW": "/me",
    "POST_RESET_VIEW": "/sign-in",
    "REGISTERABLE": False,
    "CONFIRMABLE": False,
    "TRACKABLE": False,
    "TWO_FACTOR": False,
    "WEBAUTHN": False,
    "UNIFIED_SIGNIN": False,
    "CHANGEABLE": True,
    "RECOVERABLE": True,
    "RETURN_GENERIC_RESPONSES": True,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "RESET_PASSWORD_WITHIN": PASSWORD_LINK_LASTS,
    "FRESHNESS": timedelta(days=-1),  # no second question in between: a sign-in is short-lived as a whole
    "API_ENABLED_METHODS": ["session"],
    "EMAIL_HTML": False,
    "EMAIL_SUBJECT_PASSWORD_NOTICE": CHANGED,
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": CHANGED,
}
WORDS: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        lazy("The e-mail address or the password is not right. Check both, or let us send you a link by mail."),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (lazy("Write your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (lazy("Write a whole e-mail address, like name@example.org."), "error"),
    "PASSWORD_NOT_PROVIDED": (lazy("Write your password."), "error"),
    "INVALID_PASSWORD": (lazy("This is not your password of now."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        lazy("Choose a password of at least %(length)s letters, figures or signs."),
        "error",
    ),
    "RETYPE_PASSWORD_MISMATCH": (lazy("The two passwords are not the same."), "error"),
    "PASSWORD_IS_THE_SAME": (lazy("Choose a password that is not the one you have now."), "error"),
    "PASSWORD_RESET_EXPIRED": (lazy("This link is too old. Ask for a new one here."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (lazy("This link does not work any more. Ask for a new one here."), "error"),
    "PASSWORD_RESET_NO_LOGIN": (lazy("Your new password is kept. Sign in with it now."), "success"),
    "PASSWORD_CHANGE": (lazy("Your new password is kept."), "success"),
    "UNAUTHENTICATED": (lazy("Sign in to see this page."), "info"),
    "LOGIN": (lazy("Sign in to see this page."), "info"),
}


class PaperMail(MailUtil):
    """Hands the library's mails to ours: kept as a row, sent by the worker."""

    def send_mail(
        self,
        template: str,
        subject: str,  # noqa: ARG002  # in the language of the page, not of the person
        recipient: str | tuple[str, str],  # noqa: ARG002  # the person's address, which we know
        sender: str | tuple[str, str],  # noqa: ARG002  # all our mails come from one sender
        body: str | None,  # noqa: ARG002  # the same
        html: str | None,  # noqa: ARG002  # we write plain text
        **context: Any,
    ) -> None:
        """Queue a mail of the library, made from our template in its reader's language; ``context`` says for whom."""
        person = context["user"]
        if not person.email:
            return
        with spoken_to(person):
            words = render_template(f"{template}.txt", **context)
            send_later(
                person.email,
                str(CHANGED),
                "message",
                {"name": person.name, "paragraphs": [part.strip() for part in words.split("\n\n") if part.strip()]},
                person_id=person.id,
                kind=template.rpartition("/")[2],
            )


_BY_SESSION = select(Person).where(Person.fs_uniquifier == bindparam("key")).options(joinedload(Person.roles))


class People(SQLAlchemyUserDatastore):
    """Where the library finds people."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Any:
        """Return somebody by one attribute, or None; by what the session says with a query that is made once."""
        if set(wanted) == {"fs_uniquifier"} and not case_insensitive:
            return db.session.scalar(_BY_SESSION, {"key": wanted["fs_uniquifier"]})
        return super().find_user(case_insensitive, **wanted)


def init_app(app: Flask) -> None:
    """Set the library up, and let sessions end."""
    for name, value in SETTINGS.items():
        app.config.setdefault(f"SECURITY_{name}", value)
    for name, words in WORDS.items():
        app.config.setdefault(f"SECURITY_MSG_{name}", words)
    # A tablet changes its network on the way; that must not sign anybody out.
    app.config.setdefault("SESSION_PROTECTION", "basic")
    security = Security(
        app,
        People(db, Person, Grant),
        mail_util_cls=PaperMail,
        login_form=SignInForm,
        change_password_form=ChangePasswordForm,
        reset_password_form=ResetPasswordForm,
    )
    # The library would work out at each request what somebody may do; that is asked of access.py alone.
    security.principal.identity_loaders.clear()
    security.want_json(lambda _request: False)
    security.login_context_processor(lambda: _demonstration(app))
    user_logged_in.connect(_note_start, app)
    app.before_request(_end_old_session)


def _demonstration(app: Flask) -> dict[str, Any]:
    if not app.config["DEMONSTRATION"]:
        return {}
    return {
        "demonstration_people": demonstration_people(),
        "role_names": ROLE_NAMES,
        "role_words": ROLE_WORDS,
        "services": served.names(),
    }


def _note_start(_app: Flask, **_more: Any) -> None:
    session.pop(BY_CARD, None)
    session[SIGNED_IN_AT] = now().timestamp()


def outlive_the_browser() -> None:
    """Let this sign-in go on when a tablet is switched off and on; it ends in its time all the same.

    Only a tablet that keeps somebody's work asks for this: elsewhere a sign-in ends with the browser.
    """
    if not session.permanent:
        session.permanent = True


def _end_old_session() -> None:
    """Sign out whoever signed in too long ago, however busy they were since."""
    if "_user_id" not in session:
        return
    started = session.setdefault(SIGNED_IN_AT, now().timestamp())
    if now().timestamp() - started > SIGN_IN_LASTS.total_seconds():
        logout_user()
