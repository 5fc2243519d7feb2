"""The story's first part: plan an inspection, find its team, get ready, move on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day
from inspect_app.demo.story import Facts, key
from inspect_app.demo.telling import Telling
from inspect_app.frameworks.models import Framework, FrameworkVersion
from inspect_app.inspections import queries
from inspect_app.inspections.models import Kind
from inspect_app.inspections.operations import (
    documents,
    hours,
    joining,
    planning,
    stages,
    supporters,
    team,
    visits,
    waiting,
)
from inspect_app.people import operations_cards, queries_cards


def add_steps(telling: Telling) -> None:
    """Add planning, team, papers, visits with their hours, reminders, and each move to the next stage."""
    facts = telling.facts
    begun = telling.stages["planning"]
    telling.add(begun, lambda: _create(telling))
    for visit in facts["visits"]:
        telling.add(begun + timedelta(hours=1), lambda visit=visit: _plan_visit(telling, visit))  # type: ignore[misc]
    _add_team(telling)
    _add_cards(telling)
    _add_wishes(telling)
    _add_service(telling)
    for visit in facts["visits"]:
        if visit["held"]:
            _add_hours(telling, visit)
    for stage in facts["stages"][1:]:
        actor = telling.person(stage["by"])
        telling.add(stage["at"], lambda actor=actor: stages.move_on(telling.inspection, actor))  # type: ignore[misc]
    for reminder in facts["reminders"]:
        telling.add(
            reminder["at"],
            lambda one=reminder: waiting.remind(  # type: ignore[misc]
                telling.inspection, telling.person(one["to"]), "answers", telling.person(one["by"])
            ),
        )


def _create(telling: Telling) -> None:
    facts = telling.facts
    version = db.session.scalars(
        select(FrameworkVersion)
        .join(Framework)
        .where(
            Framework.key == facts["framework"]["key"],
            FrameworkVersion.number == facts["framework"]["version"],
        )
    ).one()
    telling.inspection = planning.create_inspection(
        id=key(facts["reference"]),
        title=facts["title"],
        kind=db.session.scalars(select(Kind).where(Kind.key == facts["kind"])).one(),
        actor=telling.coordinator,
        contact=telling.coordinator,
        services=[telling.cast.services[one] for one in facts["services"]],
        framework_version=version,
        charter=queries.newest_charter(facts["charter"]) if facts["charter"] else None,
        scope=facts["scope"],
        reference=facts["reference"],
    )


def _plan_visit(telling: Telling, visit: Facts) -> None:
    visits.plan_visit(
        telling.inspection,
        id=key(telling.facts["reference"], visit["id"]),
        purpose=visit["purpose"],
        starts_at=telling.story.moment(visit["starts"]),
        ends_at=telling.story.moment(visit["ends"]),
        actor=telling.coordinator,
        site=telling.cast.sites[visit["site"]],
        ask_for=telling.person(visit["ask_for"]).name,
    )


def _asked_at(telling: Telling, words: str) -> datetime:
    """Return when somebody was asked: those asked on the day the planning ended were chosen before it did."""
    asked = telling.story.moment(words)
    preparing = telling.stages.get("preparing")
    if preparing and asked - preparing < timedelta(days=1):
        return min(asked, preparing - timedelta(hours=2))
    return asked


def _add_team(telling: Telling) -> None:
    facts = telling.facts
    for one in facts["team"]:
        _ask(telling, one["person"], "inspector", one["asked_at"], lead=one["lead"])
        if one["accepted_at"]:
            _join(telling, one["person"], one["accepted_at"], one["charter_agreed_at"])
    first_asked = facts["team"][0]["asked_at"]
    for one in facts["supporters"]:
        _ask(telling, one["person"], "supporter", first_asked, supports=one["helps"])
        helped = next(member for member in facts["team"] if member["person"] == one["helps"])
        _join(telling, one["person"], helped["accepted_at"], helped["charter_agreed_at"])
    if facts["reviewer"]:
        _ask(telling, facts["reviewer"], "reviewer", first_asked)
        accepted = max(one["accepted_at"] for one in facts["team"] if one["accepted_at"])
        telling.add(
            accepted,
            lambda: joining.answer_invitation(telling.inspection, "accept", telling.person(facts["reviewer"])),
        )
    for one in facts["not_on_team"]:
        _ask(telling, one["person"], "inspector", one["asked_at"])
        telling.add(
            one["declared_at"],
            lambda one=one: joining.answer_invitation(  # type: ignore[misc]
                telling.inspection,
                "accept",
                telling.person(one["person"]),
                conflict=one["conflict"]["category"],
                reason=one["conflict"]["text"],
            ),
        )


def _ask(
    telling: Telling,
    person: str,
    role: str,
    asked_at: str,
    *,
    lead: bool = False,
    supports: str | None = None,
) -> None:
    telling.add(
        _asked_at(telling, asked_at),
        lambda: team.invite_member(
            telling.inspection,
            telling.person(person),
            role,
            telling.coordinator,
            is_lead=lead,
            supports=telling.person(supports) if supports else None,
        ),
    )


def _join(telling: Telling, person: str, accepted_at: str, agreed_at: str) -> None:
    who = telling.person(person)
    telling.add(accepted_at, lambda: joining.answer_invitation(telling.inspection, "accept", who))
    telling.add(agreed_at, lambda: joining.agree_to_charter(telling.inspection, who))


def _add_cards(telling: Telling) -> None:
    for one in telling.facts.get("cards", ()):
        card_id = key(telling.facts["reference"], "card", one["person"])
        telling.add(
            one["made_at"],
            lambda one=one, card_id=card_id: operations_cards.make_card(  # type: ignore[misc]
                telling.person(one["person"]),
                telling.inspection.id,
                [local_day(visit.ends_at, zone()) for visit in telling.inspection.visits],
                telling.person(one["by"]),
                id=card_id,
                words=one["words"],
            ),
        )
        telling.add(
            one["used_at"],
            lambda one=one, card_id=card_id: operations_cards.choose_pin(  # type: ignore[misc]
                queries_cards.card_of(telling.inspection.id, card_id), one["pin"]
            ),
        )


def _add_wishes(telling: Telling) -> None:
    for one in telling.facts.get("wishes", ()):
        telling.add(
            one["asked_at"],
            lambda one=one: supporters.name_supporter(  # type: ignore[misc]
                telling.inspection,
                telling.person(one["person"]),
                id=key(telling.facts["reference"], "wish", one["person"]),
                name=one["name"],
                tie=one["tie"],
                reach=one["reach"],
            ),
        )


def _add_service(telling: Telling) -> None:
    service = telling.cast.services[telling.facts["services"][0]]
    for one in telling.facts["service_people"]:
        if one["part"] == "lead":
            telling.add(
                one["charter_agreed_at"],
                lambda one=one: joining.agree_to_charter(  # type: ignore[misc]
                    telling.inspection, telling.person(one["person"]), service.id
                ),
            )
    for paper in telling.facts["documents"]:
        telling.add(
            paper["added_at"],
            lambda paper=paper: documents.add_document(  # type: ignore[misc]
                telling.inspection,
                id=key(telling.facts["reference"], "document", paper["id"]),
                title=paper["title"],
                data=f"{paper['title']}\n\n{paper['says']}\n".encode(),
                name=f"{paper['title']}.txt".replace("/", "-"),
                actor=telling.person(paper["added_by"]),
            ),
        )


def _add_hours(telling: Telling, visit: Facts) -> None:
    ended = telling.story.moment(visit["ends"])
    lead = next((one["person"] for one in telling.facts["service_people"] if one["part"] == "lead"), None)
    given: list[tuple[str | None, float, str | None]] = [(who, hour, None) for who, hour in visit["hours"].items()]
    given.append((lead, visit["service_hours"], "service"))
    given.append((telling.facts["coordinator"], visit["officer_hours"], "officer"))
    for place, (person, hour, side) in enumerate(one for one in given if one[0] and one[1]):
        telling.add(
            ended + timedelta(minutes=30 + place),
            lambda person=person, hour=hour, side=side: hours.record_hours(  # type: ignore[misc]
                telling.inspection,
                id=key(telling.facts["reference"], visit["id"], "hours", str(person), str(side)),
                minutes=round(hour * 60),
                actor=telling.coordinator,
                person=telling.person(str(person)),
                visit=queries.visit_of(telling.inspection, key(telling.facts["reference"], visit["id"])),
                side=side,
            ),
        )
