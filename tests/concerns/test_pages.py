"""Every page and every button, by everybody: told in a few taps, read by those alone who may."""

from __future__ import annotations

import pytest
from flask import current_app
from sqlalchemy import func, select

from inspect_app.concerns import operations, queries
from inspect_app.concerns.models import Concern, ConcernNote, Hazard
from inspect_app.core.database import db, new_id
from inspect_app.people import operations as people
from inspect_app.people.models import Grant
from tests.concerns.conftest import WHERE, WHO, WORDS, raised, reported

HERE = "/inspections/NC-1"
PEOPLE = ("ana", "bilal", "sam", "olive", "oscar", "stranger", "helen", "tomasz", "leanne", "kenny", "nadia", "dev")
TELLERS = {"ana", "bilal", "sam", "olive", "helen", "tomasz", "leanne", "kenny"}
SEERS = TELLERS - {"olive"}
ANSWERERS = {"helen", "tomasz", "leanne", "kenny"}


def then(browser, address: str, **fields):
    """Send a form, and return the page that it leads to."""
    return browser.get(browser.post(address, data=fields).location)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_opens_which_page(world, as_person, who) -> None:
    hazard, concern = reported(world).id, raised(world).id
    browser = as_person(getattr(world, who))

    def opens(address: str) -> bool:
        status = browser.get(address).status_code
        assert status in (200, 403, 404)
        return status == 200

    for page in ("something-wrong", "somebody-may-be-harmed", "something-is-dangerous", "what-i-told"):
        assert opens(f"{HERE}/{page}") == (who in TELLERS), page
    assert opens(f"{HERE}/dangers") == opens(f"{HERE}/dangers/{hazard}") == (who in SEERS)
    assert opens("/safeguarding") == (who in {"nadia", "dev"})
    assert opens(f"/safeguarding/{concern}") == (who == "nadia")
    assert opens("/safeguarding/people") == (who in {"helen", "tomasz"})


@pytest.mark.parametrize("who", PEOPLE)
def test_who_presses_which_button(world, as_person, who) -> None:
    hazard, concern = reported(world).id, raised(world).id
    browser = as_person(getattr(world, who))
    pressed = browser.post(f"{HERE}/dangers/{hazard}/acknowledge").status_code
    assert (pressed == 303) == (who in ANSWERERS)
    assert (browser.post(f"{HERE}/dangers/{hazard}/note", data={"text": "Salted"}).status_code == 303) == (
        who in ANSWERERS
    )
    for action, field in (("acknowledge", "x"), ("note", "text"), ("close", "outcome")):
        status = browser.post(f"/safeguarding/{concern}/{action}", data={field: "Spoken to"}).status_code
        assert status == (303 if who == "nadia" else 404 if who == "dev" else 403), action
    db.session.expire_all()
    assert db.session.get_one(Concern, concern).state == ("closed" if who == "nadia" else "new")


