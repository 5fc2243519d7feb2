"""Making questions in the browser: without script, one part at a time, by two people at once."""

from __future__ import annotations

import re
import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.models import FrameworkDraft, FrameworkVersion
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, PlainTheme
from inspect_app.frameworks.queries import criteria_of
from tests.routes.pages import faults_of

FIELD = re.compile(r'<(?:input|textarea)[^>]*\bname="([^"]+)"[^>]*?(?:\bvalue="([^"]*)")?[^>]*>')


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the last form of a page."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    pairs = ((re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in found)
    return {name[1]: value[1] for name, value in pairs if name and value}


@pytest.fixture
def world(people: SimpleNamespace, as_person: Any) -> SimpleNamespace:
    """Helen has begun a draft with one theme and one question."""
    helen = as_person(people.helen)
    begun = helen.post(
        "/frameworks/drafts/new", data={"id": str(uuid.uuid4()), "source": "empty", "title": "Bus stops"}
    )
    home = begun.location
    helen.post(f"{home}/about", data={**fields(helen.get(f"{home}/about").text), "title": "Bus stops",
               "summary": "Waiting for a bus.", "source": "Ours.", "language": "en", "key": "bus-stops"})  # fmt: skip
    theme = helen.post(f"{home}/themes/new", data={"id": str(uuid.uuid4()), "title": "Waiting"})
    added = ask(helen, theme.location, plain="People can wait in a dry place.")
    assert added.location.endswith("#question-people-can-wait-in-a-dry")
    return SimpleNamespace(helen=helen, tomasz=as_person(people.tomasz), ana=as_person(people.ana), home=home)


def ask(browser: Any, address: str, **values: str) -> Any:
    shown = fields(browser.get(address).text)
    return browser.post(
        address,
        data={**shown, "theme": "waiting", "answer_type": "scale", "scale_key": "five", "weight": "1", **values},
    )


def said(world: SimpleNamespace) -> PlainFramework:
    db.session.expire_all()
    return plain_of(db.session.query(FrameworkDraft).one().document)


def test_from_an_empty_page_to_a_published_version(world) -> None:
    helen, home = world.helen, world.home
    ask(helen, f"{home}/themes/waiting/questions/new", plain="There is light.", easy="It is light.", symbol="shield")
    for path in ("", "/about", "/themes/waiting", "/questions/there-is-light", "/scales/five", "/scales/new",
                 "/lists/new", "/scoring", "/publish", "/discard", "/themes/waiting/remove"):  # fmt: skip
        shown = helen.get(f"{home}{path}")
        assert shown.status_code == 200, path
        assert not faults_of(shown.text), path
    assert "Nothing to mend" in helen.get(home).text
    published = helen.post(f"{home}/publish", data=fields(helen.get(f"{home}/publish").text))
    assert published.status_code == 303
    version = db.session.query(FrameworkVersion).one()
    assert (version.number, version.title) == (1, "Bus stops")
    assert [one.statement for one in criteria_of(version.id)] == ["People can wait in a dry place.", "There is light."]
    assert helen.post(f"{home}/publish").location == published.location  # twice is once
    assert helen.get(f"{home}/questions/there-is-light").status_code == 409
    kinds = [one.kind for one in journal.entries(journal.PROGRAMME_CHAIN) if one.kind.startswith("framework.")]
    assert kinds == ["framework.begun", "framework.published"]


def test_a_form_that_is_sent_twice_adds_once(world) -> None:
    address = f"{world.home}/themes/waiting/questions/new"
    data = {**fields(world.helen.get(address).text), "plain": "Seats are clean.", "theme": "waiting",
            "answer_type": "yes_no", "weight": "1"}  # fmt: skip
    first, second = world.helen.post(address, data=data), world.helen.post(address, data=data)
    assert first.location == second.location
    assert [one.key for one in said(world).themes[0].criteria][1:] == ["seats-are-clean"]


def test_two_people_change_one_question_and_nothing_is_lost(world) -> None:
    address = f"{world.home}/questions/people-can-wait-in-a-dry"
    hers, his = (fields(one.get(address).text) for one in (world.helen, world.tomasz))
    common = {"theme": "waiting", "answer_type": "scale", "scale_key": "five", "weight": "1"}
    assert world.tomasz.post(address, data={**his, **common, "plain": "His words."}).status_code == 303
    both = world.helen.post(address, data={**hers, **common, "plain": "Her words."})
    assert both.status_code == 409
    assert "His words." in both.text
    assert "Her words." in both.text
    assert not faults_of(both.text)
    assert said(world).themes[0].criteria[0].plain == "His words."
    again = world.helen.post(address, data={**fields(both.text), **common, "plain": "Her words."})
    assert again.status_code == 303
    assert said(world).themes[0].criteria[0].plain == "Her words."


