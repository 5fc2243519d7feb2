"""Read a form (XLSForm) as a framework for a draft, with a report of all that came over differently or not at all."""

from __future__ import annotations

from dataclasses import replace

from inspect_app.frameworks.document import document_of
from inspect_app.frameworks.plain import (
    MOST_REPEATS,
    PlainBand,
    PlainCriterion,
    PlainFramework,
    PlainList,
    PlainOption,
    PlainScoring,
    PlainTheme,
    PlainTranslation,
    reworded,
    texts_of,
)
from inspect_app.frameworks.reading import read_document
from inspect_app.frameworks.reading_questions import LONGEST_TITLE, LONGEST_UNIT
from inspect_app.frameworks.xlsform import extra
from inspect_app.frameworks.xlsform.asking import Asking, say_circles
from inspect_app.frameworks.xlsform.choices import lists_of, read_choices, scales_of
from inspect_app.frameworks.xlsform.conditions import Names
from inspect_app.frameworks.xlsform.keys import key_from
from inspect_app.frameworks.xlsform.opening import Opened, open_form
from inspect_app.frameworks.xlsform.questions import Sheet, question_of, say_columns, weight_of
from inspect_app.frameworks.xlsform.refusals import faults_of
from inspect_app.frameworks.xlsform.report import Note, Notes, Report
from inspect_app.frameworks.xlsform.survey import Asked, Section, Walk
from inspect_app.frameworks.xlsform.tables import Line, Table, table_of
from inspect_app.frameworks.xlsform.wording import Wording

MARKED = {
    "macros": "The file holds macros. They were not run, and are left out.",
    "links": "The file points to other files. None was opened; what was last copied from them is taken.",
}
HIGHEST_VERSION = 9999
SETTINGS = ("form_title", "form_id", "version", "default_language")
Languages = dict[str, dict[str, str]]


def read_xlsform(content: bytes, language: str = "en", called: str = "") -> Report:
    """Return what a form's file holds.

    ``language`` is what its words are taken for where it names none, ``called`` its title where it has none. Never
    raises for what a file holds: a file that cannot be used comes back with a sentence that says why.
    """
    opened = open_form(content)
    return Report(None, (opened,)) if isinstance(opened, Note) else report_of(opened, language, called)


def report_of(opened: Opened, language: str = "en", called: str = "") -> Report:
    """Return what the cells of a form say: a pure function."""
    tables = {name: table_of(opened.sheets.get(name), name) for name in ("survey", "choices", "settings", extra.SHEET)}
    if faults := faults_of(opened, tables):
        return Report(None, faults)
    reading = Reading(opened, tables, language, called)
    try:
        plain = read_document(document_of(reading.framework()))
    except ValueError as fault:
        return Report(
            None, (Note(f"The form cannot be used here: {fault}", tables["survey"].name),), reading.notes.all()
        )
    return Report(plain, (), reading.notes.all())


