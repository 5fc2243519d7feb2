"""Forms of moderation."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from inspect_app.core.words import lazy
from inspect_app.frameworks.answers import answer_of, shown_in
from inspect_app.frameworks.rules import Question
from inspect_app.moderation.operations import wrong_agreement


class AgreeForm(FlaskForm):
    """What the team agreed on one question."""

    value = StringField(lazy("What do you agree on?"))
    amount = StringField(lazy("What do you agree on?"))
    several = SelectMultipleField(lazy("What do you agree on?"), validate_choice=False)
    reason = TextAreaField(
        lazy("Why did you agree on this?"),
        [InputRequired(lazy("Say why the team agreed on this. One sentence is enough.")), Length(max=4000)],
    )
    present = SelectMultipleField(
        lazy("Who took part?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    revision = HiddenField()
    based_on = HiddenField()

    def answer(self, question: Question) -> str | None:
        """Return the value that was agreed, as it is kept, or None when there is none yet."""
        return answer_of(question, self.value.data or "", self.amount.data or "", self.several.data or [])

    def show(self, question: Question, value: str) -> None:
        """Fill in what was agreed."""
        self.value.data, self.amount.data, self.several.data = shown_in(question, value)

    def is_right(self, question: Question) -> bool:
        """Return whether this can be agreed on; the sentence stands at the field that takes the answer."""

        def check(_form: FlaskForm, _field: Field) -> None:
            if wrong := wrong_agreement(question, self.answer(question)):
                raise ValidationError(wrong)

        return bool(self.validate(extra_validators={question.answered_in: [check]}))


class MinorityForm(FlaskForm):
    """A dissent in its author's own words."""

    text = TextAreaField(
        lazy("What do you see differently?"),
        [InputRequired(lazy("Write what you see differently.")), Length(max=4000)],
        description=lazy("Your words stand beside what the team agreed, and in the report."),
    )
