"""Forms of improvement."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from inspect_app.core.words import lazy
from inspect_app.improvement.operations_fixing import LONGEST_CAPTION, Shown
from inspect_app.improvement.operations_plan import LONGEST_OWNER, Commitment
from inspect_app.improvement.rules import DECISION_WORDS, LONGEST_TEXT, WORD_WORDS

SHOWN_AT_ONCE = 3
A_DAY = lazy("Write a day, for example 14/03/2026.")


class SavedForm(FlaskForm):
    """A form whose double submit is one: it bears an identifier made with the page."""

    id = HiddenField()


class AnswerForm(FlaskForm):
    """The draft of an answer; it may be half done."""

    decision = RadioField(
        lazy("What do you say to it?"),
        [Optional()],
        choices=[SelectChoice(str(one), words) for one, words in DECISION_WORDS.items()],
    )
    reason = TextAreaField(lazy("Why?"), [Length(max=LONGEST_TEXT)])
    revision = HiddenField()
    based_on = HiddenField()


class MeetingForm(SavedForm):
    """The meeting in which inspectors tell the service what they found."""

    held_on = DateField(lazy("When did you meet?"), [InputRequired(A_DAY)])
    place = StringField(lazy("Where?"), [InputRequired(lazy("Write where you met.")), Length(max=200)])
    present = TextAreaField(lazy("Who was there?"), [InputRequired(lazy("Write who was there.")), Length(max=4000)])
    notes = TextAreaField(lazy("What was said?"), [Length(max=LONGEST_TEXT)])
    minutes = IntegerField(lazy("How many minutes did you give?"), [Optional(), NumberRange(1, 1440)])


class MoreTimeForm(SavedForm):
    """More time for one thing that the service owes."""

    key = RadioField(
        lazy("What do you need more time for?"), [InputRequired(lazy("Choose what you need more time for."))]
    )
    until = DateField(lazy("Until when?"), [InputRequired(A_DAY)])
    reason = TextAreaField(lazy("Why?"), [InputRequired(lazy("Say why you need more time.")), Length(max=LONGEST_TEXT)])


class DecideTimeForm(FlaskForm):
    """What the coordinator decides about more time."""

    granted = RadioField(
        lazy("What do you decide?"),
        [InputRequired(lazy("Choose yes or no."))],
        choices=[SelectChoice("yes", lazy("Give more time")), SelectChoice("no", lazy("The time stays as it is"))],
    )
    reason = TextAreaField(
        lazy("Why?"), [InputRequired(lazy("Say why. The reason is published.")), Length(max=LONGEST_TEXT)]
    )


class ActionForm(SavedForm):
    """One action of the plan."""

    what = TextAreaField(
        lazy("What will you do?"), [InputRequired(lazy("Write what you will do.")), Length(max=LONGEST_TEXT)]
    )
    owner = StringField(lazy("Who does it?"), [InputRequired(lazy("Write who does it.")), Length(max=LONGEST_OWNER)])
    due_on = DateField(lazy("By when?"), [InputRequired(A_DAY)])
    how_seen = TextAreaField(
        lazy("How can one see that it is done?"),
        [InputRequired(lazy("Write how one can see that it is done.")), Length(max=LONGEST_TEXT)],
    )
    with_citizens = BooleanField(lazy("We do this together with citizens"))
    based_on = HiddenField()

    def promised(self) -> Commitment:
        """Return what the form says, as the plan keeps it."""
        return Commitment(
            what=self.what.data,
            owner=self.owner.data,
            due_on=self.due_on.data or date.min,
            how_seen=self.how_seen.data,
            with_citizens=bool(self.with_citizens.data),
        )


class UpdateForm(SavedForm):
    """What was done, and up to three photos or documents that show it."""

    text = TextAreaField(
        lazy("What have you done?"), [InputRequired(lazy("Write what you did.")), Length(max=LONGEST_TEXT)]
    )
    says_done = RadioField(
        lazy("Is it done?"),
        [InputRequired(lazy("Say whether it is done."))],
        choices=[
            SelectChoice("no", lazy("Not yet: we go on")),
            SelectChoice("yes", lazy("Yes, it is done: please look")),
        ],
    )
    file_1 = FileField(lazy("Photo or document"))
    caption_1 = StringField(lazy("What does it show?"), [Length(max=LONGEST_CAPTION)])
    file_2 = FileField(lazy("Second photo or document"))
    caption_2 = StringField(lazy("What does the second one show?"), [Length(max=LONGEST_CAPTION)])
    file_3 = FileField(lazy("Third photo or document"))
    caption_3 = StringField(lazy("What does the third one show?"), [Length(max=LONGEST_CAPTION)])

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return each file's field with that of its caption."""
        return [(self[f"file_{number}"], self[f"caption_{number}"]) for number in range(1, SHOWN_AT_ONCE + 1)]

    def shown(self) -> list[Shown]:
        """Return the files that were chosen."""
        return [
            Shown(
                content=upload.data.read(),
                name=upload.data.filename,
                caption=caption.data or "",
                is_photo=str(upload.data.mimetype).startswith("image/"),
            )
            for upload, caption in self.pairs()
            if upload.data and getattr(upload.data, "filename", "")
        ]


class VerdictForm(FlaskForm):
    """One inspector's word."""

    word = RadioField(
        lazy("Is it fixed?"),
        [InputRequired(lazy("Choose what you found."))],
        choices=[SelectChoice(str(one), words) for one, words in WORD_WORDS.items()],
    )
    reason = TextAreaField(
        lazy("What did you see?"),
        [InputRequired(lazy("Say what you saw. One sentence is enough.")), Length(max=LONGEST_TEXT)],
    )
    update = HiddenField()


class ReasonForm(FlaskForm):
    """One reason."""

    reason = TextAreaField(
        lazy("Why?"), [InputRequired(lazy("Say why. The reason is published.")), Length(max=LONGEST_TEXT)]
    )


class LateAnswersForm(FlaskForm):
    """Why there is a new edition: the words that stand in it."""

    reason = TextAreaField(
        lazy("What is new?"), [InputRequired(lazy("Say what is new. It is published.")), Length(max=LONGEST_TEXT)]
    )
