"""The form that asks how questions are to be printed."""

from __future__ import annotations

from typing import Any

from wtforms import Form, IntegerField, RadioField
from wtforms.fields import SelectChoice

from inspect_app.core.words import lazy
from inspect_app.frameworks.paper import EDITION_NAMES, ORDER_NAMES, Edition, languages_of
from inspect_app.frameworks.plain import PlainFramework


class PaperForm(Form):  # type: ignore[misc]  # WTForms comes without types
    """Edition, order of the pages, language, and how often what repeats is printed."""

    edition = RadioField(
        lazy("How shall it be printed?"),
        choices=[SelectChoice(str(key), name) for key, name in EDITION_NAMES.items()],
        default=str(Edition.NORMAL),
    )
    order = RadioField(
        lazy("On which pages?"),
        choices=[SelectChoice(key, name) for key, name in ORDER_NAMES.items()],
        default="sheets",
    )
    language = RadioField(lazy("In which language?"))
    copies = IntegerField(lazy("How many times?"), default=2)

    def __init__(self, plain: PlainFramework, **values: Any) -> None:
        super().__init__(**values)
        self.language.choices = [SelectChoice(key, name) for key, name in languages_of(plain).items()]
        self.language.data = plain.language
        self.each = [theme.each for theme in plain.themes if theme.each]
        if len(self.language.choices) == 1:
            del self.language
        if not self.each:
            del self.copies
