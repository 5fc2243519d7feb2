"""When questions are asked, what is checked and what is worked out: the expressions of a form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inspect_app.frameworks.answer_types import AnswerType
from inspect_app.frameworks.expressions import compile_expression, names_in
from inspect_app.frameworks.plain import PlainCriterion
from inspect_app.frameworks.xlsform.conditions import Names, circles, joined, translated, with_new_names
from inspect_app.frameworks.xlsform.extra import constraint_with_limits
from inspect_app.frameworks.xlsform.questions import Sheet, is_limit
from inspect_app.frameworks.xlsform.survey import Asked, Frame, Section
from inspect_app.frameworks.xlsform.tables import Line

OTHERWISE = {
    "relevant": "It is asked always.",
    "constraint": "All answers are taken.",
    "calculation": "This row is left out.",
}

MOST_LETTERS = 200_000
"""In all expressions of a form together: what is read in a second or two."""


@dataclass
class Asking:
    """Tells the expressions of a form with our keys."""

    sheet: Sheet
    names: Names
    letters: int = 0

    def calculations(self, made: dict[str, PlainCriterion], asked: dict[str, Asked]) -> dict[str, PlainCriterion]:
        """Return the questions with their calculations; without those that cannot be worked out."""
        kept = dict(made)
        asked_by: dict[str, set[str]] = {}
        todo = [key for key, one in made.items() if one.answer_type == AnswerType.CALCULATED]
        while todo:
            key = todo.pop(0)
            text = self._told(asked[key].line, "calculation", asked[key]) if key in kept else ""
            if text:
                kept[key] = replace(kept[key], calculation=text)
                for name in _names(text):
                    asked_by.setdefault(name, set()).add(key)
            elif kept.pop(key, None):
                self.names.keys.pop(asked[key].line.get("name"), None)
                todo += sorted(asked_by.get(key, ()))
        return kept

    def whole(self, criterion: PlainCriterion, asked: Asked) -> PlainCriterion:
        """Return a question with its condition and its check."""
        conditions = [self.condition(one) for one in asked.inside]
        conditions.append(self._told(asked.line, "relevant", asked))
        return replace(
            criterion,
            condition=joined([one for one in conditions if one]) if any(conditions) else "",
            constraint=self._constraint(criterion, asked),
        )

    def condition(self, frame: Frame) -> str:
        """Return the condition of one group."""
        return self._told(frame.line, "relevant", None)

    def condition_of(self, section: Section) -> str:
        """Return the condition of a theme: those of the groups that it lies in."""
        conditions = [one for one in map(self.condition, section.path) if one]
        return joined(conditions) if conditions else ""

    def _constraint(self, criterion: PlainCriterion, asked: Asked) -> str:
        line = asked.line
        if self.sheet.wording.wrote(line):
            own, stands = line.get("it_constraint"), self._with_keys(line.get("constraint"))
            limits = (criterion.answer_type, criterion.least, criterion.most)
            is_as_written = stands in (constraint_with_limits(*limits, own), constraint_with_limits(*limits, ""))
            return own if is_as_written else stands
        is_number = criterion.answer_type in (AnswerType.NUMBER, AnswerType.COUNT)
        return "" if is_number and is_limit(line) else self._told(line, "constraint", asked)

    def _told(self, line: Line, meaning: str, asked: Asked | None) -> str:
        text = line.get(meaning)
        if self.sheet.wording.wrote(line):
            return self._with_keys(text) or line.get(f"it_{meaning}")
        if not text:
            if meaning == "calculation":
                self.sheet.say(line, f"There is nothing to work out. {OTHERWISE[meaning]}", meaning)
            return ""
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            raise ValueError(f"up to row {line.row}, conditions and the like have more than {MOST_LETTERS:,} letters.")
        try:
            return translated(text, self.names, line.get("name") if asked else "")
        except ValueError as fault:
            begin = f"“{text[:120]}” does not work here: {fault}"
            self.sheet.say(line, f"{begin} {OTHERWISE[meaning]}", meaning)
            return ""

    def _with_keys(self, text: str) -> str:
        return with_new_names(text, self.names.keys)


def say_circles(
    asking: Asking, made: dict[str, PlainCriterion], asked: dict[str, Asked], themes: dict[str, str]
) -> None:
    """Say which conditions and calculations ask in a circle; ``themes`` is the theme's condition by question."""
    asks = {
        key: {name for text in (one.condition, one.calculation, themes.get(key, "")) for name in _names(text)}
        for key, one in made.items()
    }
    for way in circles(asks):
        line = asked[way[0]].line
        column = "calculation" if made[way[0]].calculation else "relevant"
        said = f"This asks in a circle: {' → '.join(way)}. Change it before you publish."
        asking.sheet.say(line, said, column)


def _names(text: str) -> frozenset[str]:
    try:
        return names_in(compile_expression(text)) if text else frozenset()
    except ValueError:
        return frozenset()
