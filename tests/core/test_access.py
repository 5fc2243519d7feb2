"""One table says who may do what, and when; everything else is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from flask import Flask

from inspect_app.core import access
from inspect_app.core.access import Standing, may, permit, require
from inspect_app.core.errors import Refused


@dataclass
class Somebody:
    standings: frozenset[Standing] = frozenset()
    id: UUID = field(default_factory=uuid4)


@dataclass
class Thing:
    stage: str
    id: UUID = field(default_factory=uuid4)


@pytest.fixture(autouse=True)
def table(app: Flask) -> Iterator[None]:
    permit("stones.move", "move a stone", Standing.INSPECTOR, stages=("fieldwork",))
    before = list(access._finders)
    access._finders[:] = [lambda person, _thing: person.standings]
    yield
    access._finders[:] = before


def test_the_right_person_at_the_right_time_may() -> None:
    assert may(Somebody(frozenset({Standing.INSPECTOR})), "stones.move", Thing("fieldwork"))


def test_the_wrong_person_is_told_who_can() -> None:
    answer = may(Somebody(), "stones.move", Thing("fieldwork"))
    assert (answer.status, answer.sentence) == (403, "Only an inspector of this team can move a stone.")


def test_the_wrong_time_is_told_when() -> None:
    answer = may(Somebody(frozenset({Standing.INSPECTOR})), "stones.move", Thing("closed"))
    assert answer.status == 409
    assert "You can move a stone while this inspection is in" in answer.sentence


def test_nobody_is_nobody() -> None:
    assert may(None, "stones.move", Thing("fieldwork")).status == 403
    assert may(None, "open to all")


def test_an_unknown_permission_is_a_fault_not_a_yes() -> None:
    with pytest.raises(KeyError):
        may(Somebody(), "stones.fly")


def test_require_refuses_with_the_same_sentence() -> None:
    with pytest.raises(Refused, match="Only an inspector"):
        require(Somebody(), "stones.move", Thing("fieldwork"))


def test_a_permission_cannot_be_declared_twice_differently() -> None:
    with pytest.raises(ValueError, match=r"stones\.move"):
        permit("stones.move", "move a stone", Standing.COORDINATOR)


def test_every_page_names_a_permission(app: Flask) -> None:
    open_ones = access.OPEN_BLUEPRINTS
    unnamed = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and rule.endpoint.split(".")[0] not in open_ones
        and getattr(app.view_functions[rule.endpoint], "permission", None) not in access.permissions()
    ]
    assert unnamed == []


def test_no_two_pages_have_the_same_address(app: Flask) -> None:
    addresses = [
        (rule.rule, method) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"OPTIONS"}
    ]
    assert sorted(address for address in set(addresses) if addresses.count(address) > 1) == []
