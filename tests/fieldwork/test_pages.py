"""Pages: one address for every way to save, and nobody's words are lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.models import KeptWords, Rating
from inspect_app.fieldwork.rules import Rater
from tests.fieldwork.conftest import FreshClient, move_to, rate_all, sealed

HERE = "/inspections/NC-1"
BY_SCRIPT = {"X-Outbox": "1"}


def at(world, key: int = 0) -> str:
    return f"{HERE}/questions/{world.keys[key]}"


def standing(world, person=None, key: int = 0) -> Rating | None:
    db.session.expire_all()
    return queries.own_rating(world.inspection, Rater("inspector", (person or world.ana).id), world.keys[key])


def test_without_script_a_rating_is_saved_and_the_next_question_comes(world, as_person) -> None:
    ana = as_person(world.ana)
    page = ana.get(at(world)).get_data(as_text=True)
    revision = re.search(r'name="revision" value="([^"]+)"', page)[1]
    sent = {"value": "good", "reason": "Yes.", "revision": revision, "go": "next"}
    first = ana.post(at(world), data=sent)
    assert (first.status_code, first.location) == (303, at(world, 1))
    ana.post(at(world), data=sent)  # a double press
    assert standing(world).value == "good"
    assert len(db.session.scalars(select(Revision)).all()) == 1
    assert "Yes." in ana.get(at(world)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("go", "place"), [("back", 0), ("next", 2), ("list", None), ("photo", "photos/new"), ("note", "observations/new")]
)
def test_every_way_on_saves_first(world, as_person, go, place) -> None:
    answer = as_person(world.ana).post(at(world, 1), data={"value": "fair", "go": go})
    assert standing(world, key=1).value == "fair"
    expected = at(world, place) if isinstance(place, int) else f"{HERE}/{place or 'questions'}"
    assert answer.location.startswith(expected)


def test_an_untouched_page_saves_nothing(world, as_person) -> None:
    assert as_person(world.ana).post(at(world), data={"reason": "  ", "go": "next"}).status_code == 303
    assert standing(world) is None


def test_the_script_hears_what_became_of_it(world, as_person) -> None:
    ana, one = as_person(world.ana), str(new_id())
    safe = ana.post(
        at(world), data={"value": "good", "revision": one, "device": "a", "sequence": "1"}, headers=BY_SCRIPT
    )
    assert (safe.status_code, safe.json["state"], safe.json["revision"]) == (200, "safe", one)
    wrong = ana.post(at(world), data={"value": "splendid"}, headers=BY_SCRIPT)
    assert (wrong.status_code, wrong.json["state"]) == (422, "wrong")
    two = ana.post(at(world), data={"value": "weak", "reason": "B", "device": "b", "sequence": "1"}, headers=BY_SCRIPT)
    assert (two.status_code, two.json["state"], two.json["words"]) == (409, "two", "Good")
    assert (two.json["below"], standing(world).value) == (True, "weak")
    assert len(db.session.scalars(select(Revision)).all()) == 2


def test_without_script_the_later_of_two_sees_both(world, as_person) -> None:
    operations.capture(world.inspection, world.keys[0], "good", "First words", actor=world.ana)
    answer = as_person(world.ana).post(at(world), data={"value": "weak", "reason": "My own words"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "First words" in page
    assert "My own words" in page
    based_on = re.search(r'name="based_on" value="([^"]+)"', page)[1]
    chosen = as_person(world.ana).post(
        at(world), data={"value": "weak", "reason": "My own words", "based_on": based_on}
    )
    assert chosen.status_code == 303
    assert standing(world).reason == "My own words"


def test_a_wrong_number_of_fields_costs_no_words(world, as_person) -> None:
    rubbish = {
        "value": "good",
        "reason": "Kept.",
        "revision": "x",
        "based_on": "y",
        "sequence": "-9e9",
        "captured_at": "z",
    }
    assert as_person(world.ana).post(at(world), data=rubbish).status_code == 303
    assert standing(world).reason == "Kept."


def test_signed_out_the_words_come_back(app, world) -> None:
    browser = FreshClient(app, app.response_class)
    answer = browser.post(at(world), data={"reason": "Words <b> that matter", "value": "good", "go": "next"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'name="reason" value="Words &lt;b&gt; that matter"' in page
    assert 'name="go" value="next"' in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert browser.post(at(world), data={"value": "good"}, headers=BY_SCRIPT).json["state"] == "out"
    assert browser.get("/session/token", headers=BY_SCRIPT).status_code == 401
    assert standing(world) is None


def test_a_stale_token_gives_the_words_back(app, world, as_person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        ana = as_person(world.ana)
        answer = ana.post(at(world), data={"reason": "Mine", "csrf_token": "old"})
        assert answer.status_code == 400
        page = answer.get_data(as_text=True)
        assert 'value="Mine"' in page
        assert ana.post(at(world), data={"reason": "Mine"}, headers=BY_SCRIPT).json["state"] == "token"
        token = ana.get("/session/token").json
        assert token["person"] == str(world.ana.id)
        assert ana.post(at(world), data={"value": "good", "csrf_token": token["token"]}).status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_on_a_shared_tablet_nobody_saves_somebody_elses_page(world, as_person) -> None:
    sent = {"value": "good", "reason": "Ana's words", "person": str(world.ana.id)}
    answer = as_person(world.bilal).post(at(world), data=sent)
    assert answer.status_code == 409
    assert "Ana&#39;s words" in answer.get_data(as_text=True)
    assert standing(world, world.bilal) is None
    assert as_person(world.bilal).post(at(world), data=sent, headers=BY_SCRIPT).json["state"] == "other"


def test_words_that_come_too_late_are_kept_for_their_author(world, as_person) -> None:
    move_to(world, "moderation")
    ana = as_person(world.ana)
    sent = {"value": "good", "reason": "Late words", "revision": str(new_id())}
    for _ in range(2):
        assert ana.post(at(world), data=sent).status_code == 409
    assert ana.post(at(world), data=sent, headers=BY_SCRIPT).json["state"] == "kept"
    kept = db.session.scalars(select(KeptWords)).all()
    assert [one.content["reason"] for one in kept] == ["Late words"]
    assert standing(world) is None
    assert "Late words" in ana.get(f"{HERE}/questions").get_data(as_text=True)
    assert "Late words" not in as_person(world.bilal).get(f"{HERE}/questions").get_data(as_text=True)
    gone = f"{HERE}/kept/{kept[0].id}/forget"
    assert as_person(world.bilal).post(gone).status_code == 404
    assert ana.post(gone).status_code == 303


def test_sealing_by_page(world, as_person) -> None:
    ana = as_person(world.ana)
    assert ana.post(f"{HERE}/seal").status_code == 422
    rate_all(world, world.ana)
    assert ana.post(f"{HERE}/seal").status_code == 303
    assert ana.post(f"{HERE}/seal").status_code == 303
    assert ana.post(at(world), data={"value": "weak"}).status_code == 409
    assert ana.post(f"{HERE}/seal/open", data={"reason": ""}).status_code == 422
    assert ana.post(f"{HERE}/seal/open", data={"reason": "More"}).status_code == 303
    assert ana.post(f"{HERE}/seal/open", data={"reason": "More"}).status_code == 409


def test_a_typist_never_reads_what_the_inspector_said(world, as_person) -> None:
    operations.capture(world.inspection, world.keys[0], "very-weak", "Private words", actor=world.bilal)
    typed = f"{HERE}/type-in/{world.bilal.id}"
    helen = as_person(world.helen)
    for page in (typed, f"{typed}/questions/{world.keys[0]}"):
        text = helen.get(page).get_data(as_text=True)
        assert "Private words" not in text
        assert "checked" not in text.replace('value="paper" checked', "")
    answer = helen.post(f"{typed}/questions/{world.keys[0]}", data={"value": "good", "reason": "From paper"})
    assert answer.status_code == 409
    assert "Private words" not in answer.get_data(as_text=True)
    sent = helen.post(
        f"{typed}/questions/{world.keys[0]}", data={"value": "fair", "reason": "Again"}, headers=BY_SCRIPT
    )
    assert sent.json["shown"] is False
    assert "Private" not in sent.get_data(as_text=True)
    assert standing(world, world.bilal).reason == "Private words"


def test_what_was_typed_in_says_so_to_its_author(world, as_person) -> None:
    page = f"{HERE}/type-in/{world.bilal.id}/questions/{world.keys[2]}"
    assert as_person(world.helen).post(page, data={"value": "good", "source": "phone"}).status_code == 303
    assert "Typed in by Helen" in as_person(world.bilal).get(at(world, 2)).get_data(as_text=True)
    assert "Typed in by Helen" in as_person(world.bilal).get(f"{HERE}/questions").get_data(as_text=True)
    assert "Typed in by Helen, from a phone call" in as_person(world.bilal).get(f"{HERE}/seal").get_data(as_text=True)
    assert as_person(world.sam).get(f"{HERE}/type-in/{world.ana.id}").status_code == 403
    assert as_person(world.sam).get(f"{HERE}/type-in/{world.bilal.id}").status_code == 200


def test_a_service_rates_itself_on_the_same_pages(world, as_person) -> None:
    own = f"{HERE}/self-rating/{world.service.id}"
    assert as_person(world.kenny).get(f"{HERE}/self-rating").location == own
    page = f"{own}/questions/{world.keys[0]}"
    assert as_person(world.kenny).post(page, data={"value": "good", "reason": "Ours"}).status_code == 303
    assert "Ours" in as_person(world.leanne).get(page).get_data(as_text=True)
    assert as_person(world.kenny).get(f"{own}/seal").status_code == 403
    for who in (world.ana, world.helen, world.olive):
        assert as_person(who).get(page).status_code == 403


def test_a_large_answer_and_strange_letters_stay_whole(world, as_person) -> None:
    words = "Grüße 🚌 <script>alert(1)</script> " + "x" * 8000
    as_person(world.ana).post(at(world), data={"value": "good", "reason": words})
    page = as_person(world.ana).get(at(world)).get_data(as_text=True)
    assert standing(world).reason == words
    assert "<script>alert" not in page
    assert as_person(world.ana).post(at(world), data={"value": "good", "reason": "x" * 10_001}).status_code == 422


def test_sealed_shows_when_and_shuts_the_page(world, as_person) -> None:
    sealed(world, world.ana)
    page = as_person(world.ana).get(at(world)).get_data(as_text=True)
    assert "Sealed" in page
    assert "disabled" in page
    assert "data-autosave" not in page
