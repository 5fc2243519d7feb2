"""Texts and their translations side by side: what is missing, what is old; two people at once; a history."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core import revisions
from inspect_app.core.database import db, new_id
from inspect_app.frameworks.editing import put_question, put_words
from inspect_app.frameworks.models import FrameworkTranslation
from inspect_app.frameworks.operations import publish_plain
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.plain import texts_of
from inspect_app.frameworks.queries import criteria_of, plain_version
from inspect_app.frameworks.reading import read_framework
from inspect_app.frameworks.translating import language_name, section_of, sections
from tests.frameworks.test_drafts import fields
from tests.frameworks.test_files import FULL
from tests.routes.pages import faults_of

LOOK_SEE = Path(__file__).resolve().parents[2] / "inspect_app/frameworks/library/look-see.yaml"


def test_every_text_stands_in_one_section() -> None:
    plain = read_framework(FULL)
    found = sections(plain, "de")
    assert [(one.key, one.title) for one in found] == [
        ("general", "Title, scales and lists"), ("theme-rooms", "Rooms")
    ]  # fmt: skip
    assert sorted(line.address for one in found for line in one.lines) == sorted(texts_of(plain))
    assert [one.done for one in found] == [1, 1]
    assert (language_name("de"), language_name("zh-Hant"), language_name("xx")) == ("German", "Chinese (zh-Hant)", "xx")


def test_what_was_translated_before_a_text_changed_is_to_be_looked_at_again() -> None:
    before = read_framework(FULL)
    wait = before.themes[0].criteria[1]
    now = put_question(before, replace(wait, plain="How long was it?"), "rooms")
    lines = {line.address: line.state for line in section_of(now, "de", "theme-rooms", before).lines}
    assert lines["criterion/wait/plain"] == "old"
    again = put_words(now, "de", {"criterion/wait/plain": "Wie lange war es?"})
    lines = {line.address: line.state for line in section_of(again, "de", "theme-rooms", before).lines}
    assert lines["criterion/wait/plain"] == "done"


def test_translated_hints_follow_when_hints_are_moved_or_taken_out() -> None:
    plain = read_framework(FULL)
    wait = plain.themes[0].criteria[1]
    three = tuple(replace(wait.prompts[0], text=text, easy="") for text in ("One.", "Two.", "Three."))
    plain = put_question(plain, replace(wait, prompts=three), "rooms")
    plain = put_words(plain, "de", {f"criterion/wait/prompt/{n}": word for n, word in ((1, "Eins."), (3, "Drei."))})
    moved = put_question(plain, replace(wait, prompts=(three[2], three[0])), "rooms")
    words = dict(moved.translations[0].texts)
    assert (words["criterion/wait/prompt/1"], words["criterion/wait/prompt/2"]) == ("Drei.", "Eins.")
    assert "criterion/wait/prompt/3" not in words


@pytest.fixture
def world(people: SimpleNamespace, as_person: Any) -> SimpleNamespace:
    """A version that is published, in two people's browsers."""
    version = publish_plain(read_framework(LOOK_SEE.read_text(encoding="utf-8")), people.helen)
    home = f"/frameworks/{version.id}/translations"
    return SimpleNamespace(
        version=version, home=home, people=people, helen=as_person(people.helen), tomasz=as_person(people.tomasz),
        ana=as_person(people.ana),
    )  # fmt: skip


def test_a_published_version_is_translated_as_a_layer_with_its_history(world) -> None:
    begun = world.helen.post(world.home, data={"language": "Welsh"})
    assert begun.location == f"{world.home}/cy/general"
    hers, his = (fields(one.get(begun.location).text) for one in (world.helen, world.tomasz))
    saved = world.tomasz.post(begun.location, data={**his, "words-0": "Ei deitl", "go": "next"})
    assert saved.location.startswith(f"{world.home}/cy/theme-")
    both = world.helen.post(begun.location, data={**hers, "words-0": "Ei theitl hi"})
    assert both.status_code == 200
    assert "Ei deitl" in both.text
    assert "Ei theitl hi" in both.text
    assert not faults_of(both.text)
    plain = plain_version(world.version.id)
    assert dict(plain.translations[0].texts) == {"title": "Ei deitl"}
    again = world.helen.post(begun.location, data={**fields(both.text), "words-0": "Ei theitl hi"})
    assert again.status_code == 303
    assert dict(plain_version(world.version.id).translations[0].texts) == {"title": "Ei theitl hi"}
    layer = db.session.query(FrameworkTranslation).one()
    assert len(revisions.history(("framework_translation", layer.id))) == 3
    shown = world.helen.get(begun.location).text
    assert "Tomasz" in shown
    for path in ("", "/cy/general", saved.location.removeprefix(world.home)):
        assert not faults_of(world.helen.get(f"{world.home}{path}").text)


def test_questions_are_asked_in_the_language_as_it_stands(world) -> None:
    own = criteria_of(world.version.id)
    assert criteria_of(world.version.id, "cy")[0].statement == own[0].statement
    address = f"{world.home}/cy/theme-{own[0].theme_key}"
    page = world.helen.get(address).text
    shown = re.findall(r'id="source-(\d+)"[^>]*>([^<]*)<', page)
    number = next(number for number, words in shown if html.unescape(words) == own[0].statement)
    world.helen.post(address, data={**fields(page), f"words-{number}": "Yn Gymraeg."})
    assert criteria_of(world.version.id, "cy")[0].statement == "Yn Gymraeg."
    assert criteria_of(world.version.id)[0].statement == own[0].statement


def test_a_draft_is_translated_part_by_part(world) -> None:
    draft = begin_draft(read_framework(FULL), world.people.helen, id=new_id())
    home = f"/frameworks/drafts/{draft.id}/translations"
    for path in ("", "/de/general", "/de/theme-rooms"):
        shown = world.helen.get(f"{home}{path}")
        assert shown.status_code == 200
        assert not faults_of(shown.text)
    assert "Missing" in shown.text
    address = f"{home}/de/theme-rooms"
    hers, his = fields(world.helen.get(address).text), fields(world.tomasz.get(address).text)
    assert world.helen.post(address, data={**hers, "words-0": "Räume"}).status_code == 303
    both = world.tomasz.post(address, data={**his, "words-0": "Zimmer"})
    assert both.status_code == 409
    assert "Räume" in both.text
    assert world.tomasz.post(address, data={**fields(both.text), "words-0": "Zimmer"}).status_code == 303
    for path in ("/en/general", "/de/nothing", "/../general"):
        assert world.helen.get(f"{home}{path}").status_code == 404
    assert world.helen.post(home, data={"language": "Klingon"}).status_code == 422
    assert world.ana.get(home).status_code == 403
