"""Gathers what a report is made from, out of every room below, as plain values."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from inspect_app.core.database import db
from inspect_app.core.programme import programme, zone
from inspect_app.core.time import local_day
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Evidence, Observation, Rating
from inspect_app.fieldwork.queries_sheet import asked_of
from inspect_app.fieldwork.rules import EvidenceKind, Rater, seconds_words
from inspect_app.frameworks.answer_types import OUTSIDE_SCALE, VALUE_WORDS
from inspect_app.frameworks.queries import criteria_of
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import NAME
from inspect_app.inspections.models import Hours, Inspection, Waiver
from inspect_app.inspections.queries import accepted
from inspect_app.moderation.models import AgreedRating, MinorityStatement
from inspect_app.moderation.queries import instance_names
from inspect_app.moderation.results import agreed_results, results_of, worked_out
from inspect_app.people.models import Person
from inspect_app.reports import queries
from inspect_app.reports.material import NOBODY, AskedThing, FoundThing, Material, RatedQuestion, Saying, Seen


def name_in_print(person: Person | None) -> str:
    """Return a name for the report: their own choice of it, and only with their consent."""
    if person is None or not person.may_be_named:
        return NOBODY
    return person.public_name or person.name


def gather(inspection: Inspection, *, with_minority: bool) -> Material:
    """Return everything the report says now; statements about the report itself join when it is sent."""
    questions = {one.key: one for one in criteria_of(inspection.framework_version_id)}
    visits = {visit.id: visit for visit in inspection.visits}
    observations = {one.id: one for one in queries.team_observations(inspection)}
    ratings = _open_ratings(inspection)
    return Material(
        header=_header(inspection),
        sections={key: row.text for key, row in queries.sections_of(inspection.id).items()},
        questions=_rated(inspection, list(questions.values()), ratings),
        results=agreed_results(inspection),
        own_results=results_of(inspection, _own_values(ratings)),
        findings=[
            FoundThing(
                number=finding.number,
                kind=finding.kind,
                text=finding.text,
                seen=[
                    _seen(observations[one.observation_id], visits)
                    for one in finding.basis
                    if one.observation_id in observations
                ],
                questions=[
                    questions[one.criterion_key].statement for one in finding.basis if one.criterion_key in questions
                ],
            )
            for finding in queries.findings_of(inspection.id)
        ],
        recommendations=[
            AskedThing(
                id=str(one.id),
                number=one.number,
                service=one.service.name,
                text=one.text,
                why=one.why,
                findings=[finding.number for finding in one.findings if finding.withdrawn_at is None],
            )
            for one in queries.recommendations_of(inspection.id)
        ],
        minority=report_minority(inspection.id) if with_minority else [],
    )


def report_minority(inspection_id: uuid.UUID) -> list[dict[str, str]]:
    """Return the statements against the report as a whole, as they are printed."""
    return _statements(queries.minority_statements(inspection_id, "report"))


def _statements(rows: Iterable[MinorityStatement]) -> list[dict[str, str]]:
    return [{"by": name_in_print(db.session.get(Person, row.person_id)), "text": row.text} for row in rows]


def _header(inspection: Inspection) -> dict[str, Any]:
    row = programme()
    version = inspection.framework_version
    return {
        "title": inspection.title,
        "reference": inspection.reference,
        "language": inspection.language,
        "kind": inspection.kind.title,
        "practice": inspection.kind.practice,
        "rating": inspection.kind.rating,
        "scope": inspection.scope or "",
        "programme": {"name": row.name, "organisation": row.organisation_name} if row else {},
        "contact": {"name": row.contact_name, "phone": row.contact_phone, "email": row.contact_email} if row else {},
        "services": [{"name": one.name, "organisation": one.organisation.name} for one in inspection.services],
        "framework": {"title": version.title, "number": version.number} if version else {},
        "team": [
            {"name": name_in_print(member.person), "lead": member.is_lead, "about": _about(member.person)}
            for member in accepted(inspection)
        ],
        "visits": _visits(inspection),
        "hours": _hours(inspection.id),
        "let_go": _let_go(inspection.id),
    }


def _about(person: Person) -> str:
    return (person.about or "") if person.may_be_named else ""


def _visits(inspection: Inspection) -> list[dict[str, str]]:
    return [
        {"day": local_day(one.starts_at, zone()).isoformat(), "place": one.place, "purpose": one.purpose}
        for one in inspection.visits
        if one.held_at is not None
    ]


def _hours(inspection_id: uuid.UUID) -> dict[str, int]:
    """Return the minutes that each side gave."""
    rows = db.session.execute(
        select(Hours.side, func.sum(Hours.minutes)).where(Hours.inspection_id == inspection_id).group_by(Hours.side)
    )
    return {side: int(minutes) for side, minutes in rows}


def _let_go(inspection_id: uuid.UUID) -> list[dict[str, str]]:
    """Return what was not waited for, and why: it is shown where it matters."""
    rows = db.session.scalars(select(Waiver).where(Waiver.inspection_id == inspection_id).order_by(Waiver.decided_at))
    return [{"what": row.what, "reason": row.reason} for row in rows]


def _seen(observation: Observation, visits: Mapping[uuid.UUID, Any]) -> Seen:
    visit = visits.get(observation.visit_id) if observation.visit_id else None
    amount = ""
    if observation.amount is not None:
        amount = f"{observation.amount.normalize():f} {observation.unit or ''}".strip() + ". "
    return Seen(
        kind=observation.kind,
        text=amount + (observation.words or _spoken(observation)),
        where=visit.place if visit else "",
        day=local_day(observation.noted_at, zone()).isoformat(),
        photos=[_photo(one) for one in observation.evidence if _is_printed(one)],
        sounds=[_sound(one) for one in observation.evidence if _is_read(one, observation)],
    )


def _is_printed(evidence: Evidence) -> bool:
    return (
        evidence.seen_by == "report"
        and evidence.withdrawn_at is None
        and evidence.file.media_type in ("image/jpeg", "image/png")
    )


def _is_read(evidence: Evidence, observation: Observation) -> bool:
    """Say whether a sound stands in the report: by its words alone, and only if the note does not say them already."""
    return (
        evidence.kind == EvidenceKind.SOUND
        and evidence.seen_by == "report"
        and evidence.withdrawn_at is None
        and evidence.text not in ("", observation.text)
    )


def _sound(evidence: Evidence) -> dict[str, str]:
    return {"caption": evidence.title, "length": seconds_words(evidence.seconds), "text": evidence.text}


def _spoken(observation: Observation) -> str:
    """Say what stands for a note that was spoken and that nobody has written down."""
    sounds = [one for one in observation.evidence if one.kind == EvidenceKind.SOUND and one.withdrawn_at is None]
    length = seconds_words(sum(one.seconds or 0 for one in sounds))
    return _("A recording of %(length)s. Nobody has written it down.", length=length)


def _photo(evidence: Evidence) -> dict[str, str]:
    return {"file": str(evidence.file_id), "caption": evidence.caption}


def _rated(inspection: Inspection, questions: Sequence[Question], found: Sequence[Rating]) -> list[RatedQuestion]:
    """Return the questions that somebody rated or answered, or that come to something, in the framework's order."""
    ratings: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in found:
        ratings[rating.criterion_key].append(rating)
    come_to = {one.key: words for one, words in worked_out(inspection)}
    agreed = {row.criterion_key: row for row in queries.agreed_ratings(inspection.id)}
    statements: defaultdict[uuid.UUID, list[MinorityStatement]] = defaultdict(list)
    for row in queries.minority_statements(inspection.id, "agreed_rating"):
        statements[row.about_id].append(row)
    who = _Who({service.id: service.name for service in inspection.services}, instance_names(inspection))
    return [
        replace(
            _rated_question(one, ratings[one.key], agreed.get(one.key), statements, who),
            worked_out=come_to.get(one.key, ""),
        )
        for one in questions
        if ratings[one.key] or one.key in agreed or one.key in come_to
    ]


