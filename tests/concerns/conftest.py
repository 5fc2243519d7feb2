"""A small inspection in its visits, with a safeguarding lead and a deputy."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.concerns import operations
from inspect_app.core.database import db, new_id
from inspect_app.core.mail import MailMessage
from inspect_app.inspections.models import Visit
from inspect_app.services.models import Site
from tests.fieldwork import conftest as field
from tests.kept import once

WORDS = "A man is shut in the laundry room"
WHO = "Mr Ackroyd of flat nine"
WHERE = "Behind the blue door"


def make_world() -> SimpleNamespace:
    world = field.make_world()
    world.nadia = field.make_person("Nadia", "safeguarding_lead")
    world.dev = field.make_person("Dev", "safeguarding_deputy")
    world.tomasz = field.make_person("Tomasz", "coordinator")
    world.site = Site(service_id=world.service.id, name="Library", address="1 High Street")
    db.session.add(world.site)
    db.session.flush()
    world.visit = db.session.scalars(select(Visit)).one()
    world.visit.site_id = world.site.id
    db.session.commit()
    return world


@pytest.fixture
def world(app: Flask) -> SimpleNamespace:
    return once("concerns", make_world)


@pytest.fixture
def mails(world):
    """A function that returns every mail that was queued: who gets it, and the whole letter."""
    return lambda: [
        (one.to_address.split("@")[0], f"{one.subject}\n{one.body}") for one in db.session.scalars(select(MailMessage))
    ]


def raised(world, by: str = "ana", **more):
    told = {"what": WORDS, "who": WHO, "where": WHERE, "id": new_id()} | more
    return operations.raise_concern(world.inspection, actor=getattr(world, by), **told)


def reported(world, by: str = "ana", **more):
    told = {"what": "Ice on the stairs", "where": "Back stairs", "visit": world.visit.id, "id": new_id()} | more
    return operations.report_hazard(world.inspection, actor=getattr(world, by), **told)
