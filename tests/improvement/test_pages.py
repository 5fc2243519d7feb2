"""Pages by role and by stage, and the whole way in a browser without script."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from inspect_app.core.database import new_id
from inspect_app.core.time import at, now
from inspect_app.improvement import operations_time as times
from inspect_app.improvement import queries
from inspect_app.improvement.queries_chain import chains
from inspect_app.reports.queries import editions_of
from tests.improvement.conftest import START
from tests.improvement.steps import action, answered, claim, draft, ended, improving, say

BASE = "/inspections/NC-2026-03"


@pytest.fixture(autouse=True)
def on_that_day():
    with at(START + timedelta(days=3)):
        yield


OPEN_TO = {
    "/improvement": "helen ana bilal carol stuart kenny leanne olive oscar",
    "/answers": "stuart kenny leanne",
    "/answers/send": "stuart leanne",
    "/meeting": "helen ana stuart kenny leanne",
    "/more-time": "stuart leanne",
    "/plan": "stuart kenny leanne",
}


@pytest.mark.parametrize("place", OPEN_TO)
def test_who_opens_what_while_the_service_answers(world, browse, place):
    for name, person in world.people.items():
        expected = 200 if name in OPEN_TO[place].split() else 403
        assert browse(person).get(BASE + place).status_code == expected, name


def test_who_sees_what_a_service_owes(world, browse):
    for name, person in world.people.items():
        expected = 200 if name in ("helen", "stuart", "kenny") else 403
        assert browse(person).get("/service/winter").status_code == expected, name
        assert browse(person).get("/my/became").status_code == 200
    assert browse(world.helen).get("/service/nowhere").status_code == 404


def test_the_wrong_stage_is_a_sentence(world, browse):
    where = f"{BASE}/improvement/{world.asked[0].id}/update"
    answer = browse(world.kenny).get(where)
    assert answer.status_code == 409
    assert "Improving" in answer.text
    assert browse(world.ana).get(f"{BASE}/improvement/{world.asked[0].id}/verdict").status_code == 409


def test_another_services_recommendation_is_not_theirs(world, browse):
    answered(world)
    for place in (f"/plan/{world.asked[0].id}/new", f"/answers/{world.asked[0].id}"):
        assert browse(world.leanne).get(BASE + place).status_code == 403
    assert browse(world.leanne).get(f"{BASE}/plan/{new_id()}/new").status_code == 404


def test_nothing_shows_before_the_final_report(world, browse):
    world.inspection.stage = "writing"
    for who in (world.stuart, world.oscar, world.ana):
        assert browse(who).get(f"{BASE}/improvement").status_code == 409
    assert chains(world.inspection, inside=True) == []


def field(text, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text).group(1)


def test_the_service_answers_in_a_browser(world, browse):
    lead, where = browse(world.stuart), f"{BASE}/answers/{world.asked[0].id}"
    form = lead.get(where).text
    fields = {
        "revision": field(form, "revision"),
        "based_on": "",
        "decision": "accepted",
        "reason": "Yes, we will.",
    }
    for _ in range(2):
        assert lead.post(where, data=fields).status_code == 303
    page = lead.get(f"{BASE}/answers/send").text
    seen = {
        "recommendation": str(world.asked[0].id),
        f"seen-{world.asked[0].id}": field(page, f"seen-{world.asked[0].id}"),
    }
    for words in ("1 answer is sent.", "These answers were sent before."):
        assert words in lead.post(f"{BASE}/answers/send", data=seen, follow_redirects=True).text
    assert "Yes, we will." in browse(world.ana).get(f"{BASE}/improvement").text
    assert "does not change any more" in lead.get(where).text
    assert lead.post(where, data=fields | {"revision": str(new_id())}).status_code == 409


def test_a_form_that_lacks_something_keeps_what_was_written(world, browse):
    improving(world)
    lead, where = browse(world.stuart), f"{BASE}/improvement/{world.asked[0].id}/update"
    answer = lead.post(where, data={"id": str(new_id()), "text": "We did a lot.", "says_done": ""})
    assert answer.status_code == 422
    assert "We did a lot." in answer.text
    assert "Say whether it is done." in answer.text
    bad = {
        "id": str(new_id()),
        "text": "We did.",
        "says_done": "no",
        "file_1": (BytesIO(b"nothing"), "a.jpg"),
        "caption_1": "A",
    }
    answer = lead.post(where, data=bad, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "not a photo" in answer.text
    assert queries.updates_of([world.asked[0].id]) == []


def test_update_verdict_and_proof_in_a_browser(world, browse):
    improving(world)
    asked, out = world.asked[0], BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    sent = {"id": str(new_id()), "text": "All done.", "says_done": "yes", "caption_1": "The sign."}
    kenny, where = browse(world.kenny), f"{BASE}/improvement/{asked.id}/"
    for _ in range(2):
        files = {"file_1": (BytesIO(out.getvalue()), "sign.jpg", "image/jpeg")}
        assert kenny.post(f"{where}update", data=sent | files, content_type="multipart/form-data").status_code == 303
    ana = browse(world.ana)
    form = ana.get(f"{where}verdict").text
    assert "The sign." in form
    proof = re.search(rf"{BASE}/proof/[0-9a-f-]+", form).group()
    with ana.get(proof) as shown:
        assert shown.mimetype == "image/jpeg"
    assert browse(world.gordon).get(proof).status_code == 403
    given = {"update": field(form, "update"), "word": "fixed", "reason": "I saw it."}
    assert ana.post(f"{where}verdict", data=given).status_code == 303
    assert "You said: fixed" in ana.get(f"{where}verdict").text
    assert "I saw it." not in browse(world.bilal).get(f"{BASE}/improvement").text
    say(world, asked, bilal="fixed", carol="fixed")
    assert ended(asked) == "fixed"
    for page in ("/my/became", f"{BASE}/improvement"):
        assert "I saw it." in ana.get(page).text


def test_who_left_the_team_reads_no_names_and_only_what_is_published(world, browse):
    improving(world)
    claim(world, world.asked[0])
    say(world, world.asked[0], ana="fixed", bilal="fixed", carol="fixed")
    carols = next(one for one in world.inspection.members if one.person_id == world.carol.id)
    carols.state = "released"
    page = browse(world.carol).get("/my/became").text
    assert "Put one number on each stop." in page
    assert "Bilal Khan" not in page
    world.inspection.published_at = None
    assert "Put one number" not in browse(world.carol).get("/my/became").text


def test_the_plan_in_a_browser(world, browse):
    answered(world, "accepted", "not_accepted")
    kenny, lead = browse(world.kenny), browse(world.stuart)
    fields = {"id": str(new_id()), "what": "Fix signs.", "owner": "Depot manager", "due_on": "2026-05-01",
              "how_seen": "Go and look.", "with_citizens": "y"}  # fmt: skip
    send = f"{BASE}/plan/{world.winter.id}/send"
    assert lead.post(send).status_code == 409
    assert kenny.post(f"{BASE}/plan/{world.asked[0].id}/new", data=fields).status_code == 303
    assert kenny.post(send).status_code == 403
    assert lead.post(send).status_code == 303
    row = queries.actions_of([world.asked[0].id])[0]
    page = kenny.get(f"{BASE}/plan/actions/{row.id}").text
    change = fields | {"id": field(page, "id"), "based_on": field(page, "based_on"), "owner": "Night team"}
    assert kenny.post(f"{BASE}/plan/actions/{row.id}", data=change).status_code == 303
    again = lead.post(f"{BASE}/plan/actions/{row.id}", data=change | {"id": str(new_id()), "owner": "Day team"})
    assert "Kenny Moss saved this at the same moment" in again.text
    assert kenny.post(f"{BASE}/plan/actions/{row.id}/done").status_code == 303
    assert queries.actions_of([world.asked[0].id])[0].owner == "Night team"


def test_more_time_in_a_browser(world, browse):
    lead = browse(world.stuart)
    key, until = new_id(), (now() + timedelta(days=50)).date().isoformat()
    fields = {"id": str(key), "key": "answer-all", "until": until, "reason": "Two are ill."}
    for _ in range(2):
        assert lead.post(f"{BASE}/more-time", data=fields).status_code == 303
    assert lead.post(f"{BASE}/more-time", data=fields | {"id": str(new_id()), "until": "2026-03-06"}).status_code == 422
    where = f"{BASE}/more-time/{key}"
    helen = browse(world.helen)
    assert "Two are ill." in helen.get(where).text
    assert lead.post(where, data={"granted": "yes", "reason": "Me."}).status_code == 403
    assert helen.post(where, data={"granted": "yes", "reason": "Fair."}).status_code == 303
    assert helen.post(where, data={"granted": "no", "reason": "Fair."}).status_code == 409
    assert times.extension_in(world.inspection, key).granted is True


def test_every_page_opens_for_everybody_at_the_end(world, browse):
    improving(world, "referred", "partly", "not_accepted")
    action(world, world.asked[1])
    claim(world, world.asked[1])
    say(world, world.asked[1], ana="not_fixed", bilal="partly", carol="not_fixed")
    places = {
        "stuart": [f"/improvement/{world.asked[1].id}/disagreement", f"/improvement/{world.asked[0].id}/declined",
                   f"/improvement/{world.asked[1].id}/update", "/plan", "/answers", "/improvement"],
        "helen": [f"/improvement/{world.asked[1].id}/disagreement", "/improvement", ""],
        "ana": [f"/improvement/{world.asked[1].id}/verdict", "/improvement", ""],
    }  # fmt: skip
    for name, ones in places.items():
        for place in ones:
            assert browse(world.people[name]).get(BASE + place).status_code == 200, (name, place)
    assert browse(world.stuart).get(BASE).status_code == 200
    where = f"{BASE}/improvement/{world.asked[1].id}/disagreement"
    assert browse(world.helen).post(where, data={"reason": "Both stand by it."}).status_code == 303
    assert "We disagree" in browse(world.oscar).get(f"{BASE}/improvement").text


def test_a_draft_of_one_service_is_not_on_the_others_pages(world, browse):
    draft(world, world.asked[0], reason="A secret of winter.")
    for place in ("/answers", "/answers/send", "/plan", "/improvement", ""):
        assert "secret of winter" not in browse(world.leanne).get(BASE + place).text


def test_answers_that_came_late_are_published_in_a_new_edition(world, browse):
    over = START + timedelta(days=30)
    where = f"{BASE}/improvement/late-answers"
    with at(over):
        times.publish_when_over()
        assert "Publish the late answers" not in browse(world.helen).get(BASE).text
        answered(world)
        hub = browse(world.helen).get(BASE).text
        assert "Publish the late answers" in hub
        assert "3 answers are not in the published report." in hub
        assert "Publish the late answers" not in browse(world.stuart).get(BASE).text
        assert browse(world.stuart).get(where).status_code == 403
        shown = browse(world.helen).get(where).text
        assert "The service answered after the report was published." in shown
        assert browse(world.helen).post(where, data={"reason": " "}).status_code == 422
        done = browse(world.helen).post(where, data={"reason": "The answers came late."}, follow_redirects=True)
        assert "A new edition with the answers is published." in done.text
        newest, first = editions_of(world.inspection.id)
        assert (len(first.content["answers"]), len(newest.content["answers"])) == (0, 3)
        assert newest.reason == "The answers came late."
        assert "Publish the late answers" not in browse(world.helen).get(BASE).text
        browse(world.helen).post(where, data={"reason": "Once more."})
        assert len(editions_of(world.inspection.id)) == 2