class Reading:
    """Reads one form."""

    def __init__(self, opened: Opened, tables: dict[str, Table], language: str, called: str) -> None:
        """Take a form's sheets."""
        self.notes, self.called = Notes(), called
        self.survey, self.choices, self.settings = tables["survey"], tables["choices"], tables["settings"]
        self.extra = tables[extra.SHEET]
        self._say_file(opened, tables)
        self.setting = self.settings.lines[0] if self.settings.lines else Line(0, {})
        default = self.setting.get("default_language")
        self.wording = Wording([self.survey, self.choices], default, language, self.notes)
        self.wording.is_ours = extra.is_ours(self.settings)
        self.lists = read_choices(self.choices, self.wording, self.notes)
        self.walk = Walk(self.survey, self.wording, self.notes)
        self.sheet = Sheet(self.survey, self.wording, self.notes, self.lists)
        self.others: dict[str, PlainList] = {}
        self.which_other: dict[str, str] = {}

    def framework(self) -> PlainFramework:
        """Return the framework."""
        self.walk.walk()
        say_columns(self.survey, self.notes)
        asked = {one.key: one for section in self.walk.sections for one in section.asked}
        made = {key: question_of(one, self.sheet) for key, one in asked.items()}
        asking = Asking(self.sheet, self._names(made, asked))
        made = asking.calculations(made, asked)
        made = {key: asking.whole(one, asked[key]) for key, one in made.items()}
        self._add_others(made, asked)
        conditions = {section.key: asking.condition_of(section) for section in self.walk.sections}
        of_theme = {one.key: conditions[section.key] for section in self.walk.sections for one in section.asked}
        say_circles(asking, made, asked, of_theme)
        themes = [self._theme(one, conditions[one.key], made) for one in self.walk.sections]
        return self._with_texts(
            PlainFramework(
                key=self._setting("it_key") or key_from(self.setting.get("form_id") or self.called) or "form",
                version=self._version(),
                language=self.wording.source,
                title=self._title(),
                summary=f"Brought in from the form “{self._title()}”.",
                source=self._setting("it_source")
                or f"The form “{self.setting.get('form_id') or self._title()}” (XLSForm).",
                scales=scales_of(self.lists),
                themes=tuple(one for one in themes if one.criteria),
                lists=(*lists_of(self.lists), *self.others.values()),
                scoring=self._scoring(),
            )
        )

    def _setting(self, meaning: str) -> str:
        return self.setting.get(meaning) if self.wording.is_ours else ""

    def _title(self) -> str:
        title = self.setting.get("form_title") or self.setting.get("form_id") or self.called or "Questions"
        return title if self.wording.is_ours else title[:LONGEST_TITLE]

    def _version(self) -> int:
        said = self.setting.get("version")
        if (
            said.isascii()
            and said.isdigit()
            and 1 <= int(said[:9]) <= (10**9 if self.wording.is_ours else HIGHEST_VERSION)
        ):
            return int(said)
        if said:
            self._say("version", f"The version “{said[:40]}” is left out. Versions count from 1 here.")
        return 1

    def _scoring(self) -> PlainScoring:
        pairs = [part.rpartition("=") for part in self._setting("it_bands").split()]
        bands = tuple(PlainBand(key, "", _number(start)) for key, _, start in pairs)
        least = self._setting("it_least_answers")
        return PlainScoring(int(least) if least.isascii() and least.isdigit() else 1, bands)

    def _theme(self, section: Section, condition: str, made: dict[str, PlainCriterion]) -> PlainTheme:
        repeat = section.repeat
        line = section.owner.line if section.owner else Line(0, {})
        most = line.get("it_most") if self.wording.is_ours else repeat.line.get("repeat_count") if repeat else ""
        is_number = most.isascii() and most.isdigit() and 1 <= int(most[:4]) <= 100
        if repeat and most and not is_number:
            said = f"“{most[:80]}” is left out: people say themselves how often, up to {MOST_REPEATS} times."
            self.sheet.say(line, said, "repeat_count")
        keys = [key for one in section.asked for key in (one.key, self.which_other.get(one.key, "")) if key in made]
        return PlainTheme(
            key=section.key,
            title=self.walk.title_of(section, self._title()),
            criteria=tuple(made[key] for key in keys),
            weight=weight_of(line) if self.wording.is_ours else 1,
            condition=condition,
            each=self._each(section),
            most=int(most) if is_number else MOST_REPEATS,
        )

    def _each(self, section: Section) -> str:
        if section.repeat is None:
            return ""
        line = section.repeat.line
        name = line.get("name").replace("_", " ")
        if self.wording.is_ours:
            return name
        return self.wording.take(line, "label", f"theme/{section.key}/each", LONGEST_UNIT, self.survey, name)

    def _names(self, made: dict[str, PlainCriterion], asked: dict[str, Asked]) -> Names:
        names = Names()
        for key, one in asked.items():
            name = one.line.get("name")
            if name in names.keys:
                continue
            names.keys[name] = key
            if choices := self.lists.get(one.kind.list_name):
                names.answers[name] = choices.keys
            elif made[key].answer_type == "yes_no":
                names.answers[name] = {"OK": "yes"}
        for section in self.walk.sections:
            if section.owner and (self.wording.is_ours or section.owner.kind == "repeat"):
                names.keys.setdefault(section.owner.line.get("name"), section.key)
        return names

    def _add_others(self, made: dict[str, PlainCriterion], asked: dict[str, Asked]) -> None:
        """Add the answer “other”, and the question which, where a form asks for both in one row."""
        for key in [key for key, one in asked.items() if one.kind.has_other and key in made]:
            listed = next((one for one in lists_of(self.lists) if one.key == made[key].list_key), None)
            if listed is None or f"{key}-other" in asked:
                self.sheet.say(asked[key].line, "“or_other” is left out.", "type")
                continue
            option = PlainOption("other", "Other")
            own = replace(listed, key=f"{listed.key[:50]}-or-other", options=(*listed.options, option))
            if not any(one.key == "other" for one in listed.options):
                self.others[own.key] = own
                made[key] = replace(made[key], list_key=own.key)
                for texts in self.wording.texts.values():
                    old, new = f"list/{listed.key}/option/", f"list/{own.key}/option/"
                    texts |= {new + at.removeprefix(old): words for at, words in texts.items() if at.startswith(old)}
            self.which_other[key] = f"{key}-other"
            made[f"{key}-other"] = PlainCriterion(
                key=f"{key}-other", plain="Which other?", easy="Which other?", answer_type="text", scale_key=None,
                prompts=(), may_be_not_seen=True, may_not_apply=True,
                condition=f"selected(${{{key}}}, 'other')",
            )  # fmt: skip
            said = "“or_other” became an answer “Other” and the question “Which other?”. Both are in English."
            self.sheet.say(asked[key].line, said, "type")

    def _with_texts(self, plain: PlainFramework) -> PlainFramework:
        """Return the framework with the texts of our own sheet, and with its translations."""
        more = extra.texts_by_language(self.extra) if self.wording.is_ours else {}
        plain = self._in_source(plain, more.get("", {}))
        there = texts_of(plain)
        layers = []
        codes_of_ours = self._setting("it_languages").split()
        for code in codes_of_ours or self.wording.texts:
            native = {address: words for address, words in self.wording.texts.get(code, {}).items() if address in there}
            own = more.get(code, {})
            words = native | {
                address: text for address, text in own.items() if native.get(address) in (None, extra.native(text))
            }
            layers.append(PlainTranslation(code, tuple((at, words[at]) for at in there if at in words)))
        return replace(plain, translations=tuple(one for one in layers if one.texts or codes_of_ours))

    def _in_source(self, plain: PlainFramework, own: dict[str, str]) -> PlainFramework:
        if not self.wording.is_ours:
            return plain
        blank = replace(
            plain,
            themes=tuple(
                replace(theme, criteria=tuple(replace(one, easy="") for one in theme.criteria))
                for theme in plain.themes
            ),
        )

        def say(address: str, words: str) -> str:
            stands = own.get(address)
            is_same = stands is not None and words in ("", extra.native(stands))
            if address == "summary" or (address.startswith("theme/") and address.endswith("/each") and words):
                return stands or words
            return stands if is_same and stands is not None else words

        return extra.with_what_lacks(reworded(blank, say))

    def _say_file(self, opened: Opened, tables: dict[str, Table]) -> None:
        for mark in opened.marks:
            self.notes.add(MARKED[mark])
        for name in opened.others:
            if name == extra.READ_ME and extra.is_ours(self.settings):
                continue
            self.notes.add("This sheet is left out: it is no part of the form.", name)
        for table in tables.values():
            for row, at in sorted(table.formulas):
                column = table.columns[at].header if at < len(table.columns) else ""
                self.notes.add("A formula stands here. What it last came to is taken.", table.name, row, column)
        for one in self.settings.columns:
            if one.meaning not in SETTINGS and not one.meaning.startswith("it_"):
                where = (self.settings.name, self.settings.header_row, one.header)
                self.notes.add("This setting is left out: it means nothing here.", *where)

    def _say(self, meaning: str, sentence: str) -> None:
        self.notes.add(sentence, self.settings.name, self.setting.row, self.setting.header(meaning))


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number
