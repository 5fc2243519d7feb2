"""What somebody wrote is never lost because a sign-in ended; what another site posts is never offered to be sent."""

from __future__ import annotations

import pytest
from flask import Flask

from inspect_app.core import access
from inspect_app.core.access import needs

WORDS = "The path was black with ice at twenty to nine, and nobody had been there."


@pytest.fixture(scope="module", autouse=True)
def page(application: Flask) -> None:
    if "keep" not in application.view_functions:
        application._got_first_request = False
        application.add_url_rule("/keep", "keep", needs("signed in")(lambda: "kept"), methods=["GET", "POST"])


@pytest.fixture(autouse=True)
def somebody(app: Flask) -> None:
    from inspect_app.people.operations import add_person
    from inspect_app.people.rules import Role

    add_person("Helen", "helen@northfield.example", None, roles=[(Role.COORDINATOR, None)], invite=False)


def test_a_form_that_comes_signed_out_is_given_back_whole(client) -> None:
    answer = client.post("/keep", data={"text": WORDS, "kind": "seen", "csrf_token": "old"})
    assert answer.status_code == 401
    assert answer.text.count(WORDS) == 2  # to be read, and to be sent again
    assert 'name="kind" value="seen"' in answer.text
    assert "old" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_password_is_never_given_back(client) -> None:
    answer = client.post("/keep", data={"text": WORDS, "password": "correct horse battery"})
    assert "correct horse" not in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_what_another_site_posts_is_not_given_back(client, headers: dict[str, str]) -> None:
    answer = client.post("/keep", data={"text": WORDS}, headers=headers)
    assert answer.status_code == 302
    assert WORDS not in answer.text


def test_a_page_that_was_open_too_long_gives_the_words_back(app: Flask, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = client.post("/keep", data={"text": WORDS, "csrf_token": "stale"})
    assert answer.status_code == 401
    assert WORDS in answer.text


def test_a_script_is_told_to_keep_its_words(client) -> None:
    assert client.post("/keep", data={"text": WORDS}, headers={"HX-Request": "true"}).status_code == 401


def test_the_page_names_a_permission(app: Flask) -> None:
    assert app.view_functions["keep"].permission in access.permissions()


def test_what_came_too_late_is_shown_on_the_page_that_says_so(app, client, as_person, monkeypatch) -> None:
    from inspect_app.core.errors import Refused
    from inspect_app.people.queries import person_by_email

    def refuse() -> None:
        raise Refused("Somebody else was first.")

    monkeypatch.setitem(app.view_functions, "keep", needs("signed in")(refuse))
    browser = as_person(person_by_email("helen@northfield.example"))
    answer = browser.post("/keep", data={"text": WORDS, "password": "correct horse battery " * 3})
    assert answer.status_code == 409
    assert "Somebody else was first." in answer.text
    assert answer.text.count(WORDS) == 1
    assert "correct horse" not in answer.text
    elsewhere = browser.post("/keep", data={"text": WORDS}, headers={"Sec-Fetch-Site": "cross-site"})
    assert WORDS not in elsewhere.text
