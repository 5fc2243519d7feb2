"""Forms with rows: scales, lists, and what results are called. A row that is left empty is none."""

from __future__ import annotations

from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from inspect_app.core.words import _, lazy, mark
from inspect_app.core.words import number as number_words
from inspect_app.frameworks.editing import key_for
from inspect_app.frameworks.forms import RowForm
from inspect_app.frameworks.forms_drafts import OFF, PartForm, choices, clean, number_from, pictures, words
from inspect_app.frameworks.parts import KEY, LONGEST_KEY
from inspect_app.frameworks.plain import PlainBand, PlainList, PlainOption, PlainPoint, PlainScale, PlainScoring
from inspect_app.frameworks.reading import MOST_ANSWERS, MOST_BANDS, MOST_OPTIONS, MOST_POINTS
from inspect_app.frameworks.reading_questions import LONGEST_TITLE
from inspect_app.frameworks.scores import BEST
from inspect_app.frameworks.symbols import shipped

MORE_ROWS = 2
"""Empty rows below those that are filled in."""


class Row(RowForm):
    """A row of a list; ``key`` stays the same, whatever it says."""

    key = HiddenField(validators=[Length(max=LONGEST_KEY)], filters=[clean])


def _signs() -> list[SelectChoice]:
    return choices([("", str(_("The usual moon"))), *pictures()])


class PointRow(Row):
    """One point of a scale."""

    label = words(lazy("Word"), LONGEST_TITLE)
    descriptor = words(lazy("What it means"), 500)
    easy = words(lazy("Easier word"), LONGEST_TITLE)
    sign = SelectField(lazy("Picture"), choices=_signs, validate_choice=False)


class OptionRow(Row):
    """One entry of a list."""

    label = words(lazy("Answer"), 300)


class RowsForm(PartForm):
    """A form with rows that can be added, moved and left empty. Its buttons are called ``go``: what to do next."""

    rows: FieldList
    row_name = mark("Row %(number)s")

    def filled(self, name: str) -> list[dict[str, Any]]:
        """Return the rows in which something stands in the field ``name``, in the order wanted."""
        return [row for row in self.rows.data if row[name]]

    def rearranged(self, go: str, name: str) -> bool:
        """Move or add rows as a button asks; say whether the page must be shown again."""
        what, _dash, place = go.partition("-")
        rows = self.filled(name)
        if what == "up" and place.isdecimal() and 0 < int(place[:4]) < len(rows):
            index = int(place[:4])
            rows[index - 1], rows[index] = rows[index], rows[index - 1]
        elif what != "more":
            return False
        self.show_rows(rows)
        return True

    def show_rows(self, rows: list[dict[str, Any]], least: int = 0) -> None:
        """Show these rows, and some empty ones."""
        while self.rows.entries:
            self.rows.pop_entry()
        most = self.rows.max_entries or len(rows) + MORE_ROWS
        empty = max(MORE_ROWS, least - len(rows))
        for row in [*rows, *({} for _empty in range(empty))][:most]:
            self.rows.append_entry(row)

    def keyed_rows(self, name: str, otherwise: str) -> list[dict[str, Any]]:
        """Return the filled rows, each with a key: its own, or one made from its words."""
        rows, taken = [], {row["key"] for row in self.filled(name)}
        used: set[str] = set()
        for row in self.filled(name):
            key = row["key"]
            if not KEY.fullmatch(key or "") or key in used:
                key = key_for(row[name], taken | used, otherwise)
            used.add(key)
            rows.append(row | {"key": key})
        return rows


