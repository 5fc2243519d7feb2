"""An inspection in writing with sealed ratings, notes and agreed ratings, put there row by row."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspect_app.charter.operations import adopt_charter
from inspect_app.core import access
from inspect_app.core.database import db, new_id
from inspect_app.core.programme import Programme
from inspect_app.core.revisions import Origin, save
from inspect_app.fieldwork.models import Observation, Rating, Seal
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection, Kind, Member, Visit
from inspect_app.moderation.models import AgreedRating
from inspect_app.people.models import Grant, Person
from inspect_app.services.models import Organisation, Service
from tests.kept import once

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 14, 10, 0, tzinfo=UTC)


@dataclass
class World:
    inspection: Inspection
    people: dict[str, Person]
    service: Service
    notes: list[Observation] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def at(self, stage: str) -> None:
        self.inspection.stage = stage
        db.session.flush()
        access.forget_standings()


def make_person(name: str, *roles: tuple[str, uuid.UUID | None], named: bool = False) -> Person:
    person = Person(
        id=new_id(),
        name=name,
        email=f"{name.split()[0].lower()}@example.org",
        fs_uniquifier=uuid.uuid4().hex,
        added_at=NOW,
        may_be_named=named,
        active=True,
        roles=[Grant(name=role, service_id=service, granted_at=NOW) for role, service in roles],
    )
    db.session.add(person)
    db.session.flush()
    return person


@pytest.fixture
def world(app) -> World:
    return once("reports", make_world)


def make_world() -> World:
    db.session.add(
        Programme(
            name="Look Together",
            organisation_name="Northfield Council",
            contact_name="Helen Reid",
            contact_phone="01506 000 001",
            contact_email="helen@example.org",
        )
    )
    framework = publish_framework((ROOT / "inspect_app/frameworks/library/citizen-full.yaml").read_text(), actor=None)
    charter = adopt_charter((ROOT / "inspect_app/charter/library/co-production-charter.yaml").read_text(), actor=None)
    service = Service(
        id=new_id(), organisation=Organisation(name="Northfield Council"), slug="winter", name="Winter maintenance"
    )
    kind = Kind(
        key="full",
        title="Full inspection",
        summary="",
        team_min=2,
        team_max=8,
        rating="alone",
        practice=False,
        leaves_out=[],
        required_training=[],
        settings={},
    )
    db.session.add_all([service, kind])
    db.session.flush()
    people = {
        "helen": make_person("Helen Reid", ("coordinator", None)),
        "ana": make_person("Ana Bell", ("inspector", None), named=True),
        "bilal": make_person("Bilal Khan", ("inspector", None)),
        "olive": make_person("Olive Grant", ("reviewer", None)),
        "stuart": make_person("Stuart Low", ("service_lead", service.id)),
        "kenny": make_person("Kenny Moss", ("service_staff", service.id)),
        "gordon": make_person("Gordon Pew", ("inspector", None)),
        "wanda": make_person("Wanda Orr", ("observer", None)),
    }
    inspection = Inspection(
        id=new_id(),
        reference="NC-2026-03",
        title="Winter maintenance",
        kind=kind,
        framework_version=framework,
        charter=charter,
        stage="writing",
        contact=people["helen"],
        language="en",
        created_at=NOW,
        services=[service],
    )
    db.session.add(inspection)
    db.session.flush()
    for name, role in (("ana", "inspector"), ("bilal", "inspector"), ("olive", "reviewer")):
        inspection.members.append(
            Member(
                person=people[name], role=role, state="accepted", is_lead=name == "ana", invited_at=NOW, answered_at=NOW
            )
        )
    made = World(inspection, people, service)
    _fieldwork(made)
    return made


def _fieldwork(world: World) -> None:
    inspection = world.inspection
    visit = Visit(
        place="Main Street",
        purpose="Look at bus stops",
        starts_at=NOW - timedelta(days=20),
        ends_at=NOW - timedelta(days=20) + timedelta(hours=4),
        held_at=NOW - timedelta(days=20),
    )
    inspection.visits.append(visit)
    db.session.flush()
    world.keys = [one.key for one in criteria_of(inspection.framework_version_id)][:3]
    raters = [
        ("inspector", world.ana.id, world.ana.id),
        ("inspector", world.bilal.id, world.bilal.id),
        ("service", world.service.id, world.stuart.id),
    ]
    for place, (kind, rater, author) in enumerate(raters):
        for key in world.keys:
            value = ("weak", "good", "very-good")[place]
            _rate(inspection, kind, rater, author, key, value)
        db.session.add(
            Seal(
                inspection_id=inspection.id,
                rater_kind=kind,
                rater_id=rater,
                number=1,
                sealed_by_id=author,
                sealed_at=NOW,
                revisions=[],
                digest="0" * 64,
            )
        )
    texts = (("seen", "Seven of ten bus stops had no number."), ("heard", "My grandson rings me."))
    for kind, text in texts:
        revision = save(("observation", new_id()), {"text": text}, Origin(author=world.ana.id), top=None).revision
        db.session.flush()
        world.notes.append(
            Observation(
                id=new_id(),
                inspection_id=inspection.id,
                author_id=world.ana.id,
                visit_id=visit.id,
                kind=kind,
                text=text,
                noted_at=NOW,
                revision_id=revision.id,
            )
        )
    db.session.add_all(world.notes)
    for key in world.keys:
        revision = save(("agreed_rating", new_id()), {}, Origin(author=world.ana.id), top=None).revision
        db.session.flush()
        db.session.add(
            AgreedRating(
                inspection_id=inspection.id,
                criterion_key=key,
                value="fair",
                reason="We met in the middle.",
                present=[],
                saved_by_id=world.ana.id,
                saved_at=NOW,
                revision_id=revision.id,
            )
        )
    db.session.commit()


def _rate(inspection: Inspection, kind: str, rater: uuid.UUID, author: uuid.UUID, key: str, value: str) -> None:
    revision = save(("rating", new_id()), {"value": value}, Origin(author=author), top=None).revision
    db.session.flush()
    db.session.add(
        Rating(
            inspection_id=inspection.id,
            rater_kind=kind,
            rater_id=rater,
            criterion_key=key,
            value=value,
            reason="",
            revision_id=revision.id,
            saved_at=NOW,
        )
    )
