"""Two versions, word by word; who uses one; what is retired is not offered, and stays with those who have it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from inspect_app.core import journal
from inspect_app.core.database import db
from inspect_app.frameworks.comparing import compare, words_apart
from inspect_app.frameworks.editing import move_question, put_question, take_out_question
from inspect_app.frameworks.operations import publish_plain
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.reading import read_framework
from inspect_app.inspections.queries import framework_versions
from tests.frameworks.made import frameworks
from tests.frameworks.test_files import FULL
from tests.routes.pages import faults_of

LOOK_SEE = Path(__file__).resolve().parents[2] / "inspect_app/frameworks/library/look-see.yaml"


def test_words_that_stay_go_and_come() -> None:
    pieces = words_apart("People wait in a dry place.", "People can wait in a dry and light place.")
    assert "".join(words for kind, words in pieces if kind != "new") == "People wait in a dry place."
    assert "".join(words for kind, words in pieces if kind != "gone") == "People can wait in a dry and light place."
    assert ("new", "can ") in pieces or ("new", " can") in pieces


def test_each_kind_of_change_is_told_with_its_place() -> None:
    old = read_framework(FULL)
    which, wait, twice = old.themes[0].criteria
    assert compare(old, old) == []
    new = put_question(
        old, replace(wait, plain="How long do you wait?", easy="How long?", weight=2, most="30"), "rooms"
    )
    (changed,) = compare(old, new)
    assert (changed.kind, changed.part) == ("changed", "question/wait")
    assert [one.name for one in changed.changes] == ["Question", "Most", "How much it counts"]
    assert [one.kind for one in compare(old, take_out_question(old, "which"))] == ["gone"]
    assert [one.part for one in compare(take_out_question(old, "which"), old)] == ["question/which"]
    assert [(one.kind, one.part) for one in compare(old, move_question(old, twice.key, 0))] == [
        ("moved", "question/twice")
    ]
    assert which.key == "which"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(frameworks(), frameworks())
def test_the_same_has_no_difference_and_others_have_some(one: PlainFramework, other: PlainFramework) -> None:
    assert compare(one, one) == []
    assert compare(one, replace(other, title=one.title + "!"))


def test_a_version_is_compared_retired_and_offered_again(people, as_person) -> None:
    plain = read_framework(LOOK_SEE.read_text(encoding="utf-8"))
    first = publish_plain(plain, people.helen)
    second = publish_plain(replace(plain, version=9, title="Another look"), people.helen)
    helen, address = as_person(people.helen), f"/frameworks/{second.id}"
    shown = helen.get(f"{address}/compare").text
    assert "Another" in shown
    assert not faults_of(shown)
    for path in ("", "/retire", f"/compare?with={first.id}", "/compare?with=nonsense"):
        assert not faults_of(helen.get(f"{address}{path}").text)
    keys = [plain.key]
    assert [one.number for one in framework_versions(keys)] == [9, plain.version]
    for _ in range(2):
        assert helen.post(f"{address}/retire", data={"go": "retire"}).status_code == 303
    db.session.expire_all()
    assert [one.number for one in framework_versions(keys)] == [plain.version]
    assert [one.number for one in framework_versions(keys, chosen=second.id)] == [9, plain.version]
    assert [one.number for one in framework_versions(["other"])] == [plain.version]
    assert "Retired on" in helen.get(address).text
    helen.post(f"{address}/retire", data={"go": "back"})
    kinds = [one.kind for one in journal.entries(journal.PROGRAMME_CHAIN)][-2:]
    assert kinds == ["framework.retired", "framework.offered"]
    assert as_person(people.ana).post(f"{address}/retire").status_code == 403


def test_the_command_tells_the_difference(app, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(FULL, encoding="utf-8")
    new.write_text(FULL.replace("A short walk.", "A long walk."), encoding="utf-8")
    run = app.test_cli_runner().invoke
    assert "Summary: A [-short-]{+long+} walk." in run(args=["framework", "diff", str(old), str(new)]).output
    assert run(args=["framework", "diff", str(old), str(old)]).exit_code == 0
