"""Who may do what in fieldwork, and when.

Pages that save name a permission without stages: what arrives too late is refused by the operation, and the
words are kept for their author.
"""

from __future__ import annotations

from inspect_app.core.access import Standing, permit
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
    permit("fieldwork.own", "rate here and see their own ratings", INSPECTOR)
    permit("fieldwork.rate", "rate", INSPECTOR, stages=RATING_STAGES)
    permit("fieldwork.observe", "note what they saw", INSPECTOR, stages=RATING_STAGES)
    permit("fieldwork.seal", "seal ratings", INSPECTOR, stages=RATING_STAGES)
    permit(
        "fieldwork.observations",
        "read what the team noted",
        INSPECTOR,
        LEAD,
        SUPPORTER,
        COORDINATOR,
        REVIEWER,
    )
    permit(
        "fieldwork.write_down",
        "write down what a recording says",
        INSPECTOR,
        SUPPORTER,
        COORDINATOR,
        stages=WRITE_DOWN_STAGES,
    )
    permit("fieldwork.type_page", "type for an inspector", COORDINATOR, SUPPORTER)
    permit("fieldwork.type_in", "type for an inspector", COORDINATOR, SUPPORTER, stages=RATING_STAGES)
    permit("fieldwork.sheet_photos", "see photos of sheets", INSPECTOR, LEAD, SUPPORTER, COORDINATOR, REVIEWER)
    permit("fieldwork.progress", "see how far everybody is", COORDINATOR, LEAD)
    permit("self_rating.own", "rate this service", SERVICE_LEAD, SERVICE_STAFF)
    permit("self_rating.rate", "rate this service", SERVICE_LEAD, SERVICE_STAFF, stages=SELF_RATING_STAGES)
    permit("self_rating.seal_page", "seal the service’s own rating", SERVICE_LEAD)
    permit("self_rating.seal", "seal the service’s own rating", SERVICE_LEAD, stages=SELF_RATING_STAGES)
