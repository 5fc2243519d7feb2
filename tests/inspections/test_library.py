"""Kinds of inspection from a file."""

from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.inspections.library import load_kinds
from inspect_app.inspections.models import Course, Kind

KIND = """
courses: [{key: role, title: The role, summary: What an inspector does.}]
kinds: [{key: short, title: Short, summary: A short look., team_min: 2, team_max: %s, rating: %s, leaves_out: [%s],
         required_training: [%s]}]
"""


def test_loading_twice_changes_nothing(app: Flask) -> None:
    for _ in range(2):
        load_kinds(KIND % (4, "alone", "checking", "role"))
    assert db.session.scalar(select(func.count()).select_from(Kind)) == 1
    assert db.session.scalar(select(func.count()).select_from(Course)) == 1


@pytest.mark.parametrize(
    "values",
    [(1, "alone", "", "role"), (4, "loudly", "", "role"), (4, "alone", "fieldwork", "role"), (4, "alone", "", "magic")],
)
def test_a_kind_that_cannot_be_is_refused(app: Flask, values: tuple[object, ...]) -> None:
    with pytest.raises(Refused, match="short"):
        load_kinds(KIND % values)


def test_a_file_of_something_else_is_refused(app: Flask) -> None:
    for text in ("[]", "kinds: {", "title: x", "just words"):
        with pytest.raises(Refused):
            load_kinds(text)


def test_practice_is_marked(world: SimpleNamespace) -> None:
    assert [one.key for one in db.session.scalars(select(Kind).where(Kind.practice))] == ["practice"]
