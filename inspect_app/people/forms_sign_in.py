"""Forms with which people sign in and choose passwords."""

from __future__ import annotations

from typing import Any

from flask_security.forms import ChangePasswordForm as LibraryChangePasswordForm
from flask_security.forms import LoginForm, RequiredLocalize
from flask_security.forms import ResetPasswordForm as LibraryResetPasswordForm
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length

from inspect_app.core.words import lazy
from inspect_app.people.rules import SHORTEST_PASSWORD, normal_email

NEW = {"autocomplete": "new-password"}
NOW = {"autocomplete": "current-password"}
LONGEST_PASSWORD = 128
"""In characters; whoever sends more wants to keep the server busy."""


def as_kept(address: str | None) -> str:
    """Return what somebody typed as addresses are kept."""
    return normal_email(address or "")


def new_password_field(label: str = lazy("Password")) -> PasswordField:
    """Return a field for a password that somebody chooses now."""
    length = lazy("Choose a password of 12 to 128 letters, figures or signs.")
    return PasswordField(
        label, [DataRequired(length), Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, length)], render_kw=NEW
    )


def again_field(other: str) -> PasswordField:
    """Return a field for the same password once more."""
    same = EqualTo(other, lazy("The two passwords are not the same."))
    return PasswordField(
        lazy("The same password again"), [DataRequired(lazy("Write the same password again.")), same], render_kw=NEW
    )


class SignInForm(LoginForm):
    """E-mail address and password. There is no “remember me”: tablets are shared."""

    email = EmailField(
        lazy("E-mail address"),
        [RequiredLocalize("EMAIL_NOT_PROVIDED"), Length(max=254)],
        filters=[as_kept],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        lazy("Password"), [RequiredLocalize("PASSWORD_NOT_PROVIDED"), Length(max=LONGEST_PASSWORD)], render_kw=NOW
    )
    remember = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""


class ChangePasswordForm(LibraryChangePasswordForm):
    """The password of now, and the new one twice."""

    password = PasswordField(lazy("The password you have now"), [Length(max=LONGEST_PASSWORD)], render_kw=NOW)
    new_password = new_password_field(lazy("New password"))
    new_password_confirm = again_field("new_password")


class ResetPasswordForm(LibraryResetPasswordForm):
    """A new password twice."""

    password = new_password_field(lazy("New password"))
    password_confirm = again_field("password")
