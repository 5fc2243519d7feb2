"""Who may read the programme's figures inspection by inspection; their sums are public."""

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark


def declare() -> None:
    """Make the room's permissions known."""
    permit("insight.see", mark("see the figures of all inspections"), Standing.COORDINATOR, Standing.OBSERVER)
