"""Who may do what in moderation, and when."""

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark
from inspect_app.inspections.rules import WAY, Stage

AFTERWARDS = (*(stage.value for stage in WAY[WAY.index(Stage.MODERATION) :]), Stage.SUSPENDED.value)
TEAM = (Standing.INSPECTOR, Standing.TEAM_LEAD, Standing.COORDINATOR)


def declare() -> None:
    """Make the room's permissions known. Teams that rate together agree while they visit."""
    permit(
        "moderation.see",
        mark("see the team's ratings side by side"),
        *TEAM,
        Standing.SUPPORTER,
        stages=(Stage.FIELDWORK, *AFTERWARDS),
    )
    permit("moderation.agree", mark("agree on a rating"), *TEAM, stages=(Stage.FIELDWORK, Stage.MODERATION))
    permit(
        "moderation.dissent",
        mark("add a minority statement"),
        Standing.INSPECTOR,
        Standing.TEAM_LEAD,
        stages=(Stage.FIELDWORK, Stage.MODERATION, Stage.WRITING, Stage.CHECKING),
    )
