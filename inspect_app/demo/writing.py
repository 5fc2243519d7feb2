"""The story's third part: agree, write, let the service check the facts, publish."""

from __future__ import annotations

import uuid
from datetime import timedelta

from inspect_app.core.database import db
from inspect_app.core.revisions import Origin
from inspect_app.core.words import mark
from inspect_app.demo.story import Facts, key
from inspect_app.demo.telling import Telling
from inspect_app.frameworks.rules import Question
from inspect_app.moderation import operations as moderation
from inspect_app.moderation import queries as agreements
from inspect_app.people.models import Person
from inspect_app.reports import (
    content,
    operations_checking,
    operations_drafts,
    operations_editions,
    operations_writing,
)
from inspect_app.reports import queries as reports
from inspect_app.reports.models import AccuracyPoint
from inspect_app.reports.rules import FindingKind


def add_steps(telling: Telling) -> None:
    """Add agreeing, writing, confirming, checking and publishing, as far as the story goes."""
    if telling.facts["agreed"]:
        _agree(telling)
    if telling.facts["report"]:
        _write(telling)
        _confirm(telling)
        _publish(telling)
    if telling.facts["accuracy"]:
        _check(telling)


def _lead(telling: Telling) -> str:
    """Return who writes for the team: its lead, or its first member."""
    team = telling.facts["team"]
    return str(next((one["person"] for one in team if one["lead"]), team[0]["person"]))


def _agree(telling: Telling) -> None:
    agreed = telling.facts["agreed"]
    begins = telling.story.moment(agreed["held_at"])
    present = [telling.person(one).id for one in agreed["present"]]
    for place, (criterion, said) in enumerate(agreed["values"].items()):
        telling.add(
            begins + timedelta(minutes=5 * place + 5),
            lambda criterion=criterion, said=said: moderation.agree_rating(  # type: ignore[misc]
                telling.inspection,
                _question(telling, criterion),
                said["value"],
                said["why"],
                actor=telling.person(_lead(telling)),
                present=present,
            ),
        )
    for one in telling.facts["minority_statements"]:
        telling.add(
            max(telling.story.moment(one["at"]), begins + timedelta(hours=3)),
            lambda one=one: moderation.state_minority(  # type: ignore[misc]
                telling.inspection,
                "agreed_rating",
                agreements.agreed(telling.inspection.id)[one["criterion"]].id,
                one["text"],
                actor=telling.person(one["by"]),
            ),
        )


def _question(telling: Telling, criterion: str) -> Question:
    return next(one for one in agreements.questions(telling.inspection) if one.key == criterion)


def _thing(telling: Telling, kind: str, name: str) -> uuid.UUID:
    return key(telling.facts["reference"], kind, name)


def _write(telling: Telling) -> None:
    facts, lead = telling.facts, telling.person(_lead(telling))
    begins = telling.stages["writing"] + timedelta(hours=2)
    for place, section in enumerate(facts["report"]["sections"]):
        telling.add(
            begins + timedelta(minutes=20 * place),
            lambda one=section: operations_writing.save_section(  # type: ignore[misc]
                telling.inspection, one["key"].replace("-", "_"), one["text"], Origin(author=lead.id), lead
            ),
        )
    for place, finding in enumerate(facts["findings"]):
        telling.add(
            begins + timedelta(hours=3, minutes=10 * place),
            lambda one=finding: operations_writing.add_finding(  # type: ignore[misc]
                telling.inspection,
                FindingKind(one["kind"]),
                one["text"],
                [_thing(telling, "observation", name) for name in one["observations"]],
                [one["criterion"]],
                lead,
                id=_thing(telling, "finding", one["id"]),
            ),
        )
    for place, asked in enumerate(facts["recommendations"]):
        telling.add(
            begins + timedelta(hours=20, minutes=10 * place),
            lambda one=asked: operations_writing.add_recommendation(  # type: ignore[misc]
                telling.inspection,
                telling.cast.services[one["service"]].id,
                one["text"],
                one["why"],
                [_thing(telling, "finding", name) for name in one["findings"]],
                lead,
                id=_thing(telling, "recommendation", one["id"]),
            ),
        )


def _confirm(telling: Telling) -> None:
    confirmed = telling.facts["report"]["confirmed"]
    first = min(telling.story.moment(one["at"]) for one in confirmed)
    telling.add(
        first - timedelta(hours=1),
        lambda: operations_drafts.make_draft(telling.inspection, telling.coordinator),
    )
    for one in confirmed:
        who = telling.person(one["person"])
        telling.add(one["at"], lambda who=who: _confirm_latest(telling, who))  # type: ignore[misc]


def _confirm_latest(telling: Telling, who: Person) -> None:
    draft = reports.latest_draft(telling.inspection.id)
    assert draft is not None  # noqa: S101  # the step before made it
    operations_drafts.confirm_draft(telling.inspection, draft, who)


def _check(telling: Telling) -> None:
    accuracy = telling.facts["accuracy"]
    for point in accuracy["points"]:
        telling.add(point["raised_at"], lambda one=point: _raise(telling, one))  # type: ignore[misc]
        telling.add(point["decided_at"], lambda one=point: _decide(telling, one))  # type: ignore[misc]
    telling.add(
        accuracy["closed"]["at"],
        lambda: operations_checking.close_check(telling.inspection, telling.person(accuracy["closed"]["by"])),
    )
    settled = telling.story.moment(accuracy["settled"]["at"])
    for point in accuracy["points"]:
        if point["new_wording"]:
            telling.add(settled + timedelta(hours=2), lambda one=point: _reword(telling, one))  # type: ignore[misc]


def _raise(telling: Telling, point: Facts) -> None:
    draft = reports.sent_draft(telling.inspection.id)
    assert draft is not None  # noqa: S101  # the stage before sent it
    number = next(
        number for number, text in content.paragraphs(draft.content).items() if _flat(point["quote"]) in _flat(text)
    )
    operations_checking.raise_point(
        telling.inspection,
        number,
        point["quote"],
        point["challenge"],
        telling.person(point["raised_by"]),
        id=_thing(telling, "point", point["id"]),
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _point(telling: Telling, point: Facts) -> AccuracyPoint:
    found = db.session.get(AccuracyPoint, _thing(telling, "point", point["id"]))
    assert found is not None  # noqa: S101  # the step before raised it
    return found


def _decide(telling: Telling, point: Facts) -> None:
    operations_checking.decide_point(
        telling.inspection,
        _point(telling, point),
        point["decision"],
        point["reason"],
        telling.person(point["decided_by"]),
    )


def _reword(telling: Telling, point: Facts) -> None:
    operations_checking.reword(
        telling.inspection, _point(telling, point), point["new_wording"], telling.person(_lead(telling))
    )


def _publish(telling: Telling) -> None:
    published = telling.facts["report"]["published"]
    if published and published["by"] == "system":
        telling.add(
            published["at"],
            lambda: operations_editions.publish(telling.inspection, None, mark("The time to answer is over.")),
        )
