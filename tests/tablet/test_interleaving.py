"""Two tablets of one person and the office, in any order: nothing is lost, and the order decides nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from script.lib.torture import orders


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.randoms(use_true_random=False))
def test_what_stands_does_not_depend_on_the_order_of_arrival(world, chance) -> None:
    values = ("very-weak", "weak", "good")
    here = orders.World(world.inspection, world.ana, world.helen, tuple(world.keys), values)
    found = orders.compare(here, orders.story(here, chance), chance)
    assert (found.lost, found.double, found.faults) == (0, 0, ())
