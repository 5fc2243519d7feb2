"""The pages that this room offers in the navigation of each inspection."""

from __future__ import annotations

from inspect_app.inspections.gates import offer_section


def offer() -> None:
    """Offer them; upper rooms put theirs between: ratings 40, agreeing 50, report 60, answers 70, improving 80."""
    offer_section("Overview", "inspections.hub", "inspections.see", 0)
    offer_section("Visits", "inspections.visits", "inspections.visits", 10)
    offer_section("Team", "inspections.team", "inspections.see", 20)
    offer_section("Charter", "inspections.charter", "inspections.charter", 25)
    offer_section("Papers", "inspections.documents", "inspections.documents", 30)
    offer_section("Time given", "inspections.hours", "inspections.hours", 35)
