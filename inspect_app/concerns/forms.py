"""Forms of concerns and hazards, read leniently: a fault in a hidden field must cost nobody's words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from inspect_app.concerns.rules import DAYS, HOURS
from inspect_app.core.database import new_id
from inspect_app.core.web import day_words
from inspect_app.core.words import _, lazy
from inspect_app.inspections.models import Inspection

HOURS_WRONG = lazy("Write a number of hours from 1 to 72.")
LONG_NAME, LONG_NUMBER = lazy("Use up to 120 letters."), lazy("Use up to 40 signs.")
DAYS_WRONG = lazy("Write a number of days from 30 to 3,650.")


class TellForm(FlaskForm):
    """What every form carries with which somebody tells something: the id that its page made, and whose page it is."""

    id = HiddenField()
    person = HiddenField()
    captured_at = HiddenField()

    def begin(self, person_id: uuid.UUID) -> None:
        """Fill in what will be sent along."""
        self.id.data, self.person.data = str(new_id()), str(person_id)

    @property
    def told_id(self) -> uuid.UUID:
        """Return the identifier that the page made, or a new one."""
        return as_uuid(self.id.data) or new_id()

    @property
    def moment(self) -> datetime | None:
        """Return when the tablet says that it was written, or None."""
        try:
            return datetime.fromisoformat(self.captured_at.data or "")
        except ValueError:
            return None


class ConcernForm(TellForm):
    """Somebody may be harmed."""

    now = RadioField(
        lazy("Is somebody in danger right now?"),
        choices=[SelectChoice("yes", lazy("Yes")), SelectChoice("no", lazy("No, or I do not know"))],
        default="no",
        validate_choice=False,
    )
    what = TextAreaField(lazy("What did you see or hear?"))
    who = StringField(lazy("Who is it about?"))
    where = StringField(lazy("Where is it?"))
    about_lead = BooleanField(lazy("The safeguarding lead is part of the problem"))


class HazardForm(TellForm):
    """Something is dangerous here."""

    what = TextAreaField(lazy("What is dangerous?"))
    where = StringField(lazy("Where is it?"))
    visit = SelectField(lazy("On which visit did you see it?"), validate_choice=False)


def offer_visits(form: HazardForm, inspection: Inspection) -> None:
    """Offer the visits on which one can have seen it."""
    visits = [visit for visit in inspection.visits if visit.cancelled_at is None]
    form.visit.choices = [SelectChoice("", _("No visit"))] + [
        SelectChoice(str(visit.id), f"{day_words(visit.starts_at)}: {visit.place}") for visit in visits
    ]


class PressForm(FlaskForm):
    """A press on a button."""


class NoteForm(FlaskForm):
    """A note about what was done; its id comes with the page, so that sending twice writes once."""

    id = HiddenField(default=lambda: str(new_id()))
    text = TextAreaField(lazy("What was done?"))


class CloseForm(FlaskForm):
    """How it ended."""

    outcome = TextAreaField(lazy("What came of it?"))


class SetUpForm(FlaskForm):
    """Who looks after safeguarding, whom to ring, and how long things may take."""

    lead = SelectField(lazy("Who is the safeguarding lead?"), validate_choice=False)
    deputy = SelectField(lazy("Who is the deputy?"), validate_choice=False)
    answers = StringField(
        lazy("Who answers the telephone?"),
        [DataRequired(lazy("Say who answers.")), Length(max=120, message=LONG_NAME)],
    )
    phone = StringField(
        lazy("Their number"),
        [DataRequired(lazy("Write a number that can be rung.")), Length(max=40, message=LONG_NUMBER)],
    )
    other_answers = StringField(lazy("Who else answers?"), [Length(max=120, message=LONG_NAME)])
    other_phone = StringField(lazy("Their number"), [Length(max=40, message=LONG_NUMBER)])
    emergency_phone = StringField(
        lazy("Number for an emergency"), [DataRequired(lazy("Write the number.")), Length(max=40, message=LONG_NUMBER)]
    )
    concern_hours = IntegerField(
        lazy("Hours until the deputy is asked"),
        [InputRequired(HOURS_WRONG), NumberRange(HOURS[0], HOURS[-1], HOURS_WRONG)],
    )
    urgent_hours = IntegerField(
        lazy("Hours when somebody is in danger right now"),
        [InputRequired(HOURS_WRONG), NumberRange(HOURS[0], HOURS[-1], HOURS_WRONG)],
    )
    hazard_hours = IntegerField(
        lazy("Hours until the coordinators are asked about a danger"),
        [InputRequired(HOURS_WRONG), NumberRange(HOURS[0], HOURS[-1], HOURS_WRONG)],
    )
    keep_days = IntegerField(
        lazy("Days that the words of a closed concern are kept"),
        [InputRequired(DAYS_WRONG), NumberRange(DAYS[0], DAYS[-1], DAYS_WRONG)],
    )

    def offer(self, people: Iterable[tuple[Any, str]]) -> None:
        """Offer these people, and nobody."""
        offered = [SelectChoice("", _("Nobody yet")), *(SelectChoice(str(key), name) for key, name in people)]
        self.lead.choices = self.deputy.choices = offered


def as_uuid(text: str | None) -> uuid.UUID | None:
    """Return an identifier from a field, or None when it is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
