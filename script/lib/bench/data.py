"""Generated data: many inspections beside the demonstration, made through the product's own operations.

``python -m script.lib.bench.data TOTAL`` fills the database that the environment names up to TOTAL inspections.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from sqlalchemy import func, select

from inspect_app import create_app
from inspect_app.charter.models import Charter
from inspect_app.core import journal
from inspect_app.core.access import forget_standings
from inspect_app.core.database import db, new_id
from inspect_app.core.mail import silence
from inspect_app.core.time import at, now
from inspect_app.frameworks.models import Framework, FrameworkVersion
from inspect_app.inspections.models import Inspection, Kind
from inspect_app.inspections.operations import joining, planning, team, visits
from inspect_app.inspections.rules import WAY
from inspect_app.people.models import Grant, Person
from inspect_app.people.operations import add_person
from inspect_app.people.rules import Role
from inspect_app.services.models import Service
from script.lib.bench.names import RATERS, STAGES, TEAM, rater, reference

LONG_AGO = timedelta(days=150)
"""Before the demonstration's own running inspections, so that these stand on the first page however many there are."""


def fill(total: int) -> None:
    """Add inspections until there are ``total``, in every stage in turn."""
    coordinator = db.session.scalars(
        select(Person).join(Grant).where(Grant.name == Role.COORDINATOR).order_by(Person.name).limit(1)
    ).one()
    people = [_inspector(number, coordinator) for number in range(RATERS)]
    there = db.session.scalar(select(func.count()).select_from(Inspection)) or 0
    for number in range(total - there):
        begin = TEAM * (number // len(STAGES)) % RATERS
        with silence(), at(now() - LONG_AGO):
            _add(number, STAGES[number % len(STAGES)], people[begin : begin + TEAM], coordinator)
        if number % 50 == 0:
            db.session.commit()
    db.session.commit()


def _inspector(number: int, coordinator: Person) -> Person:
    known = db.session.get(Person, rater(number))
    roles = [(Role.INSPECTOR, None)]
    return known or add_person(
        f"Inspector {number}",
        f"inspector-{number}@example.org",
        coordinator,
        id=rater(number),
        roles=roles,
        invite=False,
    )


def _add(number: int, stage: str, people: list[Person], coordinator: Person) -> None:
    service = db.session.scalars(select(Service).order_by(Service.name)).first()
    version = db.session.scalars(
        select(FrameworkVersion).join(Framework).where(Framework.key == "citizen-full")
    ).first()
    inspection = planning.create_inspection(
        id=new_id(),
        title=f"Generated inspection {number}",
        kind=db.session.scalars(select(Kind).where(Kind.key == "full")).one(),
        actor=coordinator,
        services=[service] if service else [],
        framework_version=version,
        charter=db.session.scalars(select(Charter)).first(),
        scope="What is measured.",
        reference=reference(number),
    )
    for place, person in enumerate(people):
        team.invite_member(inspection, person, "inspector", coordinator, is_lead=place == 0)
        joining.answer_invitation(inspection, "accept", person)
        joining.agree_to_charter(inspection, person)
    visits.plan_visit(
        inspection,
        id=new_id(),
        purpose="See what is there.",
        starts_at=now() + timedelta(days=20),
        ends_at=now() + timedelta(days=20, hours=4),
        actor=coordinator,
        site=service.sites[0] if service else None,
    )
    _move_to(inspection, stage, coordinator)


def _move_to(inspection: Inspection, stage: str, coordinator: Person) -> None:
    """Put an inspection into a stage with the entries that its clocks run from; its gates are not what is measured."""
    for passed in WAY[1 : WAY.index(stage) + 1]:
        about = ("inspection", inspection.id)
        journal.append(f"stage.{passed}", actor=coordinator.id, inspection=inspection.id, about=about)
    inspection.stage = stage
    db.session.flush()
    forget_standings()


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(sys.argv[1]))
