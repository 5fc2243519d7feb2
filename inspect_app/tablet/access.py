"""Who may do what with tablets. What an entry may change, its own operation says."""

from __future__ import annotations

from inspect_app.core.access import Standing, permit
from inspect_app.core.words import mark


def declare() -> None:
    """Declare the table: permission, what it lets one do, who."""
    permit("tablet.take_along", mark("take an inspection along"), Standing.INSPECTOR, Standing.SUPPORTER)
    permit("tablet.rescue", mark("load a rescue file"), Standing.COORDINATOR)
