"""Entries about somebody who may be harmed and about danger, stored by the same operations as the pages'."""

from __future__ import annotations

from typing import Any

from inspect_app.concerns import operations
from inspect_app.concerns.operations.shared import Received
from inspect_app.core.words import lazy
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.tablet.entries import Handler, Outcome, handles
from inspect_app.tablet.rules import Entry, Kind, State

BOTH = lazy("The office has something else under the same number. Both are with the people who look after it.")


def register() -> None:
    """Register how these kinds of entry are stored: whoever has or had a part in an inspection can send them."""
    handles(Kind.CONCERN, Handler(_concern, of_team=False, secret=True, keeps_both=True))
    handles(Kind.HAZARD, Handler(_hazard, of_team=False, keeps_both=True))


def _concern(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    received = operations.raise_concern(
        inspection,
        actor=actor,
        id=entry.needed_id("concern"),
        what=entry.words("what"),
        who=entry.maybe_words("who"),
        where=entry.maybe_words("where"),
        now=entry.flag("now"),
        about_lead=entry.flag("about_lead"),
        captured_at=entry.captured_at,
        author=entry.author,
    )
    return _told(received)


def _hazard(inspection: Inspection, entry: Entry, actor: Person, _ready: Any) -> Outcome:
    received = operations.report_hazard(
        inspection,
        actor=actor,
        id=entry.needed_id("hazard"),
        what=entry.words("what"),
        where=entry.words("where"),
        visit=entry.maybe_id("visit"),
        captured_at=entry.captured_at,
        author=entry.author,
    )
    return _told(received)


def _told(received: Received) -> Outcome:
    return Outcome(State.DIFFERENT, {"sentence": BOTH}) if received.different else Outcome()