class ScaleForm(RowsForm):
    """A scale and its points, the worst first."""

    row_name = mark("Point %(number)s")
    title = words(
        lazy("The question above the points"), LONGEST_TITLE, lazy("Write a question, such as “How good is it?”.")
    )
    rows = FieldList(FormField(PointRow), max_entries=MOST_POINTS)

    @property
    def named(self) -> str:
        """Words from which its key is made."""
        return str(self.title.data)

    def begin(self, scale: PlainScale) -> None:
        """Fill the form with what a new scale begins with."""
        self.title.data = scale.title
        self.show_rows([{**vars(one), "sign": one.sign or ""} for one in scale.points], least=5)

    def show(self, scale: PlainScale) -> None:
        """Fill the form with what stands."""
        self.begin(scale)
        self.saw(scale)

    def part(self, key: str) -> PlainScale:
        """Return the scale as the form says it."""
        rows = self.keyed_rows("label", "point")
        points = (
            PlainPoint(one["key"], one["label"], one["descriptor"], one["easy"], _shipped_or_none(one["sign"]))
            for one in rows
        )
        return PlainScale(key, self.title.data, tuple(points))


class ListForm(RowsForm):
    """A list from which people choose."""

    row_name = mark("Answer %(number)s")
    name = words(lazy("Name of the list"), LONGEST_KEY)
    rows = FieldList(FormField(OptionRow), max_entries=MOST_OPTIONS)

    @property
    def named(self) -> str:
        """Words from which its key is made."""
        return str(self.name.data)

    def begin(self, options: PlainList) -> None:
        """Fill the form with what a new list begins with."""
        self.name.data = options.key
        self.show_rows([vars(one) for one in options.options], least=5)

    def show(self, options: PlainList) -> None:
        """Fill the form with what stands."""
        self.begin(options)
        self.saw(options)

    def part(self, key: str) -> PlainList:
        """Return the list as the form says it."""
        rows = self.keyed_rows("label", "answer")
        return PlainList(key, tuple(PlainOption(one["key"], one["label"]) for one in rows))


class BandRow(Row):
    """What results are called from a number on."""

    label = words(lazy("What it is called"), LONGEST_TITLE)
    from_percent = words(lazy("From"), 8)

    def validate_from_percent(self, field: StringField) -> None:
        """Take a number from 0 to 100 where the band has a name, and a name where there is a number."""
        if self.label.data and number_from(field.data, BEST) is None:
            raise ValidationError(_("Write a number from 0 to %(most)s.", most=BEST))
        if field.data and not self.label.data:
            raise ValidationError(_("Write what it is called, too."))


class ScoringForm(RowsForm):
    """How results are made: from how many answers on, and what they are called."""

    row_name = mark("Name %(number)s")
    least_answers = StringField(
        lazy("From how many answers on does a theme have a result?"), filters=[clean], render_kw=OFF
    )
    rows = FieldList(FormField(BandRow), max_entries=MOST_BANDS)

    def validate_least_answers(self, field: StringField) -> None:
        """Take a whole number."""
        if not (field.data.isdecimal() and 1 <= int(field.data[:9]) <= MOST_ANSWERS):
            raise ValidationError(_("Write a whole number from 1 to %(most)s.", most=number_words(MOST_ANSWERS)))

    def validate_rows(self, field: FieldList) -> None:
        """Refuse two bands that begin at the same number."""
        seen: set[float | None] = set()
        for row in field:
            begins = number_from(row.form.from_percent.data, BEST) if row.form.label.data else None
            if begins is not None and begins in seen:
                row.form.from_percent.errors = [_("Another name begins at this number, too.")]
                raise ValidationError(_("Two names begin at the same number."))
            seen.add(begins)

    def show(self, scoring: PlainScoring) -> None:
        """Fill the form with what stands."""
        self.least_answers.data = str(scoring.least_answers)
        self.show_rows([{**vars(one), "from_percent": f"{one.from_percent:g}"} for one in scoring.bands], least=3)
        self.saw(scoring)

    def scoring(self) -> PlainScoring:
        """Return what the form says, the lowest band first."""
        rows = self.keyed_rows("label", "band")
        bands = (PlainBand(one["key"], one["label"], number_from(one["from_percent"], BEST) or 0) for one in rows)
        return PlainScoring(int(self.least_answers.data), tuple(sorted(bands, key=lambda one: one.from_percent)))


def _shipped_or_none(sign: str | None) -> str | None:
    return sign if sign in shipped() else None
