"""The supporter whom an inspector wants: named by the inspector, confirmed by the coordinator, ended by either."""

from __future__ import annotations

import uuid

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.inspections import queries_supporters as queries
from inspect_app.inspections.models import Inspection, Member, SupporterWish
from inspect_app.inspections.operations.shared import guard, said
from inspect_app.inspections.operations.team import end_membership, invite_member, release_member, tell
from inspect_app.inspections.rules_team import LONGEST_REACH, NOT_NEEDED, MemberRole, WishState, wrong_wish
from inspect_app.people.models import Person
from inspect_app.people.operations import add_person
from inspect_app.people.rules import Role


def name_supporter(
    inspection: Inspection,
    actor: Person,
    *,
    id: uuid.UUID,  # noqa: A002  # the same word in every room
    name: str,
    tie: str,
    reach: str | None = None,
) -> SupporterWish:
    """Say whom one wants as a supporter, in place of whom one asked for before; the same ``id`` twice is one wish.

    ``reach`` says how the coordinator finds the person. Raises Refused (422) without a name or who they are.
    """
    guard(actor, "inspections.name_supporter", inspection)
    known = db.session.get(SupporterWish, id)
    if known is not None and known.inspector_id == actor.id:
        return known
    if wrong := wrong_wish(name, tie):
        raise Refused(wrong, 422)
    earlier = queries.last_wish(inspection, actor.id)
    if earlier is not None and earlier.state == WishState.ASKED:
        _decide(earlier, WishState.WITHDRAWN, actor)
    wish = SupporterWish(
        id=id,
        inspection_id=inspection.id,
        inspector=actor,
        name=name.strip(),
        tie=tie,
        reach=(reach or "").strip()[:LONGEST_REACH] or None,
        state=WishState.ASKED,
        asked_at=now(),
    )
    db.session.add(wish)
    db.session.flush()
    _tell("supporter.named", inspection, wish, actor)
    return wish


def withdraw_wish(inspection: Inspection, actor: Person) -> None:
    """Take back whom one asked for. Twice is once."""
    guard(actor, "inspections.my_supporter", inspection)
    wish = queries.last_wish(inspection, actor.id)
    if wish is not None and wish.state == WishState.ASKED:
        _decide(wish, WishState.WITHDRAWN, actor)
        _tell("supporter.withdrawn", inspection, wish, actor)


def agree_to_supporter(
    inspection: Inspection, wish: SupporterWish, actor: Person, person: Person | None, email: str | None = None
) -> Member:
    """Say yes, and ask the person to join: somebody of the programme, or (None) a new person with the wish's name.

    Whoever supported the inspector until now is released. Raises Refused where the person cannot support here, and
    (409) for a wish that is answered already.
    """
    guard(actor, "inspections.decide_supporter", inspection)
    _still_open(wish)
    who = person or add_person(
        wish.name, email, actor, id=uuid.uuid5(wish.id, "person"), roles=[(Role.SUPPORTER, None)]
    )
    before = queries.supporter_of(inspection, wish.inspector_id)
    if before is not None and before.person_id != who.id:
        release_member(inspection, before, f"{wish.inspector.name} chose somebody else.", actor)
    member = invite_member(inspection, who, MemberRole.SUPPORTER, actor, supports=wish.inspector)
    wish.person_id = who.id
    _decide(wish, WishState.AGREED, actor)
    _tell("supporter.agreed", inspection, wish, actor)
    return member


def refuse_supporter(inspection: Inspection, wish: SupporterWish, reason: str, actor: Person) -> None:
    """Say no, with a reason that the inspector reads. Raises Refused (422) without one, (409) when it is answered."""
    guard(actor, "inspections.decide_supporter", inspection)
    _still_open(wish)
    wish.reason = said(reason, _("Say why not. The inspector reads it."))
    _decide(wish, WishState.REFUSED, actor)
    _tell("supporter.refused", inspection, wish, actor)


def end_support(inspection: Inspection, actor: Person) -> None:
    """End the support by one's own wish, at once: from now on the supporter sees and types nothing. Twice is once."""
    guard(actor, "inspections.my_supporter", inspection)
    member = queries.supporter_of(inspection, actor.id)
    if member is not None:
        end_membership(inspection, member, NOT_NEEDED % {"name": actor.name}, actor)
        tell("supporter.ended", inspection, member, actor)


def _still_open(wish: SupporterWish) -> None:
    db.session.refresh(wish, ["state"])
    if wish.state != WishState.ASKED:
        raise Refused(_("This wish is answered already. Load the page again."))


def _decide(wish: SupporterWish, state: WishState, actor: Person) -> None:
    wish.state, wish.decided_at, wish.decided_by_id = state, now(), actor.id
    db.session.flush()


def _tell(kind: str, inspection: Inspection, wish: SupporterWish, actor: Person) -> None:
    facts = {"person": str(wish.inspector_id), "tie": wish.tie}
    journal.append(kind, actor=actor.id, inspection=inspection.id, about=("supporter_wish", wish.id), facts=facts)
