"""Themes that are repeated: what somebody looked at ("Lounge"), and the questions of the theme for each of them.

Each thing that was looked at is an *instance*: a short identifier that whoever adds it makes, and a name in their own
words. The name is the answer to a question of its own, so that it is kept, corrected and sealed like every answer;
taken back, it *does not apply*. A question of an instance has a key of two parts: ``noise--mi3xw0k2a7f1q`` is the
question ``noise`` for one instance, ``rooms--name-mi3xw0k2a7f1q`` the name of that instance of the theme ``rooms``. No
key of a framework has two hyphens together (static/frameworks/repeats.js does the same).
"""

from __future__ import annotations

import re
import secrets
import string
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from inspect_app.core.words import _
from inspect_app.frameworks.answer_types import OUTSIDE_SCALE, AnswerType
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.slots import NAME, is_name, joined, name_key, parted

NEW = "new"
"""Stands where an instance is still to be made."""
PATTERN = "0thisone0"
"""Stands for any instance on the blank pages that a tablet takes along; no instance is called so."""
INSTANCE = re.compile("[1-9a-z][0-9a-z]{7,29}")
LETTERS = string.digits + string.ascii_lowercase
CHANCE = 5


def new_instance() -> str:
    """Return an identifier for an instance: by the clock, so that they sort as they were added, and by chance."""
    left, words = time.time_ns() // 1_000_000, ""
    while left:
        left, digit = divmod(left, len(LETTERS))
        words = LETTERS[digit] + words
    return words + "".join(secrets.choice(LETTERS) for _one in range(CHANCE))


def instances_of(values: Mapping[str, str | None], theme_key: str) -> list[tuple[str, str]]:
    """Return the instances of a theme that stand, as (instance, name), in the order in which they were added."""
    begin = name_key(theme_key, "")
    return sorted(
        (key.removeprefix(begin), value)
        for key, value in values.items()
        if key.startswith(begin) and value and value not in OUTSIDE_SCALE
    )


def repeated(questions: Iterable[Question]) -> dict[str, Question]:
    """Return the themes that are repeated, by key, each with its first question."""
    found: dict[str, Question] = {}
    for one in questions:
        if one.each:
            found.setdefault(one.theme_key, one)
    return found


def expanded(questions: Sequence[Question], values: Mapping[str, str | None]) -> tuple[Question, ...]:
    """Return a version's questions as somebody is asked them who said this: those of a repeated theme per instance."""
    found: list[Question] = []
    for _theme, group in groupby(questions, key=lambda one: (one.theme_key, one.each)):
        ones = list(group)
        if not ones[0].each:
            found += ones
            continue
        for instance, name in instances_of(values, ones[0].theme_key):
            found += [named(ones[0], instance, name), *(_for(one, instance, name) for one in ones)]
    return tuple(found)


def find(questions: Iterable[Question], slot: str) -> Question | None:
    """Return the question with this key: of a version, of an instance, or for an instance's name; None for none."""
    key, instance = parted(slot)
    if is_name(instance):
        first = next((one for one in questions if one.each and one.theme_key == key), None)
        instance = instance.removeprefix(NAME)
        return named(first, instance) if first and INSTANCE.fullmatch(instance) else None
    one = next((one for one in questions if one.key == key), None)
    if one is None or slot == key:
        return one
    return _for(one, instance, "") if one.each and INSTANCE.fullmatch(instance) else None


def siblings(questions: Iterable[Question], question: Question) -> list[Question]:
    """Return all that is asked for the instance of a question, its name first."""
    ones = [one for one in questions if one.each and one.theme_key == question.theme_key]
    name = question.instance_name
    return [named(ones[0], question.instance, name), *(_for(one, question.instance, name) for one in ones)]


def named(first: Question, instance: str, name: str = "") -> Question:
    """Return the question for an instance's name, from the first question of its theme."""
    words = _("What do you call this %(thing)s?", thing=first.each)
    return Question(
        key=name_key(first.theme_key, instance),
        theme_key=first.theme_key,
        theme_title=first.theme_title,
        position=first.position,
        statement=words,
        easy=words,
        prompts=(),
        answer_type=AnswerType.TEXT,
        scale_key=None,
        scale_title="",
        points=(),
        may_be_not_seen=False,
        may_not_apply=True,
        hint=_("Use words by which you find it again. Write no names of people."),
        theme_condition=first.theme_condition,
        each=first.each,
        most_repeats=first.most_repeats,
        language=first.language,
        instance=instance,
        instance_name=name,
        is_name=True,
    )


def _for(question: Question, instance: str, name: str) -> Question:
    return replace(question, key=joined(question.key, instance), instance=instance, instance_name=name)
