"""Forms about reports."""

from __future__ import annotations

import uuid
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID, DataRequired, Length, Optional

from inspect_app.core.database import new_id
from inspect_app.core.revisions import Origin
from inspect_app.core.words import lazy
from inspect_app.reports.rules import DECISION_WORDS, FINDING_WORDS, LONGEST_TEXT

TOO_LONG = lazy("This is too long. Up to 20,000 signs fit here.")  # LONGEST_TEXT


def id_field() -> HiddenField:
    """Return a field with an identifier of the page's making: sent twice, it is saved once."""
    return HiddenField(validators=[UUID()], default=lambda: str(new_id()))


def text_field(label: str, missing: str, **more: Any) -> TextAreaField:
    """Return a field for several lines that must not be empty."""
    return TextAreaField(label, [DataRequired(missing), Length(max=LONGEST_TEXT, message=TOO_LONG)], **more)


class RevisedForm(FlaskForm):
    """A text that several may edit: which revision this becomes, and which one the writer saw."""

    revision = id_field()
    based_on = HiddenField(validators=[Optional(), UUID()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_submitted() and not self.based_on.raw_data:
            self.based_on.data = ""  # who does not say what they saw has not seen what stands there now

    def origin(self, author: uuid.UUID) -> Origin:
        """Return where the revision comes from."""
        based_on = uuid.UUID(self.based_on.data) if self.based_on.data else None
        return Origin(author=author, id=uuid.UUID(self.revision.data), based_on=based_on)

    def stand_on(self, revision_id: uuid.UUID | None) -> None:
        """Base the next try on what stands now, after the writer has seen it."""
        self.revision.data, self.based_on.data = str(new_id()), str(revision_id or "")


class SectionForm(RevisedForm):
    """One part of the running text; it may be empty."""

    text = TextAreaField(lazy("Text"), [Length(max=LONGEST_TEXT, message=TOO_LONG)])


class FindingForm(RevisedForm):
    """A finding and what it stands on."""

    id = id_field()
    kind = RadioField(lazy("What is it?"), [DataRequired(lazy("Say whether this is a strength or could be better."))])
    text = text_field(lazy("What did you find?"), lazy("Write what you found."))
    observations = SelectMultipleField(lazy("What did you see, hear, read or count?"))
    criteria = SelectMultipleField(lazy("Which questions does it stand on?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(key.value, words) for key, words in FINDING_WORDS.items()]


class RecommendationForm(RevisedForm):
    """What the team asks for."""

    id = id_field()
    service_id = RadioField(lazy("Who should do it?"), [DataRequired(lazy("Choose the service."))])
    text = text_field(lazy("What should be done?"), lazy("Write what should be done."))
    why = TextAreaField(lazy("Why?"), [Length(max=LONGEST_TEXT, message=TOO_LONG)])
    findings = SelectMultipleField(lazy("Which findings does it stand on?"))


class StatementForm(FlaskForm):
    """What somebody sees differently."""

    text = text_field(lazy("What do you see differently?"), lazy("Write what you see differently."))


class PointForm(FlaskForm):
    """A fact in the draft that the service says is wrong."""

    id = id_field()
    paragraph = StringField(lazy("Number of the paragraph"), [DataRequired(lazy("Write the number of the paragraph."))])
    quote = text_field(lazy("Which words are wrong?"), lazy("Copy the words that are wrong."))
    challenge = text_field(lazy("What is wrong, and what is right?"), lazy("Say what is wrong, and what is right."))


class DecisionForm(FlaskForm):
    """How the reviewer decides a point."""

    decision = RadioField(lazy("How do you decide?"), [DataRequired(lazy("Choose how you decide."))])
    reason = text_field(lazy("Why?"), lazy("Say why you decide so. The team and the service read it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = [SelectChoice(key.value, words) for key, words in DECISION_WORDS.items()]


class WordsForm(FlaskForm):
    """A passage in new words."""

    words = text_field(lazy("The new words"), lazy("Write the new words."))


class CorrectionForm(FlaskForm):
    """A corrected edition: what was wrong, and the paragraph's new text."""

    reason = text_field(lazy("What was wrong?"), lazy("Say what was wrong. The reason is published."))
    paragraph = StringField(lazy("Number of the paragraph"), [DataRequired(lazy("Write the number of the paragraph."))])
    text = text_field(lazy("The whole paragraph, as it should read"), lazy("Write the paragraph as it should read."))


class WithdrawalForm(FlaskForm):
    """Why an edition is taken back."""

    reason = text_field(lazy("Why do you withdraw it?"), lazy("Say why. The reason is published."))
