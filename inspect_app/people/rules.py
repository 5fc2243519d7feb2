"""Rules about people, as plain values."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from inspect_app.core.words import _, lazy, mark


class Role(StrEnum):
    """What somebody is, for the whole programme or (service lead, service staff) for one service."""

    COORDINATOR = "coordinator"
    INSPECTOR = "inspector"
    SUPPORTER = "supporter"
    SERVICE_LEAD = "service_lead"
    SERVICE_STAFF = "service_staff"
    REVIEWER = "reviewer"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SAFEGUARDING_DEPUTY = "safeguarding_deputy"
    OBSERVER = "observer"


SERVICE_ROLES = frozenset({Role.SERVICE_LEAD, Role.SERVICE_STAFF})
ROLE_NAMES = {
    Role.COORDINATOR: lazy("Coordinator"),
    Role.INSPECTOR: lazy("Inspector"),
    Role.SUPPORTER: lazy("Supporter"),
    Role.SERVICE_LEAD: lazy("Service lead"),
    Role.SERVICE_STAFF: lazy("Service staff"),
    Role.REVIEWER: lazy("Reviewer"),
    Role.SAFEGUARDING_LEAD: lazy("Safeguarding lead"),
    Role.SAFEGUARDING_DEPUTY: lazy("Safeguarding deputy"),
    Role.OBSERVER: lazy("Observer"),
}
ROLE_WORDS = {
    Role.COORDINATOR: mark("coordinator"),
    Role.INSPECTOR: mark("inspector"),
    Role.SUPPORTER: mark("supporter"),
    Role.SERVICE_LEAD: mark("service lead"),
    Role.SERVICE_STAFF: mark("service staff"),
    Role.REVIEWER: mark("reviewer"),
    Role.SAFEGUARDING_LEAD: mark("safeguarding lead"),
    Role.SAFEGUARDING_DEPUTY: mark("safeguarding deputy"),
    Role.OBSERVER: mark("observer"),
}
"""The same inside a sentence, and as the journal keeps them."""
ROLE_MEANINGS: Mapping[Role, str] = {
    Role.COORDINATOR: lazy("Plans inspections and looks after everybody."),
    Role.INSPECTOR: lazy("Goes on visits, rates, and writes the report with the team."),
    Role.SUPPORTER: lazy("Helps one inspector. May type for them, and never rates."),
    Role.SERVICE_LEAD: lazy("Answers for one service."),
    Role.SERVICE_STAFF: lazy("Works for one service."),
    Role.REVIEWER: lazy("Decides when a service says that a fact is wrong. Never goes on the visit."),
    Role.SAFEGUARDING_LEAD: lazy("Hears at once when somebody may be in danger."),
    Role.SAFEGUARDING_DEPUTY: lazy("Steps in when the safeguarding lead does not answer, or is involved."),
    Role.OBSERVER: lazy("Reads, for example as a councillor."),
}

SIGN_IN_LASTS = timedelta(hours=12)
"""How long one sign-in lasts; a day of visits fits in, a lost tablet is not open for ever."""
LINK_LASTS = timedelta(minutes=30)
"""How long a link that signs somebody in can be used."""
PASSWORD_LINK_LASTS = timedelta(days=3)
"""How long a link to choose a password can be used: long enough for those who read mail rarely."""
SHORTEST_PASSWORD = 12
"""In characters; a long one of plain words is safer than a short one of odd signs."""

HOLIDAY_REGIONS: Mapping[str, str] = {
    "GB-ENG": mark("England"),
    "GB-NIR": mark("Northern Ireland"),
    "GB-SCT": mark("Scotland"),
    "GB-WLS": mark("Wales"),
    "IE": mark("Ireland"),
    "AU": mark("Australia"),
    "AT": mark("Austria"),
    "BE": mark("Belgium"),
    "CA": mark("Canada"),
    "DK": mark("Denmark"),
    "FI": mark("Finland"),
    "FR": mark("France"),
    "DE": mark("Germany"),
    "IT": mark("Italy"),
    "NL": mark("Netherlands"),
    "NZ": mark("New Zealand"),
    "NO": mark("Norway"),
    "PL": mark("Poland"),
    "PT": mark("Portugal"),
    "ES": mark("Spain"),
    "SE": mark("Sweden"),
    "CH": mark("Switzerland"),
    "US": mark("United States"),
}
"""Whose public holidays are no working days: the code of a country, or of a part of it, and its name."""


def normal_email(address: str) -> str:
    """Return an address as it is kept and looked up: no spaces around, small letters."""
    return address.strip().lower()


def what_is_wrong_with_role(role: str, has_service: bool) -> str | None:
    """Return a sentence when somebody cannot be given this role so, otherwise None."""
    if role not in ROLE_NAMES:
        return _("Choose a role from the list.")
    if role in SERVICE_ROLES and not has_service:
        return _("Choose the service that this role is for.")
    if role not in SERVICE_ROLES and has_service:
        return _("This role is for the whole programme. Leave the service empty.")
    return None


def what_is_wrong_with_training(held_on: date, valid_until: date | None, today: date) -> str | None:
    """Return a sentence when these days cannot be, otherwise None."""
    if held_on > today:
        return _("The training must have taken place. Choose today or an earlier day.")
    if valid_until is not None and valid_until < held_on:
        return _("The last day it counts must be after the training.")
    return None


def training_counts(held_on: date, valid_until: date | None, day: date) -> bool:
    """Say whether a training counts on that day: it had taken place, and its time is not over."""
    return held_on <= day and (valid_until is None or valid_until >= day)
