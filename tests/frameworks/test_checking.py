"""What would fail people in the field is found before it is published, with its place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from inspect_app.core.errors import Refused
from inspect_app.frameworks import shelf
from inspect_app.frameworks.checking import Severity, remarks_on
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.doors import KindOfUse
from inspect_app.frameworks.operations import publishable
from inspect_app.frameworks.plain import PlainFramework, PlainList, PlainOption

GOOD = """
key: walk
version: 1
language: en
title: A walk
summary: A short walk.
source: Ours.
scales:
  five:
    title: How good is it?
    points: [{key: bad, label: Bad, descriptor: It is bad.}, {key: good, label: Good, descriptor: It is good.}]
lists:
  rooms: {options: [{key: hall, label: Hall}]}
themes:
  - key: rooms
    title: Rooms
    criteria:
      - {key: lift, statement: {plain: There is a lift.}, answer: {type: yes_no}}
      - {key: clean, statement: {plain: It is clean.}, answer: {type: scale, scale: five}}
      - {key: wait, statement: {plain: "How long do you wait?"}, answer: {type: number}}
"""


def made(old: str = "", new: str = "") -> PlainFramework:
    assert old in GOOD
    return plain_of(yaml.safe_load(GOOD.replace(old, new, 1)))


def told(plain: PlainFramework, **more: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in remarks_on(plain, **more):
        found.setdefault(one.part, []).append(f"{one.severity}: {one.sentence}")
    return found


def test_a_good_one_has_one_remark_about_its_list() -> None:
    assert told(made()) == {"list/rooms": ["should: No question uses this list. Take it out, or use it."]}


@pytest.mark.parametrize(
    ("old", "new", "part", "sentence"),
    [
        ("summary: A short walk.", "summary: ''", "about", "must: Write what the questions are for"),
        ("scale: five", "scale: six", "question/clean", "must: This question has no scale"),
        ("scale: five", "scale: six", "scale/five", "should: No question uses this scale"),
        ("descriptor: It is bad.", "descriptor: ''", "scale/five", "must: Write what “Bad” means"),
        ("key: wait, ", "key: wait, condition: \"${left} = 'yes'\", ", "question/wait",
         "must: “Ask this only if” asks about “left”, and there is no such question"),
        ("key: wait, ", "key: wait, condition: \"${lift} = 'maybe'\", ", "question/wait",
         "must: “Ask this only if” waits for “maybe”, which nobody can answer to “lift”"),
        ("key: lift, ", "key: lift, condition: \"${wait} > 5\", ", "question/lift",
         "should: “Ask this only if” asks about “wait”, which comes later"),
        ("key: wait, ", "key: wait, condition: \"${lift} = \", ", "question/wait",
         "must: “Ask this only if” cannot be read: it ends too early"),
        ("key: wait, ", "key: wait, condition: \"${wait} > 5\", ", "question/wait", "must: It depends on itself"),
        ("It is clean.", "There is a  lift.", "question/clean", "should: Another question says the same"),
        ("type: number", "type: one_of", "question/wait", "must: This question has no list of answers"),
        ("It is clean.", "word " * 26, "question/clean", "should: It has 26 words"),
        ("It is clean.", "Institutional infrastructural accessibility considerations notwithstanding, organisational "
         "communication methodologies demonstrate responsiveness.", "theme/rooms", "should: The words are hard"),
    ],
)  # fmt: skip
def test_each_trouble_is_told_with_its_place(old, new, part, sentence) -> None:
    plain = made(old, new)
    found = told(plain)
    assert any(one.startswith(sentence) for one in found.get(part, [])), found
    if any(one.startswith("must") for ones in found.values() for one in ones):
        with pytest.raises(Refused):  # what must be mended is not published either
            publishable(plain)
    else:
        assert plain_of(publishable(plain)) == plain


def test_missing_translations_and_too_many_questions_are_counted() -> None:
    plain = plain_of(yaml.safe_load(GOOD) | {"translations": {"de": {"title": "Ein Gang"}}})
    assert told(plain)["translation/de"][0].startswith("should: 11 of 12 texts are not translated")
    assert "themes" not in told(made(), kinds=[KindOfUse("Walk", 1)])
    theme = yaml.safe_load(GOOD)["themes"][0]
    many = [{**theme["criteria"][1], "key": f"q{number}"} for number in range(21)]
    full = plain_of(yaml.safe_load(GOOD) | {"themes": [{**theme, "criteria": many}]})
    assert "enough for about 20 questions. There are 21." in told(full, kinds=[KindOfUse("Walk", 1)])["themes"][0]


@pytest.mark.parametrize("key", shelf.keys())
def test_the_library_needs_no_mending(key) -> None:
    assert not [one for one in remarks_on(shelf.starting_point(key)) if one.severity == Severity.MUST]


def test_a_list_that_is_too_long_to_be_put_in_order_is_refused() -> None:
    options = tuple(PlainOption(f"{'long' * 5}-{number}", "Hall") for number in range(10))
    plain = replace(made("type: number", "type: rank, list: rooms"), lists=(PlainList("rooms", options),))
    assert told(plain)["question/wait"] == ["must: Its list is too long to be put in order. Use a shorter one."]
    with pytest.raises(Refused):
        publishable(plain)


def test_the_command_says_the_same_and_its_status_tells(app, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(GOOD.replace("key: wait, ", 'key: wait, condition: "${left} = 1", '), encoding="utf-8")
    fine, wrong = run(args=["framework", "check", str(good)]), run(args=["framework", "check", str(bad), "--json"])
    assert (fine.exit_code, wrong.exit_code) == (0, 1)
    assert "List “rooms”: No question uses this list." in fine.output
    assert json.loads(wrong.output)[0].keys() == {"severity", "part", "place", "sentence"}
    none = run(args=["framework", "check", "nothing"])
    assert none.exit_code == 1
    assert re.search("There is no file and no framework “nothing”", none.output)
