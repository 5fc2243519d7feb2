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

from inspect_app.core.words import Lazy, lazy
from inspect_app.inspections.forms import Form, Named, choices
from inspect_app.inspections.rules_team import CONFLICTS, LONGEST_REACH, ROLE_NAMES, TIES

NO_TIE = "none"


class InviteForm(Named):
    """Ask somebody to join."""

    role = RadioField(
        lazy("What will they do?"),
        [InputRequired(lazy("Choose what they will do."))],
        choices=choices(ROLE_NAMES.items()),
    )
    person = SelectField(lazy("Who?"), [InputRequired(lazy("Choose a person."))])
    is_lead = BooleanField(lazy("They lead the team"))
    supports = SelectField(lazy("Whom does the supporter help?"), default="")


class CardsForm(Named):
    """Who gets a sign-in card."""

    people = SelectMultipleField(lazy("Who gets a card?"), [InputRequired(lazy("Choose who gets a card."))])


class SupporterForm(Named):
    """The supporter whom an inspector wants."""

    name = StringField(lazy("Who shall help you?"), [DataRequired(lazy("Write the name of the person you want."))])
    tie = RadioField(
        lazy("Who is this person to you?"),
        [InputRequired(lazy("Say who this person is to you."))],
        choices=choices(TIES.items()),
    )
    reach = StringField(
        lazy("How can we reach them?"), [Length(max=LONGEST_REACH, message=lazy("Use up to %(max)d letters."))]
    )


NEW_PERSON = "new"


class AgreeToSupporterForm(Form):
    """Yes to a supporter: who of the programme it is, or a new person."""

    person = SelectField(lazy("Who is it?"), [InputRequired(lazy("Choose who it is."))])
    email = EmailField(
        lazy("E-mail address of a new person"),
        [Optional(), Length(max=254), Email(lazy("Write a whole e-mail address, like name@example.org."))],
        render_kw={"autocomplete": "off"},
    )


class AnswerForm(Form):
    """Yes or no to an invitation."""

    answer = RadioField(
        lazy("Can you join?"),
        [InputRequired(lazy("Say yes or no."))],
        choices=choices([("accept", lazy("Yes, I can join")), ("decline", lazy("No, not this time"))]),
    )
    reason = TextAreaField(lazy("Do you want to say why? You need not."), [Length(max=1000)])


class ConflictForm(Form):
    """What ties somebody to the service."""

    tie = RadioField(
        lazy("Is one of these true?"),
        [InputRequired(lazy("Choose one."))],
        choices=choices([(NO_TIE, lazy("None of these")), *((one.key, Lazy(one.title)) for one in CONFLICTS)]),
    )
    words = TextAreaField(lazy("Do you want to say more? You need not."), [Length(max=1000)])

    @property
    def conflict(self) -> str | None:
        """Return the key of the tie, or None."""
        return None if self.tie.data == NO_TIE else str(self.tie.data)


class AgreeForm(Form):
    """Yes to the charter, for oneself or for a service."""

    service = HiddenField()


class ReleaseForm(Form):
    """Let somebody go, with a reason that the team sees."""

    reason = TextAreaField(lazy("Why? The team can read this."), [DataRequired(lazy("Say why.")), Length(max=2000)])


class ReplaceForm(ReleaseForm):
    """Ask somebody else in their place."""

    person = SelectField(lazy("Who takes their place?"), [InputRequired(lazy("Choose a person."))])


class RemindForm(Form):
    """Remind a person or the leads of a service of something."""

    what = HiddenField(validators=[DataRequired()])
    person = HiddenField()
    service = HiddenField()
