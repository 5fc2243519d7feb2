"""A theme that is repeated: each inspector names what they looked at, and answers its questions for each of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.fieldwork import operations, queries
from inspect_app.fieldwork.models import Observation
from inspect_app.fieldwork.operations import Note, Sent
from inspect_app.fieldwork.queries_sheet import progress, sheet_of
from inspect_app.fieldwork.rules import Rater
from inspect_app.frameworks import repeats
from inspect_app.frameworks.asking import Moment, asked, for_tablet, steps_of, unmet
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import questions_of
from inspect_app.frameworks.reading import read_framework
from inspect_app.moderation import queries as moderation
from inspect_app.reports import queries_content
from tests.fieldwork.conftest import move_to
from tests.fieldwork.rooms import HALL, LOUNGE, ROOMS, SAID
from tests.frameworks.expressions_in_js import MODULES

HERE = "/inspections/NC-1"
QUESTIONS = questions_of(read_framework(ROOMS))
STEPS = steps_of(QUESTIONS)
AT = Moment("2026-11-22", "2026-11-22T17:05:00")
OF_LOUNGE = [f"rooms--name-{LOUNGE}", f"clean--{LOUNGE}", f"beds--{LOUNGE}", f"space--{LOUNGE}", f"which--{LOUNGE}"]
OF_HALL = [one.replace(LOUNGE, HALL) for one in OF_LOUNGE]


def test_each_room_is_asked_for_itself() -> None:
    found = repeats.expanded(QUESTIONS, SAID)
    assert [one.key for one in found] == ["door", *OF_LOUNGE, *OF_HALL, "all-beds", "why-none"]
    assert {one.instance_name for one in found if one.instance == HALL} == {"Hall"}
    now = asked(STEPS, found, SAID, AT)
    assert now.keys == {one.key for one in found} - {f"space--{HALL}", "why-none"} | {"rooms--name-"}
    assert now.results == {f"which--{LOUNGE}": "1", f"which--{HALL}": "2", "all-beds": "3"}


@pytest.mark.parametrize("name", [None, "", "does_not_apply"])
def test_what_was_taken_back_is_asked_no_more_and_counts_no_more(name) -> None:
    said = SAID | {f"rooms--name-{LOUNGE}": name}
    found = repeats.expanded(QUESTIONS, said)
    assert [one.key for one in found] == ["door", *OF_HALL, "all-beds", "why-none"]
    assert asked(STEPS, found, said, AT).results == {f"which--{HALL}": "1", "all-beds": "1"}


def test_without_any_room_the_house_is_asked_all_the_same() -> None:
    assert {"door", "why-none"} < asked(STEPS, repeats.expanded(QUESTIONS, {}), {}, AT).keys


def test_a_theme_that_is_not_asked_has_no_rooms() -> None:
    steps = steps_of(
        questions_of(read_framework(ROOMS.replace("each: room", "condition: \"${door} = 'no'\"\n    each: room")))
    )
    assert asked(steps, QUESTIONS, SAID, AT).keys == {"door", "all-beds"}


def test_a_check_knows_the_answers_of_its_own_room() -> None:
    more = ROOMS.replace("type: count}}", "type: count}, constraint: \". = position(..) or ${clean} = 'poor'\"}")
    questions = questions_of(read_framework(more))
    steps = steps_of(questions)
    refused = [unmet(steps, repeats.find(questions, f"beds--{room}"), "7", SAID, AT) for room in (LOUNGE, HALL)]
    assert refused == ["This answer does not fit. Look at it again.", None]


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node here; the journey in the browser shows it too")
def test_the_tablet_asks_for_each_room_what_the_office_asks(tmp_path) -> None:
    for module in (*MODULES, *map(Path, ("static/frameworks/asking.js", "static/frameworks/repeats.js"))):
        shutil.copy(module, tmp_path / module.name)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "ask.mjs").write_text(
        "import { asked, isUnmet } from './asking.js'; import { readFileSync } from 'node:fs';"
        "import { instancesOf, newInstance, patternOf } from './repeats.js';"
        "const [steps, said, at, room] = JSON.parse(readFileSync(0)); const { keys, results } = asked(steps, said, at);"
        "const put = (one) => ({ ...said, [`clean--${room}`]: one });"
        "const unmet = ['', 'a'].map((one) => isUnmet(steps, `beds--${room}`, put(one), at));"
        "const made = patternOf('/questions/rooms--name-new');"
        "console.log(JSON.stringify([[...keys].sort(), results, unmet, instancesOf(said, 'rooms'), made.pattern,"
        "made.instance, newInstance(), patternOf('/questions/clean')]));"
    )
    checked = [
        replace(one, constraint=("=", ("name", "clean"), ("text", "a"))) if one.key == "beds" else one for one in STEPS
    ]
    sent = json.dumps([for_tablet(checked), SAID, {"today": AT.today, "now": AT.now}, LOUNGE])
    done = subprocess.run(["node", "ask.mjs"], cwd=tmp_path, input=sent, capture_output=True, text=True, check=True)
    keys, results, refused, rooms, pattern, *made, nothing = json.loads(done.stdout)
    now = asked(STEPS, QUESTIONS, SAID, AT)
    assert (keys, results, refused) == (sorted(now.keys), now.results, [True, False])
    assert [(one["instance"], one["name"]) for one in rooms] == repeats.instances_of(SAID, "rooms")
    assert (pattern, nothing) == (f"/questions/rooms--name-{repeats.PATTERN}", None)
    assert all(repeats.INSTANCE.fullmatch(one) for one in made)


def test_identifiers_sort_as_they_were_made_and_fit() -> None:
    made = repeats.new_instance()
    assert repeats.INSTANCE.fullmatch(made)
    assert made > LOUNGE
    assert not repeats.INSTANCE.fullmatch(repeats.PATTERN)
    wrong = ["clean", "clean--x", f"door--{LOUNGE}", f"house--name-{LOUNGE}", "rooms--name-new", f"no--{LOUNGE}"]
    assert [repeats.find(QUESTIONS, one) is not None for one in wrong] == [True, *([False] * 5)]


@pytest.fixture
def rooms(world) -> SimpleNamespace:
    """The same inspection with a theme for each room."""
    world.inspection.framework_version = publish_framework(ROOMS, None)
    db.session.commit()
    return world


def test_a_visit_without_script_adds_a_room_answers_and_seals(rooms, as_person) -> None:
    ana, rater = as_person(rooms.ana), Rater("inspector", rooms.ana.id)
    listed = ana.get(f"{HERE}/questions").text
    assert "None added yet" in listed
    new = ana.get(re.search(r'href="(\S+--name-new)"', listed)[1]).location
    room = new.rpartition("-")[2]
    assert "What do you call this room?" in ana.get(new).text
    assert ana.post(new, data={"amount": ""}).location == f"{HERE}/questions"
    assert ana.post(new, data={"amount": "Lounge"}).location == f"{HERE}/questions/clean--{room}"
    assert "Lounge" in ana.get(f"{HERE}/questions/clean--{room}").text
    ana.post(f"{HERE}/questions/clean--{room}", data={"value": "good", "reason": "No dust."})
    assert ana.post(f"{HERE}/questions/beds--{room}", data={"amount": "2"}).location.endswith(f"space--{room}")
    ana.post(f"{HERE}/questions/door", data={"value": "yes"})
    assert f'data-missing="space--{room}/photo"' in ana.get(f"{HERE}/seal").text
    assert "1 question to answer first" in ana.get(f"{HERE}/seal").text
    ana.post(f"{HERE}/questions/space--{room}", data={"value": "yes"})
    assert "Lounge" in ana.get(f"{HERE}/observations/new").text
    ana.post(f"{HERE}/observations/new", data={"kind": "seen", "text": "Dust.", "question": f"space--{room}"})
    assert "Dust." in ana.get(f"{HERE}/questions/space--{room}").text
    assert ana.post(f"{HERE}/seal", data={"without": "No camera."}).status_code == 303
    assert {one.name: one.sentence for one in progress(rooms.inspection)} == {
        "Ana": "Sealed", "Bilal": "0 of 2 rated", "Communications": "0 of 2 rated"}  # fmt: skip
    assert len(queries.seal_of(rooms.inspection, rater).revisions) == 5
    notes = db.session.query(Observation).order_by(Observation.noted_at).all()
    assert {(one.criterion_key, one.instance) for one in notes} == {("space", room)}


def test_a_name_is_changed_and_taken_back_and_no_more_are_added_than_may_be(rooms) -> None:
    def name(instance: str, words: str | None, **sent) -> operations.Saved:
        key = f"rooms--name-{instance}"
        return operations.capture(rooms.inspection, key, words, "", actor=rooms.ana, sent=Sent(**sent))

    rater, first, again = Rater("inspector", rooms.ana.id), new_id(), new_id()
    name(LOUNGE, "Lounge", id=first, device="a", sequence=1, is_own_state=True)
    name(LOUNGE, "Day room", id=again, based_on=first, device="a", sequence=3, is_own_state=True)
    name(LOUNGE, "Loung", id=new_id(), based_on=first, device="a", sequence=2, is_own_state=True)  # older, later
    name(LOUNGE, "Lounge", id=first, device="a", sequence=1, is_own_state=True)  # the same again
    assert queries.own_rating(rooms.inspection, rater, f"rooms--name-{LOUNGE}").value == "Day room"
    name(HALL, "Hall")
    name("mi3xw0kccccc", "Kitchen")
    with pytest.raises(Refused, match="There are 3 already"):
        name("mi3xw0kddddd", "Bath")
    operations.capture(rooms.inspection, f"clean--{HALL}", "good", "", actor=rooms.ana)
    name(HALL, "does_not_apply")
    name("mi3xw0kddddd", "Bath")
    sheet = sheet_of(rooms.inspection, rater)
    assert [one.instance_name for one in sheet.questions if one.is_name] == ["Day room", "Kitchen", "Bath"]
    assert queries.own_rating(rooms.inspection, rater, f"clean--{HALL}").value == "good"
    for key in ("clean", f"door--{LOUNGE}", "rooms--name-x"):
        with pytest.raises(Refused):
            operations.capture(rooms.inspection, key, "good", "", actor=rooms.ana)


def test_who_types_and_a_service_name_their_rooms_too(rooms, as_person) -> None:
    helen, leanne = as_person(rooms.helen), as_person(rooms.leanne)
    desks = [(helen, f"{HERE}/type-in/{rooms.ana.id}"), (leanne, f"{HERE}/self-rating/{rooms.service.id}")]
    for client, desk in desks:
        assert client.post(f"{desk}/questions/rooms--name-{LOUNGE}", data={"amount": "Lounge"}).status_code == 303
        assert client.post(f"{desk}/questions/clean--{LOUNGE}", data={"value": "poor"}).status_code == 303
        assert client.get(desk).text.count("Lounge") > 0
    operations.capture_observation(
        rooms.inspection, Note("seen", "x", question_key=f"clean--{LOUNGE}"), actor=rooms.ana
    )
    assert "Dust" not in helen.get(f"{desks[0][1]}/questions/clean--{LOUNGE}").text


def test_the_team_agrees_on_one_rating_over_all_rooms(rooms, as_person) -> None:
    for person, said in ((rooms.ana, ((LOUNGE, "Lounge", "good"), (HALL, "Hall", "poor"))), (rooms.bilal, ())):
        operations.capture(rooms.inspection, "door", "yes", "", actor=person)
        if not said:
            operations.capture(rooms.inspection, "why-none", "No time", "", actor=person)
        for room, name, value in said:
            operations.capture(rooms.inspection, f"rooms--name-{room}", name, "", actor=person)
            operations.capture(rooms.inspection, f"clean--{room}", value, f"{name}!", actor=person)
            operations.capture(rooms.inspection, f"beds--{room}", "1", "", actor=person)
    operations.capture(rooms.inspection, f"rooms--name-{HALL}9", "Cellar", "", actor=rooms.ana)
    operations.capture(rooms.inspection, f"clean--{HALL}9", "fair", "Gone", actor=rooms.ana)
    operations.capture(rooms.inspection, f"rooms--name-{HALL}9", "does_not_apply", "", actor=rooms.ana)
    for person in (rooms.ana, rooms.bilal):
        operations.seal(rooms.inspection, actor=person)
    move_to(rooms, "moderation")
    assert [one.key for one in moderation.questions(rooms.inspection)] == ["door", "clean", "beds", "why-none"]
    item = next(one for one in moderation.agenda_of(rooms.inspection) if one.key == "clean")
    assert [(one.instance, one.position) for one in item.voices] == [(LOUNGE, 2), (HALL, 0)]
    page = as_person(rooms.ana).get(f"{HERE}/agreeing/clean").text
    assert re.findall(r'aria-label="(Ana[^"]*)"', page) == ["Ana, Hall", "Ana, Lounge"]
    assert "Gone" not in page
    assert "Ana, Lounge" in as_person(rooms.bilal).get(f"{HERE}/agreeing").text
    sealed = queries_content._open_ratings(rooms.inspection)
    rated = {one.key: one for one in queries_content._rated(rooms.inspection, QUESTIONS, sealed)}
    assert rated["clean"].dots == [0, 2]
    assert [one.text for one in rated["beds"].sayings] == ["Lounge: 1", "Hall: 1"]
    assert "rooms" not in rated


def test_a_team_that_rates_together_reads_each_question_once(rooms, as_person) -> None:
    rooms.kind.rating = "together"
    ana = as_person(rooms.ana)
    listed = ana.get(f"{HERE}/questions").text
    assert "The room is clean." in listed
    assert "Add: room" not in listed
    assert "For each room" in ana.get(f"{HERE}/questions/clean").text
    assert (
        ana.post(f"{HERE}/observations/new", data={"kind": "seen", "text": "Dust.", "question": "clean"}).status_code
        == 303
    )
    assert "clean" in {one.key for one in moderation.questions(rooms.inspection)}


def test_many_dots_of_one_question_stand_in_columns(app) -> None:
    with app.test_request_context():
        spread = app.jinja_env.get_template("components/spread.html").module.spread
        drawn = spread(5, [{"position": place} for place in (0, 2, 4) for _ in range(20)], title="Many")
    dots = {(float(x), float(y)) for x, y in re.findall(r'<circle cx="([-0-9.]+)" cy="([-0-9.]+)" r="7.5"', drawn)}
    assert len(dots) == 60
    assert (min(dots)[0], max(dots)[0], min(y for _, y in dots)) == (20, 300, 15)
