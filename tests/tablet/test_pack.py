"""The pack: who gets one, what is in it, and what never is."""

from __future__ import annotations

import gzip
import hashlib
import json
from types import SimpleNamespace

import pytest

from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.operations import Note, Sent
from inspect_app.fieldwork.rules import Rater, RaterKind

PACK = "/inspections/NC-1/pack"
HERE = "/inspections/NC-1"


def _say(world: SimpleNamespace, person, words: str) -> None:
    rater = Rater(RaterKind.INSPECTOR, person.id)
    for key in world.keys[:2]:
        operations.capture(world.inspection, key, "good", words, actor=person, rater=rater, sent=Sent())
    note = Note("seen", f"Noted: {words}", None, None, world.keys[0], None)
    operations.capture_observation(world.inspection, note, actor=person, author_id=person.id, sent=Sent())


@pytest.mark.parametrize("who", ["ana", "bilal"])
def test_inspectors_of_the_team_get_a_pack(world, as_person, who: str) -> None:
    answer = as_person(getattr(world, who)).get(PACK)
    assert answer.status_code == 200
    assert answer.json["person"] == str(getattr(world, who).id)


@pytest.mark.parametrize("who", ["helen", "olive", "oscar", "stranger", "leanne", "kenny"])
def test_nobody_else_gets_one(world, as_person, who: str) -> None:
    assert as_person(getattr(world, who)).get(PACK).status_code == 403


def test_a_stranger_gets_none(world, client) -> None:
    assert client.get(PACK).status_code in (302, 401)


def test_it_holds_a_page_for_all_that_one_does_on_a_visit(world, as_person) -> None:
    pages = as_person(world.ana).get(PACK).json["pages"]
    ends = ["/questions", "/seal", "/seal/open", "/observations", "/observations/new", "/observations/*",
            "/observations/*/withdraw", "/photos/new", "/photos/*/withdraw", "/visits", "/along"]  # fmt: skip
    assert {f"{HERE}{end}" for end in ends} <= pages.keys()
    assert {f"{HERE}/questions/{key}" for key in world.keys} <= pages.keys()
    assert all("data-blank" in text and "</html>" in text for text in pages.values())


def test_it_holds_ones_own_words_beside_the_pages_and_nobody_elses(world, as_person) -> None:
    _say(world, world.ana, "Ana has seen the lamp.")
    _say(world, world.bilal, "Bilal has seen the cellar.")
    pack = as_person(world.ana).get(PACK).json
    own = pack["own"]
    assert own["ratings"][world.keys[0]]["reason"] == "Ana has seen the lamp."
    assert own["ratings"][world.keys[0]]["words"]
    assert [one["text"] for one in own["notes"]] == ["Noted: Ana has seen the lamp."]
    assert "Bilal" not in json.dumps(pack)


def test_a_supporter_takes_along_what_the_inspector_said_whom_they_help_and_nothing_else(world, as_person) -> None:
    _say(world, world.ana, "Ana has seen the lamp.")
    _say(world, world.bilal, "Bilal has seen the cellar.")
    pack = as_person(world.sam).get(PACK).json
    helped, desk = pack["own"]["helped"], f"{HERE}/type-in/{world.bilal.id}"
    assert (pack["person"], helped["person"]) == (str(world.sam.id), str(world.bilal.id))
    assert helped["ratings"][world.keys[0]]["reason"] == "Bilal has seen the cellar."
    assert [one["text"] for one in helped["notes"]] == ["Noted: Bilal has seen the cellar."]
    assert "Ana" not in json.dumps(pack)
    ends = ["", f"/questions/{world.keys[0]}", "/notes/new", "/notes/*", "/photos/new", "/sounds/new"]
    assert {f"{desk}{end}" for end in ends} | {f"{HERE}/along"} <= pack["pages"].keys()
    assert not [one for one in pack["pages"] if one.endswith("/seal") or "/observations/" in one]
    assert not [one for one, text in pack["pages"].items() if "Bilal" in text or "data-blank" not in text]


