"""Who may say that something is wrong, who looks after hazards, and who after safeguarding."""

from __future__ import annotations

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark

COORDINATOR, LEAD, INSPECTOR, SUPPORTER = (
    Standing.COORDINATOR,
    Standing.TEAM_LEAD,
    Standing.INSPECTOR,
    Standing.SUPPORTER,
)
SERVICE = (Standing.SERVICE_LEAD, Standing.SERVICE_STAFF)


def declare() -> None:
    """Declare the table: in every stage, as nothing here can wait.

    Which concerns a lead or a deputy may read is decided for each one: ``queries.concern_for``.
    """
    permit("concerns.tell", mark("say here that something is wrong"),
           COORDINATOR, LEAD, INSPECTOR, SUPPORTER, *SERVICE, Standing.REVIEWER)  # fmt: skip
    permit("hazards.see", mark("see what is dangerous here"), COORDINATOR, LEAD, INSPECTOR, SUPPORTER, *SERVICE)
    permit("hazards.answer", mark("answer what is dangerous here"), COORDINATOR, *SERVICE)
    permit("safeguarding.read", mark("read safeguarding concerns"),
           Standing.SAFEGUARDING_LEAD, Standing.SAFEGUARDING_DEPUTY)  # fmt: skip
    permit("safeguarding.manage", mark("say who looks after safeguarding"), COORDINATOR)
