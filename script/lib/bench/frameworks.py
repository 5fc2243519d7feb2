"""A framework as large as anybody makes: 400 questions in five languages; read from a form, opened, published.

``python -m script.lib.bench.frameworks prepare`` puts it into the database that the environment names, and prints as
JSON how long reading it took and where its pages are. ``… publish`` reads addresses of drafts as JSON, and prints how
long each took to check for the first time and to publish, in milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from inspect_app import create_app
from inspect_app.core.database import db
from inspect_app.frameworks import operations_drafts as operations
from inspect_app.frameworks import shelf
from inspect_app.frameworks.editing import FIRST_SCALE
from inspect_app.frameworks.plain import (
    PlainBand,
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainOption,
    PlainPrompt,
    PlainScoring,
    PlainTheme,
    PlainTranslation,
    texts_of,
)
from inspect_app.frameworks.xlsform.reading import read_xlsform
from inspect_app.frameworks.xlsform.writing import write_xlsform
from inspect_app.people.models import Person
from script.lib.bench.load import FORM, Client, field_of

THEMES, QUESTIONS = 20, 20
LANGUAGES = ("de", "it", "cy", "fr")
PUBLISHED = 40
"""So many drafts are published, one after the other: p95 of fewer says nothing."""
COORDINATOR = "Tomasz Wolski"


def big(key: str) -> PlainFramework:
    """Return a framework of 400 questions in five languages, with words from our own library, in an order by chance."""
    chance = random.Random(key)  # noqa: S311  # not for secrets
    said = _words()

    def words(language: str = "en", least: int = 6, most: int = 12) -> str:
        found = " ".join(chance.choices(said[language], k=chance.randint(least, most)))
        return f"{found[:1].upper()}{found[1:]}."

    def question(number: int) -> PlainCriterion:
        kind = ("scale", "scale", "yes_no", "one_of", "count")[number % 5]
        return PlainCriterion(
            key=f"question-{number}",
            plain=words(),
            easy=words(least=4, most=6),
            answer_type=kind,
            scale_key="five" if kind == "scale" else None,
            prompts=(PlainPrompt("ask", words()), PlainPrompt("look", words())),
            may_be_not_seen=True,
            may_not_apply=True,
            list_key="rooms" if kind == "one_of" else None,
            hint=words() if number % 4 == 0 else "",
            condition=f"${{question-{number - number % 5 + 2}}} = 'yes'" if number % 10 == 4 else "",
        )

    def theme(place: int) -> PlainTheme:
        first = place * QUESTIONS
        return PlainTheme(
            f"theme-{place}", words(least=1, most=3), tuple(map(question, range(first, first + QUESTIONS)))
        )

    themes = tuple(map(theme, range(THEMES)))
    rooms = PlainList("rooms", tuple(PlainOption(f"room-{number}", words(least=1, most=2)) for number in range(8)))
    scoring = PlainScoring(2, (PlainBand("weak", "Weak", 0), PlainBand("good", "Good", 60)))
    plain = PlainFramework(
        key, 1, "en", "Everything", words(), "Made to measure with.", (FIRST_SCALE,), themes, (rooms,), scoring=scoring
    )
    layers = (
        PlainTranslation(language, tuple((address, words(language)) for address in texts_of(plain)))
        for language in LANGUAGES
    )
    return replace(plain, translations=tuple(layers))


def _words() -> dict[str, list[str]]:
    """Return the words of our library by language; of French we have none, so its words are Italian ones."""
    found: dict[str, list[str]] = {language: [] for language in ("en", *LANGUAGES)}
    for key in ("full-inspection", "look-see-customers", "quality-of-life"):
        plain = shelf.starting_point(key)
        layers = {"en": texts_of(plain), **{one.language: dict(one.texts) for one in plain.translations}}
        for language, texts in layers.items():
            found[language] += [word.strip(".,:;?!“”").lower() for text in texts.values() for word in text.split()]
    return found | {"fr": found["it"]}


def prepare() -> dict[str, Any]:
    """Read the framework from a form and time it; put drafts and a version into the database; return where they are."""
    coordinator = db.session.scalars(select(Person).where(Person.name == COORDINATOR)).one()
    content = write_xlsform(big("big-read"))
    begin = time.monotonic()
    report = read_xlsform(content)
    if report.plain is None:
        raise RuntimeError(report.faults[0])
    read = operations.begin_draft(report.plain, coordinator, id=uuid.uuid4())
    db.session.commit()
    seconds = time.monotonic() - begin
    drafts = [
        operations.begin_draft(big(f"big-{number}"), coordinator, id=uuid.uuid4()).id for number in range(PUBLISHED)
    ]
    version = operations.publish_draft(operations.begin_draft(big("big"), coordinator, id=uuid.uuid4()).id, coordinator)
    other = operations.begin_draft(_changed(big("big")), coordinator, id=uuid.uuid4(), based_on=version)
    db.session.commit()
    home = f"/frameworks/drafts/{other.id}"
    return {
        "seconds": seconds,
        "bytes": len(content),
        "notes": len(report.notes),
        "drafts": [f"/frameworks/drafts/{one}/publish" for one in drafts],
        "pages": {
            "draft": home,
            "draft, one theme": f"{home}?at=theme-theme-7",
            "draft, all questions": f"{home}?at=all",
            "question": f"{home}/questions/question-200",
            "translations": f"{home}/translations",
            "one translation": f"{home}/translations/de/theme-theme-7",
            "preview": f"{home}/questions/question-200/preview",
            "easy preview": f"{home}/questions/question-200/preview?view=easy",
            "all forms at once": f"{home}/questions/question-200/at-once?spoken=de",
            "all forms at once, tablet": f"{home}/questions/question-200/at-once/tablet?language=de",
            "all forms at once, easy read": f"{home}/questions/question-200/at-once/easy?language=de",
            "all forms at once, paper": f"{home}/questions/question-200/at-once/paper?language=de",
            "check": f"{home}/publish",
            "compare": f"{home}/compare",
            "version": f"/frameworks/{version.id}",
            "draft that was read": f"/frameworks/drafts/{read.id}",
        },
    }


def _changed(plain: PlainFramework) -> PlainFramework:
    """Return the framework with one question in ten reworded: as a new version comes about."""

    def reworded(one: PlainCriterion) -> PlainCriterion:
        is_one = one.key.endswith("7")
        return replace(one, plain=one.plain.replace(".", " today.")) if is_one else one

    themes = (replace(theme, criteria=tuple(reworded(one) for one in theme.criteria)) for theme in plain.themes)
    return replace(plain, themes=tuple(themes))


async def publish(port: int, person: str, paths: list[str]) -> dict[str, list[float]]:
    """Open each page and press “Publish”; return how long the answers took, in milliseconds."""
    client, checked, took = Client(port), list[float](), list[float]()
    await client.sign_in(person, port)
    for path in paths:
        begin = time.monotonic()
        _, page = await client.send("GET", path)
        checked.append((time.monotonic() - begin) * 1000)
        fields = {name: field_of(page, name) for name in ("csrf_token", "id")}
        begin = time.monotonic()
        status, _ = await client.send("POST", path, fields, FORM)
        took.append((time.monotonic() - begin) * 1000)
        if status != 303:
            raise RuntimeError(f"{path} was answered with {status}")
    return {"check": checked, "publish": took}


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        with create_app({"TESTING": True}).test_request_context():
            print(json.dumps(prepare()))
    else:
        print(json.dumps(asyncio.run(publish(**json.load(sys.stdin)))))
