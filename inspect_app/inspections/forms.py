"""Forms about planning an inspection."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import UUID, DataRequired, InputRequired, Length, NumberRange, Optional

from inspect_app.core.database import new_id
from inspect_app.core.programme import zone
from inspect_app.core.words import _, lazy


class Form(FlaskForm):
    """What every form of this room is made from."""


class Named(Form):
    """A form that makes something: its identifier is made with the page, so that sending twice makes it once."""

    id = HiddenField(default=lambda: str(new_id()), validators=[UUID()])

    @property
    def new_id(self) -> uuid.UUID:
        """Return the identifier that the page made."""
        return uuid.UUID(self.id.data)


def choices(rows: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Return what a field offers, from values and their words."""
    return [SelectChoice(str(value), words) for value, words in rows]


def title_field() -> StringField:
    """Return the field for an inspection's title."""
    return StringField(
        lazy("What is it called?"),
        [DataRequired(lazy("Say what it is called.")), Length(max=160, message=lazy("Use up to 160 letters."))],
    )


class NewForm(Named):
    """Start to plan an inspection."""

    title = title_field()
    start = RadioField(lazy("What kind of inspection is it?"), [InputRequired(lazy("Choose the kind."))])


class DetailsForm(Form):
    """What an inspection is called, what it looks at, and whom to ring."""

    title = title_field()
    scope = TextAreaField(lazy("What does it look at, and what not?"), [Length(max=4000)])
    contact = SelectField(lazy("Who can people ring?"), [InputRequired(lazy("Choose who can be rung."))])


class ServicesForm(Form):
    """Which services come under inspection."""

    services = SelectMultipleField(lazy("Which services?"), [DataRequired(lazy("Choose at least one service."))])


class ChoiceForm(Form):
    """One choice: the questions, or the charter."""

    choice = RadioField(lazy("Choose one"), [InputRequired(lazy("Choose one."))])


class ReasonForm(Form):
    """A reason that people can read."""

    reason = TextAreaField(lazy("Why?"), [DataRequired(lazy("Say why.")), Length(max=2000)])


class VisitForm(Named):
    """One visit: when, where, what for, who to ask for."""

    purpose = StringField(lazy("What is it for?"), [DataRequired(lazy("Say what it is for.")), Length(max=300)])
    day = DateField(lazy("Which day?"), [InputRequired(lazy("Choose the day."))])
    starts = TimeField(lazy("From"), [InputRequired(lazy("Say when it starts."))])
    ends = TimeField(lazy("To"), [InputRequired(lazy("Say when it ends."))])
    site = SelectField(lazy("Where is it?"), default="")
    place = StringField(lazy("Another place"), [Length(max=200)])
    way_there = TextAreaField(lazy("How do people get there?"), [Length(max=2000)])
    ask_for = StringField(lazy("Who do they ask for?"), [Length(max=200)])

    def validate_place(self, field: StringField) -> None:
        """Ask for a place when no site is chosen."""
        if not self.site.data and not (field.data or "").strip():
            raise ValidationError(_("Say where it is, or choose a place of the service."))

    def validate_ends(self, field: TimeField) -> None:
        """Refuse an end that does not come after the start."""
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the start."))

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and end in the programme's zone."""
        return _moment(self.day.data, self.starts.data), _moment(self.day.data, self.ends.data)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone()))


class DocumentForm(Named):
    """A paper for the team."""

    title = StringField(lazy("What is it called?"), [DataRequired(lazy("Say what it is called.")), Length(max=200)])
    file = FileField(lazy("The file"), [FileRequired(lazy("Choose a file."))])


class HoursForm(Named):
    """Time that somebody gave."""

    person = SelectField(lazy("Whose time?"))
    visit = SelectField(lazy("For which visit?"), default="")
    hours = IntegerField(lazy("Hours"), [Optional(), NumberRange(0, 24, lazy("Write hours from 0 to 24."))])
    minutes = IntegerField(lazy("Minutes"), [Optional(), NumberRange(0, 59, lazy("Write minutes from 0 to 59."))])
    what = StringField(lazy("What for?"), [Length(max=200)])

    def validate_hours(self, field: IntegerField) -> None:
        """Refuse a time of nothing at all, or more than a day."""
        if not field.errors and not 0 < self.total <= 24 * 60:
            raise ValidationError(_("Write how long it was."))

    @property
    def total(self) -> int:
        """Return the time in minutes."""
        return (self.hours.data or 0) * 60 + (self.minutes.data or 0)
