"""Catalogues: the translations of the product's own words, one .po file a language, read in the process.

No compiled file and no build step: a .po file is read when its language is first asked for.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).resolve().parent.parent / "translations"
"""Where ``<language>/LC_MESSAGES/messages.po`` lies."""


def path_of(language: str) -> Path:
    """Return where the catalogue of a language lies, or would lie."""
    return FOLDER / language.replace("-", "_") / "LC_MESSAGES" / "messages.po"


def languages_with_catalogue() -> list[str]:
    """Return the languages (BCP 47) that have a catalogue, in order; English has none and needs none."""
    return sorted(path.parent.parent.name.replace("_", "-") for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))


def catalogue(language: str) -> Catalog:
    """Return what a catalogue says, as its translators see it. Raises OSError where there is none."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)


@cache
def translations(language: str) -> NullTranslations:
    """Return the translations into a language, read once; into English, or where there are none, the words stay."""
    if not path_of(language).exists():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def script_words(language: str, modules: frozenset[str]) -> dict[str, Any] | None:
    """Return what static/js/words.js needs to say things in a language, or None where it says them in English.

    ``modules`` are those that a page can load, "tablet/watch.js": a page carries their words alone. ``forms`` leads
    from the browser's name of a plural (Intl.PluralRules) to the place of that form.
    """
    if not path_of(language).exists():
        return None
    said: dict[str, str | list[str]] = {}
    for message in catalogue(language):
        from_script = any(name.removeprefix("static/") in modules for name, _ in message.locations)
        if from_script and message.id and message.string and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said[key] = message.string if isinstance(message.string, str) else list(message.string)
    return {"language": language, "forms": plural_forms(language), "words": said}


@cache
def plural_forms(language: str) -> dict[str, int]:
    """Return CLDR's names of a language's plurals with the place of each among a message's forms."""
    name = Locale.parse(language, sep="-").plural_form
    place = getattr(translations(language), "plural", lambda count: int(count != 1))
    found = {str(name(count)): int(place(count)) for count in range(200, -1, -1)}
    return {"other": int(place(1000)), "many": found.get("other", 0)} | found
