from __future__ import annotations

import re
from typing import Any

import pytest
from flask import g

from inspect_app.core import jobs
from inspect_app.core.database import db, new_id
from inspect_app.reports import operations_checking, queries
from tests.reports.steps import checking, drafted, raised, written
from tests.reports.test_editions import published

BASE = "/inspections/NC-2026-03/report"


@pytest.fixture
def browser(as_person) -> Any:
    """A browser for a person; what an earlier request found out about somebody else is forgotten."""

    def start(person: Any) -> Any:
        for name in list(g):
            g.pop(name)
        return as_person(person)

    return start


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("who", "address", "stage", "status"),
    [
        ("ana", "", "writing", 200),
        ("helen", "", "writing", 200),
        ("stuart", "", "writing", 200),
        ("gordon", "", "writing", 403),
        ("ana", "/sections/summary", "writing", 200),
        ("ana", "/sections/nothing", "writing", 404),
        ("stuart", "/sections/summary", "writing", 403),
        ("ana", "/sections/summary", "checking", 409),
        ("ana", "/findings/new", "writing", 200),
        ("kenny", "/findings/new", "writing", 403),
        ("ana", "/recommendations/new", "writing", 200),
        ("olive", "/recommendations/new", "writing", 403),
        ("ana", "/confirm", "writing", 409),
        ("helen", "/confirm", "writing", 403),
        ("ana", "/drafts/7", "writing", 404),
        ("wanda", "/drafts/7", "writing", 403),
        ("ana", "/points/new", "checking", 403),
        ("ana", "/points", "checking", 200),
        ("ana", "/editions/1", "improving", 404),
        ("ana", "/correct", "improving", 403),
        ("helen", "/correct", "improving", 409),
    ],
)
def test_each_page_asks_who_and_when(world, browser, who, address, stage, status):
    world.at(stage)
    assert browser(world.people[who]).get(BASE + address).status_code == status


def test_a_finding_sent_twice_is_saved_once(world, browser):
    client = browser(world.ana)
    form = {
        "id": str(new_id()),
        "revision": str(new_id()),
        "kind": "improvement",
        "text": "People find out late.",
        "observations": [str(world.notes[0].id)],
    }
    for _ in range(2):
        assert client.post(f"{BASE}/findings/new", data=form).status_code == 303
    assert len(queries.findings_of(world.inspection.id)) == 1


def test_a_finding_without_basis_keeps_the_text_and_says_what_is_missing(world, browser):
    form = {"id": str(new_id()), "revision": str(new_id()), "kind": "strength", "text": "All is well here."}
    answer = browser(world.ana).post(f"{BASE}/findings/new", data=form)
    assert answer.status_code == 422
    assert "needs something to stand on" in answer.text
    assert "All is well here." in answer.text


def test_two_who_write_one_section_are_both_kept_and_shown(world, browser):
    seen = browser(world.ana).get(f"{BASE}/sections/summary").text
    based_on = hidden(seen, "based_on")
    first = {"revision": str(new_id()), "based_on": based_on, "text": "Ana's words."}
    assert browser(world.ana).post(f"{BASE}/sections/summary", data=first).status_code == 303
    second = {"revision": str(new_id()), "based_on": based_on, "text": "Bilal's words."}
    answer = browser(world.bilal).post(f"{BASE}/sections/summary", data=second)
    assert answer.status_code == 409
    assert "Ana Bell saved this at the same time" in answer.text
    assert "Bilal&#39;s words." in answer.text
    again = {"revision": hidden(answer.text, "revision"), "based_on": hidden(answer.text, "based_on"), "text": "Both."}
    assert browser(world.bilal).post(f"{BASE}/sections/summary", data=again).status_code == 303
    assert queries.sections_of(world.inspection.id)["summary"].text == "Both."


