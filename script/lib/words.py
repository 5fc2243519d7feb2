"""The interface's words: found in the sources, kept in catalogues, listed for translators, taken back from them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from inspect_app.core import catalogues
from script.lib.words_checks import KEYWORDS, extract_python, faults

ROOT = Path(__file__).resolve().parent.parent.parent
JINJA = {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}
SOURCES: tuple[tuple[str, str, Any, dict[str, str], dict[str, Any]], ...] = (
    ("inspect_app", "**.py", extract_python, {}, KEYWORDS),
    ("templates", "**", "jinja2.ext:babel_extract", JINJA, KEYWORDS),
    (
        "static",
        "**.js",
        "javascript",
        {"encoding": "utf-8", "parse_template_string": "true"},
        {"t": None, "tn": (1, 2), "mark": None},
    ),
)
"""Folder, files in it, how they are read, and which calls hold sentences."""
DAY = datetime(2026, 11, 22, tzinfo=UTC)
"""Stands in the heads of catalogues, so that a change shows what was changed and not when."""


def messages() -> Catalog:
    """Return all sentences of the sources, each with the files that say it."""
    found = _empty()
    for folder, pattern, method, options, keywords in SOURCES:
        rows = extract_from_dir(
            ROOT / folder,
            method_map=[("vendor/**", "ignore"), (pattern, method)],
            options_map={pattern: options},
            keywords=keywords,
            strip_comment_tags=True,
        )
        for name, _line, words, _comments, _context in rows:
            found.add(words, locations=[(f"{folder}/{name}", 0)])
    return found


def _empty(language: str | None = None) -> Catalog:
    head = {"creation_date": DAY, "revision_date": DAY, "fuzzy": False, "charset": "utf-8"}
    return Catalog(
        locale=language and language.replace("-", "_"),
        project="Inspect Together",
        version="1",
        copyright_holder="the Inspect Together contributors",
        msgid_bugs_address="the project's issues",
        last_translator="the Inspect Together contributors",
        language_team="the Inspect Together contributors",
        header_comment="# The words of Inspect Together. docs/translating.md says how they are written.",
        **head,  # type: ignore[arg-type]  # one type for all of them would say less
    )


def brought_up_to_date(language: str, found: Catalog) -> Catalog:
    """Return a language's catalogue with exactly the sentences that are there now; what was translated stays so."""
    new = _empty(language)
    old = catalogues.catalogue(language) if catalogues.path_of(language).exists() else _empty(language)
    for message in found:
        if not message.id:
            continue
        before = old.get(message.id if isinstance(message.id, str) else message.id[0])
        fits = before is not None and isinstance(before.id, str) == isinstance(message.id, str)
        kept = before.string if before is not None and fits and before.id == message.id else ""
        new.add(message.id, kept or "", locations=message.locations)
    return new


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as its file holds it: in order, with the names of files alone."""
    out = BytesIO()
    write_po(out, catalog, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def save(language: str, catalog: Catalog) -> None:
    """Write a language's catalogue."""
    path = catalogues.path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalog))


def missing(catalog: Catalog) -> Iterator[Message]:
    """Return what a catalogue does not say yet, in the order of its English."""
    ones = (one for one in catalog if one.id and (one.fuzzy or not is_whole(one, catalog)))
    yield from sorted(ones, key=lambda one: str(one.id))


def is_whole(message: Message, catalog: Catalog) -> bool:
    """Say whether a message is translated, a plural in each form of the language."""
    if isinstance(message.id, str):
        return bool(message.string)
    forms = message.string if isinstance(message.string, tuple | list) else ()
    return len(forms) == catalog.num_plurals and all(forms)


def update(_given: argparse.Namespace) -> int:
    """Take new sentences up into every catalogue."""
    found = messages()
    for language in catalogues.languages_with_catalogue():
        catalog = brought_up_to_date(language, found)
        save(language, catalog)
        print(f"{language}: {len(catalog)} messages, {len(list(missing(catalog)))} not translated.")
    return 0


def show_missing(given: argparse.Namespace) -> int:
    """Print what is not translated, or write it as the file that ``fill`` takes back."""
    catalog = brought_up_to_date(given.language, messages())
    number, of = (int(one) for one in given.part.split("/"))
    ones = list(missing(catalog))[number - 1 :: of]
    empty = {_key(one): "" if isinstance(one.id, str) else [""] * catalog.num_plurals for one in ones}
    if given.json:
        Path(given.json).write_text(json.dumps(empty, ensure_ascii=False, indent=1) + "\n")
    for one in ones:
        print(
            f"{_key(one)}" if isinstance(one.id, str) else f"{one.id[0]}  |  {one.id[1]}  ({catalog.num_plurals} forms)"
        )
        print(f"    {', '.join(sorted({name for name, _ in one.locations}))}")
    print(f"{len(ones)} not translated.", file=sys.stderr)
    return 0


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def fill(given: argparse.Namespace) -> int:
    """Take translations in; refuse those that lose a placeholder or a tag, and say which."""
    catalog = brought_up_to_date(given.language, messages())
    refused = 0
    for key, words in json.loads(Path(given.file).read_text()).items():
        if not (words if isinstance(words, str) else any(words)):
            continue
        message = catalog.get(key)
        wrong = (
            ["nobody says this in the sources"] if message is None else faults(message.id, words, catalog.num_plurals)
        )
        for fault in wrong:
            print(f"{key!r}: {fault}", file=sys.stderr)
        if wrong or message is None:
            refused += 1
        else:
            message.string = words if isinstance(words, str) else tuple(words)
    save(given.language, catalog)
    print(f"{given.language}: {len(list(missing(catalog)))} of {len(catalog)} not translated, {refused} refused.")
    return 1 if refused else 0


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="script/words", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("update").set_defaults(act=update)
    listing = commands.add_parser("missing")
    listing.add_argument("language")
    listing.add_argument("--json")
    listing.add_argument("--part", default="1/1")
    listing.set_defaults(act=show_missing)
    filling = commands.add_parser("fill")
    filling.add_argument("language")
    filling.add_argument("file")
    filling.set_defaults(act=fill)
    given = parser.parse_args()
    return int(given.act(given))


if __name__ == "__main__":
    sys.exit(main())
