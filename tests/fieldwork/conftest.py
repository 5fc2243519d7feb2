"""A small inspection in its visits: two inspectors, a supporter, a coordinator and a service."""

from __future__ import annotations

import contextvars
import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from PIL import Image

from inspect_app.core import access
from inspect_app.core.database import db, new_id
from inspect_app.core.programme import Programme
from inspect_app.core.time import now
from inspect_app.fieldwork import operations
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection, Kind, Member, Visit
from inspect_app.people.models import Grant, Person
from inspect_app.services.models import Organisation, Service
from tests.conftest import sign_in
from tests.kept import once

LIBRARY = Path(__file__).resolve().parents[2] / "inspect_app/frameworks/library"
THEN = datetime(2026, 3, 14, 10, 0, tzinfo=UTC)


def make_person(name: str, *roles: str, service: uuid.UUID | None = None) -> Person:
    person = Person(
        id=new_id(),
        name=name,
        email=f"{name.lower()}@example.org",
        phone="01632 960100",
        fs_uniquifier=new_id().hex,
        added_at=THEN,
        active=True,
        roles=[Grant(name=role, service_id=service, granted_at=THEN) for role in roles],
    )
    db.session.add(person)
    db.session.flush()
    return person


def make_world() -> SimpleNamespace:
    db.session.add(
        Programme(name="Northfield", organisation_name="Northfield Council", contact_name="Helen",
                  contact_phone="01632 960101", contact_email="helen@example.org")
    )  # fmt: skip
    version = publish_framework((LIBRARY / "look-see.yaml").read_text(encoding="utf-8"), actor=None)
    service = Service(id=new_id(), organisation=Organisation(name="Council"), slug="web", name="Communications")
    kind = Kind(key="k", title="Look See", summary="", team_min=2, team_max=4, rating="alone", practice=False,
                leaves_out=[], required_training=[], settings={})  # fmt: skip
    db.session.add_all([service, kind])
    db.session.flush()
    world = SimpleNamespace(
        service=service,
        kind=kind,
        helen=make_person("Helen", "coordinator"),
        ana=make_person("Ana", "inspector"),
        bilal=make_person("Bilal", "inspector"),
        sam=make_person("Sam", "supporter"),
        olive=make_person("Olive", "reviewer"),
        oscar=make_person("Oscar", "observer"),
        stranger=make_person("Stranger", "inspector"),
        leanne=make_person("Leanne", "service_lead", service=service.id),
        kenny=make_person("Kenny", "service_staff", service=service.id),
        keys=[one.key for one in criteria_of(version.id)],
    )
    world.inspection = Inspection(
        id=new_id(), reference="NC-1", title="Web and print", kind=kind, framework_version=version, stage="fieldwork",
        contact=world.helen, created_at=THEN, services=[service], language="en",
    )  # fmt: skip
    db.session.add(world.inspection)
    db.session.flush()
    _team(world)
    db.session.commit()
    return world


def _team(world: SimpleNamespace) -> None:
    for person, role, lead in ((world.ana, "inspector", True), (world.bilal, "inspector", False),
                               (world.sam, "supporter", False), (world.olive, "reviewer", False)):  # fmt: skip
        world.inspection.members.append(
            Member(
                person=person,
                role=role,
                is_lead=lead,
                state="accepted",
                invited_at=THEN,
                answered_at=THEN,
                supports_id=world.bilal.id if role == "supporter" else None,
            )
        )
    world.inspection.visits.append(
        Visit(place="Library", purpose="Try ten things", starts_at=now(), ends_at=now() + timedelta(hours=2))
    )
    db.session.flush()


@pytest.fixture
def world(app) -> SimpleNamespace:
    return once("fieldwork", make_world)


class FreshClient(FlaskClient):
    """A browser whose every request has a context of its own, as on a server."""

    def open(self, *arguments, **more):
        db.session.commit()
        return contextvars.Context().run(super().open, *arguments, **more)


@pytest.fixture
def as_person(app):
    return lambda person: sign_in(FreshClient(app, app.response_class), person)


def move_to(world, stage: str) -> None:
    world.inspection.stage = stage
    db.session.flush()
    access.forget_standings()


def rate_all(world, person: Person, value: str = "good", but: int = 0) -> None:
    for key in world.keys[: len(world.keys) - but]:
        operations.capture(world.inspection, key, value, f"{person.name} says why", actor=person)


def sealed(world, person: Person, value: str = "good"):
    rate_all(world, person, value)
    return operations.seal(world.inspection, actor=person)


def photo(with_position: bool = True) -> bytes:
    """A small picture that says where it was taken."""
    picture, out = Image.new("RGB", (640, 480), "#557788"), BytesIO()
    exif = picture.getexif()
    if with_position:
        exif[0x010F] = "A telephone"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (55.0, 53.0, 1.0)
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
