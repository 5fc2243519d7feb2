"""Plain values for the pages of moderation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_app.core.words import _, lazy
from inspect_app.fieldwork.models import Rating
from inspect_app.fieldwork.rules import EvidenceKind, seconds_words
from inspect_app.frameworks.answer_types import DOES_NOT_APPLY, NOT_SEEN
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.scores import ALL_TOGETHER, figure, profile_row
from inspect_app.inspections.models import Inspection
from inspect_app.moderation import queries
from inspect_app.moderation.models import AgreedRating
from inspect_app.moderation.results import agreed_results, worked_out
from inspect_app.moderation.rules import Item, Voice
from inspect_app.people.queries import names_of

OUTSIDE = {NOT_SEEN: lazy("Did not see it"), DOES_NOT_APPLY: lazy("Does not apply")}


@dataclass(frozen=True)
class WallRow:
    """One question on the wall."""

    question: Question
    item: Item
    dots: list[dict[str, Any]]
    agreed: AgreedRating | None
    agreed_label: str
    agreed_position: int | None
    own_position: int | None
    statements: int


def label_of(question: Question, value: str | None) -> str:
    """Return what a value is called on screen."""
    return str(OUTSIDE.get(value or "") or question.words(value) or _("Nothing yet"))


def position_of(question: Question, value: str | None) -> int | None:
    """Return the position of a value on its scale, 0 the worst; None outside the scale."""
    return next((point.position for point in question.points if point.key == value), None)


def wall_rows(inspection: Inspection) -> list[WallRow]:
    """Return the wall: every question with everybody's dot, what is agreed, and then the service's own rating."""
    by_key = {one.key: one for one in queries.questions(inspection)}
    agreed = queries.agreed(inspection.id)
    own = queries.own_of_service(inspection, set(agreed))
    statements = [one.about_id for one in queries.statements(inspection.id, "agreed_rating")]
    items = queries.agenda_of(inspection)
    names = names_of({uuid.UUID(rater) for rater in {voice.rater for item in items for voice in item.voices}})
    which = queries.instance_names(inspection)
    rows = []
    for item in items:
        question, decided = by_key[item.key], agreed.get(item.key)
        rows.append(
            WallRow(
                question=question,
                item=item,
                dots=[
                    {"position": voice.position, "label": _name(names, which, voice)}
                    for voice in item.voices
                    if voice.position is not None
                ],
                agreed=decided,
                agreed_label=label_of(question, decided.value) if decided else "",
                agreed_position=position_of(question, decided.value) if decided else None,
                own_position=_only(question, own.get(item.key, [])),
                statements=statements.count(decided.id) if decided else 0,
            )
        )
    return rows


def results_shown(inspection: Inspection) -> dict[str, Any]:
    """Return what was agreed comes to, as rows of the profile, and what is worked out of it; empty before."""
    found = agreed_results(inspection)
    themes = [(one.title, one.result) for one in found.themes if one.result.counts.questions] if found else []
    overall = [(ALL_TOGETHER, found.overall)] if found and len(themes) > 1 else []
    rows = [profile_row(label, figure(result)) for label, result in overall + themes]
    return {"results": rows, "worked_out": worked_out(inspection)}


def _name(names: Mapping[uuid.UUID, str], which: Mapping[tuple[uuid.UUID, str], str], voice: Voice) -> str:
    rater = uuid.UUID(voice.rater)
    name, instance = names.get(rater, _("An inspector")), which.get((rater, voice.instance))
    return f"{name}, {instance}" if instance else name


def _only(question: Question, own: Sequence[Rating]) -> int | None:
    """Return where the service put itself; None where it did so more than once."""
    return position_of(question, own[0].value) if len(own) == 1 else None


def talk(inspection: Inspection, question: Question) -> dict[str, Any]:
    """Return everything that was said and seen about one question."""
    said = queries.ratings(inspection, question.key)
    observations, evidence = queries.seen_for(inspection, question.key)
    agreed = queries.agreed(inspection.id).get(question.key)
    own = queries.own_of_service(inspection, {question.key}).get(question.key, []) if agreed else []
    which = queries.instance_names(inspection)
    statements = [
        one for one in queries.statements(inspection.id, "agreed_rating") if agreed and one.about_id == agreed.id
    ]
    people = {one.rater_id for one in said} | {one.author_id for one in observations}
    people |= {one.person_id for one in statements} | {one.author_id for one in evidence}
    names = names_of(people)
    return {
        "voices": sorted(
            (
                {
                    "name": names.get(one.rater_id, _("An inspector")),
                    "which": which.get((one.rater_id, one.instance), ""),
                    "label": label_of(question, one.value),
                    "position": position_of(question, one.value),
                    "reason": one.reason,
                }
                for one in said
            ),
            key=lambda voice: (voice["position"] is None, voice["position"] or 0),
        ),
        "observations": observations,
        "photos": [one for one in evidence if one.kind == EvidenceKind.PHOTO],
        "sounds": [one for one in evidence if one.kind == EvidenceKind.SOUND],
        "length": seconds_words,
        "agreed": agreed,
        "agreed_label": label_of(question, agreed.value) if agreed else "",
        "own": [
            (which.get((one.rater_id, one.instance), ""), label_of(question, one.value), one.reason) for one in own
        ],
        "which": {one.id: name for one in observations if (name := which.get((one.author_id, one.instance)))},
        "statements": statements,
        "names": names,
        "order": [item.key for item in queries.agenda_of(inspection)],
    }
