"""Makes an office with inspections of forty questions, through the product's own operations.

``python -m script.lib.torture.making INSPECTIONS`` fills the empty database that the environment names. Everything
has a name that whoever tests knows beforehand: inspectors *Inspector 0* to *Inspector 3*, inspections *TORTURE-0* on.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import yaml
from sqlalchemy import select

from inspect_app import create_app
from inspect_app.charter.models import Charter
from inspect_app.core import journal
from inspect_app.core.access import forget_standings
from inspect_app.core.database import db, new_id
from inspect_app.core.mail import silence
from inspect_app.core.programme import Programme, set_up
from inspect_app.core.time import now
from inspect_app.frameworks.models import FrameworkVersion
from inspect_app.frameworks.operations import publish_framework
from inspect_app.inspections.models import Inspection, Kind
from inspect_app.inspections.operations import joining, planning, team, visits
from inspect_app.inspections.rules import WAY
from inspect_app.people.models import Person
from inspect_app.people.operations import add_person
from inspect_app.people.rules import Role
from inspect_app.services.models import Service
from inspect_app.services.operations import add_organisation, add_service, add_site
from inspect_app.setup import load_everything
from script.lib.torture.names import (
    ASKED_ANEW,
    COORDINATOR,
    DROPPED,
    INSPECTORS,
    POINTS,
    QUESTIONS,
    inspector,
    question,
    reference,
)

THEMES = 8


def framework(version: int = 1) -> str:
    """Return forty questions as a framework's file; from version 2 on, those that are left, each second asked anew."""
    points = [{"key": key, "label": key.capitalize(), "descriptor": f"It is {key} here."} for key in POINTS]
    numbers = [number for number in range(QUESTIONS) if version == 1 or number not in DROPPED]
    themes = [
        {
            "key": f"theme-{theme}",
            "title": f"Theme {theme + 1}",
            "criteria": [_criterion(number, version) for number in numbers if number % THEMES == theme],
        }
        for theme in range(THEMES)
    ]
    scale = {"title": "How good is it?", "points": points}
    return yaml.safe_dump(
        {
            "key": "forty",
            "version": version,
            "language": "en",
            "title": "Forty questions",
            "summary": "Forty questions about a place.",
            "source": "Generated.",
            "scales": {"five": scale},
            "themes": themes,
        }
    )


def _criterion(number: int, version: int) -> dict[str, object]:
    again = "" if version == 1 or number % ASKED_ANEW else f", asked anew in version {version}"
    return {
        "key": question(number),
        "statement": {"plain": f"Thing number {number + 1} is as it should be{again}.", "easy": f"Thing {number + 1}."},
        "answer": {"type": "scale", "scale": "five"},
        "prompts": [{"look": f"Look at thing number {number + 1}."}, {"ask": "Ask somebody about it."}],
        "not_seen": True,
        "does_not_apply": True,
    }


def make(inspections: int) -> None:
    """Make the programme, its people, and the inspections, all in their fieldwork."""
    set_up(
        Programme(
            name="Northfield", organisation_name="Northfield Council", contact_name=COORDINATOR,
            contact_phone="01632 960101", contact_email="coordinator@example.org", is_demonstration=True,
        )
    )  # fmt: skip
    list(load_everything())
    version = publish_framework(framework(), actor=None)
    coordinator = _person(COORDINATOR, Role.COORDINATOR)
    people = [_person(inspector(number), Role.INSPECTOR) for number in range(INSPECTORS)]
    service = add_service("Riverside", add_organisation("Northfield Council", coordinator), coordinator)
    add_site(service, "Riverside House", "1 River Street", coordinator)
    for number in range(inspections):
        with silence():
            _inspection(number, version, service, people, coordinator)
    db.session.commit()


def _person(name: str, role: Role) -> Person:
    address = f"{name.lower().replace(' ', '-')}@example.org"
    return add_person(name, address, None, phone="01632 960102", roles=[(role, None)], invite=False)


def _inspection(
    number: int, version: FrameworkVersion, service: Service, people: list[Person], coordinator: Person
) -> None:
    kind = db.session.scalars(select(Kind).filter_by(key="full")).one()
    inspection = planning.create_inspection(
        id=new_id(), title=f"Riverside, round {number}", kind=kind,
        actor=coordinator, services=[service], framework_version=version,
        charter=db.session.scalars(select(Charter)).first(), scope="All of it.", reference=reference(number),
    )  # fmt: skip
    for place, person in enumerate(people):
        team.invite_member(inspection, person, "inspector", coordinator, is_lead=place == 0)
        joining.answer_invitation(inspection, "accept", person)
        joining.agree_to_charter(inspection, person)
    begin = now() - timedelta(hours=1)
    visits.plan_visit(
        inspection, id=new_id(), purpose="See what is there.", starts_at=begin, ends_at=begin + timedelta(hours=8),
        actor=coordinator, site=service.sites[0],
    )  # fmt: skip
    _move_to_fieldwork(inspection, coordinator)


def _move_to_fieldwork(inspection: Inspection, coordinator: Person) -> None:
    """Put an inspection where its team visits; the gates before that are not what is tested here."""
    for passed in WAY[1 : WAY.index("fieldwork") + 1]:
        about = ("inspection", inspection.id)
        journal.append(f"stage.{passed}", actor=coordinator.id, inspection=inspection.id, about=about)
    inspection.stage = "fieldwork"
    db.session.flush()
    forget_standings()


def renew() -> None:
    """Publish version 2 of the questions, and put the first inspection on it.

    The product moves no inspection to another version once its planning is over: what a tablet has must bear it all
    the same.
    """
    version = publish_framework(framework(2), actor=None)
    inspection = db.session.scalars(select(Inspection).where(Inspection.reference == reference(0))).one()
    inspection.framework_version = version
    db.session.commit()


if __name__ == "__main__":
    with create_app().app_context():
        renew() if sys.argv[1] == "renew" else make(int(sys.argv[1]))
