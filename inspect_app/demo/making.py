"""Questions that are made together in the story: from the library to a round that is still going."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from inspect_app.core.access import forget_standings
from inspect_app.core.database import db
from inspect_app.core.mail import silence
from inspect_app.core.time import at, now
from inspect_app.demo.cast import Cast
from inspect_app.demo.story import Step, key
from inspect_app.frameworks import shelf
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.making import operations, operations_voices, queries
from inspect_app.making.models import Gathering
from inspect_app.making.rules import Outcome, Side
from inspect_app.people.models import Person


def make_together(cast: Cast) -> Gathering:
    """Let everything happen that lies in the past; return what belongs to making the questions together."""
    facts, people = cast.story.making, cast.people
    plain = replace(shelf.starting_point(facts["from"]), title=facts["title"])
    actor, moment = people[facts["by"]], cast.story.moment
    with at(moment(facts["at"])), silence():
        draft = begin_draft(plain, actor, id=key("making", "draft"))
        gathering = operations.begin(draft.id, facts["question"], actor=actor)
        for one in facts["voices"]:
            operations.ask(gathering, people[one["person"]], Side(one["side"]), actor=actor)
    steps: list[Step] = []

    def add(when: str | datetime, do: Callable[..., object], *words: object, **more: object) -> None:
        steps.append(Step(moment(when), len(steps), lambda: do(gathering, *words, **more)))

    places = {}
    for number, one in enumerate(facts["said"]):
        saying = key("making", "saying", str(number))
        places[saying] = one["place"]
        add(one["at"], operations_voices.say, one["text"], person=people[one["by"]], id=saying)
    add(facts["grouped"], operations.group, places, plain, actor=actor)
    add(facts["sent"], operations.send_round, plain, actor=actor)
    for one in facts["weighed"]:
        add(one["at"], operations_voices.weigh, one["weights"], one["comments"], plain, person=people[one["by"]])
    for one in facts["answered"]:
        add(one["at"], _answer, one["about"], people[one["to"]].id, one["outcome"], one["words"], actor=actor)
    for step in sorted(one for one in steps if one.at <= now()):
        with at(step.at), silence():
            step.do()
            db.session.flush()
            forget_standings()
    return gathering


def _answer(
    gathering: Gathering, criterion: str, author: uuid.UUID, outcome: str, words: str, *, actor: Person
) -> None:
    found = next(
        one for one in queries.comments_of(gathering) if (one.criterion_key, one.voice.person_id) == (criterion, author)
    )
    operations.answer(gathering, found.id, Outcome(outcome), words, actor=actor)
