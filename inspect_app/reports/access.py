"""Who may do what with a report."""

from inspect_app.core.access import Standing, permit
from inspect_app.inspections.rules import Stage

TEAM = (Standing.INSPECTOR, Standing.TEAM_LEAD)
SERVICE = (Standing.SERVICE_LEAD, Standing.SERVICE_STAFF)
READERS = (*TEAM, Standing.SUPPORTER, Standing.COORDINATOR, *SERVICE, Standing.REVIEWER)


def declare() -> None:
    """Declare the room's permissions."""
    writing, checking = (Stage.WRITING,), (Stage.CHECKING,)
    permit("reports.see", "see the report's page", *READERS, Standing.OBSERVER)
    permit("reports.write", "write the report", *TEAM, Standing.COORDINATOR, stages=writing)
    permit("reports.make_draft", "make a draft", *TEAM, Standing.COORDINATOR, stages=writing)
    permit("reports.confirm", "confirm the draft", *TEAM, stages=writing)
    permit("reports.read_draft", "read the draft", *READERS)
    permit("reports.raise_point", "say that a fact is wrong", *SERVICE, stages=checking)
    permit("reports.close_check", "say that the check is done", Standing.SERVICE_LEAD, stages=checking)
    permit("reports.see_points", "see what the service said about the draft", *READERS)
    permit("reports.decide_point", "decide a point", Standing.REVIEWER, stages=checking)
    permit("reports.reword", "write a passage anew", *TEAM, Standing.COORDINATOR, stages=checking)
    permit("reports.state_minority", "say that you see it differently", *TEAM, stages=checking)
    permit("reports.read_edition", "read the published report", Standing.SIGNED_IN)
    permit(
        "reports.correct",
        "publish a corrected edition or withdraw one",
        Standing.COORDINATOR,
        stages=(Stage.ANSWERING, Stage.IMPROVING, Stage.CLOSED),
    )
