"""Every page of the round, each as somebody whose page it is, over the demonstration.

Pages of a stage in which no inspection of the demonstration stands are shown by putting one of them there: on a copy
of the data only, since that leaves the stages' gates out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text

from inspect_app import create_app
from inspect_app.concerns.models import Concern, Hazard
from inspect_app.core.database import db, safe_sqlite
from inspect_app.fieldwork.models import Evidence, Observation
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import by_reference
from inspect_app.people.models import Person
from inspect_app.reports.models import AccuracyPoint, Finding, Recommendation, ReportDraft


@dataclass(frozen=True)
class Page:
    """One page: whose it is (None: anybody's), what it is called, where it lies, and with which inspection where."""

    role: str
    person: str | None
    name: str
    path: str
    stage: tuple[str, str] | None = None


ANYBODY = [
    ("sign-in", "/sign-in"),
    ("sign-in-link", "/sign-in/link"),
    ("sign-in-card", "/sign-in/card"),
    ("link-is-sent", "/sign-in/look-in-your-mail"),
    ("new-password", "/new-password"),
    ("public", "/public"),
    ("public-inspection", "/public/DEMO-1"),
    ("public-charter", "/public/charter"),
    ("not-there", "/public/DEMO-4"),
]
COORDINATOR = [
    ("overview", "/"),
    ("overview-empty", "/?words=nothing-is-called-so"),
    ("new-inspection", "/inspections/new"),
    ("safeguarding-people", "/safeguarding/people"),
    ("hub-planning", "/inspections/DEMO-4"),
    ("details", "/inspections/DEMO-4/details"),
    ("services-of", "/inspections/DEMO-4/services"),
    ("questions-of", "/inspections/DEMO-4/plan/questions"),
    ("charter-of", "/inspections/DEMO-4/plan-charter"),
    ("team", "/inspections/DEMO-4/team"),
    ("ask", "/inspections/DEMO-4/team/ask"),
    ("visits-empty", "/inspections/DEMO-4/visits"),
    ("new-visit", "/inspections/DEMO-4/visits/new"),
    ("hub-fieldwork", "/inspections/DEMO-2"),
    ("team-fieldwork", "/inspections/DEMO-2/team"),
    ("cards", "/inspections/DEMO-2/cards"),
    ("supporters", "/inspections/DEMO-2/supporters"),
    ("release", "/inspections/DEMO-2/team/{member}/release"),
    ("replace", "/inspections/DEMO-2/team/{member}/replace"),
    ("visits", "/inspections/DEMO-2/visits"),
    ("visit", "/inspections/DEMO-2/visits/{visit}"),
    ("change-visit", "/inspections/DEMO-2/visits/{visit}/change"),
    ("cancel-visit", "/inspections/DEMO-2/visits/{visit}/cancel"),
    ("papers", "/inspections/DEMO-2/documents"),
    ("hours", "/inspections/DEMO-2/hours"),
    ("charter", "/inspections/DEMO-2/charter"),
    ("how-far", "/inspections/DEMO-2/fieldwork"),
    ("type-in", "/inspections/DEMO-2/type-in"),
    ("type-in-questions", "/inspections/DEMO-2/type-in/{typed}"),
    ("type-in-question", "/inspections/DEMO-2/type-in/{typed}/questions/{look_see}"),
    ("hold", "/inspections/DEMO-2/hold"),
    ("cancel", "/inspections/DEMO-2/cancel"),
    ("hub-answering", "/inspections/DEMO-3"),
    ("hub-closed", "/inspections/DEMO-1"),
    ("became-of-it", "/inspections/DEMO-1/improvement"),
    ("report", "/inspections/DEMO-1/report"),
    ("edition", "/inspections/DEMO-1/report/editions/1"),
    ("correct", "/inspections/DEMO-1/report/correct"),
    ("people", "/people"),
    ("person", "/people/{person}"),
    ("change-person", "/people/{person}/change"),
    ("new-person", "/people/new"),
    ("services", "/services"),
    ("service", "/services/{service}"),
    ("frameworks", "/frameworks"),
    ("framework", "/frameworks/{framework}"),
    ("publish-framework", "/frameworks/new"),
    ("insight", "/insight"),
    ("me", "/me"),
    ("telephone", "/me/telephone"),
    ("password", "/me/password"),
    ("sign-out", "/sign-out"),
]
INSPECTOR_NOW = [
    ("mine", "/"),
    ("hub", "/inspections/DEMO-2"),
    ("questions", "/inspections/DEMO-2/questions"),
    ("question", "/inspections/DEMO-2/questions/{look_see}"),
    ("notes", "/inspections/DEMO-2/observations"),
    ("new-note", "/inspections/DEMO-2/observations/new"),
    ("note", "/inspections/DEMO-2/observations/{note}"),
    ("new-photo", "/inspections/DEMO-2/photos/new"),
    ("photo", "/inspections/DEMO-2/photos/{photo}"),
    ("visit", "/inspections/DEMO-2/visits/{visit}"),
    ("seal", "/inspections/DEMO-2/seal"),
    ("tie", "/inspections/DEMO-2/tie"),
    ("my-supporter", "/inspections/DEMO-2/my-supporter"),
    ("something-wrong", "/inspections/DEMO-2/something-wrong"),
    ("tell-concern", "/inspections/DEMO-2/somebody-may-be-harmed"),
    ("tell-danger", "/inspections/DEMO-2/something-is-dangerous"),
    ("what-i-told", "/inspections/DEMO-2/what-i-told"),
    ("dangers", "/inspections/DEMO-2/dangers"),
    ("danger", "/inspections/DEMO-2/dangers/{hazard}"),
    ("refused", "/inspections/DEMO-2/fieldwork"),
    ("name-in-public", "/me/name-in-public"),
]
INVITED = [
    ("mine", "/"),
    ("hub", "/inspections/DEMO-4"),
    ("invitation", "/inspections/DEMO-4/invitation"),
    ("invitation-tie", "/inspections/DEMO-4/invitation/tie"),
]
INSPECTOR_THEN = [
    ("mine", "/"),
    ("hub-closed", "/inspections/DEMO-1"),
    ("wall", "/inspections/DEMO-1/agreeing"),
    ("agreed", "/inspections/DEMO-1/agreeing/{full}"),
    ("report", "/inspections/DEMO-1/report"),
    ("draft", "/inspections/DEMO-1/report/drafts/1"),
    ("points", "/inspections/DEMO-1/report/points"),
    ("became", "/my/became"),
    ("became-of-it", "/inspections/DEMO-1/improvement"),
]
SERVICE = [
    ("mine", "/"),
    ("owed", "/service/{late_service}"),
    ("hub", "/inspections/DEMO-3"),
    ("answers", "/inspections/DEMO-3/answers"),
    ("answer", "/inspections/DEMO-3/answers/{asked}"),
    ("send", "/inspections/DEMO-3/answers/send"),
    ("more-time", "/inspections/DEMO-3/more-time"),
    ("meeting", "/inspections/DEMO-3/meeting"),
    ("papers", "/inspections/DEMO-3/documents"),
    ("points", "/inspections/DEMO-3/report/points"),
]
SELF_RATING = [
    ("self-rating", "/inspections/DEMO-2/self-rating/{told_service}"),
    ("self-question", "/inspections/DEMO-2/self-rating/{told_service}/questions/{look_see}"),
    ("self-seal", "/inspections/DEMO-2/self-rating/{told_service}/seal"),
]
MODERATION = [
    ("wall", "/inspections/DEMO-1/agreeing"),
    ("agree", "/inspections/DEMO-1/agreeing/{full}"),
]
WRITING = [
    ("report", "/inspections/DEMO-1/report"),
    ("section", "/inspections/DEMO-1/report/sections/summary"),
    ("new-finding", "/inspections/DEMO-1/report/findings/new"),
    ("finding", "/inspections/DEMO-1/report/findings/{finding}"),
    ("new-recommendation", "/inspections/DEMO-1/report/recommendations/new"),
    ("recommendation", "/inspections/DEMO-1/report/recommendations/{done}"),
    ("confirm", "/inspections/DEMO-1/report/confirm"),
]
CHECKING = [
    ("points", "/inspections/DEMO-1/report/points"),
    ("new-point", "/inspections/DEMO-1/report/points/new"),
]
DECIDING = [
    ("mine", "/"),
    ("points", "/inspections/DEMO-1/report/points"),
    ("decide", "/inspections/DEMO-1/report/points/{point}/decide"),
]
IMPROVING = [
    ("plan", "/inspections/DEMO-1/plan"),
    ("new-action", "/inspections/DEMO-1/plan/{done}/new"),
    ("update", "/inspections/DEMO-1/improvement/{done}/update"),
]
JUDGING = [
    ("became-of-it", "/inspections/DEMO-1/improvement"),
    ("verdict", "/inspections/DEMO-1/improvement/{done}/verdict"),
]

Group = tuple[str, str | None, tuple[str, str] | None, list[tuple[str, str]]]
SAFEGUARDING = [("mine", "/"), ("concerns", "/safeguarding"), ("concern", "/safeguarding/{concern}")]

GROUPS: list[Group] = [
    ("anybody", None, None, ANYBODY),
    ("coordinator", "Helen Drummond", None, COORDINATOR),
    ("inspector", "Isla Munro", None, INSPECTOR_NOW),
    ("invited", "Bilal Hussain", None, INVITED),
    ("inspector-then", "Ana Ferreira", None, INSPECTOR_THEN),
    ("service", "Ruth Abernethy", None, SERVICE),
    ("self-rating", "Leanne Coyle", ("DEMO-2", "preparing"), SELF_RATING),
    ("moderation", "Ana Ferreira", ("DEMO-1", "moderation"), MODERATION),
    ("writing", "Ana Ferreira", ("DEMO-1", "writing"), WRITING),
    ("checking", "Stuart Galbraith", ("DEMO-1", "checking"), CHECKING),
    ("reviewer", "Olive Thomson", ("DEMO-1", "checking"), DECIDING),
    ("improving", "Stuart Galbraith", ("DEMO-1", "improving"), IMPROVING),
    ("verdict", "Ana Ferreira", ("DEMO-1", "improving"), JUDGING),
    ("observer", "Robert Haig", None, [("mine", "/"), ("hub", "/inspections/DEMO-1"), ("insight", "/insight")]),
    ("supporter", "Joanne Lister", None, [("mine", "/"), ("type-in", "/inspections/DEMO-3/type-in")]),
    ("safeguarding", "Nadia Rahman", None, SAFEGUARDING),
]


def pages(folder: Path) -> list[Page]:
    """Return every page of the round for the demonstration in ``folder``, in the order in which to look at them."""
    with create_app({"VAR": folder, "SQLALCHEMY_DATABASE_URI": database(folder)}).app_context():
        names = identifiers()
    return [
        Page(role, person, name, path.format(**names), stage)
        for role, person, stage, listed in GROUPS
        for name, path in listed
    ]


def database(folder: Path) -> str:
    """Return the address of the database in a data folder."""
    return f"sqlite:///{folder / 'inspect.db'}"


def identifiers() -> dict[str, Any]:
    """Return name → what stands for it in the addresses."""
    one, two, three = (by_reference(f"DEMO-{number}") for number in (1, 2, 3))
    people = {person.name: person for person in db.session.scalars(select(Person))}
    isla = people["Isla Munro"]
    return {
        "member": two.members[0].id,
        "visit": two.visits[-1].id,
        "typed": isla.id,
        "person": people["Ana Ferreira"].id,
        "look_see": _question(two),
        "full": _question(one),
        "note": _first(Observation.id, Observation.author_id == isla.id),
        "photo": _first(Evidence.id, Evidence.inspection_id == two.id),
        "service": one.services[0].slug,
        "told_service": two.services[0].id,
        "late_service": three.services[0].slug,
        "framework": one.framework_version_id,
        "asked": _first(Recommendation.id, Recommendation.inspection_id == three.id, Recommendation.number == 2),
        "done": _first(Recommendation.id, Recommendation.inspection_id == one.id, Recommendation.number == 1),
        "hazard": _first(Hazard.id, Hazard.inspection_id == two.id),
        "concern": _first(Concern.id),
        "finding": _first(Finding.id, Finding.inspection_id == one.id),
        "point": _first(
            AccuracyPoint.id,
            AccuracyPoint.draft_id.in_(select(ReportDraft.id).where(ReportDraft.inspection_id == one.id)),
        ),
    }


def _first(column: Any, *conditions: Any) -> Any:
    return db.session.scalar(select(column).where(*conditions).limit(1))


def _question(inspection: Inspection) -> str:
    if inspection.framework_version_id is None:
        raise ValueError(f"{inspection.reference} has no questions")
    return criteria_of(inspection.framework_version_id)[0].key


def in_their_stages(folder: Path, found: list[Page]) -> Iterator[Page]:
    """Yield each page while its inspection stands in the page's stage, in the database of ``folder``."""
    engine = create_engine(database(folder), module=safe_sqlite())
    move = text("UPDATE inspection SET stage = :stage WHERE reference = :reference")
    for page in found:
        before = None
        if page.stage:
            reference, stage = page.stage
            with engine.begin() as connection:
                look = text("SELECT stage FROM inspection WHERE reference = :reference")
                before = connection.execute(look, {"reference": reference}).scalar_one()
                connection.execute(move, {"stage": stage, "reference": reference})
        yield page
        if page.stage and before:
            with engine.begin() as connection:
                connection.execute(move, {"stage": before, "reference": page.stage[0]})
    engine.dispose()
