"""A team that has sealed its ratings and meets to agree: the story of the peer review, told until then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from inspect_app.core.time import at
from inspect_app.demo import field, planning
from inspect_app.demo.story import Story
from inspect_app.demo.telling import Telling, begin
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.post import silence


def tell(until: str) -> Telling:
    """Tell the peer review's story until a stage has begun."""
    story = Story(date(2026, 11, 22))
    with at(story.moment("2026-11-22T12:00")):
        cast = begin(story)
        telling = Telling(next(one for one in story.inspections if one["reference"] == "DEMO-3"), cast)
        planning.add_steps(telling)
        field.add_steps(telling)
    moment = telling.stages[until] + timedelta(hours=1)
    with at(moment):
        telling.tell()
    return telling


@pytest.fixture
def telling(app: Flask) -> Iterator[Telling]:
    """The peer review, an hour into its agreeing."""
    with app.test_request_context():
        found = tell("moderation")
        with at(found.stages["moderation"] + timedelta(hours=1)), silence():
            yield found


@pytest.fixture
def inspection(telling: Telling) -> Inspection:
    """The inspection of that story."""
    return telling.inspection
