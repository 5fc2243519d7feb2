"""What is asked depends on other answers, and what a question asks for beside them can be missing with a reason."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.fieldwork import operations
from inspect_app.fieldwork.models import Observation, Rating
from inspect_app.fieldwork.queries_sheet import progress, sheet_of
from inspect_app.fieldwork.rules import Rater
from inspect_app.frameworks.asking import Moment, asked, for_tablet, steps_of, unmet
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import criteria_of, questions_of
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.rules import cannot_be_asked
from inspect_app.moderation import queries as moderation
from tests.fieldwork.conftest import LIBRARY, photo
from tests.fieldwork.every_way import EVERY_WAY
from tests.frameworks.expressions_in_js import MODULES

HERE = "/inspections/NC-1"
QUESTIONS = questions_of(read_framework(EVERY_WAY))
STEPS = steps_of(QUESTIONS)
AT = Moment("2026-11-22", "2026-11-22T17:05:00")
STORIES = [
    ({}, {"lift"}, {}),
    ({"lift": "yes"}, {"lift", "works"}, {}),
    ({"lift": "yes", "works": "no"}, {"lift", "works", "stops"}, {}),
    ({"lift": "yes", "works": "partly", "waited": "6", "stops": "4"},
     {"lift", "works", "waited", "stops", "all-in-all"}, {"all-in-all": "1.5"}),
    ({"lift": "no", "works": "yes", "waited": "6", "stops": "4"}, {"lift", "steps", "picture", "noise"}, {}),
    ({"lift": "not_seen"}, {"lift"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "keys", "results"), STORIES)
def test_what_is_asked_follows_from_the_answers(values, keys, results) -> None:
    found = asked(STEPS, QUESTIONS, values, AT)
    assert (found.keys, found.results) == (keys, results)


def test_without_conditions_everything_is_asked() -> None:
    assert steps_of(QUESTIONS[:1]) == ()
    assert asked((), QUESTIONS, {}, AT).keys == {one.key for one in QUESTIONS}


def test_all_that_the_library_asks_can_be_asked() -> None:
    for file in sorted(LIBRARY.glob("*.yaml")):
        plain = read_framework(file.read_text(encoding="utf-8"))
        repeated = sum(bool(theme.each) for theme in plain.themes)
        assert cannot_be_asked(plain) == []
        assert len(steps_of(questions_of(plain))) in (0, len(questions_of(plain)) + repeated)


def test_a_constraint_refuses_with_its_own_words() -> None:
    waited = next(one for one in QUESTIONS if one.key == "waited")
    assert unmet(STEPS, waited, "31", {}, AT) == "Nobody waits that long."
    assert [unmet(STEPS, waited, one, {}, AT) for one in ("30", "not_seen", None)] == [None, None, None]


@pytest.fixture
def lift(world) -> SimpleNamespace:
    """The same inspection with questions that depend on one another."""
    world.inspection.framework_version = publish_framework(EVERY_WAY, None)
    db.session.commit()
    world.keys = [one.key for one in criteria_of(world.inspection.framework_version_id)]
    return world


def test_a_visit_without_script_asks_what_fits_and_seals_what_is_asked(lift, as_person) -> None:
    ana, rater = as_person(lift.ana), Rater("inspector", lift.ana.id)
    assert ana.post(f"{HERE}/questions/lift", data={"value": "yes"}).location == f"{HERE}/questions/works"
    ana.post(f"{HERE}/questions/works", data={"value": "partly"})
    refused = ana.post(f"{HERE}/questions/waited", data={"amount": "31", "reason": "Long."})
    assert (refused.status_code, "Nobody waits that long." in refused.text, 'value="31"' in refused.text) == (
        422,
        True,
        True,
    )
    ana.post(f"{HERE}/questions/waited", data={"amount": "6"})
    assert ana.post(f"{HERE}/questions/stops", data={"amount": "4"}).location == f"{HERE}/questions/all-in-all"
    assert "1.5" in ana.get(f"{HERE}/questions/all-in-all").text
    assert "1.5" in ana.get(f"{HERE}/questions").text
    assert "Check and seal" in ana.get(f"{HERE}/questions").text
    ana.post(f"{HERE}/questions/works", data={"value": "no"})  # now the wait is not asked any more
    check = ana.get(f"{HERE}/seal").text
    assert "Not asked any more" in check
    assert "Not asked any more" in ana.get(f"{HERE}/questions/waited").text
    assert ana.post(f"{HERE}/seal").status_code == 303
    assert db.session.scalar(select(Rating.value).where(Rating.criterion_key == "waited")) == "6"
    assert len(operations.seal(lift.inspection, actor=lift.ana).revisions) == 3
    assert {one.name: one.sentence for one in progress(lift.inspection)}["Ana"] == "Sealed"
    assert sheet_of(lift.inspection, rater).left == []
    lift.inspection.stage = "moderation"
    assert [one.key for one in moderation.questions(lift.inspection)] == ["lift", "works", "stops"]
    assert moderation.ratings(lift.inspection, "waited") == []


def test_a_photo_that_is_asked_for_is_added_or_explained(lift, as_person) -> None:
    ana = as_person(lift.ana)
    ana.post(f"{HERE}/questions/lift", data={"value": "no"})
    assert "This question asks for a photo." in ana.get(f"{HERE}/questions/steps").text
    assert "2 of 4" not in ana.get(f"{HERE}/questions").text
    ana.post(f"{HERE}/questions/steps", data={"amount": "12"})
    ana.post(f"{HERE}/questions/noise", data={"value": "not_seen"})
    sent = {"caption": "The stairs", "seen_by": "team", "people": "nobody", "question": "picture",
            "photo": (BytesIO(photo()), "stairs.jpg")}  # fmt: skip
    assert ana.post(f"{HERE}/photos/new", data=sent, content_type="multipart/form-data").status_code == 303
    assert "Photo added" in ana.get(f"{HERE}/questions").text
    check = ana.get(f"{HERE}/seal").text
    assert "A photo: How many steps are there?" in check
    refused = ana.post(f"{HERE}/seal")
    assert (refused.status_code, "say why there is none" in refused.text) == (422, True)
    assert ana.post(f"{HERE}/seal", data={"without": "The guard said no."}).status_code == 303
    note = db.session.scalars(select(Observation)).one()
    assert (note.criterion_key, note.text) == ("steps", "There is no photo. The guard said no.")


def test_a_service_is_asked_for_no_photos_and_who_types_learns_nothing(lift, as_person) -> None:
    operations.capture(lift.inspection, "lift", "no", "", actor=lift.ana)
    own = as_person(lift.leanne).get(f"{HERE}/self-rating/{lift.service.id}").text
    assert "A picture of the stairs" not in own
    for key, value in (("lift", "no"), ("steps", "12")):
        operations.capture(lift.inspection, key, value, "", actor=lift.leanne, rater=Rater("service", lift.service.id))
    assert operations.seal(lift.inspection, actor=lift.leanne, rater=Rater("service", lift.service.id)).revisions
    typed = as_person(lift.helen).get(f"{HERE}/type-in/{lift.ana.id}").text
    assert "The lift works." in typed
    assert "data-asking" not in typed


def test_a_pack_holds_the_steps_once_and_its_pages_no_answers(lift, as_person) -> None:
    operations.capture(lift.inspection, "lift", "no", "", actor=lift.ana)
    pack = as_person(lift.ana).get(f"{HERE}/pack").json
    assert [one[0] for one in pack["own"]["steps"]] == [one.key for one in STEPS]
    for page in (f"{HERE}/questions", f"{HERE}/questions/lift", f"{HERE}/seal"):
        assert "data-asking" in pack["pages"][page]
        assert "values" not in pack["pages"][page]


def test_conditions_that_cannot_be_read_are_not_published(app) -> None:
    with pytest.raises(Refused, match="lift-x"):
        publish_framework(EVERY_WAY.replace("${lift} = 'yes'", "${lift-x} = 'yes'"), None)


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node here; the journey in the browser shows it too")
def test_server_and_tablet_ask_alike(tmp_path) -> None:
    for module in (*MODULES, Path("static/frameworks/asking.js"), Path("static/frameworks/repeats.js")):
        shutil.copy(module, tmp_path / module.name)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "ask.mjs").write_text(
        "import { asked, isUnmet } from './asking.js'; import { readFileSync } from 'node:fs';"
        "const [steps, stories, at] = JSON.parse(readFileSync(0));"
        "console.log(JSON.stringify(stories.map((one) => { const { keys, results } = asked(steps, one, at);"
        "return [[...keys].sort(), results, isUnmet(steps, 'waited', { ...one, waited: '31' }, at)]; })));"
    )
    stories = [values for values, _, _ in STORIES]
    sent = json.dumps([for_tablet(STEPS), stories, {"today": AT.today, "now": AT.now}])
    done = subprocess.run(["node", "ask.mjs"], cwd=tmp_path, input=sent, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[sorted(keys), results, True] for _, keys, results in STORIES]
