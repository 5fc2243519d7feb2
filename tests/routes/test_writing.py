"""Every address that changes something, by everybody who may not use it: refused, and nothing is changed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from inspect_app.core.access import Answer
from inspect_app.core.database import Base, db
from tests.routes.cast import CAST, NOBODY, REFUSED
from tests.routes.conftest import browser_of, heads
from tests.routes.test_reading import plan, wrong_with


def counts(app: Flask) -> dict[str, int]:
    """Return how many rows each table has."""
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def _refused(answer: Answer, response: TestResponse, role: str) -> str | None:
    if role == NOBODY and response.status_code == 401 and "signed out" in response.text:
        return None  # a page that saves words gives them back instead of leading away from them
    return wrong_with(answer, response, role)


@pytest.mark.parametrize(("reference", "role"), REFUSED)
def test_whoever_may_not_changes_nothing(demonstration: Flask, reference: str, role: str) -> None:
    client = browser_of(demonstration, CAST[reference][role])
    before = counts(demonstration), heads(demonstration)
    found = []
    for one, answer in plan(demonstration, reference, role, "POST"):
        if answer:
            continue
        try:
            fault = _refused(answer, client.post(one.path), role)
        except Exception as error:  # noqa: BLE001  # a test application lets every fault through; here each is told
            fault = f"broke: {type(error).__name__}: {error}"
        if fault:
            found.append(f"{one.path}: {fault}")
    assert not found, "\n".join(found)
    assert (counts(demonstration), heads(demonstration)) == before
