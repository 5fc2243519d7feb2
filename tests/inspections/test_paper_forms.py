"""The questions of an inspection on paper: for one inspector, or with room for a name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from inspect_app.frameworks import paper
from tests.inspections.conftest import join, plan


def test_a_coordinator_prints_the_questions_for_an_inspector(
    world: SimpleNamespace, new: Any, as_person: Any, monkeypatch: Any
) -> None:
    inspection = plan(world, new())
    join(world, inspection)
    made: list[Any] = []

    def render(plain: Any, wish: Any, owner: Any, code_of: Any) -> bytes:
        made.append((plain.key, wish, owner, code_of(3)))
        return b"%PDF"

    monkeypatch.setattr(paper, "render_form", render)
    helen, page = as_person(world.helen), f"/inspections/{inspection.reference}/paper-form"
    assert world.ana.name in helen.get(page).text
    assert page in helen.get(f"/inspections/{inspection.reference}/team").text
    assert helen.get(f"{page}.pdf?edition=large&person={world.ana.id}").data == b"%PDF"
    assert helen.get(f"{page}.pdf?edition=easy&person=").status_code == 200
    assert [one[2].person for one in made] == [world.ana.name, ""]
    assert [one[1].edition for one in made] == ["large", "easy"]
    typing = f"/inspections/{inspection.reference}/type-in"
    assert made[0][3].endswith(f"{typing}/{world.ana.id}?sheet=3")
    assert made[1][3].endswith(f"{typing}?sheet=3")
    assert helen.get(f"{page}.pdf?edition=large&person={world.helen.id}").status_code == 404
    assert as_person(world.ana).get(page).status_code == 403
