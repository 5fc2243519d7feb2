"""Say who looks after safeguarding, whom to ring, and how long things may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select

from inspect_app.concerns import queries
from inspect_app.concerns.models import Safeguarding
from inspect_app.concerns.rules import Times
from inspect_app.core import journal
from inspect_app.core.access import forget_standings, require
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.programme import Programme
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.people.models import Person
from inspect_app.people.operations import grant_role, withdraw_role
from inspect_app.people.queries import holders
from inspect_app.people.rules import Role


@dataclass(frozen=True)
class Numbers:
    """Whom to ring: who answers, where; a second one if there is any; and the number for an emergency."""

    answers: str
    phone: str
    other_answers: str | None
    other_phone: str | None
    emergency_phone: str


def set_up_safeguarding(
    lead: Person | None, deputy: Person | None, numbers: Numbers, times: Times, *, actor: Person
) -> Safeguarding:
    """Keep who is lead and deputy, and the rest. Whoever was it before is it no longer.

    Raises Refused: 403 wrong person, 422 when lead and deputy are one person or have no e-mail.
    """
    require(actor, "safeguarding.manage")
    db.session.execute(select(Programme.id).with_for_update()).all()  # two who change it take turns
    for one in (lead, deputy):
        if one is not None and not one.email:
            raise Refused(_("%(name)s has no e-mail. They would not hear of a concern.", name=one.name), 422)
    if lead is not None and lead == deputy:
        raise Refused(_("Choose two people: the deputy steps in when the lead is away or involved."), 422)
    _appoint(lead, Role.SAFEGUARDING_LEAD, actor)
    _appoint(deputy, Role.SAFEGUARDING_DEPUTY, actor)
    row = queries.settings() or Safeguarding(id=new_id())
    for name, value in (asdict(numbers) | asdict(times)).items():
        setattr(row, name, value)
    row.changed_at = now()
    db.session.add(row)
    db.session.flush()
    journal.append("safeguarding.changed", actor=actor.id, about=("safeguarding", row.id), facts=asdict(times))
    forget_standings()
    return row


def _appoint(person: Person | None, role: Role, actor: Person) -> None:
    for other in holders(role):
        if other != person:
            for grant in [one for one in other.roles if one.name == role]:
                withdraw_role(other, grant.id, actor)
    if person is not None:
        grant_role(person, role, None, actor)
