"""Forms with which people sign in with a card."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from inspect_app.core.words import lazy
from inspect_app.people.forms import Form
from inspect_app.people.rules_cards import LONGEST_PIN

LONGEST_WORDS = 120
FIGURES = {"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]*", "maxlength": LONGEST_PIN}


class CardForm(Form):
    """The words of a card, or the code of its picture, which the page's script puts in."""

    words = StringField(
        lazy("The four words on your card"),
        [Length(max=LONGEST_WORDS)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    code = HiddenField(validators=[Length(max=60)])


class PinForm(Form):
    """The PIN of a card that is in use."""

    pin = PasswordField(
        lazy("Your PIN"), [DataRequired(lazy("Write your PIN.")), Length(max=LONGEST_PIN)], render_kw=FIGURES
    )


class NewPinForm(Form):
    """The PIN that somebody chooses when they use their card for the first time."""

    pin = PasswordField(
        lazy("Your new PIN"), [DataRequired(lazy("Choose a PIN.")), Length(max=LONGEST_PIN)], render_kw=FIGURES
    )
    pin_again = PasswordField(
        lazy("The same PIN again"),
        [DataRequired(lazy("Write the same PIN again.")), EqualTo("pin", lazy("The two PINs are not the same."))],
        render_kw=FIGURES,
    )
