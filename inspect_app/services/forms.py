"""Forms about services and places."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID, DataRequired, Length, ValidationError

from inspect_app.core.database import new_id
from inspect_app.core.words import _, lazy
from inspect_app.services import queries

OFF = {"autocomplete": "off"}


class ServiceForm(FlaskForm):
    """What a service is called, what it does, and who is answerable for it."""

    id = HiddenField(validators=[UUID()], default=lambda: str(new_id()))
    name = StringField(
        lazy("Name"),
        [DataRequired(lazy("Write the name of the service.")), Length(max=160, message=lazy("Use up to 160 letters."))],
        render_kw=OFF,
    )
    summary = TextAreaField(lazy("What it does"), [Length(max=500, message=lazy("Use up to 500 letters."))])
    organisation = SelectField(lazy("Organisation that is answerable"))
    new_organisation = StringField(
        lazy("Or the name of a new organisation"),
        [Length(max=160, message=lazy("Use up to 160 letters."))],
        render_kw=OFF,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [SelectChoice(str(one.id), one.name) for one in queries.organisations()]
        self.organisation.choices = [SelectChoice("", _("Choose an organisation")), *known]

    def validate_organisation(self, field: SelectField) -> None:
        """Ask for one organisation, from the list or new."""
        if not field.data and not (self.new_organisation.data or "").strip():
            raise ValidationError(lazy("Choose an organisation, or write the name of a new one."))


class ChangeServiceForm(ServiceForm):
    """The same, and whether it can be inspected."""

    active = BooleanField(lazy("This service can be inspected"))


class SiteForm(FlaskForm):
    """A place, its address and the way there."""

    id = HiddenField(validators=[UUID()], default=lambda: str(new_id()))
    name = StringField(
        lazy("Name of the place"), [DataRequired(lazy("Write the name of the place.")), Length(max=160)], render_kw=OFF
    )
    address = StringField(lazy("Address"), [DataRequired(lazy("Write the address.")), Length(max=300)], render_kw=OFF)
    way_there = TextAreaField(lazy("The way there"), [Length(max=600, message=lazy("Use up to 600 letters."))])
