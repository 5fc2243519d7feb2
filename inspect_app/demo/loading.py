"""Load the whole demonstration."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.time import local_day, now
from inspect_app.demo import field, loop, planning, urgent, writing
from inspect_app.demo.making import make_together
from inspect_app.demo.story import Story
from inspect_app.demo.telling import Telling, begin
from inspect_app.reports.models import Edition
from inspect_app.reports.paper import make_edition_file

PARTS = (planning.add_steps, field.add_steps, urgent.add_steps, writing.add_steps, loop.add_steps)


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
    gathering = make_together(cast)
    yield f"Questions made together: {gathering.draft.title} ({gathering.step})."
    for edition in db.session.scalars(select(Edition)):
        make_edition_file(edition)  # what everybody reads is ready at once; the worker prints the drafts
    db.session.commit()
    yield "The published reports are printed."
