from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from inspect_app.core import journal
from inspect_app.public.rules import Happening, actor_words, name_by_consent, told, without_repeats

ANA, LEAD = uuid.uuid4(), uuid.uuid4()


@pytest.mark.parametrize(
    ("kind", "actor", "words"),
    [
        ("charter.agreed", ANA, "The team"),
        ("charter.agreed", LEAD, "The service"),
        ("stage.writing", ANA, "The team"),
        ("stage.writing", LEAD, "The programme"),
        ("stage.improving", None, "The programme"),
    ],
)
def test_an_actor_is_a_side(kind, actor, words):
    assert actor_words(kind, actor, {ANA}) == words


def test_a_sentence_tells_days_and_numbers_and_nothing_else():
    facts = {"day": "2026-03-14", "number": 4, "person": str(ANA), "name": "Ana Bell", "role": "inspector"}
    sentence = "{actor} {person}{name}{role}met on {day} about {number}."
    assert told(sentence, "The team", facts, {"2026-03-14": "14 March 2026"}) == (
        "The team met on 14 March 2026 about 4."
    )


def test_every_public_sentence_can_be_told(app):
    for kind in journal.kinds().values():
        if kind.public:
            assert "{" not in told(kind.sentence, "The team", {}, {})


def test_a_day_says_a_sentence_once():
    first, second = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, 15, tzinfo=UTC)
    lines = [Happening(first, "The team agreed."), Happening(second, "The team agreed."), Happening(second, "Other.")]
    kept = without_repeats(lines, {first: date(2026, 3, 1), second: date(2026, 3, 1)})
    assert [one.text for one in kept] == ["The team agreed.", "Other."]


def test_a_name_needs_consent_today():
    assert name_by_consent("Ana Bell", {"Ana Bell"}) == "Ana Bell"
    assert name_by_consent("Bilal Khan", {"Ana Bell"}) == "An inspector"
