"""Move an inspection from stage to stage, put it on hold, take it up again, cancel it."""

from __future__ import annotations

from inspect_app.core import access, journal
from inspect_app.core.access import Answer
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.inspections import gates
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations.shared import guard, lock, said
from inspect_app.inspections.rules import Stage, next_stage, title
from inspect_app.people.models import Person


def may_move_on(person: Person | None, inspection: Inspection) -> Answer:
    """Answer who may move an inspection on: a coordinator, and from visits and agreeing the team's lead too."""
    answer = access.may(person, "inspections.move_on", inspection)
    return answer or access.may(person, "inspections.move_on_as_lead", inspection) or answer


def move_on(inspection: Inspection, actor: Person | None, seen: str | None = None) -> Stage:
    """Let an inspection enter its next stage and return that stage.

    ``seen`` is the stage that the person saw when they decided, so that two who press at once move it once. The
    system (``actor`` None) moves it when the charter's time is over. Raises Refused with all that is missing.
    """
    lock(inspection)
    access.forget_standings()
    if actor is not None:
        answer = may_move_on(actor, inspection)
        if not answer:
            raise Refused(answer.sentence, answer.status)
    if seen is not None and seen != inspection.stage:
        stage = title(inspection.stage)
        raise Refused(_("Somebody else moved it on meanwhile. It is now in “%(stage)s”.", stage=stage))
    entered = next_stage(inspection.stage, inspection.kind.leaves_out)
    if entered is None:
        stage = title(inspection.stage)
        raise Refused(_("An inspection in “%(stage)s” cannot be moved on.", stage=stage))
    missing = gates.missing(inspection)
    if missing:
        raise Refused(" ".join([_("It cannot go on yet."), *(one.sentence for one in missing)]))
    left, inspection.stage = inspection.stage, entered
    db.session.flush()
    _tell(f"stage.{entered}", inspection, actor, left)
    gates.follow(inspection)
    return entered


def suspend(inspection: Inspection, reason: str, actor: Person) -> None:
    """Put an inspection on hold, with a reason that is published; its clocks pause."""
    guard(actor, "inspections.halt", inspection)
    inspection.halt_reason = said(reason, _("Say why it is put on hold. The reason is published."))
    left = inspection.suspended_from = inspection.stage
    inspection.stage = Stage.SUSPENDED
    db.session.flush()
    _tell("stage.suspended", inspection, actor, left)


def resume(inspection: Inspection, actor: Person) -> None:
    """Take an inspection up again where it stopped."""
    guard(actor, "inspections.resume", inspection)
    inspection.stage = inspection.suspended_from or Stage.PLANNING
    inspection.suspended_from = inspection.halt_reason = None
    db.session.flush()
    _tell("stage.resumed", inspection, actor, Stage.SUSPENDED)


def cancel(inspection: Inspection, reason: str, actor: Person) -> None:
    """End an inspection early, with a reason that is published. It cannot be taken up again."""
    guard(actor, "inspections.cancel", inspection)
    inspection.halt_reason = said(reason, _("Say why it is cancelled. The reason is published."))
    left, inspection.suspended_from = inspection.stage, None
    inspection.stage = Stage.CANCELLED
    db.session.flush()
    _tell("stage.cancelled", inspection, actor, left)


def _tell(kind: str, inspection: Inspection, actor: Person | None, left: str) -> None:
    facts = {"from": str(left), "to": str(inspection.stage)}
    about = ("inspection", inspection.id)
    journal.append(kind, actor=actor.id if actor else None, inspection=inspection.id, about=about, facts=facts)
