"""Pages by role, and that the overview asks the database no more for twenty inspections than for two."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from inspect_app.core.database import db, new_id
from inspect_app.inspections import operations, overview
from inspect_app.inspections.models import Inspection
from tests.inspections.conftest import join, plan

SEEN = {
    "": {"helen", "ana", "bilal", "stuart", "oscar", "olive"},
    "/team": {"helen", "ana", "bilal", "stuart", "oscar", "olive"},
    "/charter": {"helen", "ana", "bilal", "stuart", "oscar", "olive"},
    "/visits": {"helen", "ana", "bilal", "stuart", "oscar", "olive"},
    "/visits/new": {"helen"},
    "/team/ask": {"helen"},
    "/details": {"helen"},
    "/documents": {"helen", "ana", "stuart", "olive"},
    "/hours": {"helen", "ana", "stuart", "olive"},
    "/invitation": {"bilal"},
    "/invitation/tie": {"bilal"},
    "/tie": {"ana", "bilal", "olive"},
    "/hold": {"helen"},
    "/cancel": {"helen"},
}


@pytest.fixture
def inspection(world: SimpleNamespace, new: Any) -> Inspection:
    made = plan(world, new())
    operations.move_on(made, world.helen)
    operations.answer_invitation(made, "accept", world.ana)
    operations.answer_invitation(made, "accept", world.olive)
    db.session.commit()
    return made


@pytest.mark.parametrize("path", SEEN)
def test_who_opens_what(world: SimpleNamespace, inspection: Inspection, as_person: Any, path: str) -> None:
    for name in ("helen", "ana", "bilal", "stuart", "oscar", "olive", "stranger"):
        answer = as_person(getattr(world, name)).get(f"/inspections/{inspection.reference}{path}")
        assert (name, answer.status_code) == (name, 200 if name in SEEN[path] else 403)


def test_nobody_signed_in_is_sent_to_sign_in(client: FlaskClient, inspection: Inspection) -> None:
    assert client.get(f"/inspections/{inspection.reference}").status_code == 302


def test_an_unknown_reference_is_not_found(world: SimpleNamespace, as_person: Any) -> None:
    assert as_person(world.helen).get("/inspections/NC-1999-01").status_code == 404


def test_plan_an_inspection_from_the_first_page_on(world: SimpleNamespace, as_person: Any) -> None:
    from inspect_app.inspections import queries

    browser = as_person(world.helen)
    assert "Plan the first inspection" in browser.get("/").text
    kind = next(one for one in queries.kinds() if one.key == "look-see")
    same = str(new_id())
    for _ in range(2):
        answer = browser.post("/inspections/new", data={"id": same, "title": "Bus stops", "start": str(kind.id)})
        assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert "No service is chosen yet." in page
    assert db.session.query(Inspection).count() == 1
    where = answer.location
    browser.post(f"{where}/services", data={"services": [str(world.service.id)]})
    visit = {"id": str(new_id()), "purpose": "Look", "day": "2030-03-04", "starts": "09:00", "ends": "08:00"}
    visit["site"] = str(world.site.id)
    refused = browser.post(f"{where}/visits/new", data=visit)
    assert refused.status_code == 422
    assert "The end must come after the start." in refused.text
    assert 'value="Look"' in refused.text
    assert browser.post(f"{where}/visits/new", data=visit | {"ends": "12:30"}).status_code == 303
    assert "9:00 am to 12:30 pm" in browser.get(f"{where}/visits").text


def test_join_in_one_calm_walk(world: SimpleNamespace, inspection: Inspection, as_person: Any) -> None:
    browser, where = as_person(world.bilal), f"/inspections/{inspection.reference}"
    assert "Answer the invitation" in browser.get("/").text
    assert browser.post(f"{where}/invitation", data={"answer": "accept"}).location.endswith("/invitation/tie")
    assert browser.post(f"{where}/invitation/tie", data={"tie": "none"}).location.endswith("/charter")
    assert "I agree to this charter" in browser.get(f"{where}/charter").text
    assert browser.post(f"{where}/charter", data={}).status_code == 303
    assert "has agreed" not in browser.get(where).text


def test_a_conflict_ends_the_walk_kindly(world: SimpleNamespace, inspection: Inspection, as_person: Any) -> None:
    browser, where = as_person(world.bilal), f"/inspections/{inspection.reference}"
    assert browser.post(f"{where}/invitation/tie", data={"tie": "decides-money"}).location == "/"
    assert "Thank you for saying so." in browser.get("/").text
    assert browser.get(where).status_code == 403


def test_remind_from_the_page_and_with_script(world: SimpleNamespace, inspection: Inspection, as_person: Any) -> None:
    browser, where = as_person(world.helen), f"/inspections/{inspection.reference}"
    assert "Remind" in browser.get("/").text
    data = {"what": "invitation", "person": str(world.bilal.id), "back": "overview"}
    answer = browser.post(f"{where}/remind", data=data, headers={"HX-Request": "true"})
    assert "Bilal is reminded." in answer.text
    assert "<html" not in answer.text
    assert "Reminded today at" in browser.get("/").text
    assert browser.post(f"{where}/remind", data=data).status_code == 409


def test_moving_on_too_early_names_what_is_missing(
    world: SimpleNamespace, inspection: Inspection, as_person: Any
) -> None:
    answer = as_person(world.helen).post(f"/inspections/{inspection.reference}/move-on", data={"stage": "preparing"})
    assert answer.status_code == 409
    assert "Bilal has not answered the invitation." in answer.text


def test_the_person_to_ring_is_the_inspections_own(
    world: SimpleNamespace, inspection: Inspection, as_person: Any
) -> None:
    assert "01632 960000" in as_person(world.ana).get(f"/inspections/{inspection.reference}").text


def count_queries(app: Flask, browser: FlaskClient, path: str) -> int:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_twenty_inspections_need_no_more_queries_than_two(
    app: Flask, world: SimpleNamespace, new: Any, as_person: Any
) -> None:
    def some(count: int) -> None:
        for number in range(count):
            made = plan(world, new(f"Roads {number}"))
            operations.move_on(made, world.helen)
            new(f"Bins {number}")
        db.session.commit()

    def anew_and_again() -> tuple[int, int]:
        overview._kept.clear()
        return count_queries(app, browser, "/"), count_queries(app, browser, "/")

    browser = as_person(world.helen)
    some(1)
    browser.get("/")
    few = anew_and_again()
    some(9)
    assert anew_and_again() == few
    assert few[1] < few[0]


def test_ready_inspections_show_no_one_waited_for(world: SimpleNamespace, new: Any, as_person: Any) -> None:
    made = plan(world, new())
    operations.move_on(made, world.helen)
    join(world, made)
    db.session.commit()
    assert "It can go on." in as_person(world.helen).get("/").text