def _own_values(ratings: Sequence[Rating]) -> dict[str, str]:
    """Return what the service said of itself; nothing where several services said different things."""
    own: defaultdict[str, set[str]] = defaultdict(set)
    for row in ratings:
        if row.rater_kind == "service" and row.value:
            own[row.criterion_key].add(row.value)
    return {key: values.pop() for key, values in own.items() if len(values) == 1}


@dataclass(frozen=True)
class _Who:
    """What services are called, and what raters called each of several that they looked at."""

    services: Mapping[uuid.UUID, str]
    instances: Mapping[tuple[uuid.UUID, str], str]

    def said(self, row: Rating, question: Question) -> str:
        """Return what a rating says, and of which of several."""
        which, words = self.instances.get((row.rater_id, row.instance)), question.words(row.value)
        return f"{which}: {words}" if which else words

    def service(self, row: Rating) -> str:
        """Return the service that rated itself, and which of several it did."""
        name, which = (
            self.services.get(row.rater_id, _("The service")),
            self.instances.get((row.rater_id, row.instance)),
        )
        return f"{name} ({which})" if which else name


def _open_ratings(inspection: Inspection) -> Sequence[Rating]:
    """Return the sealed ratings of inspectors and services; an unsealed one is nobody's business."""
    rows = db.session.scalars(
        select(Rating)
        .where(Rating.inspection_id == inspection.id, Rating.value.is_not(None), Rating.instance.not_like(f"{NAME}%"))
        .order_by(Rating.criterion_key, Rating.saved_at)
    )
    sealed = {kind: queries.sealed_raters(inspection.id, kind) for kind in ("inspector", "service")}
    found = [row for row in rows if row.rater_id in sealed[row.rater_kind]]
    asked = asked_of(inspection, list({Rater(row.rater_kind, row.rater_id) for row in found}))
    return [row for row in found if asked is None or row.question_key in asked[Rater(row.rater_kind, row.rater_id)]]


