"""Forms about the team: asking, answering, letting go."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from inspect_app.inspections.forms import Form, Named, choices
from inspect_app.inspections.rules_team import CONFLICTS, ROLE_NAMES

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
