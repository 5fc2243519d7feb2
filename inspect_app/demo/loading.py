"""Load the whole demonstration."""

from __future__ import annotations

from collections.abc import Iterator

from inspect_app.core.jobs import work_until_empty
from inspect_app.core.time import local_day, now
from inspect_app.demo import field, loop, planning, writing
from inspect_app.demo.story import Story
from inspect_app.demo.telling import Telling, begin

PARTS = (planning.add_steps, field.add_steps, writing.add_steps, loop.add_steps)


def load() -> Iterator[str]:
    """Load the demonstration into an empty database; yield a sentence for each thing that is there now."""
    story = Story(local_day(now(), "Europe/London"))
    cast = begin(story)
    yield f"{len(cast.people)} people, {len(cast.services)} services."
    for facts in story.inspections:
        telling = Telling(facts, cast)
        for add_steps in PARTS:
            add_steps(telling)
        telling.tell()
        yield f"{facts['reference']}: {facts['title']} ({telling.inspection.stage})."
    work_until_empty()
    yield "The reports are printed."
