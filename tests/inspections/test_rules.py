"""The rules, with no database at all."""

import pytest

from inspect_app.inspections.rules import BY_STAGE, TABLE, WAY, Stage, is_past, next_stage, way_of
from inspect_app.inspections.rules_team import CONFLICT, initials, next_reference
from tests.inspections.conftest import DOCS


def test_every_stage_has_a_row() -> None:
    assert set(BY_STAGE) == set(Stage)
    assert len(TABLE) == len(Stage)


def test_the_way_goes_from_planning_to_closed() -> None:
    stage, seen = Stage.PLANNING, [Stage.PLANNING]
    while following := next_stage(stage, []):
        stage = following
        seen.append(stage)
    assert tuple(seen) == WAY


def test_a_light_kind_leaves_stages_out() -> None:
    assert next_stage(Stage.FIELDWORK, ["moderation"]) == Stage.WRITING
    assert next_stage(Stage.WRITING, ["checking"]) == Stage.ANSWERING


def test_no_kind_leaves_out_the_visits() -> None:
    with pytest.raises(ValueError, match="fieldwork"):
        way_of(["fieldwork"])


def test_one_on_hold_stands_where_it_stopped() -> None:
    assert is_past(Stage.SUSPENDED, Stage.FIELDWORK, suspended_from=Stage.WRITING)
    assert not is_past(Stage.SUSPENDED, Stage.FIELDWORK, suspended_from=Stage.PREPARING)
    assert next_stage(Stage.SUSPENDED, []) is None


def test_using_a_service_keeps_nobody_off() -> None:
    assert not CONFLICT["uses-it"].blocking
    assert sum(one.blocking for one in CONFLICT.values()) == 4


@pytest.mark.parametrize(
    ("taken", "expected"),
    [([], "NC-2026-01"), (["NC-2026-01", "NC-2026-03"], "NC-2026-04"), (["NC-2025-09", "DEMO-1"], "NC-2026-01")],
)
def test_references_count_up_within_a_year(taken: list[str], expected: str) -> None:
    assert next_reference("Northfield Council", 2026, taken) == expected


def test_a_programme_without_letters_still_gets_references() -> None:
    assert initials("123") == "I"


def test_the_page_about_stages_has_not_drifted() -> None:
    from inspect_app.inspections.rules import as_markdown

    assert (DOCS / "stages.md").read_text(encoding="utf-8") == as_markdown()
