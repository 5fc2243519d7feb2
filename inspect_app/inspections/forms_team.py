"""Forms about the team: asking, answering, letting go."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from inspect_app.inspections.forms import Form, Named, choices
from inspect_app.inspections.rules_team import CONFLICTS, LONGEST_REACH, ROLE_NAMES, TIES

NO_TIE = "none"


class InviteForm(Named):
    """Ask somebody to join."""

    role = RadioField(
        "What will they do?",
        [InputRequired("Choose what they will do.")],
        choices=choices(ROLE_NAMES.items()),
    )
    person = SelectField("Who?", [InputRequired("Choose a person.")])
    is_lead = BooleanField("They lead the team")
    supports = SelectField("Whom does the supporter help?", default="")


class CardsForm(Named):
    """Who gets a sign-in card."""

    people = SelectMultipleField("Who gets a card?", [InputRequired("Choose who gets a card.")])


class SupporterForm(Named):
    """The supporter whom an inspector wants."""

    name = StringField("Who shall help you?", [DataRequired("Write the name of the person you want.")])
    tie = RadioField(
        "Who is this person to you?", [InputRequired("Say who this person is to you.")], choices=choices(TIES.items())
    )
    reach = StringField(
        "How can we reach them?", [Length(max=LONGEST_REACH, message=f"Use up to {LONGEST_REACH} letters.")]
    )


NEW_PERSON = "new"


class AgreeToSupporterForm(Form):
    """Yes to a supporter: who of the programme it is, or a new person."""

    person = SelectField("Who is it?", [InputRequired("Choose who it is.")])
    email = EmailField(
        "E-mail address of a new person",
        [Optional(), Length(max=254), Email("Write a whole e-mail address, like name@example.org.")],
        render_kw={"autocomplete": "off"},
    )


class AnswerForm(Form):
    """Yes or no to an invitation."""

    answer = RadioField(
        "Can you join?",
        [InputRequired("Say yes or no.")],
        choices=choices([("accept", "Yes, I can join"), ("decline", "No, not this time")]),
    )
    reason = TextAreaField("Do you want to say why? You need not.", [Length(max=1000)])


class ConflictForm(Form):
    """What ties somebody to the service."""

    tie = RadioField(
        "Is one of these true?",
        [InputRequired("Choose one.")],
        choices=choices([(NO_TIE, "None of these"), *((one.key, one.title) for one in CONFLICTS)]),
    )
    words = TextAreaField("Do you want to say more? You need not.", [Length(max=1000)])

    @property
    def conflict(self) -> str | None:
        """Return the key of the tie, or None."""
        return None if self.tie.data == NO_TIE else str(self.tie.data)


class AgreeForm(Form):
    """Yes to the charter, for oneself or for a service."""

    service = HiddenField()


class ReleaseForm(Form):
    """Let somebody go, with a reason that the team sees."""

    reason = TextAreaField("Why? The team can read this.", [DataRequired("Say why."), Length(max=2000)])


class ReplaceForm(ReleaseForm):
    """Ask somebody else in their place."""

    person = SelectField("Who takes their place?", [InputRequired("Choose a person.")])


class RemindForm(Form):
    """Remind a person or the leads of a service of something."""

    what = HiddenField(validators=[DataRequired()])
    person = HiddenField()
    service = HiddenField()
