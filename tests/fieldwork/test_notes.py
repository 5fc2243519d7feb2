"""Notes and photos by page; what fieldwork waits for."""

from __future__ import annotations

from io import BytesIO

import pytest

from inspect_app.core.access import standings
from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork import queries_notes, waiting
from inspect_app.inspections.models import Waiver
from tests.fieldwork.conftest import THEN, move_to, photo, rate_all, sealed

HERE = "/inspections/NC-1"


def notes(world, person=None):
    db.session.expire_all()
    return queries_notes.visible_observations(world.inspection, person or world.ana)


def test_a_count_is_noted_once_and_changed(world, as_person) -> None:
    ana, note = as_person(world.ana), str(new_id())
    sent = {"kind": "counted", "text": "Of ten", "amount": "7,5", "unit": "stops", "note": note,
            "revision": str(new_id()), "question": world.keys[0],
            "visit": str(world.inspection.visits[0].id)}  # fmt: skip
    for _ in range(2):
        assert ana.post(f"{HERE}/observations/new", data=sent).status_code == 303
    (one,) = notes(world)
    assert (str(one.amount.normalize()), one.unit, one.criterion_key) == ("7.5", "stops", world.keys[0])
    change = {"kind": "seen", "text": "Changed", "based_on": str(one.revision_id), "revision": str(new_id())}
    assert ana.post(f"{HERE}/observations/{note}", data=change).status_code == 303
    assert [(one.kind, one.text, one.amount) for one in notes(world)] == [("seen", "Changed", None)]
    stale = {**change, "text": "Stale", "revision": str(new_id())}
    assert ana.post(f"{HERE}/observations/{note}", data=stale).status_code == 409
    assert as_person(world.bilal).post(f"{HERE}/observations/{note}", data=change).status_code == 404


def test_a_supporter_corrects_a_note_of_whom_they_help_and_of_nobody_else(world, as_person) -> None:
    sam, desk = as_person(world.sam), f"{HERE}/type-in/{world.bilal.id}"
    sam.post(f"{desk}/notes/new", data={"kind": "seen", "text": "A dor is locked"})
    (one,) = notes(world, world.bilal)
    page = f"{desk}/notes/{one.id}"
    assert page in sam.get(f"{HERE}/observations").get_data(as_text=True)
    assert "A dor is locked" in sam.get(page).get_data(as_text=True)
    change = {"kind": "seen", "text": "A door is locked", "based_on": str(one.revision_id)}
    assert sam.post(page, data=change).status_code == 303
    (one,) = notes(world, world.bilal)
    revision = db.session.get_one(Revision, one.revision_id)
    assert (one.text, revision.author_id, revision.typist_id) == ("A door is locked", world.bilal.id, world.sam.id)

    as_person(world.ana).post(f"{HERE}/observations/new", data={"kind": "seen", "text": "Of Ana"})
    assert sam.get(f"{desk}/notes/{notes(world)[0].id}").status_code == 404
    assert sam.get(f"{HERE}/type-in/{world.ana.id}/notes/{one.id}").status_code == 403
    assert [as_person(who).get(page).status_code for who in (world.helen, world.ana)] == [404, 403]


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"kind": "felt"}, {"kind": "counted"}, {"kind": "counted", "amount": "1e99", "unit": "x"},
     {"kind": "counted", "amount": "3", "unit": ""}],
)  # fmt: skip
def test_a_note_that_is_not_whole_keeps_its_words_on_the_page(world, as_person, wrong) -> None:
    answer = as_person(world.ana).post(f"{HERE}/observations/new", data={"kind": "seen", "text": "Words", **wrong})
    assert answer.status_code == 422
    assert not notes(world)
    assert "text" in wrong or "Words" in answer.get_data(as_text=True)


def test_a_note_is_taken_back_with_a_reason(world, as_person) -> None:
    ana = as_person(world.ana)
    ana.post(f"{HERE}/observations/new", data={"kind": "seen", "text": "Wrong"})
    address = f"{HERE}/observations/{notes(world)[0].id}/withdraw"
    assert ana.post(address, data={"reason": ""}).status_code == 422
    assert ana.post(address, data={"reason": "Wrong street"}).status_code == 303
    assert not notes(world)


def test_a_photo_by_page(world, as_person) -> None:
    ana, one = as_person(world.ana), str(new_id())

    def send(data: bytes, **more: str):
        sent = {
            "id": one,
            "photo": (BytesIO(data), "x.jpg"),
            "caption": "A board",
            "seen_by": "team",
            "people": "nobody",
            **more,
        }
        return ana.post(f"{HERE}/photos/new", data=sent)

    assert send(b"no photo at all").status_code == 422
    assert send(photo(), caption=" ").status_code == 422
    assert send(photo(), seen_by="everybody").status_code == 422
    assert send(photo(), people="").status_code == 422
    assert send(photo(), people="agreed").status_code == 422
    assert ana.post(f"{HERE}/photos/new", data={"caption": "x"}).status_code == 422
    assert [send(photo()).status_code, send(photo()).status_code] == [303, 303]
    assert len(queries_notes.visible_evidence(world.inspection, world.ana)) == 1
    assert "A board" in ana.get(f"{HERE}/photos/{one}").get_data(as_text=True)
    assert ana.post(f"{HERE}/photos/{one}/withdraw").status_code == 303
    assert ana.get(f"{HERE}/photos/{one}").status_code == 404


def test_the_visits_wait_for_each_seal_or_release(world) -> None:
    assert [one.whom for one in waiting.unsealed(world.inspection)] == [str(world.ana.id), str(world.bilal.id)]
    sealed(world, world.ana)
    world.inspection.waivers.append(
        Waiver(what="seal", person_id=world.bilal.id, reason="Ill", decided_by_id=world.helen.id, decided_at=THEN)
    )
    assert waiting.unsealed(world.inspection) == []
    world.kind.rating = "together"
    assert waiting.unsealed_of([world.inspection]) == {world.inspection.id: []}


def test_tasks_say_how_far_one_is(app, world) -> None:
    with app.test_request_context():
        rate_all(world, world.ana, but=5)
        found = {
            one.text: one.status
            for one in waiting.tasks(world.inspection, world.ana, standings(world.ana, world.inspection))
        }
        assert found["Rate the questions"] == "7 of 12"
        assert found["Seal your ratings"] == "Not yet"
        lead = standings(world.leanne, world.inspection)
        assert [one.status for one in waiting.tasks(world.inspection, world.leanne, lead)] == ["0 of 12", "Not yet"]
        move_to(world, "moderation")
        assert not list(waiting.tasks(world.inspection, world.ana, standings(world.ana, world.inspection)))
