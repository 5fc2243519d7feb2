from __future__ import annotations

from importlib.util import find_spec

import pytest

from script.lib.torture.__main__ import PARTS, named
from script.lib.torture.counts import Counts


def test_parts_are_asked_for_by_name_or_number_and_each_runs_once() -> None:
    assert named(["copies", "2", "4"]) == ["copies", "visits"]
    assert named([]) == list(PARTS)
    assert all(find_spec(f"script.lib.torture.{part}") for part in PARTS)
    with pytest.raises(ValueError, match="nothing is called 10, cups"):
        named(["10", "cups"])


def test_only_zeros_are_good_and_only_where_something_was_done() -> None:
    assert Counts(entries=3, photos=1).is_good
    assert Counts(checks=1).is_good
    assert not Counts().is_good
    assert not Counts(lost=1, entries=3).is_good
    assert not Counts(double=1, entries=3).is_good
    assert not Counts(entries=3, faults=("the page was silent",)).is_good


def test_the_last_line_adds_up_what_the_parts_found() -> None:
    both = Counts(0, 1, 5, 2).plus(Counts(1, 0, 7, 3, faults=("one is missing",)))
    assert both.line() == "lost 1, double 1, of 12 entries and 5 photos"
    assert both.faults == ("one is missing",)
