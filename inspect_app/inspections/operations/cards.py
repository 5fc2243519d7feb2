"""Sign-in cards for a team: who can have one, and until when."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from inspect_app.core.errors import Refused
from inspect_app.core.programme import zone
from inspect_app.core.time import local_day
from inspect_app.core.words import _
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.operations.shared import guard
from inspect_app.inspections.rules_team import ON_THE_TEAM, MemberRole
from inspect_app.people import operations_cards, queries_cards
from inspect_app.people.models import Person, SignInCard
from inspect_app.people.rules_cards import why_no_card

WITH_CARDS = frozenset({MemberRole.INSPECTOR, MemberRole.SUPPORTER})


def can_have_cards(inspection: Inspection) -> list[Member]:
    """Return who on a team can have a card: inspectors and supporters who do nothing else in the programme."""
    return [
        one
        for one in inspection.members
        if one.state in ON_THE_TEAM
        and one.role in WITH_CARDS
        and why_no_card(one.person.name, {grant.name for grant in one.person.roles}) is None
    ]


def make_cards(
    inspection: Inspection,
    people: Collection[uuid.UUID],
    actor: Person,
    *,
    id: uuid.UUID,  # noqa: A002
) -> list[SignInCard]:
    """Make a card for each of these people of the team; the same ``id`` twice makes them once.

    Raises Refused (422) when nobody is chosen or somebody cannot have a card here.
    """
    guard(actor, "inspections.make_cards", inspection)
    members = {one.person_id: one.person for one in can_have_cards(inspection)}
    if not people or set(people) - set(members):
        raise Refused(_("Choose who gets a card."), 422)
    days = [local_day(one.ends_at, zone()) for one in inspection.visits if one.cancelled_at is None]
    return [
        operations_cards.make_card(members[one], inspection.id, days, actor, id=uuid.uuid5(id, str(one)))
        for one in people
    ]


def revoke_card(inspection: Inspection, card_id: uuid.UUID, actor: Person) -> SignInCard:
    """End a card, and every sign-in with it, at once. Twice is once."""
    guard(actor, "inspections.cards", inspection)
    card = queries_cards.card_of(inspection.id, card_id)
    operations_cards.revoke_card(card, actor)
    return card