def test_two_people_change_different_parts_and_both_stand(world) -> None:
    question, about = f"{world.home}/questions/people-can-wait-in-a-dry", f"{world.home}/about"
    hers, his = fields(world.helen.get(question).text), fields(world.tomasz.get(about).text)
    world.tomasz.post(about, data={**his, "title": "Stops", "summary": "Short.", "source": "Ours.", "language": "en"})
    world.helen.post(question, data={**hers, "plain": "Dry?", "theme": "waiting", "answer_type": "yes_no"})
    assert (said(world).title, said(world).themes[0].criteria[0].plain) == ("Stops", "Dry?")


def test_who_takes_out_what_another_changes_is_told_and_who_changed_it_can_put_it_back(world) -> None:
    address = f"{world.home}/questions/people-can-wait-in-a-dry"
    hers, sure = fields(world.helen.get(address).text), fields(world.tomasz.get(f"{address}/remove").text)
    common = {"theme": "waiting", "answer_type": "yes_no", "weight": "1"}
    world.helen.post(address, data={**hers, **common, "plain": "New words."})
    told = world.tomasz.post(f"{address}/remove", data=sure)
    assert told.status_code == 409
    late = fields(world.helen.get(address).text)
    assert world.tomasz.post(f"{address}/remove", data=fields(told.text)).status_code == 303
    assert not said(world).themes[0].criteria
    gone = world.helen.post(address, data={**late, **common, "plain": "Newer words."})
    assert gone.status_code == 409
    assert "put it back" in gone.text
    assert world.helen.post(address, data={**fields(gone.text), **common, "plain": "Newer words."}).status_code == 303
    assert said(world).themes[0].criteria[0].plain == "Newer words."


def test_rows_are_moved_and_added_before_anything_is_saved(world) -> None:
    address = f"{world.home}/scales/five"
    rows = {f"rows-{place}-{name}": value for place, (key, label) in enumerate([("a", "Bad"), ("b", "Good")])
            for name, value in (("key", key), ("label", label), ("descriptor", label))}  # fmt: skip
    form = {**fields(world.helen.get(address).text), "title": "How?", **rows}
    shown = world.helen.post(address, data={**form, "go": "up-1"})
    assert shown.status_code == 200
    assert shown.text.index('value="Good"') < shown.text.index('value="Bad"')
    assert len(said(world).scales[0].points) == 5
    world.helen.post(address, data={**form, "go": "save"})
    assert [one.key for one in said(world).scales[0].points] == ["a", "b"]


def test_what_results_are_called_stands_lowest_first_and_no_two_begin_together(world) -> None:
    address = f"{world.home}/scoring"
    rows = {"rows-0-label": "Good", "rows-0-from_percent": "60", "rows-1-label": "Weak", "rows-1-from_percent": "60"}
    form = {**fields(world.helen.get(address).text), "least_answers": "2", **rows, "go": "save"}
    refused = world.helen.post(address, data=form)
    assert refused.status_code == 422
    assert "Another name begins at this number, too." in refused.text
    assert not faults_of(refused.text)
    assert world.helen.post(address, data=form | {"rows-1-from_percent": "0"}).status_code == 303
    scoring = said(world).scoring
    assert scoring.least_answers == 2
    assert [(one.key, one.from_percent) for one in scoring.bands] == [("weak", 0), ("good", 60)]


def test_a_point_has_easier_words_and_a_picture(world) -> None:
    address = f"{world.home}/scales/five"
    rows = {"rows-0-label": "Bad", "rows-0-easy": "No", "rows-0-sign": "shield", "rows-1-label": "Good"}
    form = {**fields(world.helen.get(address).text), "title": "How?", **rows, "rows-1-sign": "unknown", "go": "save"}
    assert world.helen.post(address, data=form).status_code == 303
    assert [(one.easy, one.sign) for one in said(world).scales[0].points] == [("No", "shield"), ("", None)]
    shown = world.helen.get(f"{world.home}/questions/people-can-wait-in-a-dry/preview?view=easy").text
    assert ">No</strong>" in shown
    assert "openmoji/shield.svg" in shown


