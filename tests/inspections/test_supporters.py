"""The supporter whom an inspector wants: named, confirmed, changed, ended."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import access, languages
from inspect_app.core.access import Standing
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.inspections import operations
from inspect_app.inspections import queries_supporters as queries
from inspect_app.inspections.models import Inspection, SupporterWish
from inspect_app.inspections.rules_team import LONGEST_NAME, TIES, wrong_wish
from inspect_app.people.models import Person
from tests.inspections.conftest import plan


@pytest.fixture
def inspection(world: SimpleNamespace, new: Any) -> Inspection:
    made = plan(world, new())
    operations.move_on(made, world.helen)
    for one in (world.ana, world.bilal):
        operations.answer_invitation(made, "accept", one)
    return made


def wish(inspection: Inspection, inspector: Person, name: str = "Rosa Lund") -> SupporterWish:
    return operations.name_supporter(inspection, inspector, id=new_id(), name=name, tie="friend")


@pytest.mark.parametrize(
    ("name", "tie"), [("", "friend"), ("  ", "friend"), ("a" * (LONGEST_NAME + 1), "friend"), ("Rosa", "boss")]
)
def test_a_wish_needs_a_name_and_says_who_it_is(name, tie):
    assert wrong_wish(name, tie)
    assert wrong_wish("Rosa Lund", next(iter(TIES))) is None


def test_a_new_person_joins_after_the_coordinator_says_yes(inspection, world):
    asked = wish(inspection, world.ana)
    assert queries.open_wishes(inspection) == [asked]
    member = operations.agree_to_supporter(inspection, asked, world.helen, None)
    assert (member.person.name, member.person.email, member.state) == ("Rosa Lund", None, "invited")
    operations.answer_invitation(inspection, "accept", member.person)
    assert Standing.SUPPORTER in access.standings(member.person, inspection)
    assert queries.supporter_of(inspection, world.ana.id) is member
    with pytest.raises(Refused, match="answered already"):
        operations.agree_to_supporter(inspection, asked, world.helen, None)


def test_a_changed_wish_takes_the_place_of_the_one_before(inspection, world):
    first = wish(inspection, world.ana)
    second = wish(inspection, world.ana, "Joan Bell")
    assert (first.state, second.state) == ("withdrawn", "asked")
    assert wish(inspection, world.bilal).state == "asked"
    operations.withdraw_wish(inspection, world.ana)
    operations.withdraw_wish(inspection, world.ana)
    assert second.state == "withdrawn"


def test_another_supporter_takes_the_place_of_the_first(inspection, world):
    before = operations.agree_to_supporter(inspection, wish(inspection, world.ana), world.helen, world.sam)
    operations.answer_invitation(inspection, "accept", world.sam)
    with pytest.raises(Refused, match="has a supporter already"):
        operations.invite_member(inspection, world.carol, "supporter", world.helen, supports=world.ana)
    after = operations.agree_to_supporter(inspection, wish(inspection, world.ana), world.helen, world.carol)
    assert (before.state, after.state, after.person_id) == ("released", "invited", world.carol.id)


def test_who_rates_in_the_team_supports_nobody_there(inspection, world):
    asked = wish(inspection, world.ana, "Bilal")
    with pytest.raises(Refused, match="somebody who does not rate here"):
        operations.agree_to_supporter(inspection, asked, world.helen, world.bilal)
    operations.refuse_supporter(inspection, asked, "Bilal rates here too.", world.helen)
    assert asked.reason == "Bilal rates here too."
    assert world.bilal not in queries.could_support(inspection)


def test_the_inspector_ends_the_support_at_once(inspection, world):
    operations.agree_to_supporter(inspection, wish(inspection, world.ana), world.helen, world.sam)
    operations.answer_invitation(inspection, "accept", world.sam)
    for _ in range(2):
        operations.end_support(inspection, world.ana)
    assert Standing.SUPPORTER not in access.standings(world.sam, inspection)
    assert queries.supporter_of(inspection, world.ana.id) is None


def test_when_an_inspector_is_released_their_supporter_goes_too(inspection, world):
    member = operations.agree_to_supporter(inspection, wish(inspection, world.ana), world.helen, world.sam)
    ana = next(one for one in inspection.members if one.person_id == world.ana.id)
    operations.release_member(inspection, ana, "Moved away", world.helen)
    assert member.state == "released"
    name = world.ana.name
    assert member.state_reason == member.why == f"{name} is not on the team any more."
    with languages.in_language("de"):
        assert (ana.why, member.why) == ("Moved away", f"{name} gehört nicht mehr zum Team.")


def test_the_round_on_the_pages(inspection, world, as_person):
    page = f"/inspections/{inspection.reference}"
    ana, helen = as_person(world.ana), as_person(world.helen)
    assert ana.post(f"{page}/my-supporter", data={"id": str(new_id()), "name": "", "tie": "friend"}).status_code == 422
    named = {"id": str(new_id()), "name": "Rosa Lund", "tie": "relative", "reach": "01632 960500"}
    for _ in range(2):
        assert ana.post(f"{page}/my-supporter", data=named).status_code == 303
    assert "You asked for Rosa Lund" in ana.get(f"{page}/my-supporter").text
    assert "Answer the wish for a supporter" in helen.get(page).text
    for one in (world.stuart, world.bilal, world.helen):
        assert "named the supporter" not in as_person(one).get(page).text
    asked = queries.open_wishes(inspection)[0]
    yes = f"{page}/supporters/{asked.id}/yes"
    assert "Rosa Lund" in helen.get(yes).text
    assert helen.post(yes, data={"person": "new", "email": ""}).status_code == 303
    assert "Rosa Lund is asked to support you" in ana.get(f"{page}/my-supporter").text
    assert ana.post(f"{page}/my-supporter/end").status_code == 303
    db.session.expire_all()
    assert as_person(world.bilal).get(f"{page}/supporters").status_code == 403
    assert as_person(world.stuart).get(f"{page}/my-supporter").status_code == 403
