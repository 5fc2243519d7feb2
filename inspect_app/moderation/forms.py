"""Forms of moderation."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget


class AgreeForm(FlaskForm):
    """What the team agreed on one question."""

    value = StringField("What do you agree on?", [InputRequired("Choose what the team agreed on.")])
    reason = TextAreaField(
        "Why did you agree on this?",
        [InputRequired("Say why the team agreed on this. One sentence is enough."), Length(max=4000)],
    )
    present = SelectMultipleField(
        "Who took part?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    revision = HiddenField()
    based_on = HiddenField()


class MinorityForm(FlaskForm):
    """A dissent in its author's own words."""

    text = TextAreaField(
        "What do you see differently?",
        [InputRequired("Write what you see differently."), Length(max=4000)],
        description="Your words stand beside what the team agreed, and in the report.",
    )
