"""Who may do what on an inspection, and when."""

from __future__ import annotations

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark
from inspect_app.inspections.rules import RUNNING, Stage

COORDINATOR, LEAD, INSPECTOR = Standing.COORDINATOR, Standing.TEAM_LEAD, Standing.INSPECTOR
INVITED, SUPPORTER, REVIEWER = Standing.INVITED, Standing.SUPPORTER, Standing.REVIEWER
SERVICE_LEAD, SERVICE_STAFF, OBSERVER = Standing.SERVICE_LEAD, Standing.SERVICE_STAFF, Standing.OBSERVER
TEAM = (LEAD, INSPECTOR, SUPPORTER)
SERVICE = (SERVICE_LEAD, SERVICE_STAFF)

PLANNED = (Stage.PLANNING, Stage.PREPARING, Stage.FIELDWORK)
JOINED = (*PLANNED, Stage.MODERATION, Stage.WRITING, Stage.CHECKING)
UNDER_WAY = tuple(stage for stage in RUNNING if stage is not Stage.SUSPENDED)
WORKED = tuple(stage for stage in UNDER_WAY if stage is not Stage.PLANNING)


def declare() -> None:
    """Declare the table: permission, what it lets one do, who, in which stages."""
    permit("inspections.see", mark("open this inspection"),
           COORDINATOR, *TEAM, INVITED, *SERVICE, REVIEWER, OBSERVER)  # fmt: skip
    permit("inspections.create", mark("plan an inspection"), COORDINATOR)
    permit("inspections.plan", mark("plan this inspection"), COORDINATOR, stages=(Stage.PLANNING, Stage.PREPARING))
    permit("inspections.describe", mark("change what this inspection is called"), COORDINATOR, stages=UNDER_WAY)
    permit("inspections.plan_visits", mark("plan the visits"), COORDINATOR, stages=PLANNED)
    permit("inspections.team", mark("change the team"), COORDINATOR, stages=UNDER_WAY)
    permit("inspections.invite", mark("ask somebody to join"), COORDINATOR, stages=JOINED)
    permit("inspections.my_supporter", mark("choose who supports them"), INSPECTOR)
    permit("inspections.name_supporter", mark("choose who supports you"), INSPECTOR, stages=PLANNED)
    permit("inspections.supporters", mark("see which supporters inspectors want"), COORDINATOR)
    permit("inspections.decide_supporter", mark("say yes or no to a supporter"), COORDINATOR, stages=PLANNED)
    permit("inspections.cards", mark("see and end sign-in cards"), COORDINATOR)
    permit("inspections.make_cards", mark("make sign-in cards"), COORDINATOR, stages=UNDER_WAY)
    permit("inspections.print_forms", mark("print the questions on paper"), COORDINATOR)
    permit("inspections.answer", mark("answer this invitation"), INVITED, stages=JOINED)
    permit("inspections.declare_conflict", mark("say that something ties them to the service"),
           *TEAM, INVITED, REVIEWER, stages=UNDER_WAY)  # fmt: skip
    permit("inspections.charter", mark("read the charter"),
           COORDINATOR, *TEAM, INVITED, *SERVICE, REVIEWER, OBSERVER)  # fmt: skip
    permit("inspections.agree", mark("agree to the charter"), *TEAM, REVIEWER, SERVICE_LEAD, stages=UNDER_WAY)
    permit("inspections.move_on", mark("move this inspection on"), COORDINATOR, stages=UNDER_WAY)
    permit("inspections.move_on_as_lead", mark("move this inspection on"),
           COORDINATOR, LEAD, stages=(Stage.FIELDWORK, Stage.MODERATION))  # fmt: skip
    permit("inspections.halt", mark("put this inspection on hold or cancel it"), COORDINATOR, stages=UNDER_WAY)
    permit("inspections.cancel", mark("cancel this inspection"), COORDINATOR, stages=RUNNING)
    permit("inspections.resume", mark("take this inspection up again"), COORDINATOR, stages=(Stage.SUSPENDED,))
    permit("inspections.wait", mark("remind, replace or release somebody"), COORDINATOR, stages=UNDER_WAY)
    permit("inspections.visits", mark("see the visits"), COORDINATOR, *TEAM, INVITED, *SERVICE, REVIEWER, OBSERVER)
    permit("inspections.hold_visit", mark("say that a visit took place"),
           COORDINATOR, LEAD, stages=(Stage.PREPARING, Stage.FIELDWORK))  # fmt: skip
    permit("inspections.documents", mark("read the papers"), COORDINATOR, *TEAM, *SERVICE, REVIEWER)
    permit("inspections.add_document", mark("add a paper"), COORDINATOR, *SERVICE, stages=UNDER_WAY)
    permit("inspections.hours", mark("record hours"), COORDINATOR, *TEAM, *SERVICE, REVIEWER, stages=WORKED)
