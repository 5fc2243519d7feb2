"""The widest disagreement comes first; what nobody saw or what does not apply never counts as bad."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.frameworks.answer_types import DOES_NOT_APPLY, NOT_SEEN
from inspect_app.moderation.rules import Item, agenda

FIVE = {"very-weak": 0, "weak": 1, "fair": 2, "good": 3, "very-good": 4}


def items(**said: list[str]) -> list[Item]:
    ratings = [
        (key, f"inspector {place}", value, "") for key, values in said.items() for place, value in enumerate(values)
    ]
    return agenda(list(said), dict.fromkeys(said, FIVE), ratings)


def test_the_widest_gap_comes_first() -> None:
    found = items(near=["good", "fair"], far=["very-weak", "very-good"], same=["good", "good"])
    assert [(one.key, one.apart) for one in found] == [("far", 4), ("near", 1), ("same", 0)]
    assert [one.words for one in found] == ["4 points apart", "1 point apart", "All the same"]


def test_whether_it_applies_at_all_comes_before_everything() -> None:
    found = items(far=["very-weak", "very-good"], split=["good", DOES_NOT_APPLY])
    assert found[0].key == "split"
    assert found[0].words == "Some say it does not apply"


def test_not_seen_is_no_disagreement() -> None:
    found = items(one=["good", NOT_SEEN])[0]
    assert (found.apart, found.split, found.words) == (0, False, "All the same")


def test_a_question_nobody_saw_says_so() -> None:
    assert items(one=[NOT_SEEN, NOT_SEEN])[0].words == "Nobody saw it"
    assert agenda(["one"], {}, [])[0].words == "Nobody saw it"


@given(
    st.dictionaries(
        st.text("abc", min_size=1), st.lists(st.sampled_from([*FIVE, NOT_SEEN, DOES_NOT_APPLY]), max_size=6)
    )
)
def test_every_question_is_on_the_agenda_once_and_gaps_never_grow(said: dict[str, list[str]]) -> None:
    ratings = [
        (key, f"inspector {place}", value, "") for key, values in said.items() for place, value in enumerate(values)
    ]
    found = agenda(list(said), dict.fromkeys(said, FIVE), ratings)
    assert sorted(one.key for one in found) == sorted(said)
    gaps = [one.apart for one in found if not one.split]
    assert gaps == sorted(gaps, reverse=True)
