"""Tell the story: every step at its moment, in order, through the product's own operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from inspect_app.core.access import forget_standings
from inspect_app.core.database import db
from inspect_app.core.mail import silence
from inspect_app.core.time import at, now
from inspect_app.demo.cast import Cast
from inspect_app.demo.story import Facts, Step, Story
from inspect_app.demo.urgent import look_after_safeguarding
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.setup import load_everything


class Telling:
    """One inspection of the story as a list of dated steps; upper parts of the story add theirs."""

    def __init__(self, facts: Facts, cast: Cast) -> None:
        self.facts = facts
        self.cast = cast
        self.story = cast.story
        self.inspection: Inspection
        self.steps: list[Step] = []
        self.stages = {stage["stage"]: self.story.moment(stage["at"]) for stage in facts["stages"]}

    def add(self, when: str | datetime, do: Callable[[], object]) -> None:
        """Add what happens at a moment; of two at the same moment the one added first happens first."""
        moment = when if isinstance(when, datetime) and when.tzinfo else self.story.moment(when)
        self.steps.append(Step(moment, len(self.steps), do))

    def person(self, key: str) -> Person:
        """Return somebody by key."""
        return self.cast.people[key]

    @property
    def coordinator(self) -> Person:
        """Return who looks after this inspection."""
        return self.person(self.facts["coordinator"])

    def tell(self) -> None:
        """Let everything happen that lies in the past."""
        present = now()
        for step in sorted(self.steps):
            if step.at > present:
                break
            with at(step.at), silence():
                step.do()
                db.session.flush()
                forget_standings()
        db.session.commit()


def begin(story: Story) -> Cast:
    """Gather everybody, long before the first inspection."""
    cast = Cast(story)
    first = min(story.moment(one["stages"][0]["at"]) for one in story.inspections)
    with at(first - timedelta(days=30)), silence():
        list(load_everything())
        cast.gather()
        cast.train()
        look_after_safeguarding(cast)
    db.session.commit()
    return cast
