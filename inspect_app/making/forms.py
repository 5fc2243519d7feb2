"""Forms where questions are made together."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID, DataRequired, Length

from inspect_app.core.database import new_id
from inspect_app.core.words import _, lazy
from inspect_app.making.rules import FIRST_QUESTION, LONGEST_SAYING, OUTCOMES, SIDES

OFF = {"autocomplete": "off"}


class SureForm(FlaskForm):
    """A button."""


class BeginForm(FlaskForm):
    """What people are asked first."""

    question = StringField(
        lazy("What do you want to ask people first?"),
        [DataRequired(lazy("Write what you want to ask.")), Length(max=300, message=lazy("Use up to 300 letters."))],
        default=lambda: _(FIRST_QUESTION),
        render_kw=OFF,
    )


class AskForm(FlaskForm):
    """Whom to ask, and for whom they speak."""

    person = SelectField(lazy("Whom do you want to ask?"))
    side = RadioField(
        lazy("For whom do they speak?"),
        choices=[SelectChoice(value, label) for value, label in SIDES.items()],
        validators=[DataRequired(lazy("Choose for whom they speak."))],
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Say who can be asked."""
        self.person.choices = [SelectChoice("", _("Choose a person")), *(SelectChoice(*one) for one in people)]


class SayForm(FlaskForm):
    """What somebody says in their own words."""

    id = HiddenField(validators=[UUID()], default=lambda: str(new_id()))
    text = TextAreaField(
        lazy("In your own words"),
        [
            DataRequired(lazy("Write something first.")),
            Length(max=LONGEST_SAYING, message=lazy("Use up to 1,000 letters.")),
        ],
    )


class AnswerForm(FlaskForm):
    """What a comment led to, and why."""

    outcome = RadioField(
        lazy("What did it lead to?"),
        choices=[SelectChoice(value, label) for value, label in OUTCOMES.items()],
        validators=[DataRequired(lazy("Choose what it led to."))],
    )
    words = TextAreaField(
        lazy("Why?"),
        [DataRequired(lazy("Say why, in a sentence.")), Length(max=2000, message=lazy("Use up to 2,000 letters."))],
    )
