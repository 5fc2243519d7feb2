"""A small programme: people, a service, questions, a charter and the kinds of inspection."""

from __future__ import annotations

import contextvars
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app import setup
from inspect_app.charter.operations import adopt_charter
from inspect_app.core.database import db, new_id
from inspect_app.core.programme import Programme
from inspect_app.core.time import now
from inspect_app.frameworks.operations import publish_framework
from inspect_app.inspections import operations, queries
from inspect_app.inspections.library import load_kinds
from inspect_app.inspections.models import Course, Inspection
from inspect_app.people.models import Grant, Person, Training
from inspect_app.services.models import Organisation, Service, Site
from tests.conftest import sign_in
from tests.kept import once

CHARTER = """
key: co-production-charter
version: 1
language: en
title: Our charter
summary: What we promise one another.
promises: ["We listen."]
commitments:
  - {key: agree-charter, side: programme, owed_to: inspectors, text: "The programme asks everybody to agree.",
     amount: 10, unit: working_days, after: stage.preparing, which: first, until: stage.fieldwork,
     when_over: null, source: null}
"""


def person(name: str, *roles: str, service: Service | None = None) -> Person:
    grants = [
        Grant(name=role, service_id=service.id if service and role.startswith("service") else None, granted_at=now())
        for role in roles
    ]
    row = Person(
        id=new_id(), name=name, email=f"{name.lower()}@example.org", phone="01632 960000", active=True,
        fs_uniquifier=new_id().hex, added_at=now(), roles=grants,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def world(app: Flask) -> SimpleNamespace:
    return once("inspections", make_world)


def make_world() -> SimpleNamespace:
    db.session.add(
        Programme(name="Northfield Council", organisation_name="Northfield", contact_name="Helen",
                  contact_phone="01632 960101", contact_email="helen@example.org")
    )  # fmt: skip
    organisation = Organisation(id=new_id(), name="Northfield Council")
    db.session.add(organisation)
    db.session.flush()
    service = Service(id=new_id(), organisation=organisation, slug="winter", name="Winter maintenance")
    site = Site(id=new_id(), service=service, name="Depot", address="1 Salt Lane", way_there="Bus 4 to Salt Lane.")
    db.session.add_all([service, site])
    db.session.flush()
    made = SimpleNamespace(
        service=service,
        site=site,
        helen=person("Helen", "coordinator"),
        ana=person("Ana", "inspector"),
        bilal=person("Bilal", "inspector"),
        carol=person("Carol", "inspector"),
        olive=person("Olive", "reviewer"),
        sam=person("Sam", "supporter"),
        stuart=person("Stuart", "service_lead", service=service),
        oscar=person("Oscar", "observer"),
        nadia=person("Nadia", "safeguarding_lead"),
        stranger=person("Stranger", "inspector"),
    )
    library = Path(setup.__file__).parent
    publish_framework((library / "frameworks/library/look-see.yaml").read_text(encoding="utf-8"), actor=None)
    load_kinds((library / "inspections/library/kinds.yaml").read_text(encoding="utf-8"))
    adopt_charter(CHARTER, actor=None)
    db.session.commit()
    return made


class FreshClient(FlaskClient):
    """A browser whose every request has a context of its own, as on a server; the test's work is committed first."""

    def open(self, *arguments: Any, **more: Any) -> Any:
        db.session.commit()
        return contextvars.Context().run(super().open, *arguments, **more)


@pytest.fixture
def as_person(app: Flask) -> Any:
    def browser(person: Person) -> FlaskClient:
        return sign_in(FreshClient(app, app.response_class), person)

    return browser


@pytest.fixture
def new(world: SimpleNamespace) -> object:
    """A function that starts to plan a short inspection, with everything chosen but visits and team."""

    def make(title: str = "Winter roads", kind: str = "look-see") -> Inspection:
        chosen = next(one for one in queries.kinds() if one.key == kind)
        return operations.create_inspection(
            id=new_id(),
            title=title,
            kind=chosen,
            services=[world.service],
            framework_version=queries.framework_versions(chosen.settings["framework_keys"])[0],
            charter=queries.newest_charter("co-production-charter"),
            actor=world.helen,
        )

    return make


def plan(world: SimpleNamespace, inspection: Inspection) -> Inspection:
    """Plan a visit and ask a team of two with a lead, and a reviewer."""
    start = now() + timedelta(days=7)
    operations.plan_visit(
        inspection, id=new_id(), purpose="See the depot", starts_at=start, ends_at=start + timedelta(hours=3),
        site=world.site, ask_for="Stuart", actor=world.helen,
    )  # fmt: skip
    operations.invite_member(inspection, world.ana, "inspector", world.helen, is_lead=True)
    operations.invite_member(inspection, world.bilal, "inspector", world.helen)
    operations.invite_member(inspection, world.olive, "reviewer", world.helen)
    return inspection


def train(*people: Person) -> None:
    for one in people:
        for course in db.session.query(Course):
            db.session.add(
                Training(person_id=one.id, course=course.key, held_on=date(2026, 1, 5), held_by="Helen",
                         recorded_at=now(), recorded_by_id=one.id)
            )  # fmt: skip
    db.session.flush()


def join(world: SimpleNamespace, inspection: Inspection) -> None:
    """Let everybody say yes, agree and be trained."""
    train(world.ana, world.bilal)
    for one in (world.ana, world.bilal, world.olive):
        operations.answer_invitation(inspection, "accept", one)
    for one in (world.ana, world.bilal):
        operations.agree_to_charter(inspection, one)
    operations.agree_to_charter(inspection, world.stuart, world.service.id)


DOCS = Path(__file__).resolve().parents[2] / "docs"
