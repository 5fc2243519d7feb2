"""Who reads what in which language, and how a page, a mail and the journal say it."""

from __future__ import annotations

import re
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import pytest
from babel.support import NullTranslations
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.core import catalogues, languages, words
from inspect_app.core.database import db
from inspect_app.core.programme import Programme
from inspect_app.core.words import _, lazy, ngettext
from inspect_app.inspections.overview import lines_of
from inspect_app.inspections.timeline import timeline
from tests.inspections.conftest import *  # noqa: F403  # a small programme

GERMAN = "Was gefunden wurde"


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(tag: str) -> None:
        own = words._Reader(lambda: tag, lambda: catalogues.translations(tag))
        monkeypatch.setattr(words, "_reader", [own])

    return set_to


def test_english_stays_as_it_is(speak: Any) -> None:
    speak("en")
    assert words.day(date(2026, 3, 14), weekday=True) == "Saturday 14 March 2026"
    assert (words.clock_time(time(9, 5)), words.clock_time(time(0, 30))) == ("9:05 am", "12:30 am")
    assert (words.number(20000), words.decimal(1.44)) == ("20,000", "1.4")
    assert words.either(["a", "b", "c"]) == "a or b or c"


def test_days_numbers_and_plurals_follow_the_language(speak: Any) -> None:
    speak("de")
    assert words.day(date(2026, 3, 14), weekday=True) == "Samstag, 14. März 2026"
    assert (words.clock_time(time(9, 5)), words.number(20000)) == ("09:05", "20.000")
    assert ngettext("%(n)s hour", "%(n)s hours", 1) == "1 Stunde"
    speak("cy")
    assert ngettext("%(n)s minute", "%(n)s minutes", 2) == "2 funud"


def test_a_lazy_sentence_is_english_inside_and_translated_when_shown(speak: Any) -> None:
    sentence = lazy("You are signed out")
    speak("de")
    assert sentence == "You are signed out"
    assert str(sentence) == f"{sentence}" == "Sie sind abgemeldet"


def page(client: FlaskClient, path: str = "/public", **more: Any) -> str:
    answer = client.get(path, **more)
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)
    return answer.get_data(as_text=True)


def test_the_address_then_the_person_then_the_cookie_then_the_browser_choose(
    app: Flask, world: SimpleNamespace, client: FlaskClient
) -> None:
    assert "What was found" in page(client)
    browser = {"Accept-Language": "fr, cy-GB;q=0.8, de;q=0.5"}
    assert 'lang="cy" dir="ltr"' in page(client, headers=browser)
    chosen = client.post("/language", data={"wanted": "de", "back": "/public"}, headers=browser)
    assert chosen.location == "/public"
    assert GERMAN in page(client, headers=browser)
    assert 'lang="it"' in page(client, "/public?language=it", headers=browser)
    assert 'lang="de"' in page(client, "/public?language=xx", headers=browser)
    assert client.post("/language", data={"wanted": "xx"}).status_code == 404


def test_a_programme_that_speaks_german_does_so_to_whoever_says_nothing(
    app: Flask, world: SimpleNamespace, client: FlaskClient
) -> None:
    db.session.scalars(select(Programme)).one().language = "de"
    db.session.commit()
    g.pop("programme", None)
    assert GERMAN in page(client)


def test_the_journal_speaks_the_language_of_whoever_reads(app: Flask, world: SimpleNamespace, new: Any) -> None:
    inspection = new()
    with languages.in_language("it"):
        told, _pages = timeline(inspection)
        assert told
        assert _("The charter’s clock") == "L’orologio della carta"


def test_what_is_reckoned_once_for_all_is_said_to_each_in_their_own_language(
    app: Flask, world: SimpleNamespace, new: Any
) -> None:
    inspection = new()
    told = {}
    for tag in ("en", "de", "en"):
        with languages.in_language(tag):
            [line] = lines_of([inspection])
            told[tag] = [one.sentence for one in line.missing]
    assert told["en"] != told["de"]
    assert "Es ist noch kein Besuch geplant." in told["de"]
    assert "No visit is planned yet." in told["en"]


class Mirrored(NullTranslations):
    """A language that nobody speaks, written from right to left."""

    def gettext(self, message: str) -> str:
        parts = re.split(r"(%\(\w+\)s|<[^>]*>|\{\w*\})", message)
        return "".join(part if at % 2 else re.sub("[A-Za-z]", lambda one: chr(0x0627 + ord(one[0]) % 20), part)
                       for at, part in enumerate(parts))  # fmt: skip

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


@pytest.fixture
def arabic(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "LANGUAGES", ("en", "ar"))
    known = catalogues.translations
    monkeypatch.setattr(catalogues, "translations", lambda tag: Mirrored() if tag == "ar" else known(tag))


def test_a_language_from_right_to_left_turns_the_page(
    arabic: None, world: SimpleNamespace, client: FlaskClient
) -> None:
    shown = page(client, "/public?language=ar")
    assert 'lang="ar" dir="rtl"' in shown
    assert "What was found, and" not in shown