def test_questions_and_themes_are_moved_and_taken_out(world) -> None:
    helen, home = world.helen, world.home
    ask(helen, f"{home}/themes/waiting/questions/new", plain="Second.")
    helen.post(f"{home}/themes/new", data={"id": str(uuid.uuid4()), "title": "Staff"})
    helen.post(f"{home}/questions/second/move", data={"place": "0"})
    helen.post(f"{home}/questions/second/move", data={"place": "0"})
    helen.post(f"{home}/themes/staff/move", data={"place": "0"})
    plain = said(world)
    assert [one.key for one in plain.themes] == ["staff", "waiting"]
    assert [one.key for one in plain.themes[1].criteria] == ["second", "people-can-wait-in-a-dry"]
    assert "This theme has no questions" in helen.get(f"{home}/publish").text
    helen.post(f"{home}/themes/staff/remove", data=fields(helen.get(f"{home}/themes/staff/remove").text))
    assert [one.key for one in said(world).themes] == ["waiting"]
    refused = helen.get(f"{home}/scales/five/remove")
    assert refused.status_code == 409
    assert "2 questions use it" in refused.text
    helen.post(f"{home}/themes/waiting/remove", data=fields(helen.get(f"{home}/themes/waiting/remove").text))
    assert helen.get(f"{home}/scales/five/remove").status_code == 200


def test_a_theme_that_is_asked_for_each_of_several_is_previewed_and_published(world) -> None:
    theme = f"{world.home}/themes/waiting"
    world.helen.post(theme, data=fields(world.helen.get(theme).text) | {"title": "Waiting", "each": "stop"})
    assert (
        "For each stop" in world.helen.get(f"{world.home}/questions/people-can-wait-in-a-dry/preview?view=plain").text
    )
    shown = world.helen.get(f"{world.home}/publish").text
    assert "Mend this first" not in shown
    assert world.helen.post(f"{world.home}/publish", data=fields(shown)).status_code == 303
    assert db.session.query(FrameworkVersion).count() == 1


def test_a_question_is_shown_as_inspectors_will_see_it(world) -> None:
    address = f"{world.home}/questions/people-can-wait-in-a-dry/preview"
    for view in ("plain", "easy"):
        shown = world.helen.get(f"{address}?view={view}")
        assert shown.status_code == 200
        assert "People can wait in a dry place." in shown.text
        assert "Very good" in shown.text
        assert not faults_of(shown.text)
    assert world.helen.get(f"{world.home}/preview").location.startswith(address)


def test_a_long_draft_shows_the_questions_of_one_theme_at_a_time_and_all_when_asked(people, as_person) -> None:
    ones = [
        PlainCriterion(f"q{number}", f"Question {number}.", "", "yes_no", None, (), True, True) for number in range(62)
    ]
    themes = PlainTheme("first", "First", tuple(ones[:61])), PlainTheme("last", "Last", tuple(ones[61:]))
    plain = PlainFramework("long", 1, "en", "Long", "Many questions.", "Ours.", (), themes)
    home = f"/frameworks/drafts/{begin_draft(plain, people.helen, id=uuid.uuid4()).id}"
    db.session.commit()
    helen = as_person(people.helen)
    folded, everything = helen.get(home).text, helen.get(f"{home}?at=all").text
    assert "Question 61." not in folded
    assert f'href="{home}?at=theme-last#theme-last">Open its 1 question<' in folded
    assert all(f">Question {number}.<" in everything for number in (0, 60, 61))
    moved = helen.post(f"{home}/questions/q5/move", data={"place": "0"}).location
    assert moved == f"{home}?at=question-q5#question-q5"
    shown = helen.get(moved).text
    assert shown.index("Question 5.") < shown.index("Question 0.")
    assert "Question 61." not in shown
    for page in (folded, everything, shown):
        assert not faults_of(page)


def test_a_new_version_begins_from_the_last_and_must_say_something_new(world) -> None:
    helen = world.helen
    published = helen.post(f"{world.home}/publish", data=fields(helen.get(f"{world.home}/publish").text)).location
    version = published.rsplit("/", 1)[1]
    begun = helen.post(
        "/frameworks/drafts/new", data={"id": str(uuid.uuid4()), "source": f"version:{version}"}
    ).location
    assert "Nothing has changed since version 1" in helen.post(f"{begun}/publish").text
    ask(helen, f"{begun}/themes/waiting/questions/new", plain="There is a seat.")
    helen.post(f"{begun}/publish")
    assert sorted(one.number for one in db.session.query(FrameworkVersion)) == [1, 2]
    text = helen.get(f"{published}/file")
    assert text.mimetype == "application/yaml"
    assert "dry place" in text.text


def test_only_coordinators_make_questions_and_a_draft_can_be_thrown_away(world) -> None:
    for path in ("", "/about", "/publish", "/themes/new", "/file"):
        assert world.ana.get(f"{world.home}{path}").status_code == 403
    assert world.helen.post(f"{world.home}/discard").status_code == 303
    assert world.helen.get(world.home).status_code == 409
    assert "Bus stops" not in world.tomasz.get("/frameworks").text
    assert world.helen.get(f"/frameworks/drafts/{uuid.uuid4()}").status_code == 404
