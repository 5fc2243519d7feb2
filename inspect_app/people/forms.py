"""Forms about people."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import UUID, DataRequired, Email, Length, Optional

from inspect_app.core.database import new_id
from inspect_app.core.words import _, lazy
from inspect_app.people import courses, served
from inspect_app.people.forms_sign_in import again_field, new_password_field
from inspect_app.people.rules import HOLIDAY_REGIONS, ROLE_NAMES, SERVICE_ROLES

ADDRESS = lazy("Write a whole e-mail address, like name@example.org.")
PHONE_KW = {"autocomplete": "tel", "inputmode": "tel"}


class Form(FlaskForm):
    """What forms of this room in other modules are made from."""


def name_field(label: str = lazy("Name"), **more: Any) -> StringField:
    """Return a field for a person's name."""
    return StringField(
        label, [DataRequired(lazy("Write the name.")), Length(max=120, message=lazy("Use up to 120 letters."))], **more
    )


def email_field(label: str = lazy("E-mail address"), *, may_be_empty: bool = False) -> EmailField:
    """Return a field for an address to write to."""
    first = Optional() if may_be_empty else DataRequired(ADDRESS)
    return EmailField(label, [first, Length(max=254), Email(ADDRESS)], render_kw={"autocomplete": "off"})


def role_choices() -> list[SelectChoice]:
    """Return the roles of the whole programme, then one choice for each service role and service."""
    plain = [SelectChoice(role, name) for role, name in ROLE_NAMES.items() if role not in SERVICE_ROLES]
    of_service = [
        SelectChoice(f"{role}:{service_id}", f"{ROLE_NAMES[role]}: {service}")
        for service_id, service in served.names().items()
        for role in sorted(SERVICE_ROLES)
    ]
    return plain + of_service


class PersonForm(FlaskForm):
    """Who somebody is and how to reach them."""

    name = name_field(render_kw={"autocomplete": "off"})
    email = email_field(may_be_empty=True)
    phone = TelField(lazy("Telephone"), [Optional(), Length(max=40)], render_kw={"autocomplete": "off"})
    about = TextAreaField(
        lazy("A few words about this person"), [Length(max=200, message=lazy("Use up to 200 letters."))]
    )


class NewPersonForm(PersonForm):
    """Somebody new, with their first role."""

    id = HiddenField(validators=[UUID()], default=lambda: str(new_id()))
    role = SelectField(lazy("First role"), validate_choice=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice("", _("No role yet")), *role_choices()]


class RoleForm(FlaskForm):
    """One more role."""

    role = SelectField(lazy("Role"), [DataRequired(lazy("Choose a role."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice("", _("Choose a role")), *role_choices()]


class TrainingForm(FlaskForm):
    """What somebody learnt, when and from whom."""

    id = HiddenField(validators=[UUID()], default=lambda: str(new_id()))
    course = SelectField(lazy("Course"), [DataRequired(lazy("Choose a course."))])
    held_on = DateField(lazy("Day of the training"), [DataRequired(lazy("Choose the day of the training."))])
    held_by = StringField(lazy("Who taught it"), [DataRequired(lazy("Write who taught it.")), Length(max=120)])
    valid_until = DateField(lazy("Last day it counts"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [SelectChoice(key, title) for key, title in courses.titles().items()]
        self.course.choices = [SelectChoice("", _("Choose a course")), *offered]


class PhoneForm(FlaskForm):
    """One's own telephone number."""

    phone = TelField(lazy("Telephone"), [Length(max=40, message=lazy("Use up to 40 figures."))], render_kw=PHONE_KW)


class ConsentForm(FlaskForm):
    """Whether somebody agrees to be named in public."""

    may_be_named = RadioField(
        lazy("May your name stand in public reports?"),
        [DataRequired(lazy("Choose yes or no."))],
        choices=[
            SelectChoice("yes", lazy("Yes, my name may be shown")),
            SelectChoice("no", lazy("No, do not show my name")),
        ],
    )
    public_name = StringField(
        lazy("The name to show"),
        [Length(max=120, message=lazy("Use up to 120 letters."))],
        render_kw={"autocomplete": "off"},
    )


class StartForm(FlaskForm):
    """The programme and its first coordinator."""

    key = HiddenField()
    programme_name = StringField(
        lazy("Name of the programme"), [DataRequired(lazy("Write a name for the programme.")), Length(max=120)]
    )
    organisation_name = StringField(
        lazy("Organisation that runs it"), [DataRequired(lazy("Write which organisation runs it.")), Length(max=120)]
    )
    phone = TelField(
        lazy("Telephone that people can ring"),
        [DataRequired(lazy("Write a telephone number.")), Length(max=40)],
        render_kw=PHONE_KW,
    )
    zone = SelectField(lazy("Time zone"), default="Europe/London")
    region = SelectField(lazy("Whose public holidays count"), default="GB-ENG")
    name = name_field(lazy("Your name"), render_kw={"autocomplete": "name"})
    email = email_field(lazy("Your e-mail address"))
    password = new_password_field()
    password_again = again_field("password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in zones]
        self.region.choices = [SelectChoice(code, _(name)) for code, name in HOLIDAY_REGIONS.items()]


class AskForLinkForm(FlaskForm):
    """The address to which a link shall be sent."""

    email = EmailField(
        lazy("E-mail address"),
        [DataRequired(ADDRESS), Length(max=254), Email(ADDRESS)],
        render_kw={"autocomplete": "username"},
    )


class ButtonForm(FlaskForm):
    """No field: one button."""


class StartKeyForm(FlaskForm):
    """The key that the server prints when it starts without people."""

    key = StringField(
        lazy("Key"), [DataRequired(lazy("Write the key that the server printed."))], render_kw={"autocomplete": "off"}
    )
