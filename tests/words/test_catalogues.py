"""Every sentence of the interface is in every catalogue, translated, and fits where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from inspect_app.core import catalogues, statics
from script.lib import words
from script.lib.words_checks import faults

LANGUAGES = ("de", "it", "cy")
STATIC = Path(__file__).resolve().parent.parent.parent / "static"


@pytest.fixture(scope="module")
def found() -> Catalog:
    return words.messages()


def test_these_languages_have_a_catalogue() -> None:
    assert catalogues.languages_with_catalogue() == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str, found: Catalog) -> None:
    catalog = words.brought_up_to_date(language, found)
    assert [one.id for one in words.missing(catalog)] == [], f"say: script/words missing {language} --json FILE"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_is_said_and_nothing_else(language: str, found: Catalog) -> None:
    kept = catalogues.path_of(language).read_bytes()
    assert kept == words.written(words.brought_up_to_date(language, found)), "say: script/words update"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_tags_and_plural_forms_agree(language: str) -> None:
    catalog = catalogues.catalogue(language)
    wrong = {str(one.id): fault for one in catalog if one.id and one.string
             and (fault := faults(one.id, one.string, catalog.num_plurals))}  # fmt: skip
    assert wrong == {}
    assert not [one.id for one in catalog if one.id and one.fuzzy]


def test_welsh_has_its_five_forms() -> None:
    assert catalogues.plural_forms("cy") == {"other": 0, "zero": 0, "one": 1, "two": 2, "few": 3, "many": 4}
    assert catalogues.plural_forms("de")["other"] == 1


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("%(n)s of %(m)s", "%(n)s"),
        ("<strong>a</strong>", "a"),
        ("plain", "%(n)s"),
        ("Next ", "Weiter"),
        ("{actor}", ""),
    ],
)
def test_a_translation_that_does_not_fit_is_refused(english: str, said: str) -> None:
    assert faults(english, said, 2)


def test_scripts_get_their_words_alone() -> None:
    said = catalogues.script_words("de", frozenset({"tablet/unsaved.js"}))
    assert said is not None
    assert said["words"]["A recording"] == "Eine Aufnahme"
    assert "Sign in" not in said["words"]


def test_a_page_carries_the_words_that_its_own_scripts_can_say() -> None:
    tag = '<script src="/static/v-0123456789/{}" type="module"></script>'
    every, capture = (
        statics.modules(str(STATIC), tag.format(name)) for name in ("js/lean.js", "tablet/capture/photos.js")
    )
    assert "tablet/watch.js" in every
    assert "tablet/capture/editor.js" in capture - every
    assert not any(name.startswith("vendor/") for name in every | capture)
    said = catalogues.script_words("de", every)
    assert said is not None
    assert "Not safe yet" in said["words"]
    assert "Say what the photo shows." not in said["words"]
