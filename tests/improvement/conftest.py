"""Two services with a final report of three recommendations, brought to answering by the real operations."""

from __future__ import annotations

import contextvars
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import has_app_context
from flask.testing import FlaskClient

from inspect_app.charter.operations import adopt_charter
from inspect_app.core import access
from inspect_app.core.database import db, new_id
from inspect_app.core.programme import Programme
from inspect_app.core.revisions import Origin, save
from inspect_app.core.time import at, now
from inspect_app.fieldwork.models import Observation, Seal
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection, Kind, Member, Visit
from inspect_app.inspections.operations import move_on
from inspect_app.moderation.models import AgreedRating
from inspect_app.people.models import Grant, Person
from inspect_app.reports import operations_checking, operations_drafts, operations_writing
from inspect_app.reports.models import Recommendation
from inspect_app.services.models import Organisation, Service
from tests.conftest import sign_in
from tests.kept import once

ROOT = Path(__file__).resolve().parents[2] / "inspect_app"
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday: the day on which the service gets the final report."""


@dataclass
class World:
    inspection: Inspection
    winter: Service
    schools: Service
    people: dict[str, Person]
    asked: list[Recommendation] = field(default_factory=list)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def _person(name: str, role: str, service: Service | None = None, named: bool = False) -> Person:
    grant = Grant(name=role, service_id=service.id if service else None, granted_at=START)
    row = Person(
        id=new_id(), name=name, email=f"{name.split()[0].lower()}@example.org", fs_uniquifier=uuid.uuid4().hex,
        added_at=START, may_be_named=named, active=True, roles=[grant],
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def world(app) -> World:
    return once("improvement", make_world)


def make_world() -> World:
    """Make it by the real operations, on the Monday."""
    with at(START):
        made = _writing()
        _answering(made)
    return made


def _writing() -> World:
    db.session.add(
        Programme(name="Look", organisation_name="Northfield", contact_name="Helen", contact_phone="1",
                  contact_email="helen@example.org", zone="Europe/London", country="GB", subdivision="SCT")
    )  # fmt: skip
    organisation = Organisation(id=new_id(), name="Northfield Council")
    winter = Service(id=new_id(), organisation=organisation, slug="winter", name="Winter maintenance")
    schools = Service(id=new_id(), organisation=organisation, slug="schools", name="School places")
    kind = Kind(
        key="full", title="Full inspection", summary="", team_min=2, team_max=8, rating="alone", practice=False,
        leaves_out=[], required_training=[], settings={},
    )  # fmt: skip
    db.session.add_all([winter, schools, kind])
    db.session.flush()
    people = {
        "helen": _person("Helen Reid", "coordinator"),
        "ana": _person("Ana Bell", "inspector", named=True),
        "bilal": _person("Bilal Khan", "inspector"),
        "carol": _person("Carol Orr", "inspector"),
        "olive": _person("Olive Grant", "reviewer"),
        "stuart": _person("Stuart Low", "service_lead", winter),
        "kenny": _person("Kenny Moss", "service_staff", winter),
        "leanne": _person("Leanne Coyle", "service_lead", schools),
        "gordon": _person("Gordon Pew", "inspector"),
        "oscar": _person("Oscar Hume", "observer"),
    }
    inspection = Inspection(
        id=new_id(), reference="NC-2026-03", title="Winter roads", kind=kind, stage="writing", contact=people["helen"],
        framework_version=publish_framework((ROOT / "frameworks/library/citizen-full.yaml").read_text(), actor=None),
        charter=adopt_charter((ROOT / "charter/library/co-production-charter.yaml").read_text(), actor=None),
        language="en", created_at=START, services=[winter, schools],
    )  # fmt: skip
    db.session.add(inspection)
    roles = {"ana": "inspector", "bilal": "inspector", "carol": "inspector", "olive": "reviewer"}
    for name, role in roles.items():
        inspection.members.append(
            Member(
                person=people[name],
                role=role,
                state="accepted",
                is_lead=name == "ana",
                invited_at=START,
                answered_at=START,
            )
        )
    db.session.flush()
    return World(inspection, winter, schools, people)


def _answering(world: World) -> None:
    inspection = world.inspection
    visit = Visit(
        place="Main Street", purpose="Look at bus stops", starts_at=START - timedelta(days=30),
        ends_at=START - timedelta(days=30) + timedelta(hours=4), held_at=START - timedelta(days=30),
    )  # fmt: skip
    inspection.visits.append(visit)
    db.session.add(
        Seal(
            inspection_id=inspection.id,
            rater_kind="inspector",
            rater_id=world.ana.id,
            number=1,
            sealed_by_id=world.ana.id,
            sealed_at=START,
            revisions=[],
            digest="0" * 64,
        )
    )
    key = criteria_of(inspection.framework_version_id)[0].key
    revisions = [save(("x", new_id()), {}, Origin(author=world.ana.id), top=None).revision for _ in range(2)]
    db.session.flush()
    note = Observation(
        id=new_id(), inspection_id=inspection.id, author_id=world.ana.id, visit_id=visit.id, kind="seen",
        text="Seven of ten stops had no number.", noted_at=START, revision_id=revisions[0].id,
    )  # fmt: skip
    agreed = AgreedRating(
        inspection_id=inspection.id, criterion_key=key, value="fair", reason="We agreed.", present=[],
        saved_by_id=world.ana.id, saved_at=START, revision_id=revisions[1].id,
    )  # fmt: skip
    db.session.add_all([note, agreed])
    db.session.flush()
    finding = operations_writing.add_finding(
        inspection, "improvement", "People find out late.", [note.id], [key], world.ana
    )
    asks = (
        ("Put one number on each stop.", world.winter),
        ("Fill the bins.", world.winter),
        ("Clear school paths.", world.schools),
    )
    world.asked = [
        operations_writing.add_recommendation(inspection, service.id, text, "", [finding.id], world.ana)
        for text, service in asks
    ]
    draft = operations_drafts.make_draft(inspection, world.ana)
    for name in ("ana", "bilal", "carol"):
        operations_drafts.confirm_draft(inspection, draft, world.people[name])
    move_on(inspection, world.helen)
    operations_checking.close_check(inspection, world.stuart)
    move_on(inspection, world.helen)
    access.forget_standings()
    assert inspection.stage == "answering"


class FreshClient(FlaskClient):
    """A browser whose every request has a context of its own, as on a server, at the test's moment."""

    def open(self, *arguments, **more):
        if not has_app_context():  # a redirect that is followed is inside already
            return super().open(*arguments, **more)
        db.session.commit()
        moment = now()

        def fetch():
            with at(moment):
                return super(FreshClient, self).open(*arguments, **more)

        answer = contextvars.Context().run(fetch)
        db.session.expire_all()
        access.forget_standings()
        return answer


@pytest.fixture
def browse(app):
    """A function that returns a browser in which a person is signed in."""
    return lambda person: sign_in(FreshClient(app, app.response_class), person)
