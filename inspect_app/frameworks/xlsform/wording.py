"""The words of a form: which languages it has, and each text in all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from inspect_app.frameworks.parts import NO_LETTERS
from inspect_app.frameworks.xlsform.languages import code_of, private
from inspect_app.frameworks.xlsform.report import Notes
from inspect_app.frameworks.xlsform.tables import Line, Table

TAG = re.compile(r"</?(?:span|b|i|u|br|p|font|em|strong|div|h[1-6]|small|big|center)\b[^<>]*>", re.IGNORECASE)
REFERENCE = re.compile(r"\$\{\s*[^\s{}]+\s*\}")
READ = ("label", "hint", "constraint_message")
"""The columns whose words are carried over."""


class Wording:
    """Gives the words of a cell in the source language, and keeps those of all others by address."""

    def __init__(self, tables: list[Table], default: str, otherwise: str, notes: Notes) -> None:
        """Find the languages of a form; ``default`` is what its settings name, ``otherwise`` what it is taken for."""
        self.notes = notes
        self.is_ours = False
        said = {one for table in tables for line in table.lines for one in line.cells if one.meaning in READ}
        names = dict.fromkeys(one.language for table in tables for one in table.columns if one in said and one.language)
        self.codes: dict[str, str] = {}
        first = default or next(iter(names), "")
        for name in dict.fromkeys([*([first] if first else []), *names]):
            self._learn(name, tables)
        if not first:
            notes.add(f"The form names no language. Its words are taken for “{otherwise}”.")
        self.source = self.codes[first] if first else otherwise
        self.codes[""] = self.source
        self.texts: dict[str, dict[str, str]] = {
            code: {} for code in dict.fromkeys(self.codes.values()) if code != self.source
        }

    def _learn(self, name: str, tables: list[Table]) -> None:
        code = code_of(name)
        place = next(
            ((table, one) for table in tables for one in table.columns if one.language == name and one.meaning in READ),
            None,
        )
        where = (
            (place[0].name, place[0].header_row, place[1].header) if place else ("settings", None, "default_language")
        )
        if code is None:
            code = private(sum(1 for one in self.codes.values() if one.startswith("qa")))
            self.notes.add(f"The language “{name}” is not known here. It is called “{code}”.", *where)
        elif code in self.codes.values():
            self.notes.add(
                f"The language “{name}” is there twice. What the first one lacks is taken from here.", *where
            )
        self.codes[name] = code

    def wrote(self, line: Line) -> bool:
        """Return whether a row is one that we wrote: in a form of ours, people add rows, and write over others."""
        key = line.get("it_key")
        return self.is_ours and bool(key) and line.get("name") in (key, f"q_{key}", f"theme_{key}")

    def of(self, line: Line, meaning: str) -> dict[str, str]:
        """Return the words of a column: language's code → words."""
        found: dict[str, str] = {}
        for name, words in line.said(meaning).items():
            found.setdefault(self.codes.get(name, self.source), words)
        return found

    def take(self, line: Line, meaning: str, address: str, longest: int, table: Table, otherwise: str = "") -> str:
        """Return the words of a cell in the source language, and keep the others for ``address``."""
        words = self.of(line, meaning)
        if words and self.source not in words:
            self._say(
                line, meaning, f"There are no words in “{self.source}”. Those of another language stand in.", table
            )
        cleaned = {code: self.clean(text, longest, line, meaning, table) for code, text in words.items()}
        source = cleaned.get(self.source) or next((text for text in cleaned.values() if text), "") or otherwise
        self.keep(address, cleaned, bool(source))
        return source

    def keep(self, address: str, words: Mapping[str, str], is_there: bool = True) -> None:
        """Keep the translations of one text."""
        for code, text in words.items():
            if code != self.source and text and is_there:
                self.texts[code][address] = text

    def clean(self, text: str, longest: int, line: Line, meaning: str, table: Table) -> str:
        """Return a text without what is no word; say what was taken out."""
        if self.is_ours:
            return text
        if REFERENCE.search(text):
            said = "The words show another answer, as ${name}. They are taken over as they stand."
            self._say(line, meaning, said, table)
        plain = NO_LETTERS.sub("", TAG.sub(" ", text))
        if plain != text:
            self._say(line, meaning, "Signs for bold, colours and the like are taken out of the words.", table)
        plain = re.sub(r"[ \t]+", " ", plain).strip() if plain != text else plain
        if len(plain) > longest:
            said = f"The words have {len(plain)} letters. The first {longest} are kept."
            self._say(line, meaning, said, table)
        return plain[:longest].strip()

    def _say(self, line: Line, meaning: str, sentence: str, table: Table) -> None:
        self.notes.add(sentence, table.name, line.row, line.header(meaning))
