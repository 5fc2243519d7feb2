"""The questions of an inspection on paper: for one inspector, or with room for a name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from inspect_app.core import jobs, journal
from inspect_app.frameworks import paper
from inspect_app.frameworks.paper import Printed
from tests.inspections.conftest import join, plan


def test_a_coordinator_prints_the_questions_for_an_inspector(
    world: SimpleNamespace, new: Any, as_person: Any, monkeypatch: Any
) -> None:
    inspection = plan(world, new())
    join(world, inspection)
    made: list[Any] = []

    def render(plain: Any, wish: Any, owner: Any, code_of: Any) -> Printed:
        made.append((plain.key, wish, owner, code_of(3)))
        return Printed(b"%PDF", ((), ((plain.themes[0].criteria[0].key, 1),)))

    monkeypatch.setattr(paper, "render_form", render)
    helen, page = as_person(world.helen), f"/inspections/{inspection.reference}/paper-form"
    assert world.ana.name in helen.get(page).text
    assert page in helen.get(f"/inspections/{inspection.reference}/team").text
    first = helen.post(page, data={"edition": "large", "person": world.ana.id})
    assert first.location == f"{page}/1"
    assert helen.post(page, data={"edition": "easy", "person": ""}).location == f"{page}/2"
    assert helen.post(page, data={"edition": "large", "person": world.ana.id}).location == f"{page}/1"
    assert "Waiting for its turn" in helen.get(f"{page}/1").text
    assert jobs.work_until_empty() >= 2
    printed = journal.entries(inspection.id, "paper.printed")
    assert [one.facts["edition"] for one in printed] == ["large", "easy"]  # pressed twice while it is made: once
    assert "2 pages" in helen.get(f"{page}/1").text
    assert helen.get(f"{page}/1.pdf").data == b"%PDF"
    assert [one[2].person for one in made] == [world.ana.name, ""]
    assert [one[1].edition for one in made] == ["large", "easy"]
    typing = f"/inspections/{inspection.reference}/type-in"
    assert made[0][3].endswith(f"{typing}/{world.ana.id}?form=1&sheet=3")
    assert made[1][3].endswith(f"{typing}?form=2&sheet=3")
    assert helen.post(page, data={"edition": "large", "person": world.helen.id}).status_code == 404
    assert as_person(world.ana).get(page).status_code == 403
    world.ana.name = "Ana Silva"
    assert helen.post(page, data={"edition": "large", "person": world.ana.id}).location == f"{page}/3"
