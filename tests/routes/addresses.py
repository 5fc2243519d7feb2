"""Every address of the product, filled with what is really there."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from inspect_app.charter.models import Extension
from inspect_app.concerns.models import Concern, Hazard
from inspect_app.core import access
from inspect_app.core.database import db
from inspect_app.fieldwork.models import Evidence, KeptWords, Observation, SheetPhoto
from inspect_app.frameworks.models import FrameworkDraft, FrameworkVersion, PaperForm
from inspect_app.frameworks.queries import criteria_of
from inspect_app.improvement.models import Action, Proof, Update
from inspect_app.inspections.models import Inspection, SupporterWish
from inspect_app.making.models import Gathering, QuestionComment, Saying, Voice
from inspect_app.moderation.models import MinorityStatement
from inspect_app.people.models import Grant, Person, SignInCard
from inspect_app.reports.models import AccuracyPoint, Edition, Finding, Recommendation, ReportDraft
from inspect_app.services.models import Site

MISSING = uuid.UUID(int=7)
"""Stands where an inspection has nothing of that kind: the page must say so, to those who may ask."""


@dataclass(frozen=True)
class Walk:
    """On which inspection who walks: what they made themselves is what they open."""

    inspection: Inspection
    person: Person | None


def _first(column: Any, *conditions: Any) -> Any:
    return db.session.scalar(select(column).where(*conditions).limit(1)) or MISSING


def _own(table: Any, walk: Walk, *more: Any) -> Any:
    """Return the walker's own one where they made one, else anybody's."""
    here = (table.inspection_id == walk.inspection.id, *more)
    own = _first(table.id, *here, table.author_id == walk.person.id) if walk.person else MISSING
    return own if own != MISSING else _first(table.id, *here)


def _question(walk: Walk) -> str:
    version = walk.inspection.framework_version_id
    questions = criteria_of(version) if version else ()
    return questions[0].key if questions else "no-question"


def _recommendation(walk: Walk) -> Any:
    return _first(Recommendation.id, Recommendation.inspection_id == walk.inspection.id)


def _action(walk: Walk) -> Any:
    of_this = Recommendation.inspection_id == walk.inspection.id
    return _first(Action.id, Action.recommendation_id.in_(select(Recommendation.id).where(of_this)))


def _proof(walk: Walk) -> Any:
    of_this = Recommendation.inspection_id == walk.inspection.id
    updates = select(Update.id).join(Recommendation, Recommendation.id == Update.recommendation_id).where(of_this)
    return _first(Proof.id, Proof.update_id.in_(updates))


def _point(walk: Walk) -> Any:
    drafts = select(ReportDraft.id).where(ReportDraft.inspection_id == walk.inspection.id)
    return _first(AccuracyPoint.id, AccuracyPoint.draft_id.in_(drafts))


def _helped(walk: Walk) -> Any:
    """Return somebody for whom others may type: whom a supporter helps, else the first inspector."""
    members = [one for one in walk.inspection.members if one.state == "accepted"]
    helped = [one.supports_id for one in members if one.supports_id]
    return next(iter([*helped, *(one.person_id for one in members if one.role == "inspector")]), MISSING)


def _number(table: Any, walk: Walk) -> int:
    of_this = table.inspection_id == walk.inspection.id
    return int(db.session.scalar(select(table.number).where(of_this).limit(1)) or 1)


def _draft() -> Any:
    """Return the draft that the walkers' questions belong to; the demonstration has one of its own."""
    return _first(FrameworkDraft.id, FrameworkDraft.title == "A draft")


def _together(column: Any) -> Any:
    return column.in_(select(Gathering.id).where(Gathering.draft_id == _draft()))


def _of(items: list[Any]) -> Any:
    return items[0].id if items else MISSING


