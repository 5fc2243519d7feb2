"""What a tablet takes along for the worst case: the way to tell, the numbers to ring, and nobody's words or name."""

from __future__ import annotations

from flask import current_app

from inspect_app.concerns.views_blank import pages
from inspect_app.inspections.along import blank
from tests.concerns.conftest import WORDS, raised

HERE = "/inspections/NC-1"


def test_the_pages_go_along_blank_with_numbers_to_ring(world) -> None:
    raised(world)
    with current_app.test_request_context(HERE), blank():
        found = pages(world.inspection, world.ana)
    ways = ("something-wrong", "somebody-may-be-harmed", "something-is-dangerous")
    assert set(found) == {f"{HERE}/{way}" for way in ways}
    for text in found.values():
        assert "01632 960101" in text
        assert WORDS not in text
        assert "Ana" not in text
        assert 'name="id" value=""' in text or "<form" not in text
        assert "csrf_token" not in text
    with current_app.test_request_context(HERE):
        assert pages(world.inspection, world.stranger) == {}
