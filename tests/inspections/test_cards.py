"""Sign-in cards of a team: who can have one, how it is printed, and that letting somebody go ends theirs."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import segno

from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.qr import BORDER, path_of
from inspect_app.core.time import now
from inspect_app.inspections import operations
from inspect_app.inspections.models import Inspection
from inspect_app.people.queries_cards import cards_of
from inspect_app.people.rules_cards import CardState
from tests.inspections.conftest import plan


@pytest.fixture
def inspection(world: SimpleNamespace, new: Any) -> Inspection:
    return plan(world, new())


def test_a_coordinator_makes_and_prints_cards_once(inspection: Inspection, world: SimpleNamespace, as_person: Any):
    helen, page = as_person(world.helen), f"/inspections/{inspection.reference}/cards"
    data = {"id": str(new_id()), "people": [str(world.ana.id), str(world.bilal.id)]}
    assert helen.post(page, data={**data, "people": []}).status_code == 422
    for _ in range(2):
        assert helen.post(page, data=data).status_code == 303
    cards = cards_of(inspection.id)
    assert {one.person_id for one in cards} == {world.ana.id, world.bilal.id}
    assert cards[0].last_day > now().date() + timedelta(days=7)
    for paper in (f"{page}.pdf", f"{page}/{cards[0].id}.pdf"):
        assert helen.get(paper).data.startswith(b"%PDF")
    assert "New" in helen.get(page).text
    assert helen.post(f"{page}/{cards[0].id}/revoke").status_code == 303
    assert helen.get(f"{page}/{cards[0].id}.pdf").status_code == 409
    assert as_person(world.ana).get(page).status_code == 403
    assert "sign-in card" not in as_person(world.stuart).get(page.removesuffix("/cards")).text


def test_who_has_no_email_must_be_rung(inspection: Inspection, world: SimpleNamespace, as_person: Any):
    world.bilal.email = None
    sent = {"what": "invitation", "person": str(world.bilal.id), "service": "", "back": "hub"}
    helen, page = as_person(world.helen), f"/inspections/{inspection.reference}"
    assert helen.post(f"{page}/remind", data=sent).status_code == 303
    assert "Please ring them too: 01632 960000." in helen.get(page).text


def test_who_does_more_than_inspect_gets_no_card(inspection: Inspection, world: SimpleNamespace):
    with pytest.raises(Refused, match="Choose who gets a card"):
        operations.make_cards(inspection, [world.olive.id], world.helen, id=new_id())


def test_letting_somebody_go_ends_their_card(inspection: Inspection, world: SimpleNamespace):
    operations.make_cards(inspection, [world.ana.id], world.helen, id=new_id())
    member = next(one for one in inspection.members if one.person_id == world.ana.id)
    operations.release_member(inspection, member, "Moved away", world.helen)
    db.session.flush()
    assert [one.state(now().date()) for one in cards_of(inspection.id)] == [CardState.REVOKED]


def test_a_square_is_drawn_as_the_standard_has_it():
    text = "https://inspect.example/sign-in/card#AbCdEfGhIjKlMnOpQrStUv"
    square = path_of(text)
    wanted = segno.make_qr(text, error="m", boost_error=False)
    assert square.side == len(wanted.matrix) + 2 * BORDER
    dark = set()
    for part in square.path.split("z")[:-1]:
        start, length = part[1:].split("h")[0].split(" "), int(part.split("h")[1].split("v")[0])
        dark |= {(int(start[0]) + step - BORDER, int(start[1]) - BORDER) for step in range(length)}
    assert dark == {(x, y) for y, row in enumerate(wanted.matrix) for x, module in enumerate(row) if module}
