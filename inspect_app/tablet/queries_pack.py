"""What a pack holds beside its blank pages: a person's own words, the visits, whom to ring, and which files to fetch.

Only what its person wrote is here, and for a supporter what the inspector whom they help wrote; never what anybody else
did.
"""

from __future__ import annotations

import uuid
from typing import Any

from flask import url_for

from inspect_app.core.access import may
from inspect_app.core.database import db
from inspect_app.core.programme import programme, zone
from inspect_app.core.web import moment_words
from inspect_app.fieldwork import queries, queries_notes
from inspect_app.fieldwork.models import Evidence, Observation, Rating
from inspect_app.fieldwork.rules import SOURCE_NAMES, Rater, RaterKind, Source, amount_words, asks
from inspect_app.frameworks.asking import for_tablet
from inspect_app.frameworks.queries import criteria_read, steps_to_ask
from inspect_app.frameworks.repeats import find
from inspect_app.frameworks.rules import Question
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person

Facts = dict[str, Any]


def own(inspection: Inspection, person: Person) -> Facts:
    """Return what a person said on an inspection so far, and as ``helped`` what the inspector said whom they help."""
    helped = [db.session.get_one(Person, one) for one in queries.supported_by(inspection, person.id)]
    reader = {"person": str(person.id), "name": person.name}
    said = [_said(inspection, one, person) | {"reader": reader} for one in helped]
    return _said(inspection, person, person) | {"helped": said[0] if said else None}


def _said(inspection: Inspection, person: Person, reader: Person) -> Facts:
    """Return what a person rated, noted and photographed as the reader may see it, and the questions it is about."""
    rater = Rater(RaterKind.INSPECTOR, person.id)
    questions = criteria_read(inspection.framework_version_id)
    ratings = queries.own_ratings(inspection, rater)
    notes = [one for one in queries_notes.visible_observations(inspection, reader) if one.author_id == person.id]
    evidence = [one for one in queries_notes.visible_evidence(inspection, reader) if one.author_id == person.id]
    seal = queries.seal_of(inspection, rater)
    typed = queries_notes.typists([one.revision_id for one in notes])
    return {
        "person": str(person.id),
        "name": person.name,
        "questions": [_question(one) for one in questions],
        "steps": for_tablet(steps_to_ask(inspection.framework_version_id)),
        "ratings": {key: _rating(one, find(questions, key)) for key, one in ratings.items()},
        "notes": [_note(one, typed.get(one.revision_id)) for one in notes],
        "evidence": [_evidence(inspection, one) for one in evidence],
        "zone": zone(),
        "seal": {"id": str(seal.id), "at": moment_words(seal.sealed_at), "revisions": seal.revisions} if seal else None,
    }


def _question(question: Question) -> Facts:
    found = asks(question) | {"key": question.key, "statement": question.statement, "theme": question.theme_title}
    return found | {"repeats": question.theme_key, "each": question.each} if question.each else found


def _rating(rating: Rating, question: Question | None) -> Facts:
    return {
        "value": rating.value,
        "reason": rating.reason,
        "revision": str(rating.revision_id),
        "at": moment_words(rating.saved_at),
        "words": question.words(rating.value) if question and rating.value else rating.value or "",
    }


def _note(note: Observation, typed: tuple[str, str] | None) -> Facts:
    return {
        "id": str(note.id),
        "kind": note.kind,
        "text": note.text,
        "amount": amount_words(note.amount) if note.amount is not None else None,
        "unit": note.unit,
        "question": note.question_key,
        "visit": _text(note.visit_id),
        "revision": str(note.revision_id),
        "at": moment_words(note.noted_at),
        "typed": {"name": typed[0], "how": str(SOURCE_NAMES.get(Source(typed[1]), ""))} if typed else None,
    }


def _evidence(inspection: Inspection, one: Evidence) -> Facts:
    reference = inspection.reference
    if one.kind == "sound":
        page = url_for("fieldwork.sound", reference=reference, sound_id=one.id)
        source = url_for("fieldwork.sound_file", reference=reference, sound_id=one.id)
    else:
        page = url_for("fieldwork.photo", reference=reference, photo_id=one.id)
        source = url_for("fieldwork.photo_file", reference=reference, photo_id=one.id, size="small")
    return {
        "id": str(one.id),
        "kind": one.kind,
        "caption": one.caption,
        "type": one.file.media_type,
        "question": one.question_key,
        "note": _text(one.observation_id),
        "page": page,
        "source": source,
    }


def _text(identifier: uuid.UUID | None) -> str | None:
    return str(identifier) if identifier else None


def visits(inspection: Inspection) -> list[Facts]:
    """Return the visits that are still to be held or were: when, where, the way there and whom to ask for."""
    return [
        {
            "id": str(one.id),
            "starts": one.starts_at.isoformat(),
            "ends": one.ends_at.isoformat(),
            "when": moment_words(one.starts_at),
            "place": one.place,
            "purpose": one.purpose,
            "way_there": one.way_there or "",
            "ask_for": one.ask_for or "",
        }
        for one in inspection.visits
        if one.cancelled_at is None
    ]


def contacts(inspection: Inspection) -> list[Facts]:
    """Return whom to ring: the inspection's contact, then the programme's."""
    row = programme()
    found = [{"name": inspection.contact.name, "phone": inspection.contact.phone or (row.contact_phone if row else "")}]
    if row is not None and row.contact_phone != found[0]["phone"]:
        found.append({"name": row.contact_name, "phone": row.contact_phone})
    return found


def files(inspection: Inspection, person: Person) -> list[Facts]:
    """Return the files that go along: briefing papers that the person may read, and photos, small.

    The photos are their own, and those of the inspector whom they help.
    """
    authors = {person.id, *queries.supported_by(inspection, person.id)}
    found = [_small(inspection, one) for one in queries_notes.visible_evidence(inspection, person)
             if one.author_id in authors and one.thumbnail is not None]  # fmt: skip
    if not may(person, "inspections.documents", inspection):
        return found
    for paper in inspection.documents:
        if paper.withdrawn_at is None:
            address = url_for("inspections.open_document", reference=inspection.reference, document_id=paper.id)
            found.append(_file(address, paper.file.size, paper.file.media_type, paper.title, "paper"))
    return found


def _small(inspection: Inspection, photo: Evidence) -> Facts:
    assert photo.thumbnail is not None  # noqa: S101  # the caller has looked
    address = url_for("fieldwork.photo_file", reference=inspection.reference, photo_id=photo.id, size="small")
    return _file(address, photo.thumbnail.size, photo.thumbnail.media_type, photo.caption, "photo")


def _file(address: str, size: int, media_type: str, name: str, what: str) -> Facts:
    return {"address": address, "bytes": size, "type": media_type, "name": name, "what": what}