def _rated_question(
    question: Question,
    ratings: Sequence[Rating],
    agreed: AgreedRating | None,
    statements: Mapping[uuid.UUID, Sequence[MinorityStatement]],
    who: _Who,
) -> RatedQuestion:
    points = sorted(question.points, key=lambda point: point.position)
    place = {point.key: number for number, point in enumerate(points)}
    team = [row for row in ratings if row.rater_kind == "inspector"]
    own = [row for row in ratings if row.rater_kind == "service"]
    value = agreed.value if agreed else None
    return RatedQuestion(
        key=question.key,
        theme_key=question.theme_key,
        theme_title=question.theme_title,
        statement=question.statement,
        points=[point.label for point in points],
        dots=sorted(place[row.value] for row in team if row.value in place),
        outside=[str(VALUE_WORDS[row.value]) for row in team if row.value in OUTSIDE_SCALE],
        sayings=_sayings(team, question, set(place) | OUTSIDE_SCALE, who),
        agreed=place.get(value) if value else None,
        agreed_words=question.words(value),
        reason=agreed.reason if agreed else "",
        own=[(who.service(row), place[row.value]) for row in own if row.value in place],
        own_words=[Saying(who.service(row), question.words(row.value)) for row in own],
        minority=_statements(statements.get(agreed.id, ())) if agreed else [],
    )


def _sayings(team: Sequence[Rating], question: Question, elsewhere: AbstractSet[str], who: _Who) -> list[Saying]:
    """Return the answers that are no point of a scale (a count, yes or no, a text), whole and in their own words."""
    return [Saying(NOBODY, who.said(row, question)) for row in team if row.value and row.value not in elsewhere]
