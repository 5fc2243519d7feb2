"""Who may do what with a report."""

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark
from inspect_app.inspections.rules import Stage

TEAM = (Standing.INSPECTOR, Standing.TEAM_LEAD)
SERVICE = (Standing.SERVICE_LEAD, Standing.SERVICE_STAFF)
READERS = (*TEAM, Standing.SUPPORTER, Standing.COORDINATOR, *SERVICE, Standing.REVIEWER)


def declare() -> None:
    """Declare the room's permissions."""
    writing, checking = (Stage.WRITING,), (Stage.CHECKING,)
    permit("reports.see", mark("see the report's page"), *READERS, Standing.OBSERVER)
    permit("reports.write", mark("write the report"), *TEAM, Standing.COORDINATOR, stages=writing)
    permit("reports.make_draft", mark("make a draft"), *TEAM, Standing.COORDINATOR, stages=writing)
    permit("reports.confirm", mark("confirm the draft"), *TEAM, stages=writing)
    permit("reports.read_draft", mark("read the draft"), *READERS)
    permit("reports.raise_point", mark("say that a fact is wrong"), *SERVICE, stages=checking)
    permit("reports.close_check", mark("say that the check is done"), Standing.SERVICE_LEAD, stages=checking)
    permit("reports.see_points", mark("see what the service said about the draft"), *READERS)
    permit("reports.decide_point", mark("decide a point"), Standing.REVIEWER, stages=checking)
    permit("reports.reword", mark("write a passage anew"), *TEAM, Standing.COORDINATOR, stages=checking)
    permit("reports.state_minority", mark("say that you see it differently"), *TEAM, stages=checking)
    permit("reports.read_edition", mark("read the published report"), Standing.SIGNED_IN)
    permit(
        "reports.correct",
        mark("publish a corrected edition or withdraw one"),
        Standing.COORDINATOR,
        stages=(Stage.ANSWERING, Stage.IMPROVING, Stage.CLOSED),
    )
