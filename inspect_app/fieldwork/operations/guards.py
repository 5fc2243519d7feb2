"""What each write of fieldwork checks first: who may write for whom, and whether it is still time."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from inspect_app.core.access import require
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.fieldwork.queries import supported_by
from inspect_app.fieldwork.rules import TYPED_SOURCES, Rater, RaterKind, Source
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted
from inspect_app.people.models import Person
from inspect_app.people.rules import Role

_TABLE = Inspection.__table__
_STAGE = select(_TABLE.c.stage).where(_TABLE.c.id == bindparam("inspection")).with_for_update()


def take_turn(inspection: Inspection) -> None:
    """Let one save on an inspection end before the next begins, and see in which stage it is now.

    A page that saves checks who is asking before it may write: meanwhile the stage may have moved on, somebody may
    have sealed, and the same save may have arrived on another way.
    """
    db.session.flush()
    stage = db.session.connection().execute(_STAGE, {"inspection": inspection.id}).scalar_one()
    set_committed_value(inspection, "stage", stage)


def require_writer(inspection: Inspection, rater: Rater, actor: Person, source: str, permission: str) -> None:
    """Raise Refused unless a person may write for this rater now; ``permission`` is for whoever writes alone.

    An inspector writes for themselves. A coordinator types what somebody handed over on paper or told on the
    phone; a supporter types for the one inspector they support. Lead and staff write for their service.
    """
    take_turn(inspection)
    if rater.kind == RaterKind.SERVICE:
        require(actor, "self_rating.rate", inspection)
        if not any(grant.service_id == rater.id for grant in actor.roles):
            raise Refused(_("Only the lead and staff of this service can rate it."), 403)
    elif rater.id == actor.id:
        require(actor, permission, inspection)
        if source != Source.SCREEN:
            raise Refused(_("Nobody can type in for themselves. Open your own questions."), 422)
    else:
        _require_typist(inspection, rater, actor, source)


def _require_typist(inspection: Inspection, rater: Rater, actor: Person, source: str) -> None:
    require(actor, "fieldwork.type_in", inspection)
    if not any(member.person_id == rater.id for member in accepted(inspection)):
        raise Refused(_("This person is no inspector of this team."), 404)
    if source not in TYPED_SOURCES:
        raise Refused(_("Say how you got this: on paper, on the phone, or as their supporter."), 422)
    supports = rater.id in supported_by(inspection, actor.id)
    if source == Source.SUPPORTER and not supports:
        raise Refused(_("You support somebody else. You can type for that person only."), 403)
    if not supports and not actor.holds(Role.COORDINATOR):
        raise Refused(_("You support somebody else. You can type for that person only."), 403)
