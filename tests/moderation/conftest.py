"""A team that has sealed its ratings and meets to agree: the story of the peer review, told until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from inspect_app.core.mail import silence
from inspect_app.core.time import at
from inspect_app.demo import field, planning
from inspect_app.demo.story import Story
from inspect_app.demo.telling import Telling, begin
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from tests.kept import once


@dataclass
class Told:
    """The story as far as it was told: its inspection, its people by key, and when each stage began."""

    inspection: Inspection
    coordinator: Person
    people: dict[str, Person]
    stages: dict[str, datetime]

    def person(self, key: str) -> Person:
        return self.people[key]


def tell() -> Told:
    """Tell the peer review's story until the team meets."""
    story = Story(date(2026, 11, 22))
    with at(story.moment("2026-11-22T12:00")):
        cast = begin(story)
        telling = Telling(next(one for one in story.inspections if one["reference"] == "DEMO-3"), cast)
        planning.add_steps(telling)
        field.add_steps(telling)
    with at(telling.stages["moderation"] + timedelta(hours=1)):
        telling.tell()
    return Told(telling.inspection, telling.coordinator, cast.people, telling.stages)


@pytest.fixture
def telling(app: Flask) -> Iterator[Told]:
    """The peer review, an hour into its agreeing."""
    with app.test_request_context():
        found = once("moderation", tell)
        with at(found.stages["moderation"] + timedelta(hours=1)), silence():
            yield found


@pytest.fixture
def inspection(telling: Told) -> Inspection:
    """The inspection of that story."""
    return telling.inspection
