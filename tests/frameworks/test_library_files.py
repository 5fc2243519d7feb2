"""The files that the product ships with: frameworks, the charter, kinds of inspection. Read as plain YAML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from textstat.textstat import textstatistics

from inspect_app.frameworks import shelf
from inspect_app.frameworks.answer_types import AnswerType
from inspect_app.frameworks.expressions import compile_expression, names_in
from inspect_app.frameworks.plain import PlainFramework, criteria, in_language, texts_of
from inspect_app.frameworks.readability import hardness
from inspect_app.frameworks.symbols import shipped
from inspect_app.inspections.library import framework_keys

APP = Path(__file__).resolve().parents[2] / "inspect_app"
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


LIBRARY = {
    "care-environment-walk": 20,
    "citizen-full": 16,
    "full-inspection": 42,
    "look-see": 12,
    "look-see-customers": 12,
    "peer-review": 10,
    "quality-of-life": 18,
    "tenants-journey": 21,
    "urban-quality-walk": 18,
    "web-and-communications": 13,
    "young-peoples-view": 19,
}
OLDER = {"citizen-full", "look-see", "peer-review"}
"""Published before translations were thought of; a published version never changes."""
SCALES = {
    "five": ["very-weak", "weak", "fair", "good", "very-good"],
    "three": ["hardly", "sometimes", "mostly"],
    "pass": ["fail", "qualified-pass", "pass"],
}


def read(path: Path) -> Any:
    """The contents of one YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def unique(keys: list[str]) -> bool:
    """No key twice, each of them small letters and hyphens."""
    return len(keys) == len(set(keys)) and all(KEY.fullmatch(key) for key in keys)


@pytest.fixture(params=sorted(LIBRARY), scope="module")
def framework(request: pytest.FixtureRequest) -> PlainFramework:
    """Each framework of the library, as the product reads it."""
    return shelf.starting_point(request.param)


def test_the_library_has_what_the_documentation_names() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \|", (APP.parent / "docs/frameworks.md").read_text(), re.MULTILINE)
    assert shelf.keys() == sorted(LIBRARY)
    assert set(documented) >= set(LIBRARY)


def test_only_what_a_kind_of_inspection_uses_is_published_by_the_setup() -> None:
    kinds = (APP / "inspections/library/kinds.yaml").read_text()
    assert set(framework_keys(kinds)) == OLDER


def test_a_framework_says_what_it_is(framework: PlainFramework) -> None:
    assert framework.version >= 1
    assert framework.language == "en"
    assert len(list(criteria(framework))) == LIBRARY[framework.key]
    assert all(text.strip() for text in (framework.title, framework.summary, framework.source))
    assert "our own wording" in framework.source
    assert unique([theme.key for theme in framework.themes])
    assert unique([one.key for one in criteria(framework)])


def test_scales_have_their_points_with_words(framework: PlainFramework) -> None:
    for scale in framework.scales:
        assert [point.key for point in scale.points] == SCALES[scale.key]
        assert all(point.label and point.descriptor for point in scale.points)
    used = {one.scale_key for one in criteria(framework)} | {one.list_key for one in criteria(framework)}
    assert used - {None} == {one.key for one in (*framework.scales, *framework.lists)}


def test_each_question_tells_how_to_find_out(framework: PlainFramework) -> None:
    for one in criteria(framework):
        fewest = {AnswerType.CALCULATED: 0}.get(AnswerType(one.answer_type), 1 if framework.key in OLDER else 2)
        assert fewest <= len(one.prompts) <= 3, one.key


def test_easy_read_says_one_short_thing_at_a_time_and_has_a_picture(framework: PlainFramework) -> None:
    for one in criteria(framework):
        sentences = [part for part in re.split(r"(?<=[.!?])\s+", one.easy) if part]
        assert max(len(part.split()) for part in sentences) <= 11, one.key
        assert len(sentences) <= 2, one.key
        assert len(one.plain.split()) <= 20, one.key
        assert one.symbol in shipped(), one.key


def test_nothing_is_missing_in_a_language_that_is_claimed(framework: PlainFramework) -> None:
    there = set(texts_of(framework))
    claimed = [one.language for one in framework.translations]
    assert framework.key in OLDER or claimed[:2] == ["de", "it"]
    for layer in framework.translations:
        assert {address for address, _ in layer.texts} == there, layer.language


def test_no_statement_is_long_and_easy_ones_are_shorter(framework: PlainFramework) -> None:
    for language in languages(framework):
        said = list(criteria(in_language(framework, language)))
        plain, easy = [len(one.plain) for one in said], [len(one.easy) for one in said]
        assert max(plain + easy) <= 120, language
        assert sum(easy) <= sum(plain), language


def test_words_can_be_read_at_nine_to_eleven(framework: PlainFramework) -> None:
    # Bounds a little above what the hardest of them measures; measures.too_hard is the bound for anybody's words.
    plainest, easiest = {"en": 4.5, "de": 4.5, "it": 69}, {"en": 2, "de": 3, "it": 100}
    for language in [one for one in languages(framework) if one in plainest]:
        said = list(criteria(in_language(framework, language)))
        for bound, texts in (
            (plainest[language], [one.plain for one in said]),
            (plainest[language], [prompt.text for one in said for prompt in one.prompts]),
            (easiest[language], [one.easy for one in said]),
        ):
            value = hardness(texts, language)
            assert value is not None
            assert value >= bound if language == "it" else value <= bound, (language, value)


def test_german_is_measured_as_the_library_for_measures_does_it_though_faster() -> None:
    slow = textstatistics()
    slow.set_lang("de")
    layers = (one for plain in shelf.starting_points() for one in plain.translations if one.language == "de")
    texts = [text for layer in layers for _, text in layer.texts]
    texts += ["'s geht's dir's: 2-3 'Dinge' …", "…", "Ja!", ""]
    for begin in range(0, len(texts), 7):
        said = " ".join(texts[begin : begin + 7])
        assert hardness([f"{said}."], "de") == slow.wiener_sachtextformel(f"{said}.", 1)


def test_conditions_and_calculations_ask_about_questions_that_are_there(framework: PlainFramework) -> None:
    there = {one.key for one in criteria(framework)}
    for part in (*framework.themes, *criteria(framework)):
        for text in filter(None, (part.condition, getattr(part, "calculation", ""))):
            assert set(names_in(compile_expression(text))) <= there, text


def languages(framework: PlainFramework) -> list[str]:
    """All languages of a framework."""
    return [framework.language, *(one.language for one in framework.translations)]


def test_every_picture_that_is_shipped_is_used() -> None:
    assert {one.symbol for plain in shelf.starting_points() for one in criteria(plain)} == shipped()


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
        assert set(kind["framework_keys"]) <= set(LIBRARY)
        assert (APP / "charter" / "library" / f"{kind['default_charter']}.yaml").exists()
        assert not (kind["practice"] and kind["report"]), "practice never appears in public"
