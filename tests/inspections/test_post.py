"""Who hears of what by mail: what the kinds of entries say, and nobody else; never the words of others."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inspect_app.core import journal, mail
from inspect_app.core.database import db
from inspect_app.core.journal import Audience
from inspect_app.core.mail import MailMessage, silence
from inspect_app.inspections import operations
from inspect_app.inspections.post import hearers
from tests.moderation.conftest import Told, inspection, telling  # noqa: F401  # the story, told until the team agrees


@pytest.fixture
def mails(telling: Told):  # noqa: F811
    """A function that returns who was mailed since, and what."""
    return lambda: {one.to_address.split(".")[0]: one.body for one in db.session.scalars(select(MailMessage))}


def test_a_reminder_says_what_everybody_waits_for_and_whom_to_ring(telling: Told, mails) -> None:  # noqa: F811
    token = mail._silent.set(False)
    operations.remind(telling.inspection, telling.person("euan"), "seal", telling.coordinator)
    mail._silent.reset(token)
    assert list(mails()) == ["euan"]
    assert "Everybody waits for sealed ratings." in mails()["euan"]
    assert telling.coordinator.phone in mails()["euan"]
    assert "/inspections/DEMO-3" in mails()["euan"]


def test_in_silence_nobody_is_mailed(telling: Told, mails) -> None:  # noqa: F811
    with silence():
        operations.remind(telling.inspection, telling.person("euan"), "seal", telling.coordinator)
    assert mails() == {}


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.TEAM, {"euan", "moira", "priya", "joanne"}),
        (Audience.SERVICE, {"ruth", "mairi"}),
        (Audience.SERVICE_LEADS, {"ruth"}),
        (Audience.REVIEWERS, {"olive"}),
        (Audience.COORDINATORS, {"tomasz"}),
        (Audience.NOBODY, set()),
    ],
)
def test_each_audience_is_those_people(telling: Told, audience: Audience, names: set[str]) -> None:  # noqa: F811
    journal.declare(journal.EntryKind(f"test.{audience.name}", "{actor} tried.", hears=(audience,)))
    entry = journal.append(f"test.{audience.name}", actor=None, inspection=telling.inspection.id)
    found = hearers(entry, telling.inspection)
    assert {person.email.split(".")[0] for person in found} == names
