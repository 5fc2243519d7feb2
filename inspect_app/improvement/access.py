"""Who may do what between the final report and the closed loop."""

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark
from inspect_app.inspections.rules import Stage

COORDINATOR, LEAD, STAFF = Standing.COORDINATOR, Standing.SERVICE_LEAD, Standing.SERVICE_STAFF
SERVICE = (LEAD, STAFF)
TEAM = (Standing.INSPECTOR, Standing.TEAM_LEAD, Standing.SUPPORTER)
EVERYBODY = (*TEAM, *SERVICE, COORDINATOR, Standing.REVIEWER, Standing.OBSERVER)

ANSWERING = (Stage.ANSWERING, Stage.IMPROVING)
IMPROVING = (Stage.IMPROVING,)
SHOWN = (Stage.ANSWERING, Stage.IMPROVING, Stage.CLOSED, Stage.SUSPENDED, Stage.CANCELLED)
WITH_CLOCKS = tuple(
    stage for stage in Stage if stage not in (Stage.PLANNING, Stage.CLOSED, Stage.CANCELLED, Stage.SUSPENDED)
)


def declare() -> None:
    """Make the room's permissions known. A draft of an answer is for the service alone."""
    permit("improvement.became", mark("see this page"), Standing.SIGNED_IN)
    permit("improvement.see", mark("see what became of the recommendations"), *EVERYBODY, stages=SHOWN)
    permit("improvement.answers", mark("see the service's answers while they are written"), *SERVICE, stages=ANSWERING)
    permit("improvement.draft", mark("write an answer"), *SERVICE, stages=ANSWERING)
    permit("improvement.send", mark("send an answer"), LEAD, stages=ANSWERING)
    permit(
        "improvement.meeting",
        mark("record the meeting"),
        *SERVICE,
        COORDINATOR,
        Standing.TEAM_LEAD,
        stages=ANSWERING,
    )
    permit("improvement.ask_time", mark("ask for more time"), LEAD, stages=WITH_CLOCKS)
    permit("improvement.decide_time", mark("decide about more time"), COORDINATOR, stages=WITH_CLOCKS)
    permit("improvement.plan", mark("work on the plan"), *SERVICE, stages=ANSWERING)
    permit("improvement.send_plan", mark("send the plan"), LEAD, stages=ANSWERING)
    permit("improvement.update", mark("say what was done"), *SERVICE, stages=IMPROVING)
    permit("improvement.verdict", mark("say whether it is fixed"), Standing.INSPECTOR, stages=IMPROVING)
    permit("improvement.disagree", mark("record that both sides disagree"), LEAD, COORDINATOR, stages=IMPROVING)
    permit("improvement.decline", mark("record what the elected members decided"), LEAD, stages=ANSWERING)
    permit("improvement.owed", mark("see what this service owes"), *SERVICE, COORDINATOR)
