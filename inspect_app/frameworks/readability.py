"""How hard words are to read, by measures that others established: one for each language that has one here.

None of them needs a dictionary, so nothing is fetched from anywhere. They are made for whole texts: about one short
sentence they say little, about all questions of a theme they can be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Thread
from typing import Any

ENDS = (".", "!", "?", "…", ":")


@dataclass(frozen=True)
class Measure:
    """A measure: its name, what its figures mean, and from where on words are too hard for a reader of 11."""

    name: str
    meaning: str
    hardest: float
    high_is_easy: bool = False

    def too_hard(self, value: float) -> bool:
        """Say whether words of this value are too hard."""
        return value < self.hardest if self.high_is_easy else value > self.hardest


MEASURES = {
    # Senter and Smith 1967: school years in the United States; year 6 is read at about 11.
    "en": Measure("Automated Readability Index", "a school year, from 1", 6),
    # Bamberger and Vanecek 1984, first formula: school years in Austria, from 4 for what is very easy to 15.
    "de": Measure("Wiener Sachtextformel", "a school year, from 4", 6),
    # GULP, Rome 1988: 100 is easiest; from 60 on, people who left school at 14 read it without help.
    "it": Measure("Indice Gulpease", "from 0 to 100, where 100 is easiest", 60, high_is_easy=True),
}


def measure_of(language: str) -> Measure | None:
    """Return the measure for a language (BCP 47), None when there is none."""
    return MEASURES.get(language.partition("-")[0])


def hardness(texts: Iterable[str], language: str) -> float | None:
    """Return how hard texts are to read together, in the language's measure; None without words or a measure."""
    return _hardness(tuple(texts), language)


# Of a large framework one theme is changed at a time: the others need not be measured again.
@lru_cache(maxsize=1024)
def _hardness(texts: tuple[str, ...], language: str) -> float | None:
    said = " ".join(one if one.endswith(ENDS) else f"{one}." for one in (text.strip() for text in texts) if one)
    if not said or measure_of(language) is None:
        return None
    root = language.partition("-")[0]
    reader = _reader(root)
    if root == "de":
        return _wiener_sachtextformel(said, reader)
    return float(reader.gulpease_index(said) if root == "it" else reader.automated_readability_index(said))


def _wiener_sachtextformel(text: str, reader: Any) -> float:
    """Return what ``reader.wiener_sachtextformel(text, 1)`` returns, in a quarter of the time.

    It counts the syllables of each word twice; here a word that was met before, in any text, is not counted again.
    """
    words = reader.remove_punctuation(text).split()
    if not words:
        return 0.0
    syllables = [_syllables(word) for word in words]
    polysyllables = 100 * sum(one >= 3 for one in syllables) / len(words)
    length = len(words) / reader.sentence_count(text)
    long_words = 100 * reader.long_word_count(text) / len(words)
    monosyllables = 100 * sum(one == 1 for one in syllables) / len(words)
    return float(
        (0.1935 * polysyllables) + (0.1672 * length) + (0.1297 * long_words) - (0.0327 * monosyllables) - 0.875
    )


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return int(_reader("de").syllable_count(word))


def get_ready(languages: Iterable[str]) -> None:
    """Load what some languages are measured with, beside what this process does: it takes up to two seconds, once."""
    waited_for = frozenset(one for one in languages if measure_of(one)) - _ready
    if waited_for:
        _ready.update(waited_for)
        Thread(target=lambda: [hardness(["One."], one) for one in waited_for], daemon=True).start()


_ready: set[str] = set()


@cache
def _reader(language: str) -> Any:
    # Loading takes a third of a second: only who measures waits for it. One for each language, as it remembers one.
    from textstat.textstat import textstatistics

    reader = textstatistics()
    reader.set_lang(language)
    reader.set_rm_apostrophe(False)  # within words they stay, as where the library counts words itself
    return reader
