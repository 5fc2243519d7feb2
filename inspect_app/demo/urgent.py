"""What cannot wait in the story: who looks after safeguarding, what was dangerous, and what was told in confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_app.concerns import operations
from inspect_app.concerns.operations.setting import Numbers, set_up_safeguarding
from inspect_app.concerns.rules import Times
from inspect_app.demo.cast import FIRST, Cast
from inspect_app.demo.story import Facts, key

if TYPE_CHECKING:
    from inspect_app.demo.telling import Telling


def look_after_safeguarding(cast: Cast) -> None:
    """Say who is lead and deputy, and whom to ring."""
    facts = dict(cast.story.facts["safeguarding"])
    lead, deputy = cast.people[facts.pop("lead")], cast.people[facts.pop("deputy")]
    set_up_safeguarding(lead, deputy, Numbers(**facts), Times(), actor=cast.people[FIRST])


def add_steps(telling: Telling) -> None:
    """Add hazards and concerns, and what became of each."""
    for facts in telling.facts.get("hazards", ()):
        _hazard(telling, facts)
    for facts in telling.facts.get("concerns", ()):
        _concern(telling, facts)


def _hazard(telling: Telling, facts: Facts) -> None:
    hazard = key(telling.facts["reference"], "hazard", facts["id"])
    telling.add(
        facts["at"],
        lambda: operations.report_hazard(
            telling.inspection,
            actor=telling.person(facts["by"]),
            id=hazard,
            what=facts["what"],
            where=facts["where"],
            visit=key(telling.facts["reference"], facts["visit"]),
        ),
    )
    known, closed = facts["acknowledged"], facts["closed"]
    telling.add(
        known["at"],
        lambda: operations.acknowledge_hazard(telling.inspection, hazard, actor=telling.person(known["by"])),
    )
    for note in facts["notes"]:
        telling.add(
            note["at"],
            lambda one=note: operations.note_hazard(  # type: ignore[misc]
                telling.inspection, hazard, one["text"], actor=telling.person(one["by"])
            ),
        )
    telling.add(
        closed["at"],
        lambda: operations.close_hazard(telling.inspection, hazard, closed["text"], actor=telling.person(closed["by"])),
    )


def _concern(telling: Telling, facts: Facts) -> None:
    concern = key(telling.facts["reference"], "concern", facts["id"])
    telling.add(
        facts["at"],
        lambda: operations.raise_concern(
            telling.inspection,
            actor=telling.person(facts["by"]),
            id=concern,
            what=facts["what"],
            who=facts["about"],
            where=facts["where"],
            now=facts["now"],
        ),
    )
    known, closed = facts["acknowledged"], facts["closed"]
    telling.add(known["at"], lambda: operations.acknowledge(concern, actor=telling.person(known["by"])))
    for note in facts["notes"]:
        telling.add(
            note["at"],
            lambda one=note: operations.add_note(  # type: ignore[misc]
                concern, one["text"], actor=telling.person(one["by"])
            ),
        )
    telling.add(closed["at"], lambda: operations.close(concern, closed["text"], actor=telling.person(closed["by"])))