@pytest.mark.parametrize("page", ["something-wrong", "somebody-may-be-harmed", "something-is-dangerous"])
def test_nobody_signed_in_is_led_to_the_sign_in(world, client, page) -> None:
    answer = client.get(f"{HERE}/{page}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_two_taps_and_a_form_without_script(world, as_person) -> None:
    ana = as_person(world.ana)
    for page in ("questions", f"questions/{world.keys[0]}", "observations", "observations/new", "photos/new", "seal"):
        assert f'href="{HERE}/something-wrong"' in ana.get(f"{HERE}/{page}").text, page
    choice = ana.get(f"{HERE}/something-wrong").text
    assert f'href="{HERE}/somebody-may-be-harmed"' in choice
    assert f'href="{HERE}/something-is-dangerous"' in choice
    assert "999" in choice
    assert "01632 960101" in choice
    one = new_id()
    told = {"id": one, "what": WORDS, "who": WHO, "where": WHERE, "now": "yes", "person": world.ana.id}
    for _ in range(2):
        answer = then(ana, f"{HERE}/somebody-may-be-harmed", **told)
        assert "We have it" in answer.text
        assert WORDS not in answer.text
    assert db.session.scalar(select(func.count()).select_from(Concern)) == 1
    assert WORDS in as_person(world.nadia).get(f"/safeguarding/{one}").text


def test_the_raiser_sees_who_looks_after_it_and_nobody_else_does(world, as_person) -> None:
    got = raised(world, "sam", author=world.bilal.id)
    operations.acknowledge(got.id, actor=world.nadia)
    for who in ("sam", "bilal"):
        assert "Nadia has read it" in as_person(getattr(world, who)).get(f"{HERE}/what-i-told").text
    for who in ("ana", "helen", "leanne"):
        text = as_person(getattr(world, who)).get(f"{HERE}/what-i-told").text
        assert "Nadia" not in text
        assert "You have told us nothing yet." in text


def test_when_nobody_can_read_it_the_raiser_is_told_to_ring(world, as_person) -> None:
    world.nadia.active = world.dev.active = False
    raised(world)
    assert "Nobody can read it yet. Please ring now" in as_person(world.ana).get(f"{HERE}/what-i-told").text


def test_a_form_without_words_says_what_is_missing(world, as_person) -> None:
    ana = as_person(world.ana)
    answer = ana.post(f"{HERE}/somebody-may-be-harmed", data={"what": " ", "who": WHO})
    assert answer.status_code == 422
    assert "A few words are enough" in answer.text
    assert WHO in answer.text
    answer = ana.post(f"{HERE}/something-is-dangerous", data={"what": "Ice"})
    assert (answer.status_code, "Write where it is" in answer.text) == (422, True)
    assert (db.session.query(Concern).count(), db.session.query(Hazard).count()) == (0, 0)


@pytest.mark.parametrize("page", ["somebody-may-be-harmed", "something-is-dangerous"])
def test_what_cannot_be_sent_comes_back_unseen_with_a_number_to_ring(world, as_person, client, page) -> None:
    told = {"what": WORDS, "where": WHERE, "id": new_id(), "person": world.bilal.id}
    for browser, status in ((client, 401), (as_person(world.ana), 409)):
        answer = browser.post(f"{HERE}/{page}", data=told)
        assert answer.status_code == status
        assert "Not sent. Ring this number:" in answer.text
        assert "01632 960101" in answer.text
        assert f'value="{WORDS}"' in answer.text
        assert f">{WORDS}" not in answer.text
    by_script = client.post(f"{HERE}/{page}", data=told, headers={"X-Outbox": "1"})
    assert (by_script.status_code, by_script.json["state"]) == (401, "out")
    assert (db.session.query(Concern).count(), db.session.query(Hazard).count()) == (0, 0)


def test_an_old_page_is_not_sent_and_says_so(world, as_person, monkeypatch) -> None:
    monkeypatch.setitem(current_app.config, "WTF_CSRF_ENABLED", True)
    answer = as_person(world.ana).post(f"{HERE}/somebody-may-be-harmed", data={"what": WORDS})
    assert answer.status_code == 400
    assert "Not sent. Ring this number:" in answer.text
    assert db.session.query(Concern).count() == 0


def test_a_refusal_shows_no_words_of_it(world, as_person) -> None:
    for who in ("stranger", "oscar", "nadia"):
        answer = as_person(getattr(world, who)).post(f"{HERE}/somebody-may-be-harmed", data={"what": WORDS})
        assert answer.status_code == 403
        assert WORDS not in answer.text
    answer = as_person(world.dev).post(f"/safeguarding/{raised(world).id}/note", data={"text": WORDS})
    assert (answer.status_code, WORDS in answer.text) == (404, False)


def test_by_script_it_answers_in_json(world, as_person) -> None:
    ana = as_person(world.ana)
    answer = ana.post(f"{HERE}/somebody-may-be-harmed", data={"what": WORDS}, headers={"X-Outbox": "1"})
    assert answer.json == {"state": "safe", "href": f"{HERE}/what-i-told"}
    answer = ana.post(f"{HERE}/something-is-dangerous", data={"what": ""}, headers={"X-Outbox": "1"})
    assert (answer.status_code, answer.json["state"]) == (422, "wrong")


def test_the_lead_looks_after_it_to_the_end(world, as_person) -> None:
    got, nadia = raised(world), as_person(world.nadia)
    here = f"/safeguarding/{got.id}"
    assert "Safeguarding (1 new)" in nadia.get("/safeguarding").text
    assert nadia.post(f"{here}/close", data={"outcome": "x"}).status_code == 409
    assert "You look after it now" in then(nadia, f"{here}/acknowledge").text
    note = {"id": new_id(), "text": "Rang the police"}
    for _ in range(2):
        assert "Rang the police" in then(nadia, f"{here}/note", **note).text
    assert db.session.query(ConcernNote).count() == 1
    assert nadia.post(f"{here}/note", data={"text": " "}).status_code == 422
    assert nadia.post(f"{here}/close", data={"outcome": ""}).status_code == 422
    text = then(nadia, f"{here}/close", outcome="He is safe").text
    for words in ("He is safe", "Ana raised it.", "Nadia looks after it.", "Nadia wrote a note.", "Nadia closed it."):
        assert words in text
    assert nadia.post(f"{here}/close", data={"outcome": "again"}).status_code == 409


def test_long_lists_have_pages_and_empty_ones_a_sentence(world, as_person) -> None:
    nadia = as_person(world.nadia)
    assert "There is nothing here" in nadia.get("/safeguarding").text
    for number in range(60):
        raised(world, what=f"{WORDS} {number}")
    assert 'aria-label="Page 3"' in nadia.get("/safeguarding").text
    assert nadia.get("/safeguarding?page=3&state=new").status_code == 200
    assert "There is none of this kind" in nadia.get("/safeguarding?state=closed").text
    assert nadia.get("/safeguarding?state=%00&page=-9").status_code == 200
    assert "Nobody has seen anything dangerous" in as_person(world.ana).get(f"{HERE}/dangers").text


def test_a_danger_is_looked_after_and_shown_as_a_task_meanwhile(world, as_person) -> None:
    got = reported(world)
    leanne, ana = as_person(world.leanne), as_person(world.ana)
    here = f"{HERE}/dangers/{got.id}"
    world.inspection.stage = "moderation"
    for who in (world.leanne, world.kenny, world.helen):
        assert "Something dangerous waits for an answer" in as_person(who).get(HERE).text
    assert "See what is dangerous" in ana.get(HERE).text
    assert "waits for an answer" not in as_person(world.oscar).get(HERE).text
    assert leanne.post(f"{here}/note", data={"text": "x", "go": "close"}).status_code == 409
    leanne.post(f"{here}/acknowledge")
    assert "Put right what is dangerous" in leanne.get(HERE).text
    assert leanne.post(f"{here}/note", data={"text": ""}).status_code == 422
    leanne.post(f"{here}/note", data={"text": "Grit is on its way"})
    leanne.post(f"{here}/note", data={"text": "Cleared and gritted", "go": "close"})
    text = ana.get(here).text
    assert "Grit is on its way" in text
    assert "Cleared and gritted" in text
    assert "Put right what is dangerous" not in leanne.get(HERE).text


def test_the_reporter_hears_each_step(world, mails) -> None:
    got = reported(world)
    operations.acknowledge_hazard(world.inspection, got.id, actor=world.leanne)
    operations.note_hazard(world.inspection, got.id, "Grit", actor=world.kenny)
    operations.close_hazard(world.inspection, got.id, "Cleared", actor=world.leanne)
    letters = [letter for to, letter in mails() if to == "ana"]
    assert [letter.splitlines()[0] for letter in letters] == [
        "Somebody looks after the danger you saw",
        "News about the danger you saw",
        "The danger you saw was put right",
    ]


SETTING = {
    "answers": "Safeguarding team",
    "phone": "01632 960555",
    "emergency_phone": "112",
    "concern_hours": 3,
    "urgent_hours": 1,
    "hazard_hours": 2,
    "keep_days": 100,
}


def test_a_coordinator_says_who_looks_after_safeguarding(world, as_person) -> None:
    helen = as_person(world.helen)
    chosen = {"lead": world.olive.id, "deputy": world.nadia.id}
    answer = helen.post("/safeguarding/people", data=SETTING | chosen)
    assert answer.status_code == 303
    db.session.expire_all()
    assert ([one.name for one in queries.leads()], [one.name for one in queries.deputies()]) == (["Olive"], ["Nadia"])
    assert queries.times().keep_days == 100
    choice = as_person(world.ana).get(f"{HERE}/something-wrong").text
    assert "Safeguarding team" in choice
    assert "112" in choice
    assert as_person(world.dev).get("/safeguarding").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"phone": ""}, {"concern_hours": "x"}, {"keep_days": 1}, {"hazard_hours": 99}, {"lead": "nobody"},
     {"deputy": "same"}, {"answers": "x" * 200}],
)  # fmt: skip
def test_what_cannot_be_is_not_kept(world, as_person, wrong) -> None:
    sent = SETTING | {"lead": world.nadia.id, "deputy": world.dev.id} | wrong
    sent["deputy"] = world.nadia.id if sent["deputy"] == "same" else sent["deputy"]
    before = db.session.query(Grant).count()
    assert as_person(world.helen).post("/safeguarding/people", data=sent).status_code == 422
    assert queries.settings() is None
    assert db.session.query(Grant).count() == before


def test_no_inspection_leaves_planning_without_a_lead(world, as_person) -> None:
    world.inspection.stage = "planning"
    assert "No safeguarding lead" not in as_person(world.helen).get(HERE).text
    people.withdraw_role(world.nadia, world.nadia.roles[0].id, world.helen)
    assert "No safeguarding lead" in as_person(world.tomasz).get(HERE).text
