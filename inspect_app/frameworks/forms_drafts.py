"""Forms with which coordinators make questions. A row that is left empty is none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Regexp, ValidationError

from inspect_app.core.database import new_id
from inspect_app.core.words import _, lazy
from inspect_app.frameworks.editing import GONE, digest_of_part
from inspect_app.frameworks.forms import WholeForm, file_text
from inspect_app.frameworks.parts import KEY, LONGEST_KEY, NO_LETTERS
from inspect_app.frameworks.plain import (
    MOST_REPEATS,
    PlainFramework,
    PlainTheme,
)
from inspect_app.frameworks.reading_questions import LONGEST_CONDITION, LONGEST_TITLE, LONGEST_UNIT
from inspect_app.frameworks.rules import LANGUAGE
from inspect_app.frameworks.symbols import shipped

OFF = {"autocomplete": "off"}


def clean(text: Any) -> str:
    """Return what was typed, without space around it and without signs that are no letters."""
    return NO_LETTERS.sub("", str(text or "")).replace("\r\n", "\n").strip()


def words(label: str, longest: int, needed: str = "", **more: Any) -> StringField:
    """Return a field of one line; ``needed`` is what is said when it is empty, "" when it may be."""
    return StringField(label, _rules(longest, needed), filters=[clean], render_kw=OFF, **more)


def lines(label: str, longest: int, needed: str = "", **more: Any) -> TextAreaField:
    """Return a field of several lines."""
    return TextAreaField(label, _rules(longest, needed), filters=[clean], **more)


def longest_words(most: int) -> Callable[[Any, Any], None]:
    """Return a rule that refuses more than so many letters."""

    def rule(_form: Any, field: Any) -> None:
        if len(field.data or "") > most:
            raise ValidationError(_("Use up to %(most)s letters.", most=most))

    return rule


def _rules(longest: int, needed: str) -> list[Any]:
    return [*([DataRequired(needed)] if needed else []), longest_words(longest)]


def number_from(text: str, most: float) -> float | None:
    """Return a number from 0 to ``most`` that somebody typed, or nothing when it is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return (int(value) if value.is_integer() else value) if 0 <= value <= most else None


class Weighed:
    """A field that says how much something counts."""

    weight = StringField(lazy("How much it counts"), filters=[clean], default="1", render_kw=OFF)

    def validate_weight(self, field: StringField) -> None:
        """Take a number from 0 to 1,000."""
        if field.data and number_from(field.data, 1000) is None:
            raise ValidationError(_("Write a number from 0 to 1,000, such as 1 or 2.5."))


class PartForm(WholeForm):
    """What every form on a part of a draft carries: its own id, and the state of the part that the person saw."""

    id = HiddenField(default=lambda: str(new_id()))
    seen = HiddenField(filters=[clean], default=GONE)

    def own_id(self) -> str:
        """Return the id of this form, as its page was made."""
        try:
            return str(uuid.UUID(self.id.data or ""))
        except ValueError:
            return str(new_id())

    def saw(self, part: Any) -> None:
        """Note the state of the part that the page shows."""
        self.seen.data = digest_of_part(part)


class BeginForm(PartForm):
    """How to begin: empty, from what is there, or from a file."""

    source = RadioField(lazy("How do you want to begin?"))
    title = words(lazy("What are the questions about?"), LONGEST_TITLE)
    summary = lines(lazy("What are they for?"), 2000)
    file = FileField(lazy("The file"))

    text: str = ""

    def offer(self, choices: list[tuple[str, str]], chosen: str | None) -> None:
        """Say from what one may begin."""
        self.source.choices = [SelectChoice(value, label) for value, label in choices]
        if not self.is_submitted():
            self.source.data = chosen or "empty"

    def validate_title(self, field: StringField) -> None:
        """Ask for a title where nothing else gives one."""
        if self.source.data == "empty" and not field.data:
            raise ValidationError(_("Write what the questions are about, such as “Bus stops”."))

    def validate_file(self, field: FileField) -> None:
        """Read the file, where one begins from a file."""
        if self.source.data == "file":
            self.text = file_text(field)


