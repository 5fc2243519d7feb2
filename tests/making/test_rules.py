"""What matters to whom: means, ranks and differences."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.making.rules import Side, Weight, priorities

KEYS = ["light", "bench", "roof"]


def weight(side: Side, key: str, value: int) -> Weight:
    return Weight(uuid.uuid4(), side, key, value)


def test_the_widest_difference_between_citizens_and_service_stands_first() -> None:
    found = priorities(
        [
            weight(Side.CITIZEN, "light", 5),
            weight(Side.CITIZEN, "light", 4),
            weight(Side.CITIZEN, "bench", 3),
            weight(Side.CITIZEN, "roof", 1),
            weight(Side.SERVICE, "light", 1),
            weight(Side.SERVICE, "bench", 3),
            weight(Side.SERVICE, "roof", 3),
        ],
        KEYS,
    )
    assert [(one.key, one.gap) for one in found] == [("light", 2), ("roof", 2), ("bench", 1)]
    light = found[0].shares[Side.CITIZEN]
    assert (light.mean, light.rank, light.least, light.most, light.voices) == (4.5, 1, 4, 5, 2)
    assert found[1].shares[Side.SERVICE].rank == found[2].shares[Side.SERVICE].rank == 1


def test_partners_are_shown_and_make_no_difference() -> None:
    [only] = priorities([weight(Side.PARTNER, "light", 2), weight(Side.CITIZEN, "light", 5)], ["light"])
    assert set(only.shares) == {Side.PARTNER, Side.CITIZEN}
    assert only.gap is None


def test_a_question_that_is_gone_counts_nowhere() -> None:
    [only] = priorities([weight(Side.CITIZEN, "gone", 5), weight(Side.CITIZEN, "light", 1)], ["light"])
    assert only.shares[Side.CITIZEN].rank == 1


WEIGHTS = st.lists(st.builds(weight, st.sampled_from(Side), st.sampled_from([*KEYS, "gone"]), st.integers(1, 5)))


@given(WEIGHTS, st.randoms())
def test_the_order_of_arrival_changes_nothing(weights, chance) -> None:
    other = list(weights)
    chance.shuffle(other)
    assert priorities(weights, KEYS) == priorities(other, KEYS)
    for one in priorities(weights, KEYS):
        for share in one.shares.values():
            assert share.least <= share.mean <= share.most
            assert 1 <= share.rank <= len(KEYS)
