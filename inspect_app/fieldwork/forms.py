"""Forms of fieldwork, read leniently: a fault in a hidden field must cost nobody's words."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from inspect_app.core.database import new_id
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.rules import KIND_NAMES, ObservationKind, SeenBy, Source, amount_of
from inspect_app.frameworks.rules import OUTSIDE_SCALE, Question

LARGEST_SEQUENCE = 2_000_000_000
GIVEN = "given"
"""Chosen beside a number, as opposed to "not seen": the number counts."""


class SavingForm(FlaskForm):
    """What every save carries: an id its maker chose, what it was based on, device, time, person."""

    revision = HiddenField()
    based_on = HiddenField()
    device = HiddenField()
    sequence = HiddenField()
    captured_at = HiddenField()
    person = HiddenField()
    source = RadioField(
        "How did you get this?",
        choices=[SelectChoice(Source.PAPER, "On paper"), SelectChoice(Source.PHONE, "On the phone")],
        default=Source.PAPER,
        validate_choice=False,
    )

    def sent(self, source: str) -> Sent:
        """Return how this save came."""
        return Sent(
            id=as_uuid(self.revision.data),
            based_on=as_uuid(self.based_on.data),
            device=(self.device.data or "")[:60] or None,
            sequence=_as_sequence(self.sequence.data),
            captured_at=_as_moment(self.captured_at.data),
            source=source,
        )

    def begin(self, person_id: uuid.UUID, based_on: uuid.UUID | None) -> None:
        """Fill in what the next save will carry."""
        self.revision.data, self.person.data = str(new_id()), str(person_id)
        self.based_on.data = str(based_on) if based_on else ""


class RatingForm(SavingForm):
    """One question: the value, and why."""

    value = HiddenField()
    amount = StringField("Your number")
    reason = TextAreaField("Why? What did you see or hear?")

    def answer(self, question: Question) -> str | None:
        """Return the value as it is kept, or None when there is none yet."""
        chosen = (self.value.data or "").strip()
        if question.points or question.answer_type == "yes_no" or chosen in OUTSIDE_SCALE:
            return chosen or None
        written = (self.amount.data or "").strip()
        number = amount_of(written) if question.answer_type in ("count", "number") else None
        return f"{number.normalize():f}" if number is not None else written or None

    def show(self, question: Question, value: str | None, reason: str) -> None:
        """Fill in what stands there."""
        self.reason.data = reason
        direct = value is None or question.points or question.answer_type == "yes_no" or value in OUTSIDE_SCALE
        self.value.data = value or "" if direct else GIVEN
        self.amount.data = "" if direct else value


class NoteForm(SavingForm):
    """Something that somebody noticed."""

    note = HiddenField()
    kind = RadioField(
        "How did you find this out?",
        choices=[SelectChoice(kind, name) for kind, name in KIND_NAMES.items()],
        default=ObservationKind.SEEN,
        validate_choice=False,
    )
    text = TextAreaField("What did you find out?")
    amount = StringField("How many?")
    unit = StringField("What did you count?")
    question = SelectField("Which question is this about?", validate_choice=False)
    visit = SelectField("On which visit?", validate_choice=False)

    def number(self) -> Decimal | None:
        """Return what was counted, or None."""
        return amount_of(self.amount.data or "")


class PhotoForm(FlaskForm):
    """A photo, with its caption."""

    id = HiddenField()
    photo = FileField("Photo")
    caption = StringField("What does it show?")
    seen_by = RadioField(
        "Who may see it?",
        choices=[
            SelectChoice(SeenBy.TEAM, "The team only"),
            SelectChoice(SeenBy.REPORT, "Everybody who reads the report"),
        ],
        default=SeenBy.TEAM,
        validate_choice=False,
    )
    people_agreed = BooleanField("Everybody who can be seen in it has agreed, or nobody can be seen")
    question = HiddenField()
    note = HiddenField()
    source = HiddenField(default=Source.PAPER)


class ReasonForm(FlaskForm):
    """A reason."""

    reason = TextAreaField("Why?")


class SealForm(FlaskForm):
    """A press on a button."""


def as_uuid(text: str | None) -> uuid.UUID | None:
    """Return an identifier from a hidden field, or None when it is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _as_sequence(text: str | None) -> int | None:
    if not (text or "").isascii() or not (text or "").isdigit() or len(text or "") > 10:
        return None
    return min(int(text or "0"), LARGEST_SEQUENCE)


def _as_moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