class AboutForm(PartForm):
    """What the whole is called, and what it is for."""

    title = words(lazy("Title"), LONGEST_TITLE, lazy("Write a title."))
    summary = lines(lazy("What is it for?"), 2000)
    source = lines(lazy("Where do the questions come from?"), 2000)
    language = words(lazy("Language"), 12, lazy("Write a language, such as en."))
    key = words(lazy("Short name"), LONGEST_KEY)

    def validate_language(self, field: StringField) -> None:
        """Take a language as BCP 47 writes it."""
        if not LANGUAGE.fullmatch(field.data or ""):
            raise ValidationError(_("Write a language in short, such as en for English or cy for Welsh."))

    def validate_key(self, field: StringField) -> None:
        """Take small letters, digits and hyphens."""
        if field.data and not KEY.fullmatch(field.data):
            raise ValidationError(_("Use small letters, digits and hyphens, such as bus-stops."))

    def show(self, plain: PlainFramework) -> None:
        """Fill the form with what stands."""
        for name in ABOUT:
            self[name].data = getattr(plain, name)
        self.saw(about(plain))

    def changed(self, plain: PlainFramework) -> PlainFramework:
        """Return the framework with what the form says."""
        kept = {name: self[name].data or getattr(plain, name) for name in ("title", "language", "key")}
        return replace(plain, summary=self.summary.data, source=self.source.data, **kept)


ABOUT = ("title", "summary", "source", "language", "key")


def about(plain: PlainFramework) -> tuple[str, ...]:
    """Return the part of a framework that the form changes."""
    return tuple(getattr(plain, name) for name in ABOUT)


class ThemeForm(PartForm, Weighed):
    """A theme: what it is called, and when it is asked."""

    title = words(lazy("What is the theme called?"), LONGEST_TITLE, lazy("Write what the theme is called."))
    condition = words(lazy("Ask these questions only if"), LONGEST_CONDITION)
    each = words(lazy("Ask them once for each"), LONGEST_UNIT)
    most = StringField(lazy("How many times at most"), filters=[clean], default=str(MOST_REPEATS), render_kw=OFF)

    def validate_most(self, field: StringField) -> None:
        """Take a whole number."""
        if field.data and not (field.data.isdecimal() and 1 <= int(field.data[:9]) <= 100):
            raise ValidationError(_("Write a whole number from 1 to 100."))

    def show(self, theme: PlainTheme) -> None:
        """Fill the form with what stands."""
        self.title.data, self.condition.data, self.each.data = theme.title, theme.condition, theme.each
        self.most.data, self.weight.data = str(theme.most), f"{theme.weight:g}"
        self.saw(replace(theme, criteria=()))

    def theme(self, key: str) -> PlainTheme:
        """Return the theme as the form says it, without its questions."""
        weight = number_from(self.weight.data or "1", 1000)
        return PlainTheme(
            key=key,
            title=self.title.data,
            criteria=(),
            weight=1 if weight is None else weight,
            condition=self.condition.data,
            each=self.each.data,
            most=int(self.most.data or MOST_REPEATS),
        )


class SureForm(PartForm):
    """A yes that needs no words."""


class MoveForm(WholeForm):
    """To which place something goes, from 0."""

    place = HiddenField(validators=[Regexp(r"\d{1,4}")])


def pictures() -> list[tuple[str, str]]:
    """Return the pictures there are, each with its name in words."""
    return [(name, name.replace("-", " ").capitalize()) for name in sorted(shipped())]


def choices(pairs: Collection[tuple[str, str]]) -> list[SelectChoice]:
    """Return what a field offers."""
    return [SelectChoice(value, label) for value, label in pairs]