def test_every_page_of_the_round_opens(world, browser):
    finding, asked = written(world)
    client = browser(world.ana)
    for address in ("", "/sections/what_we_saw", f"/findings/{finding.id}", f"/recommendations/{asked.id}"):
        assert client.get(BASE + address).status_code == 200
    assert client.post(f"{BASE}/drafts").status_code == 303
    assert "Waiting for its turn" in client.get(f"{BASE}/drafts/1").text
    waiting = client.get(f"{BASE}/drafts/1/progress", headers={"HX-Request": "true"}).text
    assert waiting.lstrip().startswith('<div class="app-progress"')
    assert client.get(f"{BASE}/drafts/1.pdf").status_code == 409
    jobs.work_until_empty()
    assert client.get(f"{BASE}/drafts/1.pdf").mimetype == "application/pdf"
    assert client.get(f"{BASE}/confirm").status_code == 200


def test_the_pages_of_the_check(world, browser):
    point = raised(world)
    service = browser(world.stuart)
    assert "A fact is wrong" in service.get(f"{BASE}/drafts/1").text
    wrong = {"id": str(new_id()), "paragraph": "R1", "quote": "Put", "challenge": "No."}
    answer = service.post(f"{BASE}/points/new", data=wrong)
    assert answer.status_code == 422
    assert "cannot be challenged" in answer.text
    assert service.post(f"{BASE}/points/close").status_code == 303
    decide = {"decision": "upheld", "reason": "I rang."}
    assert browser(world.olive).post(f"{BASE}/points/{point.id}/decide", data=decide).status_code == 303
    words = {"words": "The line closes at six."}
    assert browser(world.ana).post(f"{BASE}/points/{point.id}/reword", data=words).status_code == 303
    text = {"text": "I still think it is five."}
    assert browser(world.bilal).post(f"{BASE}/points/{point.id}/differently", data=text).status_code == 303
    shown = browser(world.stuart).get(f"{BASE}/points").text
    assert "The line closes at six." in shown
    assert "I still think it is five." in shown
    assert operations_checking.is_closed(world.inspection)


def test_an_edition_is_read_corrected_and_withdrawn(world, browser):
    published(world)
    assert browser(world.gordon).get(f"{BASE}/editions/1").status_code == 200
    form = {"reason": "The hour was wrong.", "paragraph": "1.2", "text": "It closes at six."}
    assert browser(world.helen).post(f"{BASE}/correct", data=form).status_code == 303
    answer = browser(world.helen).post(f"{BASE}/editions/1/withdraw", data={"reason": "It was wrong."})
    assert answer.status_code == 303
    assert "It was wrong." in browser(world.ana).get(BASE).text


def test_the_command_writes_the_latest_edition_or_says_why_not(world, app, tmp_path):
    out = tmp_path / "report.pdf"
    refused = app.test_cli_runner().invoke(args=["report", "NC-2026-03", "--out", str(out)])
    assert (refused.exit_code, out.exists()) == (1, False)
    assert "No report of NC-2026-03 is published" in refused.output
    unknown = app.test_cli_runner().invoke(args=["report", "XX-1", "--out", str(out)])
    assert unknown.exit_code == 1
    drafted(world)
    db.session.commit()
    made = app.test_cli_runner().invoke(args=["report", "NC-2026-03", "--out", str(out), "--draft"])
    assert made.exit_code == 0, made.output
    assert out.read_bytes().startswith(b"%PDF")


def test_a_draft_that_is_being_checked_stays_when_a_second_is_asked_for(world, browser):
    checking(world)
    assert browser(world.ana).post(f"{BASE}/drafts").status_code == 409


def test_the_service_reads_only_what_was_sent(world, browser):
    drafted(world)
    assert browser(world.stuart).get(f"{BASE}/drafts/1").status_code == 403
    assert browser(world.ana).get(f"{BASE}/drafts/1").status_code == 200
    sent = checking(world)
    assert browser(world.stuart).get(f"{BASE}/drafts/{sent.number}").status_code == 200
