"""Who may do what in fieldwork, and when.

Pages that save name a permission without stages: what arrives too late is refused by the operation, and the
words are kept for their author.
"""

from __future__ import annotations

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark
from inspect_app.fieldwork.rules import RATING_STAGES, SELF_RATING_STAGES, WRITE_DOWN_STAGES

COORDINATOR, INSPECTOR, LEAD, SUPPORTER = (
    Standing.COORDINATOR,
    Standing.INSPECTOR,
    Standing.TEAM_LEAD,
    Standing.SUPPORTER,
)
SERVICE_LEAD, SERVICE_STAFF, REVIEWER = Standing.SERVICE_LEAD, Standing.SERVICE_STAFF, Standing.REVIEWER


def declare() -> None:
    """Declare the table: permission, what it lets one do, who, in which stages."""
    permit("fieldwork.own", mark("rate here and see their own ratings"), INSPECTOR)
    permit("fieldwork.rate", mark("rate"), INSPECTOR, stages=RATING_STAGES)
    permit("fieldwork.observe", mark("note what they saw"), INSPECTOR, stages=RATING_STAGES)
    permit("fieldwork.seal", mark("seal ratings"), INSPECTOR, stages=RATING_STAGES)
    permit(
        "fieldwork.observations",
        mark("read what the team noted"),
        INSPECTOR,
        LEAD,
        SUPPORTER,
        COORDINATOR,
        REVIEWER,
    )
    permit(
        "fieldwork.write_down",
        mark("write down what a recording says"),
        INSPECTOR,
        SUPPORTER,
        COORDINATOR,
        stages=WRITE_DOWN_STAGES,
    )
    permit("fieldwork.type_page", mark("type for an inspector"), COORDINATOR, SUPPORTER)
    permit("fieldwork.type_in", mark("type for an inspector"), COORDINATOR, SUPPORTER, stages=RATING_STAGES)
    permit("fieldwork.sheet_photos", mark("see photos of sheets"), INSPECTOR, LEAD, SUPPORTER, COORDINATOR, REVIEWER)
    permit("fieldwork.progress", mark("see how far everybody is"), COORDINATOR, LEAD)
    permit("self_rating.own", mark("rate this service"), SERVICE_LEAD, SERVICE_STAFF)
    permit("self_rating.rate", mark("rate this service"), SERVICE_LEAD, SERVICE_STAFF, stages=SELF_RATING_STAGES)
    permit("self_rating.seal_page", mark("seal the service’s own rating"), SERVICE_LEAD)
    permit("self_rating.seal", mark("seal the service’s own rating"), SERVICE_LEAD, stages=SELF_RATING_STAGES)
