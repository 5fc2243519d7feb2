"""The files that the product ships with: frameworks, the charter, kinds of inspection. Read as plain YAML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspect_app.frameworks.symbols import shipped

APP = Path(__file__).resolve().parents[2] / "inspect_app"
FRAMEWORKS = sorted((APP / "frameworks" / "library").glob("*.yaml"))
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
STAGES = {
    f"stage.{name}"
    for name in (
        "preparing",
        "fieldwork",
        "moderation",
        "writing",
        "checking",
        "answering",
        "improving",
        "closed",
    )
}
ENTRIES = STAGES | {
    "visit.held",
    "self_rating.sealed",
    "ratings.sealed",
    "charter.agreed",
    "draft.sent",
    "accuracy.closed",
    "accuracy.settled",
    "report.published",
    "report.delivered",
    "meeting.recorded",
    "answers.completed",
    "plan.sent",
    "update.posted",
    "verdict.given",
    "fix.claimed",
    "recommendation.settled",
}


def read(path: Path) -> Any:
    """The contents of one YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def unique(keys: list[str]) -> bool:
    """No key twice, each of them small letters and hyphens."""
    return len(keys) == len(set(keys)) and all(KEY.fullmatch(key) for key in keys)


@pytest.fixture(params=FRAMEWORKS, ids=lambda path: str(path.stem))
def framework(request: pytest.FixtureRequest) -> Any:
    """Each framework that is shipped, with its file's name."""
    return {"file": request.param.stem, **read(request.param)}


def test_three_frameworks_are_shipped() -> None:
    assert {path.stem for path in FRAMEWORKS} >= {"citizen-full", "look-see", "peer-review"}


def test_a_framework_says_what_it_is(framework: Any) -> None:
    assert framework["key"] == framework["file"]
    assert isinstance(framework["version"], int)
    assert framework["version"] >= 1
    for field in ("language", "title", "summary", "source"):
        assert framework[field].strip(), field


def test_scales_have_five_points_with_words(framework: Any) -> None:
    for scale in framework["scales"].values():
        assert scale["title"]
        points = scale["points"]
        assert [point["key"] for point in points] == ["very-weak", "weak", "fair", "good", "very-good"]
        assert all(point["label"] and point["descriptor"] for point in points)


def test_criteria_are_whole(framework: Any) -> None:
    criteria = [criterion for theme in framework["themes"] for criterion in theme["criteria"]]
    assert unique([theme["key"] for theme in framework["themes"]])
    assert unique([criterion["key"] for criterion in criteria])
    assert len(criteria) == {"citizen-full": 16, "look-see": 12, "peer-review": 10}[framework["key"]]
    for criterion in criteria:
        answer = criterion["answer"]
        assert answer["type"] in {"scale", "count", "yes_no", "text", "number"}
        assert answer["type"] != "scale" or answer["scale"] in framework["scales"]
        assert isinstance(criterion["not_seen"], bool)
        assert isinstance(criterion["does_not_apply"], bool)
        assert criterion["prompts"]
        for prompt in criterion["prompts"]:
            assert len(prompt) == 1
            assert prompt.keys() <= {"ask", "look", "read", "count"}


def test_easy_read_says_one_short_thing_at_a_time_and_has_a_picture(framework: Any) -> None:
    for theme in framework["themes"]:
        for criterion in theme["criteria"]:
            plain, easy = criterion["statement"]["plain"], criterion["statement"]["easy"]
            sentences = [one for one in re.split(r"(?<=[.!?])\s+", easy) if one]
            assert max(len(one.split()) for one in sentences) <= 11, criterion["key"]
            assert len(sentences) <= 2, criterion["key"]
            assert len(plain.split()) <= 20, criterion["key"]
            assert criterion["symbol"] in shipped(), criterion["key"]


def test_every_picture_that_is_shipped_is_used() -> None:
    used = {one["symbol"] for path in FRAMEWORKS for theme in read(path)["themes"] for one in theme["criteria"]}
    assert used == shipped()


def test_the_charter_can_be_timed() -> None:
    charter = read(APP / "charter" / "library" / "co-production-charter.yaml")
    assert charter["promises"]
    assert unique([one["key"] for one in charter["commitments"]])
    assert {one["side"] for one in charter["commitments"]} == {"service", "inspectors", "programme"}
    for one in charter["commitments"]:
        assert one["owed_to"] in {"service", "inspectors", "programme", "public"} - {one["side"]}
        assert one["unit"] in {"working_days", "calendar_days", "months"}
        assert one["amount"] > 0
        named = {one["after"], one["until"], one.get("or_until"), one.get("lapses")} - {None}
        assert named <= ENTRIES
        assert one["after"] != one["until"]
        assert one["which"] in {"first", "last", "each"}
        assert one["when_over"] in {None, "publish"}
        assert one["text"].endswith(".")
        assert one["source"]


def test_kinds_stand_on_what_is_shipped() -> None:
    library = read(APP / "inspections" / "library" / "kinds.yaml")
    courses = {course["key"] for course in library["courses"]}
    assert unique([kind["key"] for kind in library["kinds"]])
    assert unique(sorted(courses))
    for kind in library["kinds"]:
        assert 1 <= kind["team_min"] <= kind["team_max"]
        assert kind["rating"] in {"alone", "together"}
        assert set(kind["leaves_out"]) <= {"moderation", "checking"}
        assert (kind["rating"] == "together") == ("moderation" in kind["leaves_out"])
        assert set(kind["required_training"]) <= courses
        assert set(kind["framework_keys"]) <= {path.stem for path in FRAMEWORKS}
        assert (APP / "charter" / "library" / f"{kind['default_charter']}.yaml").exists()
        assert not (kind["practice"] and kind["report"]), "practice never appears in public"
