"""What agreed ratings come to, by the rules that the version of the questions states; and what is worked out of them.

Wall, report, paper and public page all show what is made here.
"""

from __future__ import annotations

from collections.abc import Mapping

from inspect_app.fieldwork.queries_sheet import moment
from inspect_app.frameworks.asking import asked, each_once
from inspect_app.frameworks.plain import criteria
from inspect_app.frameworks.queries import criteria_of, plain_version, steps_to_ask
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.scores import Scores, scores
from inspect_app.inspections.models import Inspection
from inspect_app.moderation import queries


def agreed_results(inspection: Inspection) -> Scores | None:
    """Return what the agreed ratings come to; None before anything that counts in a result was agreed."""
    return results_of(inspection, _agreed_values(inspection))


def results_of(inspection: Inspection, values: Mapping[str, str]) -> Scores | None:
    """Return what some values come to; None when none of them counts. What nobody was asked is not missed."""
    if inspection.framework_version_id is None or not values:
        return None
    plain = plain_version(inspection.framework_version_id)
    asked_of_somebody = {one.key for one in queries.questions(inspection)}
    not_asked = {one.key for one in criteria(plain)} - asked_of_somebody
    found = scores(plain, values, not_asked)
    return found if any(one.result.counts.answered for one in found.themes) else None


def worked_out(inspection: Inspection) -> list[tuple[Question, str]]:
    """Return what calculated questions come to by the agreed ratings; none before anything is agreed."""
    values = _agreed_values(inspection)
    steps = each_once(steps_to_ask(inspection.framework_version_id))
    if not values or not any(one.calculation for one in steps):
        return []
    questions = criteria_of(inspection.framework_version_id)
    found = asked(steps, questions, values, moment()).results
    return [(one, f"{found[one.key]} {one.unit}".strip()) for one in questions if found.get(one.key)]


def _agreed_values(inspection: Inspection) -> dict[str, str]:
    if not queries.are_open(inspection):
        return {}
    return {key: row.value for key, row in queries.agreed(inspection.id).items()}
