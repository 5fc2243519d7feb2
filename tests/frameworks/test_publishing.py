"""Frameworks: read with a clear sentence for each fault, published once, never changed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import yaml

from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.frameworks.operations import publish_framework
from inspect_app.frameworks.queries import criteria_of, question_of, scale_points
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.rules import Question
from inspect_app.people.models import Grant, Person

LIBRARY = Path(__file__).resolve().parents[2] / "inspect_app/frameworks/library"
DOCS = Path(__file__).resolve().parents[2] / "docs/frameworks.md"
LOOK_SEE = (LIBRARY / "look-see.yaml").read_text(encoding="utf-8")


def changed(**values: object) -> str:
    return yaml.safe_dump(yaml.safe_load(LOOK_SEE) | values, allow_unicode=True)


@pytest.mark.parametrize("key", ["citizen-full", "full-inspection", "look-see", "peer-review"])
def test_what_inspectors_pages_can_ask_is_published(app, key) -> None:
    version = publish_framework((LIBRARY / f"{key}.yaml").read_text(encoding="utf-8"), actor=None)
    questions = criteria_of(version.id)
    assert [one.position for one in questions] == list(range(len(questions)))
    assert [point.position for point in questions[0].points] == [0, 1, 2, 3, 4]
    assert scale_points(version.id, "five") == questions[0].points


def test_the_documented_example_can_be_read() -> None:
    example = DOCS.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert read_framework(example).themes[0].criteria[0].answer_type == "scale"


def test_publishing_twice_is_once_and_other_words_are_refused(app) -> None:
    first = publish_framework(LOOK_SEE, actor=None)
    assert publish_framework(changed(), actor=None) is first
    with pytest.raises(Refused) as refusal:
        publish_framework(changed(title="Other"), actor=None)
    assert refusal.value.status == 409
    second = publish_framework(changed(title="Other", version=3), actor=None)
    assert second.framework is first.framework
    assert len(journal.entries(journal.PROGRAMME_CHAIN, "framework.published")) == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "the file"),
        ("[1, 2]", "the file"),
        ("key: [", "line"),
        ("a: &a [1]\nb: *a", "repeat"),
        (changed(version="one"), "version"),
        (changed(version=True), "version"),
        (changed(key="Not A Key"), "key"),
        (changed(title=7), "title"),
        (changed(themes=[]), "themes"),
        (changed(scales={}), "no scale is called “five”"),
        (changed(scales={"five": {"title": "x", "points": []}}), "scale “five”"),
        (LOOK_SEE.replace("type: scale", "type: stars", 1), "question “find-it-quickly”"),
        (LOOK_SEE.replace("key: plain-words", "key: find-it-quickly", 1), "two questions"),
        (LOOK_SEE.replace("- {count:", "- {sing:", 1), "each prompt"),
        (LOOK_SEE.replace("not_seen: true", "not_seen: maybe", 1), "not_seen"),
    ],
)
def test_each_fault_is_named_with_its_place(app, text, place) -> None:
    with pytest.raises(Refused) as refusal:
        publish_framework(text, actor=None)
    assert refusal.value.status == 422
    assert place in refusal.value.sentence


def question(kind: str) -> Question:
    return Question("k", "t", "T", 0, "S", "S", (), kind, None, "", (), True, False)


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("count", "7", True), ("count", "2.5", False), ("count", "-1", False), ("count", "NaN", False),
        ("number", "2.5", True), ("number", "many", False), ("number", "9" * 30, False),
        ("yes_no", "yes", True), ("yes_no", "perhaps", False), ("text", "A word", True), ("text", "x" * 201, False),
        ("count", "not_seen", True), ("count", "does_not_apply", False), ("count", None, True),
    ],
)  # fmt: skip
def test_what_a_question_can_be_answered_with(kind, value, fits) -> None:
    assert (question(kind).wrong_value(value) is None) == fits


def test_an_unknown_question_is_not_found(app) -> None:
    version = publish_framework(LOOK_SEE, actor=None)
    with pytest.raises(Refused) as refusal:
        question_of(version.id, "nothing")
    assert refusal.value.status == 404


def test_a_coordinator_uploads_and_others_may_not(app, as_person) -> None:
    people = {}
    for role in ("coordinator", "inspector"):
        grant = Grant(name=role, granted_at=now())
        people[role] = Person(id=new_id(), name=role, email=f"{role}@example.org", fs_uniquifier=role, added_at=now(),
                              active=True, roles=[grant])  # fmt: skip
        db.session.add(people[role])
    db.session.flush()
    helen = as_person(people["coordinator"])

    def send(text: bytes) -> object:
        return helen.post("/frameworks/new", data={"file": (BytesIO(text), "x.yaml")})

    assert send(b"\xff\xfe\x00").status_code == 422
    assert "question" in send(LOOK_SEE.replace("type: scale", "type: x", 1).encode()).get_data(as_text=True)
    published = send(LOOK_SEE.encode())
    assert published.status_code == 303
    assert "You can find what you need" in helen.get(published.location).get_data(as_text=True)
    assert "Look See" in helen.get("/frameworks").get_data(as_text=True)
    for page in ("/frameworks", "/frameworks/new", published.location):
        assert as_person(people["inspector"]).get(page).status_code == 403