def test_a_supporters_list_of_notes_is_that_of_whom_they_help_and_says_who_typed(world, as_person) -> None:
    _say(world, world.bilal, "Bilal has seen the cellar.")
    note, sent = Note("heard", "Sam heard it from Bilal.", None, None, None, None), Sent(source="supporter")
    operations.capture_observation(world.inspection, note, actor=world.sam, author_id=world.bilal.id, sent=sent)
    pack = as_person(world.sam).get(PACK).json
    listed = pack["pages"][f"{HERE}/observations"]
    assert f'data-author="{world.bilal.id}"' in listed
    assert f'data-list="{world.bilal.id}"' in listed
    assert f"{HERE}/type-in/{world.bilal.id}/notes/00000000-" in listed
    assert not [one for one in ('data-list="mine"', "cellar", "Sam") if one in listed]
    typed = {one["text"]: one["typed"] for one in pack["own"]["helped"]["notes"]}
    assert typed["Noted: Bilal has seen the cellar."] is None
    assert typed["Sam heard it from Bilal."] == {"name": world.sam.name, "how": "together with their supporter"}


def test_its_pages_are_blank(world, as_person) -> None:
    _say(world, world.ana, "Ana has seen the lamp.")
    pages = as_person(world.ana).get(PACK).json["pages"]
    for address, text in pages.items():
        assert "has seen the lamp" not in text, address
        assert "Ana" not in text, address
        assert str(world.ana.id) not in text, address
        assert "csrf_token" not in text, address
        assert "meanwhile" not in text, address
        assert " checked" not in text or "/questions" not in address, address


def test_it_is_rendered_as_its_person_likes_to_read(world, as_person) -> None:
    ana = as_person(world.ana)
    before = ana.get(PACK).json
    ana.post("/me/easy-read", data={"wanted": "yes", "back": "/me"})
    pack = ana.get(PACK).json
    assert pack["version"] != before["version"]
    for end in (f"/questions/{world.keys[0]}", "/observations/new", "/photos/new"):
        assert "app-easy" in pack["pages"][f"{HERE}{end}"]
        assert "app-easy" not in before["pages"][f"{HERE}{end}"]


def test_it_tells_others_ratings_to_nobody_even_when_all_have_sealed(world, as_person) -> None:
    for one in (world.ana, world.bilal):
        rater = Rater(RaterKind.INSPECTOR, one.id)
        for key in world.keys:
            operations.capture(
                world.inspection, key, "good", f"{one.name} says so.", actor=one, rater=rater, sent=Sent()
            )
        operations.seal(world.inspection, actor=one, rater=rater)
    world.inspection.stage = "moderation"
    pack = as_person(world.ana).get(PACK).json
    assert "Bilal says so" not in json.dumps(pack)
    assert (
        pack["own"]["seal"]["revisions"]
        == queries.seal_of(world.inspection, Rater(RaterKind.INSPECTOR, world.ana.id)).revisions
    )


def test_the_same_pack_is_not_sent_twice(world, as_person) -> None:
    browser = as_person(world.ana)
    first = browser.get(PACK)
    mark = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(PACK, headers=mark).status_code == 304
    _say(world, world.ana, "Something is new.")
    again = browser.get(PACK, headers=mark)
    assert again.status_code == 200
    assert again.json["version"] != first.json["version"]


def test_it_says_how_large_it_is(world, as_person) -> None:
    answer = as_person(world.ana).get(PACK, headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(answer.data))["reference"] == "NC-1"
    assert int(answer.headers["X-Pack-Bytes"]) == len(answer.data)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_worker_names_each_file_by_its_content(world, client) -> None:
    answer = client.get("/tablet-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    facts = json.loads(answer.text.split("start(", 1)[1].rsplit(");", 1)[0])
    names = [address for address, _ in facts["files"]]
    assert any(name.endswith("/css/app.css") for name in names)
    for name, digest in facts["files"]:
        for packed in ("gzip", "identity"):
            sent = client.get(name, headers={"Accept-Encoding": packed})
            content = gzip.decompress(sent.data) if sent.headers.get("Content-Encoding") else sent.data
            assert hashlib.sha256(content).hexdigest() == digest, name
    assert all(client.get(shell).status_code == 200 for shell in facts["shells"].values())


def test_the_manifest_names_icons_that_are_there(world, client) -> None:
    facts = client.get("/manifest.webmanifest").json
    assert facts["start_url"] == "/tablet"
    for icon in facts["icons"]:
        assert client.get(icon["src"]).mimetype == "image/png"
