"""The form of one question."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from inspect_app.core.words import _, lazy, mark
from inspect_app.frameworks.answer_types import ANSWER_NAMES, CHOOSING, MEASURED, AnswerType
from inspect_app.frameworks.forms import RowForm
from inspect_app.frameworks.forms_drafts import Weighed, choices, lines, number_from, pictures, words
from inspect_app.frameworks.forms_rows import RowsForm
from inspect_app.frameworks.parts import NUMBER
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, PlainPrompt, PlainTheme
from inspect_app.frameworks.reading_questions import LONGEST_CONDITION, LONGEST_UNIT, LONGEST_WORDS, MOST_PROMPTS
from inspect_app.frameworks.rules import PromptKind
from inspect_app.frameworks.symbols import shipped

WISHED = [("", lazy("No")), ("wished", lazy("Yes, if it helps")), ("required", lazy("Yes, always"))]


def _answers() -> list[SelectChoice]:
    return choices([(str(one), _(name)) for one, name in ANSWER_NAMES.items()])


class PromptRow(RowForm):
    """One thing to do to find out."""

    kind = SelectField(
        lazy("What to do"), choices=lambda: choices([(str(one), _(one.capitalize())) for one in PromptKind])
    )
    text = words(lazy("In words"), LONGEST_WORDS)
    easy = words(lazy("In easier words"), LONGEST_WORDS)


class QuestionForm(RowsForm, Weighed):
    """One question: its words, how people answer, what to do to find out, and when it is asked."""

    row_name = mark("Hint %(number)s")
    plain = lines(lazy("The question, or what should be true"), LONGEST_WORDS, lazy("Write the question."))
    easy = lines(lazy("In easier words"), LONGEST_WORDS)
    theme = SelectField(lazy("Theme"))
    answer_type = SelectField(
        lazy("How do people answer?"),
        choices=_answers,
    )
    scale_key = SelectField(lazy("Which scale?"), validate_choice=False)
    list_key = SelectField(lazy("Which list?"), validate_choice=False)
    unit = words(lazy("Unit"), LONGEST_UNIT)
    least = words(lazy("Least"), 20)
    most = words(lazy("Most"), 20)
    step = words(lazy("In steps of"), 20)
    calculation = words(lazy("How is it worked out?"), LONGEST_CONDITION)
    rows = FieldList(FormField(PromptRow), max_entries=MOST_PROMPTS)
    not_seen = BooleanField(lazy("They may say “I did not see it”"))
    does_not_apply = BooleanField(lazy("They may say “Does not apply here”"))
    required = BooleanField(lazy("It must be answered before they can finish"))
    hint = lines(lazy("A line below the question"), LONGEST_CONDITION)
    condition = words(lazy("Ask this only if"), LONGEST_CONDITION)
    constraint = words(lazy("Take an answer only if"), LONGEST_CONDITION)
    constraint_words = words(lazy("What people read when an answer is not taken"), LONGEST_CONDITION)
    photo = RadioField(lazy("Ask for a photo?"), choices=choices(WISHED), default="")
    sound = RadioField(lazy("Ask for a recording?"), choices=choices(WISHED), default="")
    symbol = RadioField(lazy("Picture"), default="", validate_choice=False)

    def offer(self, plain: PlainFramework) -> None:
        """Say which themes, scales, lists and pictures there are."""
        self.theme.choices = choices([(one.key, one.title) for one in plain.themes])
        self.scale_key.choices = choices([(one.key, one.title) for one in plain.scales])
        self.list_key.choices = choices([(one.key, list_name(one)) for one in plain.lists])
        self.symbol.choices = choices([("", _("No picture")), *pictures()])

    def validate_scale_key(self, field: SelectField) -> None:
        """Ask for a scale where people rate."""
        _chosen(field, self.answer_type.data == AnswerType.SCALE, _("Make a scale first, then choose it."))

    def validate_list_key(self, field: SelectField) -> None:
        """Ask for a list where people choose."""
        _chosen(field, self.answer_type.data in CHOOSING, _("Make a list first, then choose it."))

    def validate_least(self, field: StringField) -> None:
        """Take a number."""
        _number(field)

    def validate_most(self, field: StringField) -> None:
        """Take a number that is not less than the least."""
        _number(field)
        both = self.answer_type.data in MEASURED and field.data and NUMBER.fullmatch(self.least.data or "")
        if both and float(field.data) < float(self.least.data):
            raise ValidationError(_("“Most” must not be less than “least”."))

    def validate_step(self, field: StringField) -> None:
        """Take a number above 0."""
        _number(field)
        if field.data and float(field.data) <= 0:
            raise ValidationError(_("Write a number above 0, such as 0.5."))

    def validate_calculation(self, field: StringField) -> None:
        """Ask for it where the answer is worked out."""
        if self.answer_type.data == AnswerType.CALCULATED and not field.data:
            raise ValidationError(_("Write how it is worked out, such as ${first} + ${second}."))

    def begin(self, theme_key: str, plain: PlainFramework) -> None:
        """Show an empty question of a theme, answered as the one before it."""
        before = next((one for theme in plain.themes for one in theme.criteria if theme.key == theme_key), None)
        last = before or next((one for theme in plain.themes for one in theme.criteria), None)
        self.theme.data = theme_key
        self.answer_type.data = last.answer_type if last else str(AnswerType.SCALE)
        self.scale_key.data = last.scale_key if last else None
        self.not_seen.data = self.does_not_apply.data = True
        self.show_rows([])

    def show(self, question: PlainCriterion, theme: PlainTheme) -> None:
        """Fill the form with what stands."""
        for name in SAME:
            self[name].data = getattr(question, name) or ""
        self.easy.data = question.easy if question.easy != question.plain else ""
        self.theme.data, self.weight.data, self.required.data = theme.key, f"{question.weight:g}", question.required
        self.not_seen.data, self.does_not_apply.data = question.may_be_not_seen, question.may_not_apply
        self.show_rows([vars(one) for one in question.prompts])
        self.saw((theme.key, question))

    def question(self, key: str) -> PlainCriterion:
        """Return the question as the form says it; what its way of answering has no use for is left out."""
        kind = AnswerType(self.answer_type.data)
        weight = number_from(self.weight.data or "1", 1000)
        limits: dict[str, Any] = {name: self[name].data or None for name in ("least", "most", "step")}
        return PlainCriterion(
            key=key,
            plain=self.plain.data,
            easy=self.easy.data or self.plain.data,
            answer_type=str(kind),
            scale_key=self.scale_key.data if kind == AnswerType.SCALE else None,
            prompts=tuple(PlainPrompt(one["kind"], one["text"], one["easy"]) for one in self.filled("text")),
            may_be_not_seen=self.not_seen.data,
            may_not_apply=self.does_not_apply.data,
            symbol=self.symbol.data if self.symbol.data in shipped() else None,
            hint=self.hint.data,
            list_key=self.list_key.data if kind in CHOOSING else None,
            unit=self.unit.data if kind in MEASURED else "",
            **(limits if kind in MEASURED else {}),
            condition=self.condition.data,
            constraint=self.constraint.data,
            constraint_words=self.constraint_words.data,
            calculation=self.calculation.data if kind == AnswerType.CALCULATED else "",
            required=self.required.data,
            weight=1 if weight is None else weight,
            photo=self.photo.data or "",
            sound=self.sound.data or "",
        )


SAME = (
    "plain", "answer_type", "scale_key", "list_key", "unit", "least", "most", "step", "calculation", "hint",
    "condition", "constraint", "constraint_words", "photo", "sound", "symbol",
)  # fmt: skip
"""Fields that are called as what they change."""


def list_name(options: Any) -> str:
    """Return how a list is called on screen: its first answers."""
    labels = [one.label for one in options.options]
    return f"{options.key}: {', '.join(labels[:3])}{', …' if len(labels) > 3 else ''}"


def _chosen(field: SelectField, is_needed: bool, otherwise: str) -> None:
    known = [one.value for one in field.choices]
    if is_needed and field.data not in known:
        raise ValidationError(otherwise if not known else _("Choose one."))


def _number(field: StringField) -> None:
    field.data = (field.data or "").replace(",", ".")
    if field.data and not NUMBER.fullmatch(field.data):
        raise ValidationError(_("Write a number, such as 7 or 2.5."))
