"""The pages that this room offers in the navigation of each inspection."""

from __future__ import annotations

from inspect_app.core.words import lazy
from inspect_app.inspections.gates import offer_section


def offer() -> None:
    """Offer them; upper rooms put theirs between: ratings 40, agreeing 50, report 60, answers 70, improving 80."""
    offer_section(lazy("Overview"), "inspections.hub", "inspections.see", 0)
    offer_section(lazy("Visits"), "inspections.visits", "inspections.visits", 10)
    offer_section(lazy("Team"), "inspections.team", "inspections.see", 20)
    offer_section(lazy("Charter"), "inspections.charter", "inspections.charter", 25)
    offer_section(lazy("Papers"), "inspections.documents", "inspections.documents", 30)
    offer_section(lazy("Time given"), "inspections.hours", "inspections.hours", 35)