FILL: dict[str, Callable[[Walk], Any]] = {
    "reference": lambda walk: walk.inspection.reference,
    "published": lambda walk: walk.inspection.reference,
    "visits/visit_id": lambda walk: _of(walk.inspection.visits),
    "documents/document_id": lambda walk: _of(walk.inspection.documents),
    "team/member_id": lambda walk: _of(walk.inspection.members),
    "cards/card_id": lambda walk: _first(SignInCard.id, SignInCard.inspection_id == walk.inspection.id),
    "supporters/wish_id": lambda walk: _first(SupporterWish.id, SupporterWish.inspection_id == walk.inspection.id),
    "agreeing/criterion_key": _question,
    "questions/key": _question,
    "observations/note_id": lambda walk: _own(Observation, walk),
    "notes/note_id": lambda walk: _first(
        Observation.id, Observation.inspection_id == walk.inspection.id, Observation.author_id == _helped(walk)
    ),
    "photos/photo_id": lambda walk: _own(Evidence, walk, Evidence.kind == "photo"),
    "sounds/sound_id": lambda walk: _own(Evidence, walk, Evidence.kind == "sound"),
    "photos/file_id": lambda walk: _first(
        Evidence.file_id, Evidence.inspection_id == walk.inspection.id, Evidence.kind == "photo"
    ),
    "size": lambda _walk: "small",
    "view": lambda _walk: "paper",
    "kept/words_id": lambda walk: _first(KeptWords.id, KeptWords.inspection_id == walk.inspection.id),
    "type-in/person_id": _helped,
    "self-rating/service_id": lambda walk: walk.inspection.services[0].id,
    "minority/statement_id": lambda walk: _first(
        MinorityStatement.id, MinorityStatement.inspection_id == walk.inspection.id
    ),
    "drafts/number": lambda walk: _number(ReportDraft, walk),
    "editions/number": lambda walk: _number(Edition, walk),
    "findings/key": lambda walk: _first(Finding.id, Finding.inspection_id == walk.inspection.id),
    "recommendations/key": _recommendation,
    "points/key": _point,
    "sections/key": lambda _walk: "summary",
    "answers/recommendation_id": _recommendation,
    "improvement/recommendation_id": _recommendation,
    "plan/recommendation_id": _recommendation,
    "plan/service_id": lambda walk: walk.inspection.services[0].id,
    "actions/action_id": _action,
    "more-time/extension_id": lambda walk: _first(Extension.id, Extension.inspection_id == walk.inspection.id),
    "dangers/hazard_id": lambda walk: _first(Hazard.id, Hazard.inspection_id == walk.inspection.id),
    "safeguarding/concern_id": lambda _walk: _first(Concern.id),
    "proof/proof_id": _proof,
    "proofs/proof_id": _proof,
    "forms/form_number": lambda _walk: 1,
    "sheets/sheet": lambda _walk: 1,
    "sheet-photos/sheet_photo_id": lambda walk: _first(SheetPhoto.id, SheetPhoto.inspection_id == walk.inspection.id),
    "paper-form/form_number": lambda _walk: 1,
    "paper/form_id": lambda _walk: _first(PaperForm.id, PaperForm.inspection_id.is_(None)),
    "frameworks/version_id": lambda walk: walk.inspection.framework_version_id or _first(FrameworkVersion.id),
    "drafts/draft_id": lambda _walk: _draft(),
    "people/voice_id": lambda _walk: _first(Voice.id, _together(Voice.gathering_id)),
    "comments/comment_id": lambda _walk: _first(QuestionComment.id, QuestionComment.criterion_key == "question"),
    "together/gathering_id": lambda _walk: _first(Gathering.id, _together(Gathering.id)),
    "words/saying_id": lambda _walk: _first(Saying.id, Saying.text == "A roof."),
    "themes/theme_key": lambda _walk: "theme",
    "questions/question_key": lambda _walk: "question",
    "scales/scale_key": lambda _walk: "five",
    "lists/list_key": lambda _walk: "rooms",
    "translations/language": lambda _walk: "cy",
    "section": lambda _walk: "general",
    "services/service_slug": lambda walk: walk.inspection.services[0].slug,
    "service/service_slug": lambda walk: walk.inspection.services[0].slug,
    "places/site_id": lambda walk: _first(Site.id, Site.service_id == walk.inspection.services[0].id),
    "people/person_id": lambda walk: walk.inspection.contact_id,
    "roles/grant_id": lambda walk: _first(Grant.id, Grant.person_id == walk.inspection.contact_id),
}
"""The word of an address before an argument, and the argument → what stands there."""


NOT_OURS = frozenset({"static", "security.static"})
"""Files that lie in a folder."""
BY_TOKEN = frozenset({"people.follow_link", "security.reset_password"})
"""Pages that a mail leads to: tests/people walks them, with real tokens."""
ABOUT = ("reference", "service_slug")
"""Arguments that stand for what a permission is about."""


@dataclass(frozen=True)
class Address:
    """One route with real values: where, which permission it names, and what the permission is about.

    An address that names nothing is the same wherever somebody walks.
    """

    endpoint: str
    path: str
    permission: str
    about: str | None
    names_something: bool = True


def addresses(app: Flask, walk: Walk, method: str) -> Iterator[Address]:
    """Return the address of each route that takes the method, for one walk.

    Raises KeyError for a route whose arguments this table cannot fill yet: add them.
    """
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.endpoint in NOT_OURS | BY_TOKEN or method not in (rule.methods or ()):
            continue
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        if permission is None:
            continue  # the library's own pages; test_every_page_names_a_permission knows all of them
        values = {argument: FILL[_place(rule, argument)](walk) for argument in rule.arguments}
        about = next((argument for argument in ABOUT if argument in rule.arguments), None)
        yield Address(rule.endpoint, urls.build(rule.endpoint, values), permission, about, bool(rule.arguments))


def _place(rule: Rule, argument: str) -> str:
    """Return the name of an argument with the word of the address before it: what it stands for."""
    before = re.search(rf"([a-z-]+)/<(?:\w+:)?{argument}>", rule.rule)
    return f"{before[1]}/{argument}" if before and argument not in FILL else argument


def answers(walk: Walk) -> dict[tuple[str, str | None], access.Answer]:
    """Return what the table of permissions answers to the walker, about the inspection, its service, or neither."""
    things = {None: None, "reference": walk.inspection, "service_slug": walk.inspection.services[0]}
    return {
        (permission, about): access.may(walk.person, permission, thing)
        for permission in access.permissions()
        for about, thing in things.items()
    }
