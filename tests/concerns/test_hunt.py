"""The hunt: no word of a concern, and no sign that there is one, anywhere where somebody else can look."""

from __future__ import annotations

import logging
import re
import tarfile

import pytest
from flask import current_app
from sqlalchemy import select, text

from inspect_app.concerns import operations
from inspect_app.core import jobs
from inspect_app.core.backup import backup
from inspect_app.core.database import Base, db, new_id
from inspect_app.core.web import ERRORS
from inspect_app.fieldwork import operations as field
from tests.concerns.conftest import raised, reported

TELLTALE = {"what": "Zebrafinch in the cellar", "who": "Quokka Smith", "where": "Wombat Lane"}
STAGES = ("fieldwork", "improving") * 5
"""In which stage each of them looks; the coordinator looks in both."""
NOTE, OUTCOME = "Okapi was rung", "Narwhal is safe"
WORDS_OF_IT = ("Zebrafinch", "Quokka", "Wombat", "Okapi", "Narwhal")
OTHERS = ("bilal", "sam", "olive", "oscar", "stranger", "helen", "tomasz", "leanne", "kenny", "dev")
HERE = "/inspections/NC-1"


@pytest.fixture
def told(world):
    got = raised(world, **TELLTALE)
    operations.acknowledge(got.id, actor=world.nadia)
    operations.add_note(got.id, NOTE, actor=world.nadia)
    operations.close(got.id, OUTCOME, actor=world.nadia)
    field.capture(world.inspection, world.keys[0], "good", "Fine", actor=world.ana)
    db.session.commit()
    return got


def addresses(world, told) -> list[str]:
    """Every address of the product that can be built from what is there."""
    known = {"reference": "NC-1", "published": "NC-1", "key": world.keys[0], "criterion_key": world.keys[0],
             "person_id": world.ana.id, "service_id": world.service.id, "service_slug": "web", "number": 1,
             "concern_id": told.id, "visit_id": world.visit.id, "site_id": world.site.id,
             "version_id": world.inspection.framework_version_id}  # fmt: skip
    adapter = current_app.url_map.bind("localhost")
    rules = [one for one in current_app.url_map.iter_rules() if one.arguments <= known.keys() and "GET" in one.methods]
    return sorted({adapter.build(one.endpoint, {name: known[name] for name in one.arguments}) for one in rules
                   if not one.endpoint.endswith("static")})  # fmt: skip


def signs(body: str, told) -> list[str]:
    return [word for word in (*WORDS_OF_IT, str(told.id)) if word in body]


@pytest.mark.alike
@pytest.mark.parametrize(("who", "stage"), [*zip(OTHERS, STAGES, strict=True), ("tomasz", "improving")])
def test_no_page_export_or_file_of_anybody_else_holds_a_word(world, told, as_person, who, stage) -> None:
    world.inspection.stage = stage
    browser = as_person(getattr(world, who))
    found = {}
    for address in addresses(world, told):
        answer = browser.get(address)
        if str(told.id) not in address and (here := signs(answer.get_data().decode("latin-1"), told)):
            found[address] = here
        if str(told.id) in address:
            assert answer.status_code in (403, 404)
            assert signs(answer.text.replace(f"/safeguarding/{told.id}", ""), told) == []
    assert found == {}


def test_the_raiser_sees_that_it_was_received_and_no_word(world, told, as_person) -> None:
    browser = as_person(world.ana)
    for address in addresses(world, told):
        assert signs(browser.get(address).get_data().decode("latin-1"), told) == [] or str(told.id) in address


def test_the_public_finds_nothing(world, told, client) -> None:
    for address in addresses(world, told):
        assert signs(client.get(address).get_data().decode("latin-1"), told) in ([], [str(told.id)])


def test_no_other_table_holds_a_word(world, told) -> None:
    own = {"concern", "concern_note"}
    for table in Base.metadata.sorted_tables:
        rows = str([tuple(row) for row in db.session.execute(select(table))])
        if table.name not in own:
            assert [word for word in WORDS_OF_IT if word in rows] == [], table.name
        if table.name not in own | {"journal_entry", "mail_message"}:
            assert str(told.id) not in rows, table.name


def test_the_mails_that_go_out_hold_no_word(world, told) -> None:
    jobs.work_until_empty()
    letters = [path.read_text() for path in (current_app.config["VAR"] / "mail").glob("*.eml")]
    assert [word for letter in letters for word in WORDS_OF_IT if word in letter] == []


@pytest.mark.parametrize("who", ["helen", "leanne", "bilal"])
def test_figures_and_overviews_are_the_same_with_and_without(world, as_person, who) -> None:
    browser = as_person(getattr(world, who))
    pages = ("/", HERE, f"{HERE}/visits", f"{HERE}/dangers", "/what-was-found")

    def seen() -> list[str]:
        return [re.sub(r'name="csrf_token" value="[^"]*"', "", browser.get(page).text) for page in pages]

    before = seen()
    raised(world, **TELLTALE)
    assert seen() == before


def test_a_fault_writes_no_word_into_the_log(world, as_person, caplog, monkeypatch) -> None:
    db.session.execute(text("ALTER TABLE concern RENAME TO hidden"))
    db.session.commit()
    try:
        with caplog.at_level(logging.DEBUG):
            answer = as_person(world.ana).post(f"{HERE}/somebody-may-be-harmed", data=TELLTALE | {"id": new_id()})
    finally:
        db.session.rollback()
        db.session.execute(text("ALTER TABLE hidden RENAME TO concern"))
        db.session.commit()
    assert answer.status_code == 503
    assert "Not sent. Ring this number:" in answer.text
    assert caplog.records
    assert [word for word in WORDS_OF_IT if word in caplog.text] == []


def test_a_broken_page_shows_no_word(world, as_person, monkeypatch) -> None:
    def broken(*_given, **_more):
        raise RuntimeError("Something broke")

    monkeypatch.setattr(operations, "raise_concern", broken)
    monkeypatch.setitem(current_app.config, "TESTING", False)
    answer = as_person(world.ana).post(f"{HERE}/somebody-may-be-harmed", data=TELLTALE | {"id": new_id()})
    assert answer.status_code == 500
    assert ERRORS[500][0] in answer.text
    assert [word for word in WORDS_OF_IT if word in answer.text] == []


def test_a_backup_holds_it_and_its_list_says_nothing_of_it(world, told, tmp_path) -> None:
    target = tmp_path / "all.tar.gz"
    said = str(backup(target))
    with tarfile.open(target) as packed:
        manifest = packed.extractfile("manifest.json").read().decode()
        rows = packed.extractfile("tables/concern.jsonl").read().decode()
    assert [word for word in WORDS_OF_IT if word in said + manifest] == []
    assert "Zebrafinch" in rows


def test_a_hazard_is_seen_by_the_team_and_not_by_the_public(world, client, as_person) -> None:
    got = reported(world, what="Iguana on the stairs")
    assert "Iguana" in as_person(world.bilal).get(f"{HERE}/dangers").text
    for address in addresses(world, got):
        assert "Iguana" not in client.get(address).get_data().decode("latin-1")
        assert "Iguana" not in as_person(world.oscar).get(address).get_data().decode("latin-1")
