"""Rules about reports, as plain values: the parts of the text, and what may be challenged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.core.words import _, lazy


class FindingKind(StrEnum):
    """What a finding says of the service."""

    STRENGTH = "strength"
    IMPROVEMENT = "improvement"


FINDING_WORDS = {
    FindingKind.STRENGTH: lazy("Strength"),
    FindingKind.IMPROVEMENT: lazy("Could be better"),
}


class Decision(StrEnum):
    """What the reviewer decides about an accuracy point."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


DECISION_WORDS = {
    Decision.UPHELD: lazy("The service is right"),
    Decision.PARTLY: lazy("The service is partly right"),
    Decision.REJECTED: lazy("The report stays as it is"),
}
NEEDS_NEW_WORDS = frozenset({Decision.UPHELD, Decision.PARTLY})
"""After these decisions the team must write the passage anew."""


@dataclass(frozen=True)
class Section:
    """One part of the running text: ``hint`` says what belongs there; ``before`` whether it precedes the findings."""

    key: str
    title: str
    hint: str
    before: bool = True


SECTIONS: tuple[Section, ...] = (
    Section(
        "summary", lazy("In short"), lazy("The most important things in a few sentences. Many people read only this.")
    ),
    Section("about_service", lazy("About the service"), lazy("What the service does, for whom, and where.")),
    Section("what_we_did", lazy("What we did"), lazy("Where you went, whom you met, what you read and counted.")),
    Section("how_we_worked", lazy("How we worked"), lazy("How you rated and how you agreed.")),
    Section("what_we_saw", lazy("What we saw"), lazy("What it was like, in your own words.")),
    Section(
        "thanks", lazy("Thank you"), lazy("Who helped you. Name nobody who does not want to be named."), before=False
    ),
)
SECTION_BY_KEY = {section.key: section for section in SECTIONS}
LONGEST_TEXT = 20_000
"""Signs in one section, finding or recommendation; no answer is ever cut, longer ones are refused."""


def order_after(numbers: Sequence[int], number: int, up: bool) -> list[int]:
    """Return the numbers in their new order after one moved a place up or down; at the end nothing moves."""
    order = list(numbers)
    if number not in order:
        return order
    here = order.index(number)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order


def squeeze(text: str) -> str:
    """Return a text with each run of white space as one space, so that line ends do not matter in a quote."""
    return " ".join(text.split())


def why_no_point(paragraphs: Mapping[str, str], recommendations: frozenset[str], number: str, quote: str) -> str:
    """Return why a passage cannot be challenged, or nothing when it can.

    Source: recommendations are the inspectors' own; only the facts under them can be challenged.
    """
    if number in recommendations:
        return _(
            "A recommendation is what the inspectors ask for. It cannot be challenged. "
            "If a fact under it is wrong, choose the paragraph that says so."
        )
    if number not in paragraphs:
        return _("The draft has no paragraph %(number)s. Choose one of its numbers.", number=number)
    if not quote.strip() or squeeze(quote) not in squeeze(paragraphs[number]):
        return _("These words are not in paragraph %(number)s. Copy them exactly as they stand there.", number=number)
    return ""


def reworded(paragraph: str, passage: str, words: str) -> str:
    """Return a paragraph with the passage in new words; where the passage is gone, the new words are all of it."""
    flat, old = squeeze(paragraph), squeeze(passage)
    if passage in paragraph:
        return paragraph.replace(passage, words, 1)
    if old in flat:
        return flat.replace(old, words, 1)
    return words
