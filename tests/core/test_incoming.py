"""What comes in: no control signs; and what is nobody’s mistake is told in a sentence."""

from __future__ import annotations

import pytest
from flask import Flask, request
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from werkzeug.exceptions import NotFound

from inspect_app.core.database import SAME_MOMENT, TOO_BUSY, refusal_of


@pytest.mark.parametrize(
    ("sent", "read"),
    [("a\x00b", "ab"), ("a\x0bb\x7f", "ab"), ("a\tb\r\nc", "a\tb\r\nc"), ("שלום \u202e🧂", "שלום \u202e🧂")],
)
def test_words_come_in_without_signs_that_nobody_can_write(app: Flask, sent: str, read: str) -> None:
    with app.test_request_context("/", method="POST", data={"text": sent}, query_string={"q": sent}):
        assert request.form["text"] == read
        assert request.args["q"] == read


def test_an_address_with_such_a_sign_is_no_page(client) -> None:
    assert client.get("/inspections/NC%00-1").status_code == 404


def test_a_number_that_no_table_can_count_to_is_no_page(app: Flask) -> None:
    urls = app.url_map.bind("localhost")
    assert urls.match("/inspections/NC-1/report/drafts/7")[1]["number"] == 7
    with pytest.raises(NotFound):
        urls.match(f"/inspections/NC-1/report/drafts/{'9' * 30}")


class PostgresFault(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("kind", "fault", "sentence"),
    [
        (IntegrityError, PostgresFault("23505"), SAME_MOMENT),
        (IntegrityError, Exception("UNIQUE constraint failed: seal.number"), SAME_MOMENT),
        (OperationalError, PostgresFault("40P01"), TOO_BUSY),
        (OperationalError, Exception("database is locked"), TOO_BUSY),
        (IntegrityError, PostgresFault("23514"), None),
        (OperationalError, Exception("disk I/O error"), None),
    ],
)
def test_what_is_nobodys_mistake_is_said_in_a_sentence(kind: type[DBAPIError], fault, sentence) -> None:
    refusal = refusal_of(kind("SQL", {}, fault))
    assert (refusal and refusal.sentence) == sentence
