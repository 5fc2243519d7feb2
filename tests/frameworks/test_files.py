"""Files of frameworks: what is written reads as what it was, and each fault is told with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from inspect_app.frameworks.document import document_of, plain_of
from inspect_app.frameworks.operations import digest_of
from inspect_app.frameworks.plain import PlainFramework, PlainTranslation, in_language, texts_of
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.writing import write_framework
from tests.frameworks.made import frameworks

LIBRARY = Path(__file__).resolve().parents[2] / "inspect_app/frameworks/library"
FULL = """
key: walk
version: 1
language: en
title: A walk
summary: A short walk.
source: Our own wording.
lists:
  rooms:
    options:
      - {key: hall, label: Hall}
      - {key: bath, label: Bath}
scoring:
  least_answers: 2
  bands:
    - {key: low, label: Low, from_percent: 0}
    - {key: high, label: High, from_percent: 60}
themes:
  - key: rooms
    title: Rooms
    each: room
    most: 5
    weight: 2
    criteria:
      - key: which
        statement: {plain: Which room is it?}
        answer: {type: one_of, list: rooms}
        required: true
      - key: wait
        statement: {plain: How long did you wait?, easy: How long?}
        answer: {type: number, unit: minutes, least: 0, most: 60, step: 0.5}
        condition: "${which} = 'hall'"
        photo: wished
        prompts:
          - {count: Count the minutes., easy: Look at the clock.}
      - key: twice
        statement: {plain: Twice the time}
        answer: {type: calculated}
        calculation: "${wait} * 2"
translations:
  de:
    title: Ein Gang
    criterion/wait/plain: Wie lange haben Sie gewartet?
"""
STANDING = {
    ("citizen-full", 2): "1a8b9faa8d2a86d1df2dd98d35fd5ee96d38593d1382f0672fe15001e2a1b1b5",
    ("look-see", 2): "f60fe69908ef6800d01f3fa31a8370bae7e560f4dbe06a037e6291544ffdb5f5",
    ("peer-review", 2): "e0b43e123a814a53449dc0e15dc4ff48241203428e33366b14d569b4c77e8685",
}
"""Versions that programmes have published: whoever changes what they say must raise their number."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(frameworks())
def test_what_is_written_reads_as_what_it_was(plain: PlainFramework) -> None:
    again = read_framework(write_framework(plain))
    assert again == plain
    assert digest_of(again) == digest_of(plain)
    assert plain_of(document_of(plain)) == plain


def test_a_full_file_is_read_whole() -> None:
    plain = read_framework(FULL)
    theme = plain.themes[0]
    assert (theme.each, theme.most, theme.weight) == ("room", 5, 2)
    which, wait, twice = theme.criteria
    assert (which.list_key, which.required) == ("rooms", True)
    assert (wait.unit, wait.least, wait.most, wait.step) == ("minutes", "0", "60", "0.5")
    assert (wait.photo, wait.prompts[0].easy, twice.calculation) == ("wished", "Look at the clock.", "${wait} * 2")
    assert [one.from_percent for one in plain.scoring.bands] == [0, 60]


def test_texts_have_addresses_and_a_language_falls_back_to_the_source() -> None:
    plain = read_framework(FULL)
    texts = texts_of(plain)
    assert texts["list/rooms/option/hall"] == "Hall"
    assert texts["criterion/wait/prompt/1/easy"] == "Look at the clock."
    assert texts["theme/rooms/each"] == "room"
    assert "criterion/which/easy" not in texts  # nobody wrote easier words
    german = in_language(plain, "de")
    assert (german.title, german.summary) == ("Ein Gang", "A short walk.")
    wait = german.themes[0].criteria[1]
    assert wait.plain == wait.easy == "Wie lange haben Sie gewartet?"
    assert in_language(plain, "cy") == plain


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(frameworks(languages=()))
def test_a_whole_translation_says_each_text_in_its_own_words(plain: PlainFramework) -> None:
    texts = tuple((address, f"cy {words}") for address, words in texts_of(plain).items())
    welsh = in_language(replace(plain, translations=(PlainTranslation("cy", texts),)), "cy")
    assert texts_of(replace(welsh, translations=())) == dict(texts)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("weight: 2", "wieght: 2", "theme “rooms”: “wieght” means nothing here. Did you mean “weight”?"),
        ("title: A walk", "title: A walk\ntitle: B", "line 6 is not right: “title” stands there twice."),
        ("list: rooms", "list: halls", "question “which”: no list is called “halls”."),
        ("list: rooms", "list: [rooms]", "question “which”: no list is called"),
        ("type: one_of, list", "type: text, list", "an answer of the type “text” has no list"),
        ("step: 0.5", "step: 0", "“step” must be more than 0"),
        ("step: 0.5", "step: many", "“step” must be a number, such as 7 or 2.5"),
        ("most: 60", "most: -1", "“least” is more than “most”"),
        ("type: number", "type: text", "“unit” is for answers of the type number or count"),
        ("type: calculated", "type: text", "belong together"),
        ("photo: wished", "photo: maybe", "“photo” must be one of wished, required"),
        ("weight: 2", "weight: .nan", "“weight” must be a number from 0 to 1000"),
        ("most: 5", "most: 0", "“most” must be a whole number from 1 to 100"),
        ("from_percent: 60", "from_percent: 0", "must be more than that of the band before"),
        ("criterion/wait/plain", "criterion/wiat/plain", "Did you mean “criterion/wait/plain”?"),
        ("  de:", "  no:", "“False” is no language"),
        ("  de:", "  en:", "is the language of the file itself"),
        ("key: bath", "key: hall", "two options of list “rooms” have the key “hall”"),
        ("label: Hall", 'label: "a\\0b"', "signs that are no letters"),
        ("summary: A short walk.", "summary: " + "[" * 99 + "]" * 99, "too many parts inside parts"),
        ("count: Count the minutes., easy", "easy", "each prompt begins with one of"),
    ],
)
def test_each_fault_of_a_file_has_a_sentence(old, new, sentence) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_framework(FULL.replace(old, new, 1))


def test_a_very_deep_file_is_refused_and_does_not_crash() -> None:
    with pytest.raises(ValueError, match="too many parts inside parts"):
        read_framework("[" * 1_000_000)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title: x\nversion: " + ":".join(["59"] * 1_000_000), "line 2 is not right: this number is too long."),
        ("version: " + "9" * 200_000, "line 1 is not right: this number is too long."),
        (
            'title: !!python/object/apply:os.system ["true"]',
            "line 1 is not right: “!” says there what kind of thing it is. Leave it out.",
        ),
        ("".join(f"k{number}: 1\n" for number in range(200_000)), "the file holds too many parts."),
        ("version: 2026-99-99", "a day or a number in it cannot be. Write words in quotation marks."),
    ],
)
def test_what_yaml_would_make_of_a_text_is_refused_in_words(text, sentence) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_framework(text)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_files_are_written_as_they_were_read(path) -> None:
    plain = read_framework(path.read_text(encoding="utf-8"))
    assert read_framework(write_framework(plain)) == plain
    standing = STANDING.get((plain.key, plain.version))
    assert standing in (None, digest_of(plain)), "a published version never changes: raise its number"
