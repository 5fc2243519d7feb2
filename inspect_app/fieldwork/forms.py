"""Forms of fieldwork, read leniently: a fault in a hidden field must cost nobody's words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from inspect_app.core.database import new_id
from inspect_app.core.words import lazy
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.rules import (
    KIND_NAMES,
    PHOTO_PEOPLE,
    SOUND_PEOPLE,
    ObservationKind,
    People,
    SeenBy,
    Source,
    amount_of,
)
from inspect_app.frameworks.answers import answer_of, shown_in
from inspect_app.frameworks.rules import Question

LARGEST_SEQUENCE = 2_000_000_000


class SavingForm(FlaskForm):
    """What every save carries: an id its maker chose, what it was based on, device, time, person."""

    class Meta:
        """No token of the form's own: every form is opened with one, and a save is checked before its form is read."""

        csrf = False

    revision = HiddenField()
    based_on = HiddenField()
    device = HiddenField()
    sequence = HiddenField()
    captured_at = HiddenField()
    person = HiddenField()
    source = RadioField(
        lazy("How did you get this?"),
        choices=[SelectChoice(Source.PAPER, lazy("On paper")), SelectChoice(Source.PHONE, lazy("On the phone"))],
        default=Source.PAPER,
        validate_choice=False,
    )

    def sent(self, source: str) -> Sent:
        """Return how this save came."""
        return sent_as(self.data, source)

    def begin(self, person_id: uuid.UUID, based_on: uuid.UUID | None) -> None:
        """Fill in what the next save will carry."""
        self.revision.data, self.person.data = str(new_id()), str(person_id)
        self.based_on.data = str(based_on) if based_on else ""


class RatingForm(SavingForm):
    """One question: the value, and why."""

    value = HiddenField()
    amount = StringField()
    several = SelectMultipleField(validate_choice=False)
    reason = TextAreaField(lazy("Why? What did you see or hear?"))

    def answer(self, question: Question) -> str | None:
        """Return the value as it is kept, or None when there is none yet."""
        return answer_of(question, self.value.data or "", self.amount.data or "", self.several.data or [])

    def show(self, question: Question, value: str | None, reason: str) -> None:
        """Fill in what stands there."""
        self.reason.data = reason
        self.value.data, self.amount.data, self.several.data = shown_in(question, value)


@dataclass(frozen=True)
class SentRating:
    """What a page sent about one question. A save needs no more: the form's fields are for pages that are shown."""

    fields: MultiDict[str, str]

    @property
    def reason(self) -> str:
        """Return why, without blanks around it."""
        return self.fields.get("reason", "").strip()

    def answer(self, question: Question) -> str | None:
        """Return the value as it is kept, or None when there is none yet."""
        several = self.fields.getlist("several")
        return answer_of(question, self.fields.get("value", ""), self.fields.get("amount", ""), several)


class NoteForm(SavingForm):
    """Something that somebody noticed."""

    note = HiddenField()
    kind = RadioField(
        lazy("How did you find this out?"),
        choices=[SelectChoice(kind, name) for kind, name in KIND_NAMES.items()],
        default=ObservationKind.SEEN,
        validate_choice=False,
    )
    text = TextAreaField(lazy("What did you find out?"))
    amount = StringField(lazy("How many?"))
    unit = StringField(lazy("What did you count?"))
    question = SelectField(lazy("Which question is this about?"), validate_choice=False)
    visit = SelectField(lazy("On which visit?"), validate_choice=False)

    def number(self) -> Decimal | None:
        """Return what was counted, or None."""
        return amount_of(self.amount.data or "")


def _seen_by(label: str, report: str) -> RadioField:
    """Return the choice between the team and the report; ``report`` says what that means."""
    choices = [SelectChoice(SeenBy.TEAM, lazy("The team only")), SelectChoice(SeenBy.REPORT, report)]
    return RadioField(label, choices=choices, default=SeenBy.TEAM, validate_choice=False)


def _people(label: str, names: Mapping[People, str]) -> RadioField:
    """Return the choice of who can be recognised."""
    choices = [SelectChoice(value, words) for value, words in names.items()]
    return RadioField(label, choices=choices, validate_choice=False)


class EvidenceForm(FlaskForm):
    """What photos and sounds share: the caption, who may see them, and what the people in them say."""

    id = HiddenField()
    caption = StringField(lazy("What does it show?"))
    seen_by = _seen_by(lazy("Who may see it?"), lazy("Everybody who reads the report"))
    people = _people(lazy("Can somebody be recognised in it?"), PHOTO_PEOPLE)
    people_how = StringField(lazy("If they agreed: how?"))
    question = HiddenField()
    note = HiddenField()
    source = HiddenField(default=Source.PAPER)

    def blame(self, sentence: str, file: Field) -> None:
        """Put a refusal's sentence beside the field that it is about; ``file`` is the one for all else."""
        about = {
            "shows": self.caption,
            "who may": self.seen_by,
            "recognised": self.people,
            "how they agreed": self.people_how,
        }
        field = next((one for words, one in about.items() if words in sentence), file)
        field.errors = [sentence]


class PhotoForm(EvidenceForm):
    """Photos, with their caption."""

    photo = MultipleFileField(lazy("Photos"))


class SoundForm(EvidenceForm):
    """A recording; or what somebody says instead of typing a note."""

    sound = FileField(lazy("A sound file"))
    caption = StringField(lazy("What is it about?"))
    seen_by = _seen_by(lazy("Who may hear it?"), lazy("The team. Its written words may stand in the report"))
    people = _people(lazy("Whose voice can be heard?"), SOUND_PEOPLE)
    seconds = HiddenField()
    spoken = RadioField(
        lazy("How did you find this out?"),
        choices=[SelectChoice(kind, name) for kind, name in KIND_NAMES.items() if kind is not ObservationKind.COUNTED],
        validate_choice=False,
    )
    visit = HiddenField()

    def length(self) -> float | None:
        """Return how long the recording is, by the page that made it, or None."""
        amount = amount_of(self.seconds.data or "")
        return float(amount) if amount is not None else None


class WordsForm(SavingForm):
    """What a recording says."""

    text = TextAreaField(lazy("Write it down"))


class ReasonForm(FlaskForm):
    """A reason."""

    reason = TextAreaField(lazy("Why?"))


class SealForm(FlaskForm):
    """A press on a button; for a seal also why something is missing that questions require."""

    without = TextAreaField(lazy("Why is it missing?"))


def sent_as(said: Mapping[str, Any], source: str) -> Sent:
    """Return how a save came, from what its fields say."""
    return Sent(
        id=as_uuid(said.get("revision")),
        based_on=as_uuid(said.get("based_on")),
        device=(said.get("device") or "")[:60] or None,
        sequence=_as_sequence(said.get("sequence")),
        captured_at=_as_moment(said.get("captured_at")),
        source=source,
    )


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
