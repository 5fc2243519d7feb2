"""More time: a service asks, a coordinator decides; and what happens by itself when time is over."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select

from inspect_app.charter import operations as charter
from inspect_app.charter.models import Extension
from inspect_app.charter.queries import clocks_for, clocks_of
from inspect_app.charter.rules import Clock, ClockState, Side
from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import day_words
from inspect_app.core.words import _, mark
from inspect_app.improvement import queries
from inspect_app.improvement.operations_fixing import settle_ripe
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard, lock
from inspect_app.inspections.rules import Stage
from inspect_app.people.models import Person
from inspect_app.reports.models import Edition
from inspect_app.reports.operations_editions import publish
from inspect_app.reports.queries import editions_of

OVER = mark("The time to answer was over. What was not answered then is shown as not answered.")
ENDS_A_WAIT = frozenset({"wait.waived", "member.released"})


def service_clocks(inspection: Inspection) -> list[Clock]:
    """Return what the service owes now, as clocks of the charter."""
    found = clocks_for(inspection.id, inspection.charter_id)
    return [clock for clock in found if clock.side == Side.SERVICE and clock.is_open]


def ask_more_time(
    inspection: Inspection,
    key: str,
    until: date,
    reason: str,
    actor: Person,
    *,
    id: uuid.UUID | None = None,  # noqa: A002  # the same word in every room
) -> Extension:
    """Ask for more time for something that the service owes now; raise Refused for anything else or an earlier day."""
    guard(actor, "improvement.ask_time", inspection)
    known = db.session.get(Extension, id) if id else None
    if known is None:
        clock = next((one for one in service_clocks(inspection) if one.key == key), None)
        if clock is None:
            raise Refused(_("Choose something that you owe now."), 422)
        if clock.due is not None and until <= clock.due:
            raise Refused(_("You have time until %(day)s already. Choose a later day.", day=day_words(clock.due)), 422)
    return charter.ask_for_more_time(inspection.id, key, until, reason, actor=actor, id=id)


def extension_in(inspection: Inspection, extension_id: uuid.UUID) -> Extension:
    """Return a request for more time; raise Refused (404) when it is not one of this inspection."""
    found = db.session.get(Extension, extension_id)
    if found is None or found.inspection_id != inspection.id:
        raise Refused(_("Nobody asked for this."), 404)
    return found


def decide_more_time(inspection: Inspection, extension: Extension, granted: bool, reason: str, actor: Person) -> None:
    """Give more time or not, with a reason that is published."""
    guard(actor, "improvement.decide_time", inspection)
    db.session.refresh(extension)
    charter.decide_extension(extension, granted, reason, actor=actor)


def answering_is_over(clocks: list[Clock]) -> bool:
    """Say whether the charter's time to answer has run out while answers are still owed."""
    return any(one.when_over == "publish" and one.is_open and one.state is ClockState.LATE for one in clocks)


def publish_when_over() -> int:
    """Publish each report whose time to answer is over, answered or not; return how many.

    Source: Healthwatch publishes after 20 working days. The stage stays: the answers are still owed.
    """
    waiting = db.session.scalars(select(Inspection).where(Inspection.stage == Stage.ANSWERING)).all()
    clocks = clocks_of({one.id: one.charter_id for one in waiting})
    done = 0
    for inspection in waiting:
        if inspection.kind.practice or not answering_is_over(clocks[inspection.id]):
            continue
        lock(inspection)
        if inspection.stage == Stage.ANSWERING and not editions_of(inspection.id):
            publish(inspection, None, OVER)
            done += 1
    return done


def publish_late_answers(inspection: Inspection, reason: str, actor: Person) -> Edition | None:
    """Publish an edition with the answers that came after the newest one; raise Refused when it has them all."""
    guard(actor, "reports.correct", inspection)
    if not queries.answers_not_printed(inspection):
        raise Refused(_("The report has every answer that was sent."))
    return publish(inspection, actor, reason)


def decide_when_over() -> int:
    """Settle what was found fixed in rounds whose time is over; return how many recommendations were settled."""
    improving = db.session.scalars(select(Inspection).where(Inspection.stage == Stage.IMPROVING)).all()
    return sum(settle_ripe(lock(inspection)) for inspection in improving)


def decide_when_nobody_is_waited_for(entry: journal.Entry) -> None:
    """Decide rounds at once when a coordinator released the last inspector who was waited for."""
    if entry.kind in ENDS_A_WAIT:
        inspection = db.session.get(Inspection, entry.chain_id)
        if inspection is not None:
            settle_ripe(inspection)
